"""From a document's content to the short facts of a declaration: what lists, comparisons and ratios look at.

Nothing is made up: what the record needs and the document does not state is a fault, and the few readings
that rest on a rule are told as remarks.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from registry.declarations.comparable import Generation, generation
from registry.declarations.dataset import (
    WHOLE_MASS,
    Dataset,
    Indicator,
    Reference,
    Scenario,
    Subtype,
    Value,
    Words,
)
from registry.declarations.documents.content import openepd_id
from registry.declarations.facts import DataKind, PartialDay, Precision, Verification
from registry.declarations.figures.scenarios import standing
from registry.declarations.figures.ties import of_properties
from registry.declarations.formats.reading import Remark, Weight
from registry.declarations.sums import PARTS, SUM, added, agree
from registry.kit.errors import Fault
from registry.kit.types import plain
from registry.units.convert import Converted, convert
from registry.units.table import Dimension, base, table

# The indicator that counts every greenhouse gas, by set of rules.
WHOLE: Mapping[Generation, tuple[str, ...]] = {
    Generation.EN15804_A1: ("GWP",),
    Generation.EN15804_A2: ("GWP-total",),
    Generation.ISO21930: ("GWP",),
    Generation.ISO14067: ("CFP", "GWP"),
    Generation.GBT24067: ("CFP", "GWP"),
    Generation.OTHER: ("GWP-total", "GWP", "CFP"),
}
FOOTPRINT = "carbon-footprint"
SUM_DISAGREES = "preflight.sum-gate.says"
_KINDS: Mapping[Subtype, DataKind] = {
    Subtype.SPECIFIC: DataKind.SPECIFIC,
    Subtype.AVERAGE: DataKind.AVERAGE,
    Subtype.REPRESENTATIVE: DataKind.AVERAGE,
    Subtype.GENERIC: DataKind.GENERIC,
    Subtype.TEMPLATE: DataKind.GENERIC,
}
_LANGUAGES = ("zh", "en")


@dataclass(slots=True)
class Headline:
    """Values of a `DeclarationFact` by field, what is missing for one, and what a rule filled in."""

    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)


def headline(dataset: Dataset) -> Headline:
    """The short facts of a document."""
    found = Headline()
    _identity(dataset, found)
    _declared(dataset, found)
    _results(dataset, found)
    _kind(dataset, found)
    _days(dataset, found)
    return found


def words(given: Words) -> str | None:
    """Text in the languages we show, Chinese first, else the first there is."""
    named = [given[lang] for lang in _LANGUAGES if given.get(lang)]
    return next(iter(named or [text for text in given.values() if text]), None)


def name_of(reference: Reference | None) -> str | None:
    return words(reference.names) if reference is not None else None


def _identity(dataset: Dataset, found: Headline) -> None:
    number = dataset.number or openepd_id(dataset) or (str(dataset.uuid) if dataset.uuid else None)
    if number is None:
        found.faults.append(Fault("number", "declaration.states-no-number"))
    elif dataset.number is None:
        found.remarks.append(_defaulted("number", "declaration.number-from-identifier", value=number))
    rules = next(filter(None, map(name_of, dataset.compliance)), None)
    known = dataset.generation is not Generation.OTHER
    # The family's own name, unless the document's words say the same and more.
    says_the_same = rules is not None and generation(rules) is dataset.generation
    standard = (rules if says_the_same or not known else None) or dataset.generation.value
    found.values |= {
        "document": dataset.document,
        "number": number,
        "standard": standard,
        "pcr": name_of(dataset.pcr),
        "operator": words(dataset.operator.names) if dataset.operator else None,
        "reference_year": dataset.reference_year,
    }


def _declared(dataset: Dataset, found: Headline) -> None:
    declared = dataset.declared
    if declared.unit is None or declared.unit not in table().by_code:
        found.faults.append(Fault("declared.unit", "declaration.unit-unknown", {"unit": declared.stated}))
    if declared.amount <= 0:
        amount = str(declared.amount)
        found.faults.append(Fault("declared.amount", "declaration.amount-not-positive", {"amount": amount}))
    mass = _mass(dataset)
    if isinstance(mass, Converted) and mass.doubt is not None:
        figures = {name: mass.doubt.facts[name] for name in ("unit", "first_value", "second_value")}
        found.remarks.append(
            Remark(weight=Weight.DOUBT, key="declaration.mass-disagrees", place="properties", facts=figures)
        )
    found.values |= {
        "declared_unit": declared.unit,
        "declared_amount": declared.amount,
        "mass_kg": mass.value if isinstance(mass, Converted) else mass,
    }


def _mass(dataset: Dataset) -> Converted | Decimal | None:
    """Kg of the declared amount, where the document ties a unit that is no mass to one.

    A mass of the whole amount as stated, else worked out from one of a unit, a density and the like.
    """
    declared, kilogram = table().by_code.get(dataset.declared.unit or ""), base(Dimension.MASS)
    if declared is None or declared.dimension is Dimension.MASS or dataset.declared.amount <= 0:
        return None
    whole = (one.value for one in dataset.properties if (one.kind, one.unit) == (WHOLE_MASS, "kg"))
    stated = next((value for value in whole if value > 0), None)
    if stated is not None:
        return stated
    kept = [one for one in dataset.properties if one.kind != WHOLE_MASS]
    facts = of_properties(kept, dataset.declared, "")
    found = convert(dataset.declared.amount, declared, kilogram, facts=facts, direct=True)
    return found if isinstance(found, Converted) else None


def _results(dataset: Dataset, found: Headline) -> None:
    row = whole(dataset)
    if row is not None:
        modules = shown(row.values, dataset.scenarios)
        found.faults += _contradictions(row.code or "", modules)
        found.values |= {"indicator": row.code, "modules": modules}
    elif dataset.footprint is not None:
        # Its stages are its own: they never become modules.
        found.values |= {"indicator": FOOTPRINT, "modules": {}}
    else:
        found.faults.append(Fault("indicators", "declaration.states-no-gwp"))


def _contradictions(code: str, modules: Mapping[str, Decimal]) -> Iterator[Fault]:
    """A sum that its parts do not make up: the same finding as before a document is entered."""
    parts = [modules[part] for part in PARTS if part in modules]
    if SUM in modules and len(parts) == len(PARTS) and not agree(modules[SUM], parts):
        facts = {"code": code, "total": plain(modules[SUM]), "sum": plain(added(parts))}
        yield Fault(f"indicators.{code}.{SUM}", SUM_DISAGREES, facts)


def whole(dataset: Dataset) -> Indicator | None:
    """The row of all greenhouse gases under the document's own set of rules."""
    rows = {one.code: one for one in reversed(dataset.indicators) if one.code is not None}
    return next((rows[code] for code in WHOLE[dataset.generation] if code in rows), None)


