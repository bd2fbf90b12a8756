"""Carbon of a bill's lines, A1–A3: by the products' own declarations, by marked stand-ins, or none at all.

It stands beside the report and enters no ratio and no verdict. Sums are kept apart: by the rules a
declaration follows, and by the document a stand-in comes from; nothing adds one to the other.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum
from functools import reduce

from sqlmodel import Session

from catalogue.background.generic import Gases, Generic, Stage, generic, suggested
from catalogue.background.standing_in import stand_in
from catalogue.bom.attributes import extract
from catalogue.checks import judge
from catalogue.checks.facts import Facts, day_of, facts_for
from catalogue.checks.inputs import CheckInput, LineInput, Standing
from catalogue.checks.quantities import unit_facts
from registry.changes.reading import Point, every
from registry.declarations.facts import DeclarationFact
from registry.declarations.figures.gwp import Asked, Refusal, gwp
from registry.declarations.figures.modules import WHOLE
from registry.declarations.figures.stated import Stated
from registry.dossiers.dossier import Dossier
from registry.policies import service as policies
from registry.policies.pack import Pack
from registry.policies.service import BENCHMARK
from registry.units.convert import ProductFact as UnitFact
from registry.units.convert import Step
from registry.units.table import Unit, table

_DIGITS = Context(prec=28)
_EXACT = Context(prec=200)  # sums of what 28 digits hold never need more
_CHOSEN = frozenset({Standing.PROVEN, Standing.CONFIRMED})


class Source(StrEnum):
    """Where the figure of a line comes from."""

    DECLARED = "declared"
    STAND_IN = "stand-in"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class LineCarbon:
    """kg CO₂e of one line with its way; `why` says why there is no figure.

    Exactly one of `declaration` with `rules`, `generic` and `why` stands for the source.
    """

    line: LineInput
    source: Source
    kilograms: Decimal | None = None
    path: tuple[Step, ...] = ()
    declaration: DeclarationFact | None = None
    rules: str = ""
    generic: Generic | None = None
    why: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """kg CO₂e of the lines under one name: a family of rules, or the document of stand-ins."""

    name: str
    lines: int
    kilograms: Decimal


@dataclass(frozen=True, slots=True)
class Estimate:
    """Every line that is a material, in the order of the bill; services are left out."""

    lines: tuple[LineCarbon, ...]

    @property
    def declared(self) -> tuple[Sum, ...]:
        return _sums(self.lines, lambda one: one.rules if one.source is Source.DECLARED else None)

    @property
    def stand_ins(self) -> tuple[Sum, ...]:
        return _sums(self.lines, lambda one: one.generic.document if one.generic else None)

    @property
    def without(self) -> int:
        """How many lines have no figure."""
        return sum(one.source is Source.NONE for one in self.lines)


def _sums(lines: Iterable[LineCarbon], named: Callable[[LineCarbon], str | None]) -> tuple[Sum, ...]:
    found: dict[str, list[Decimal]] = {}
    for one in lines:
        name = named(one)
        if name is not None and one.kilograms is not None:
            found.setdefault(name, []).append(one.kilograms)
    return tuple(Sum(name, len(found[name]), reduce(_EXACT.add, found[name])) for name in sorted(found))


def of_report(session: Session, given: CheckInput) -> Estimate:
    """From the input of a stored report and the register at its position: always the same answer."""
    at = Point(given.report_day, given.as_of)
    pack = judge.chosen_pack(policies.pack(session, given.pack_id, at), given.choices)
    rows = (generic(known) for known in every(session, BENCHMARK, at))
    return estimate(given, pack, facts_for(session, given, pack), {one.row: one for one in rows if one})


def estimate(given: CheckInput, pack: Pack, facts: Facts, generics: Mapping[str, Generic]) -> Estimate:
    """The same from plain values."""
    return Estimate(
        tuple(
            _line(line, facts.dossiers.get((day_of(line, given, pack), line.product_id)), generics)
            if line.product_id is not None and line.standing in _CHOSEN
            else _line(line, None, generics)
            for line in given.lines
            if line.standing is not Standing.NOT_A_MATERIAL
        )
    )


def _line(line: LineInput, dossier: Dossier | None, generics: Mapping[str, Generic]) -> LineCarbon:
    unit = table().by_code.get(line.unit or "")
    if line.quantity is None:
        return _none(line, Refusal("carbon-line.no-quantity"))
    if unit is None:
        return _none(line, Refusal("carbon-line.no-unit", {"unit": line.unit_text or "—"}))
    product = dossier.product.fact if dossier else None
    ties = unit_facts(product, extract(line.name, line.spec).get("thickness"))
    own = dossier.own_declaration(line.plant_id) if dossier else None
    if dossier is not None and own is not None:
        return _declared(line, line.quantity, unit, own.fact, dossier.stated(own.fact, ties))
    return _stood_in(line, line.quantity, unit, _row(line, dossier, generics), ties)


def _none(line: LineInput, why: Refusal) -> LineCarbon:
    return LineCarbon(line, Source.NONE, why=why)


def _declared(
    line: LineInput, quantity: Decimal, unit: Unit, fact: DeclarationFact, stated: Stated
) -> LineCarbon:
    """By the product's own declaration; where that leads nowhere, nothing stands in for it."""
    answer = gwp(stated, Asked((WHOLE,), unit))
    if isinstance(answer, Refusal):
        return _none(line, answer)
    return LineCarbon(
        line,
        Source.DECLARED,
        kilograms=_DIGITS.multiply(quantity, answer.value),
        path=answer.path,
        declaration=fact,
        rules=answer.generation.value,
    )


def _row(line: LineInput, dossier: Dossier | None, generics: Mapping[str, Generic]) -> Generic | Refusal:
    """The generic value that may stand in, by the bill's words first and then by what the product states."""
    if line.material_kind is None:
        return Refusal("carbon-line.no-kind")
    stated = extract(line.name, line.spec)
    words = {name: value for name, value in stated.items() if isinstance(value, str)}
    known = dossier.product.fact.attributes if dossier else {}
    found = generics.get(suggested(line.material_kind, {**known, **words}) or "")
    if found is None or found.stage is not Stage.PRODUCTION or found.gases is not Gases.ALL:
        return Refusal("carbon-line.no-generic", {"kind": line.material_kind})
    return found


def _stood_in(
    line: LineInput, quantity: Decimal, unit: Unit, found: Generic | Refusal, ties: Sequence[UnitFact]
) -> LineCarbon:
    if isinstance(found, Refusal):
        return _none(line, found)
    answer = stand_in(found, quantity, unit, facts=ties)
    if isinstance(answer, Refusal):
        return _none(line, answer)
    return LineCarbon(
        line, Source.STAND_IN, kilograms=answer.kilograms, path=answer.path, generic=answer.generic
    )
