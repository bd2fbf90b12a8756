"""Identifiers: sortable and derived ids, and our own 登记号 with a check character."""

import hashlib
import os
import re
import time
import unicodedata
from uuid import UUID, uuid5

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_36

# A fixed name space of ours: the same natural key gives the same id in every build of the seeds.
NAMESPACE = UUID("6f1d3c0a-3c55-5b0e-9d7e-0c9a2f4b7e11")
# Crockford base 32: no I, L, O or U, so a number read aloud or from a poor print survives.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SHAPE = re.compile(r"^(GM|YS)([A-Z])([0-9A-Z]{10})([0-9A-Z])$")


def derived(*natural_key: str) -> UUID:
    """The id that a natural key always has."""
    return uuid5(NAMESPACE, "\x1f".join(natural_key))


def new() -> UUID:
    """A random id that sorts by time (UUID version 7).

    To a quarter of a microsecond (RFC 9562, 6.2, method 3): to the millisecond alone, two lines of one
    history could stand either way round.
    """
    millis, rest = divmod(time.time_ns(), 1_000_000)
    value = millis << 80 | 0x7 << 76 | (rest << 12) // 1_000_000 << 64
    return UUID(int=value | 0x2 << 62 | int.from_bytes(os.urandom(8)) >> 2)


def public_code(kind_letter: str, key: UUID, *, demonstration: bool, salt: int = 0) -> str:
    """Our 登记号 for a record: `GM-C8F3K2-Q7M4X-H`; demonstration numbers start with YS (演示)."""
    digest = hashlib.sha256(key.bytes + salt.to_bytes(2)).digest()
    bits = int.from_bytes(digest[:8]) >> 14
    body = "".join(ALPHABET[(bits >> shift) & 31] for shift in range(45, -1, -5))
    stem = ("YS" if demonstration else "GM") + kind_letter + body
    return printed(stem + mod_37_36.calc_check_digit(stem))


def printed(compact: str) -> str:
    return f"{compact[:2]}-{compact[2:8]}-{compact[8:13]}-{compact[13:]}"


def is_shaped(text: str) -> bool:
    """Whether someone typed a text of the shape of our numbers, whatever its check character."""
    return bool(_SHAPE.match(_compact(text)))


def _compact(text: str) -> str:
    # NFKC: a Chinese keyboard types letters, digits and the dash at full width.
    compact = re.sub(r"[\s\-‐‑‒–—−_]", "", unicodedata.normalize("NFKC", text).upper())
    return compact[:3] + compact[3:13].translate(_LOOKALIKE) + compact[13:]


def parse_code(text: str) -> str | None:
    """The printed form of what someone typed or scanned, or None when it is no 登记号 of ours."""
    compact = _compact(text)
    if not _SHAPE.match(compact):
        return None
    try:
        mod_37_36.validate(compact)
    except ValidationError:
        return None
    return printed(compact)
