"""The draw of a surveillance round: anybody who has the list and the seed gets the same sample.

1. The candidates are 登记号, sorted by their characters, one a line; the file's SHA-256 is published first.
2. The seed is a text that nobody could know then, from a source that was named with the list.
3. Each candidate is ranked by HMAC-SHA256(key = the seed, message = the candidate), both as UTF-8; the
   smallest digests are drawn. `docs/draw.py` does it again without any of this code.
"""

import hashlib
import hmac
from collections.abc import Iterable


def listed(candidates: Iterable[str]) -> str:
    """The list as it is frozen and handed out."""
    return "".join(f"{one}\n" for one in sorted(set(candidates)))


def digest(candidates: Iterable[str]) -> str:
    return hashlib.sha256(listed(candidates).encode()).hexdigest()


def rank(seed: str, candidate: str) -> str:
    """Where the seed puts a candidate: lowest first."""
    return hmac.new(seed.encode(), candidate.encode(), hashlib.sha256).hexdigest()


def drawn(seed: str, candidates: Iterable[str], size: int) -> tuple[str, ...]:
    """The sample, in the order of the draw; it depends on the set of candidates, not on their order."""
    ranked = sorted(set(candidates), key=lambda one: (rank(seed, one), one))
    return tuple(ranked[:size])
