"""Which limits apply to a material on a day: those that surely do, and why others stay open."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from catalogue.limits.tables import Edition, Limit, editions, limits
from registry.declarations.validity import Validity, between
from registry.kit.messages import Listed

STANDING = (Validity.IN_FORCE, Validity.UNCERTAIN)


class Why(StrEnum):
    """Why a table of the material gives no limit; each is a message key."""

    ATTRIBUTE = "limits.attribute-needed"
    NO_CELL = "limits.no-cell"


@dataclass(frozen=True, slots=True)
class Applicable:
    """A limit of the material; `standing` is uncertain where the day of its edition is not known exactly."""

    limit: Limit
    standing: Validity


@dataclass(frozen=True, slots=True)
class Open:
    """A table that may hold a limit: what must be known first, or that no cell of it fits."""

    edition: Edition
    why: Why
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    applicable: tuple[Applicable, ...]
    open: tuple[Open, ...]


def limits_for(
    material: str,
    attributes: Mapping[str, str],
    day: date,
    *,
    regions: Collection[str] = (),
    among: Iterable[Edition] | None = None,
) -> Found:
    """Limits of a kind of ours, or of a product as the tables name it; foreign ones only where asked for."""
    applicable: list[Applicable] = []
    left: list[Open] = []
    for edition in editions() if among is None else among:
        standing = between(edition.effective_from, edition.effective_to, day)
        named = material in (edition.product, *edition.kinds)
        if not named or standing not in STANDING or not is_shown(edition, regions):
            continue
        fitting = [one for one in _cells(edition, attributes) if _fits(one.when, attributes) is True]
        applicable += (Applicable(limit, standing) for limit in fitting)
        if not fitting:
            left.append(_open(edition, attributes))
    return Found(tuple(applicable), tuple(left))


def is_shown(edition: Edition, regions: Collection[str]) -> bool:
    """Whether a table is in sight: of this country, or of a region asked for or inside one."""
    inside = any(edition.region == region or edition.region.startswith(f"{region}-") for region in regions)
    return edition.shown == "always" or inside


def _cells(edition: Edition, attributes: Mapping[str, str]) -> Iterator[Limit]:
    rule = edition.raised
    return limits(edition, raised=rule is not None and _fits(rule.when, attributes) is True)


def _open(edition: Edition, attributes: Mapping[str, str]) -> Open:
    """What is not known and might decide; where all is known, no cell fits."""
    missing = [
        name
        for cell in edition.cells
        if _fits(cell.when, attributes) is None
        for name in cell.when
        if name not in attributes
    ]
    if missing:
        return Open(edition, Why.ATTRIBUTE, {"attributes": Listed(dict.fromkeys(missing))})
    known = {name: attributes[name] for cell in edition.cells for name in cell.when if name in attributes}
    return Open(edition, Why.NO_CELL, {"known": Listed(f"{name}={value}" for name, value in known.items())})


def _fits(when: Mapping[str, str], attributes: Mapping[str, str]) -> bool | None:
    """Whether every condition holds; None where none fails and one cannot be told."""
    held = [_holds(wanted, attributes[name]) for name, wanted in when.items() if name in attributes]
    if not all(held):
        return False
    return True if len(held) == len(when) else None


def _holds(wanted: str, known: str) -> bool:
    sign = wanted[:2] if wanted[:2] in ("<=", ">=") else ""
    figure, asked = _figure(wanted[len(sign) :]), _figure(known)
    if figure is None or asked is None:
        return not sign and wanted == known.strip().casefold()
    return {"<=": asked <= figure, ">=": asked >= figure, "": asked == figure}[sign]


def _figure(text: str) -> Decimal | None:
    try:
        found = Decimal(text.strip())
    except InvalidOperation:
        return None
    return found if found.is_finite() else None
