"""What two carbon values must share before they stand side by side; each difference with its remedy."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from registry.declarations.comparable import Generation
from registry.declarations.dataset import Subtype
from registry.kit.messages import Listed

REMEDY = ".remedy"


class Refusal(StrEnum):
    """Why values do not stand side by side; each is a message key, and has one for its remedy."""

    KIND = "compare.kind-differs"
    PERFORMANCE = "compare.performance-differs"
    UNIT = "compare.unit-differs"
    GENERATION = "compare.standard-differs"
    INDICATOR = "compare.indicator-differs"
    MODULES = "compare.modules-differ"
    DATA = "compare.data-differs"
    MISSING = "compare.value-missing"

    @property
    def remedy(self) -> str:
        return f"{self.value}{REMEDY}"


@dataclass(frozen=True, slots=True)
class Like:
    """What a value is a value of; a product without a value has only its kind and its class."""

    kind: str
    performance: str | None
    unit: str | None = None
    generation: Generation | None = None
    indicator: str | None = None
    modules: tuple[str, ...] | None = None
    data: Subtype | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """One difference, with the values that differ in the order of what is compared."""

    key: Refusal
    values: tuple[str, ...]


_STATED = (
    (Refusal.UNIT, "unit"),
    (Refusal.GENERATION, "generation"),
    (Refusal.INDICATOR, "indicator"),
    (Refusal.MODULES, "modules"),
    (Refusal.DATA, "data"),
)


def likeness(a: Like, b: Like) -> tuple[Refused, ...]:
    """Every difference between two values; none means that they may be compared."""
    return differences((a, b))


def differences(likes: Sequence[Like]) -> tuple[Refused, ...]:
    """The same for any number; a class of performance is compared only inside one kind."""
    found = []
    kinds = tuple(like.kind for like in likes)
    if len(set(kinds)) > 1:
        found.append(Refused(Refusal.KIND, kinds))
    grades = tuple(like.performance or "—" for like in likes)
    if len(set(grades)) > 1 and not found:
        found.append(Refused(Refusal.PERFORMANCE, grades))
    for key, name in _STATED:
        values = [value for like in likes if (value := getattr(like, name)) is not None]
        if len(set(values)) > 1:
            found.append(Refused(key, tuple(map(_said, values))))
    return tuple(found)


def _said(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else Listed(value)
