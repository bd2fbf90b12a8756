"""Numbers of kept evidence, `S-2026-7K3M9Q-4`: the kind, the year in China, a random part, a check character.

They name a thing on paper and open nothing. Alphabet and check character are those of our 登记号.
"""

import re
import secrets
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from stdnum.iso7064 import mod_37_36

from registry.kit.clock import civil_day
from registry.kit.ids import ALPHABET


class Kind(StrEnum):
    """What can be kept."""

    SEARCH = "search"
    THRESHOLD = "threshold"


LETTERS: Mapping[Kind, str] = {Kind.SEARCH: "S", Kind.THRESHOLD: "T"}
SIGNS = 6  # 30 random bits a year and kind: no counter to walk along, and short enough to be read out
_LOOKALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SHAPE = re.compile(rf"([{''.join(LETTERS.values())}])(\d{{4}})([0-9A-Z]{{{SIGNS}}})([0-9A-Z])", re.ASCII)


def new_number(kind: Kind, now: datetime) -> str:
    return numbered(kind, civil_day(now), "".join(secrets.choice(ALPHABET) for _ in range(SIGNS)))


def numbered(kind: Kind, day: date, signs: str) -> str:
    """The printed number of a kind, a day's year and a random part."""
    stem = f"{LETTERS[kind]}{day:%Y}{signs}"
    return _printed(stem + mod_37_36.calc_check_digit(stem))


def parse_number(text: str) -> str | None:
    """The printed form of what someone typed, or None when it is no such number."""
    compact = re.sub(r"[\s\-‐‑‒–—−_]", "", unicodedata.normalize("NFKC", text).upper())
    found = _SHAPE.fullmatch(compact)
    if found is None:
        return None
    compact = f"{found[1]}{found[2]}{found[3].translate(_LOOKALIKE)}{found[4]}"
    return _printed(compact) if mod_37_36.is_valid(compact) else None


def _printed(compact: str) -> str:
    return f"{compact[0]}-{compact[1:5]}-{compact[5:-1]}-{compact[-1]}"
