"""kg CO₂e of the modules asked for, per the unit asked for, with the way there; or why it cannot be had."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal, Inexact
from enum import StrEnum
from fractions import Fraction

from registry.declarations.comparable import Generation
from registry.declarations.dataset import Scenario
from registry.declarations.figures.modules import PRODUCTION, WHOLE
from registry.declarations.figures.scenarios import standing
from registry.declarations.figures.stated import Cells, Stated
from registry.declarations.sums import agree
from registry.kit.messages import Listed
from registry.kit.types import is_writable
from registry.units import convert as units
from registry.units.convert import Step, convert
from registry.units.table import Unit, table

_DIGITS = 28
_EXACT = Context(prec=200)  # sums of what `Exact` admits never need more


class Obtained(StrEnum):
    """Whether the document states the figure itself, or all its parts."""

    STATED = "stated"
    SUMMED = "summed"


@dataclass(frozen=True, slots=True)
class Asked:
    """Modules as `asked_modules` gives them; without an indicator, the one that counts all gases."""

    modules: tuple[str, ...]
    per: Unit
    scenarios: frozenset[str] = frozenset()
    indicator: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One module as declared, per the declared amount, under the scenarios its figures stand for."""

    module: str
    amount: Decimal
    obtained: Obtained
    scenarios: tuple[str, ...] = ()
    rsd: Decimal | None = None
    distribution: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """`value` per one `per`; `exact` is false where it had to be rounded to 28 digits.

    `doubt` tells of stated figures that contradict the one the conversion rests on.
    """

    value: Decimal
    per: Unit
    indicator: str
    generation: Generation
    parts: tuple[Part, ...]
    declared_amount: Decimal
    declared_unit: Unit
    path: tuple[Step, ...]
    exact: bool
    doubt: "Refusal | None" = None

    @property
    def rsd(self) -> Decimal | None:
        """What is stated for the one figure behind the answer; of a sum nothing is stated."""
        return self.parts[0].rsd if len(self.parts) == 1 else None

    @property
    def distribution(self) -> str | None:
        return self.parts[0].distribution if len(self.parts) == 1 else None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no figure and how to get one: the key of one sentence, and its facts."""

    key: str
    facts: Mapping[str, str] = field(default_factory=dict)


def gwp(stated: Stated, asked: Asked) -> Answer | Refusal:
    """The sum of the modules asked for, per one unit; a module that is missing is named, never 0."""
    found = _summed(stated, asked)
    return found if isinstance(found, Refusal) else _per(stated, asked.per, found)


def gwp_each(
    stated: Stated, modules: tuple[str, ...], units: Iterable[Unit]
) -> Mapping[str, Answer | Refusal]:
    """The same of the whole footprint for several units at once, by their codes."""
    wanted = tuple(units)
    if not wanted:
        return {}
    found = _summed(stated, Asked(modules, wanted[0]))
    return {unit.code: found if isinstance(found, Refusal) else _per(stated, unit, found) for unit in wanted}


@dataclass(frozen=True, slots=True)
class _Summed:
    """The modules asked for as declared, before any conversion."""

    indicator: str
    declared: Unit
    parts: tuple[Part, ...]

    def total(self) -> Fraction:
        return sum((Fraction(part.amount) for part in self.parts), Fraction(0))


def _summed(stated: Stated, asked: Asked) -> _Summed | Refusal:
    if stated.footprint:
        return Refusal("gwp.no-modules", {"rules": stated.generation.value})
    indicator = stated.whole() if asked.indicator is None else stated.named(asked.indicator)
    if indicator is None:
        return _no_indicator(stated, asked)
    declared = table().by_code.get(stated.unit or "")
    if declared is None:
        return Refusal("gwp.unit-unknown", {"unit": stated.unit_as_written})
    parts = _parts(stated, stated.cells[indicator], asked)
    return parts if isinstance(parts, Refusal) else _Summed(indicator, declared, parts)


def _per(stated: Stated, per: Unit, summed: _Summed) -> Answer | Refusal:
    declared = summed.declared
    same = declared.dimension is per.dimension
    found = convert(stated.amount, declared, per, facts=() if same else stated.facts, direct=True)
    if isinstance(found, units.Refused):
        return Refusal(found.key, found.facts)
    amount = Fraction(stated.amount) * units.ratio(found.path)
    value, exact = _decimal(summed.total() / amount)
    if not is_writable(value):
        return Refusal("gwp.out-of-range", {"per": per.code})
    return Answer(
        value=value,
        per=per,
        indicator=summed.indicator,
        generation=stated.generation,
        parts=summed.parts,
        declared_amount=stated.amount,
        declared_unit=declared,
        path=found.path,
        exact=exact,
        doubt=Refusal(found.doubt.key, found.doubt.facts) if found.doubt else None,
    )


def _no_indicator(stated: Stated, asked: Asked) -> Refusal:
    if not stated.cells:
        return Refusal("gwp.no-indicators")
    known = Listed(sorted(stated.cells))
    if asked.indicator is not None:
        return Refusal("gwp.indicator-absent", {"indicator": asked.indicator, "known": known})
    rules = stated.generation.value
    return Refusal("gwp.no-whole-footprint", {"rules": rules, "known": known})


def _parts(stated: Stated, cells: Cells, asked: Asked) -> tuple[Part, ...] | Refusal:
    found: list[Part] = []
    missing: list[str] = []
    known = _scenarios(cells) if asked.scenarios else set()
    unknown = sorted(asked.scenarios - known)
    if unknown:
        facts = {"asked": Listed(unknown)}
        if not known:
            return Refusal("gwp.no-scenarios", facts)
        return Refusal("gwp.scenario-unknown", {**facts, "known": Listed(sorted(known))})
    under = _Under(stated.scenarios, asked.scenarios)
    for module in asked.modules:
        part = _whole(cells, under) if module == WHOLE else _one(cells, module, under)
        if isinstance(part, Refusal):
            return part
        if part is None:
            missing.append(_absent(cells, module))
        else:
            found.append(part)
    if not missing:
        return tuple(found)
    inside = [name for name in missing if name in PRODUCTION and _holds(cells, WHOLE)]
    if inside:
        return Refusal("gwp.only-in-sum", {"modules": Listed(inside)})
    return Refusal("gwp.module-missing", {"modules": Listed(missing)})


def _scenarios(cells: Cells) -> set[str]:
    return {value.scenario for values in cells.values() for value in values if value.scenario}


@dataclass(frozen=True, slots=True)
class _Under:
    """The scenarios there are, and those asked for."""

    known: tuple[Scenario, ...]
    asked: frozenset[str]


def _whole(cells: Cells, under: _Under) -> Part | Refusal | None:
    """A1–A3: the stated sum, else all three parts; both must agree."""
    total = _one(cells, WHOLE, under)
    pieces = [_one(cells, module, under) for module in PRODUCTION]
    refused = next((one for one in (total, *pieces) if isinstance(one, Refusal)), None)
    if refused is not None:
        return refused
    parts = [one for one in pieces if isinstance(one, Part)]
    if len(parts) < len(PRODUCTION):
        return total
    amount = _EXACT.add(_EXACT.add(parts[0].amount, parts[1].amount), parts[2].amount)
    if total is None:
        named = tuple(dict.fromkeys(name for part in parts for name in part.scenarios))
        return Part(WHOLE, amount, Obtained.SUMMED, named)
    if isinstance(total, Part) and not agree(total.amount, [part.amount for part in parts]):
        return Refusal("gwp.sum-disagrees", {"stated": str(total.amount), "summed": str(amount)})
    return total


def _one(cells: Cells, module: str, under: _Under) -> Part | Refusal | None:
    """The module's figure by the rule of scenarios; several that may stand are refused with their names."""
    values = [value for value in cells.get(module, ()) if value.amount is not None]
    chosen = standing(values, under.known, under.asked)
    if len(chosen) > 1 or (values and not chosen):
        names = Listed(sorted(value.scenario or "–" for value in chosen or values))
        return Refusal("gwp.scenario-needed", {"module": module, "scenarios": names})
    if not chosen:
        return None
    value = chosen[0]
    named = (value.scenario,) if value.scenario else ()
    amount = Decimal(0) if value.amount is None else value.amount
    return Part(module, amount, Obtained.STATED, named, value.rsd, value.distribution)


def _holds(cells: Cells, module: str) -> bool:
    return any(value.amount is not None for value in cells.get(module, ()))


def _absent(cells: Cells, module: str) -> str:
    """The module's name, with the mark that stands in its place."""
    marks = sorted({value.mark for value in cells.get(module, ()) if value.mark is not None})
    return f"{module} ({', '.join(marks)})" if marks else module


def _decimal(value: Fraction) -> tuple[Decimal, bool]:
    context = Context(prec=_DIGITS)
    answer = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    return answer, not context.flags[Inexact]
