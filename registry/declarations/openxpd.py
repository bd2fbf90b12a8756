"""The id a declaration has in openEPD: eight letters and digits, derived from its key, so always the same.

The alphabet leaves out I, L, O and V; a first Z is kept back by the scheme. Ours start with G, which none of
the prefixes given out so far does (EC3, EST, CQD, WAP, PCR, U1).
"""

import hashlib
from uuid import UUID

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTUWXYZ"
LENGTH = 8
CHECKED_LENGTH = 10  # with the two characters that check the others
FIRST = "G"
_LOOKALIKE = str.maketrans({"I": "1", "L": "1", "O": "0"})


def derived(key: UUID, salt: int = 0) -> str:
    """The id of a declaration; another `salt` gives another one where two keys should meet."""
    bits = int.from_bytes(hashlib.sha256(b"openepd" + key.bytes + salt.to_bytes(2)).digest()[:5]) >> 5
    return FIRST + "".join(ALPHABET[(bits >> shift) & 31] for shift in range(30, -1, -5))


def parsed(text: str) -> str | None:
    """The id that somebody typed, without dashes and check characters; None where it is none."""
    compact = text.strip().replace("-", "").upper().translate(_LOOKALIKE)
    if len(compact) not in (LENGTH, CHECKED_LENGTH) or any(one not in ALPHABET for one in compact):
        return None
    stem = compact[:LENGTH]
    return stem if compact[LENGTH:] in ("", check(stem)) else None


def check(stem: str) -> str:
    """The two characters that check an id: the sum of its pairs, read to base 32, plus 403."""
    pairs = (stem[start : start + 2] for start in range(0, LENGTH, 2))
    value = (403 + sum(ALPHABET.index(pair[0]) * 32 + ALPHABET.index(pair[1]) for pair in pairs)) % 1024
    return ALPHABET[value // 32] + ALPHABET[value % 32]
