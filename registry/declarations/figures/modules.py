"""Modules as people ask for them ("A1-A3", "A4,A5", "A1-A5", "C"), as the single modules they mean."""

import re

from registry.kit.errors import Invalid

PRODUCTION = ("A1", "A2", "A3")
WHOLE = "A1-A3"
BENEFITS = "D"  # benefits and loads beyond the system (EN 15804): never added to A–C
ORDER = (
    *PRODUCTION, "A4", "A5",
    "B1", "B2", "B3", "B4", "B5", "B6", "B7",
    "C1", "C2", "C3", "C4", BENEFITS,
)  # fmt: skip
LONGEST = 60
_RANGE = re.compile(r"([A-D]\d?)(?:[-–]([A-D]\d?))?")


def asked_modules(text: str) -> tuple[str, ...]:
    """Each module once and in order, with A1, A2 and A3 as one where all three are meant."""
    found: set[str] = set()
    for part in text.upper().replace("，", ",").split(","):
        found.update(_meant(part.strip(), text))
    if BENEFITS in found and len(found) > 1:
        raise Invalid("gwp.benefits-apart")
    whole = found.issuperset(PRODUCTION)
    rest = (module for module in ORDER if module in found and not (whole and module in PRODUCTION))
    return (*([WHOLE] if whole else []), *rest)


def _meant(part: str, text: str) -> tuple[str, ...]:
    named = _RANGE.fullmatch(part)
    if named is None:
        raise Invalid("gwp.modules-unreadable", modules=text[:LONGEST])
    first, last = _stage(named[1]), _stage(named[2] or named[1])
    if not first or not last or ORDER.index(last[-1]) < ORDER.index(first[0]):
        raise Invalid("gwp.modules-unreadable", modules=text[:LONGEST])
    return ORDER[ORDER.index(first[0]) : ORDER.index(last[-1]) + 1]


def _stage(name: str) -> tuple[str, ...]:
    """The module of a name, or all modules of a stage named by its letter alone."""
    if name in ORDER:
        return (name,)
    return tuple(module for module in ORDER if len(name) == 1 and module[0] == name)
