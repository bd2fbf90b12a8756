"""A slow second answer about a certificate's acts: the whole sequence is told anew every time."""

from collections.abc import Sequence

# Practice, section 1, as it reads: (act, state, objection open) -> (state, objection open) afterwards.
ROWS = {
    ("suspend", "active", False): ("suspended", False),
    ("suspend", "active", True): ("suspended", True),
    ("reinstate", "suspended", False): ("active", False),
    ("reinstate", "suspended", True): ("active", True),
    ("withdraw", "active", False): ("withdrawn", False),
    ("withdraw", "active", True): ("withdrawn", True),
    ("withdraw", "suspended", False): ("withdrawn", False),
    ("withdraw", "suspended", True): ("withdrawn", True),
    ("cancel", "active", False): ("cancelled", False),
    ("cancel", "active", True): ("cancelled", True),
    ("cancel", "suspended", False): ("cancelled", False),
    ("cancel", "suspended", True): ("cancelled", True),
    ("reissue", "active", False): ("active", False),
    ("reissue", "active", True): ("active", True),
    ("reissue", "suspended", False): ("suspended", False),
    ("reissue", "suspended", True): ("suspended", True),
    ("object", "active", False): ("active", True),
    ("object", "active", True): ("active", True),
    ("object", "suspended", False): ("suspended", True),
    ("object", "suspended", True): ("suspended", True),
    ("object", "withdrawn", False): ("withdrawn", True),
    ("object", "withdrawn", True): ("withdrawn", True),
    ("object", "cancelled", False): ("cancelled", True),
    ("object", "cancelled", True): ("cancelled", True),
    ("settle", "active", True): ("active", False),
    ("settle", "suspended", True): ("suspended", False),
    ("settle", "withdrawn", True): ("withdrawn", False),
    ("settle", "cancelled", True): ("cancelled", False),
}
ACTS = ("suspend", "reinstate", "withdraw", "cancel", "reissue", "object", "settle")


def told(acts: Sequence[str]) -> tuple[str, bool] | None:
    """Where a sequence leads from the day of issue; None where practice knows no such sequence."""
    place: tuple[str, bool] | None = ("active", False)
    for act in acts:
        place = ROWS.get((act, *place)) if place else None
    return place


def count(longest: int) -> int:
    """How many sequences there are up to a length, counted by places instead of by walking."""
    total, at = 0, {("active", False): 1}
    for _ in range(longest):
        following: dict[tuple[str, bool], int] = {}
        for (_act, state, open_), target in ROWS.items():
            following[target] = following.get(target, 0) + at.get((state, open_), 0)
        at = following
        total += sum(at.values())
    return total
