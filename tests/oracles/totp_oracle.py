"""One-time codes once more, from the text of RFC 4226 and HMAC's own definition (RFC 2104), bit by bit."""

import base64
import hashlib


def code(secret: str, seconds: int, digits: int = 6) -> str:
    """The code at a time, with no library for HMAC and with strings of bits in place of masks."""
    key = base64.b32decode(secret).ljust(64, b"\0")
    inner = hashlib.sha1(bytes(one ^ 0x36 for one in key) + (seconds // 30).to_bytes(8, "big")).digest()
    digest = hashlib.sha1(bytes(one ^ 0x5C for one in key) + inner).digest()
    bits = "".join(f"{one:08b}" for one in digest)
    offset = int(bits[-4:], 2) * 8
    return str(int(bits[offset + 1 : offset + 32], 2))[-digits:].zfill(digits)