def shown(values: Sequence[Value], scenarios: Sequence[Scenario]) -> dict[str, Decimal]:
    """One figure for each module: without scenario, of a default one, or of the only one there is.

    A module with several scenarios and no default has none: to pick one would be a guess.
    """
    found: dict[str, Decimal] = {}
    for module in dict.fromkeys(one.module for one in values):
        cells = standing([one for one in values if one.module == module], scenarios)
        if len(cells) == 1 and cells[0].amount is not None:
            found[module] = cells[0].amount
    return found


def _kind(dataset: Dataset, found: Headline) -> None:
    if dataset.subtype is None:
        found.remarks.append(_defaulted("subtype", "declaration.kind-not-stated"))
    if dataset.verification is None:
        found.remarks.append(_defaulted("verification", "declaration.verification-not-stated"))
    found.values |= {
        # Not stated claims the least.
        "data_kind": _KINDS[dataset.subtype] if dataset.subtype else DataKind.GENERIC,
        "verification": dataset.verification or Verification.NONE,
    }


def _days(dataset: Dataset, found: Headline) -> None:
    start = next(_starts(dataset, found), None)
    if start is None:
        found.faults.append(Fault("valid_from", "declaration.states-no-start"))
    if dataset.valid_to is None:
        found.faults.append(Fault("valid_to", "declaration.states-no-end"))
    found.values |= {"valid_from": start, "valid_to": dataset.valid_to}


def _starts(dataset: Dataset, found: Headline) -> Iterator[PartialDay]:
    """The stated start, else the day of publication, else some day of the reference year."""
    if dataset.valid_from is not None:
        yield dataset.valid_from
    if dataset.published is not None:
        found.remarks.append(_defaulted("valid_from", "declaration.start-is-publication"))
        yield dataset.published
    if dataset.reference_year is not None:
        found.remarks.append(_defaulted("valid_from", "declaration.start-is-reference-year"))
        yield PartialDay(day=date(dataset.reference_year, 1, 1), precision=Precision.YEAR)


def _defaulted(place: str, key: str, **facts: str) -> Remark:
    return Remark(weight=Weight.DEFAULTED, key=key, place=place, facts=facts)
