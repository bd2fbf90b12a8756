"""Percentiles of what a filter finds where the values are like each other; otherwise the reason against."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal

from catalogue.comparison.percentiles import FEWEST, percentile
from registry.declarations.comparable import Generation, generation, per_unit
from registry.declarations.facts import DataKind, DeclarationFact, Verification, a1_a3
from registry.declarations.validity import Validity, validity
from registry.kit.errors import Invalid
from registry.kit.messages import Listed
from registry.units.table import Unit, table

_DIGITS = Context(prec=28)
NAMED = 6  # kinds and classes in one sentence


@dataclass(frozen=True, slots=True)
class Found:
    """A declaration a filter finds; `sorts` are the kinds and classes of its products, in words."""

    fact: DeclarationFact
    sorts: frozenset[str]


class UnlikeValues(Invalid):
    """The documents found have no common scale; the facts say what to ask for instead."""

    code = "openepd-unlike"
    status = 400


@dataclass(frozen=True, slots=True)
class Statistics:
    """kg CO₂e of A1–A3 per one `unit`, of products, lowest first."""

    unit: Unit
    values: tuple[Decimal, ...]

    def at(self, percent: int) -> Decimal:
        return percentile(self.values, percent)

    @property
    def mean(self) -> Decimal:
        return _DIGITS.divide(sum(self.values, Decimal(0)), Decimal(len(self.values)))

    @property
    def deviation(self) -> Decimal:
        """Of the values as a sample of what there is on the market."""
        mean = self.mean
        squares = sum((_DIGITS.power(one - mean, 2) for one in self.values), Decimal(0))
        return _DIGITS.sqrt(_DIGITS.divide(squares, Decimal(len(self.values) - 1)))


def statistics(found: Iterable[Found], day: date) -> Statistics:
    """One value of each declaration of a product that a third party verified and that is in force.

    Ten of them at least, of one kind and class, by one set of rules, in one quantity.
    """
    counting = [one for one in found if counts(one.fact, day)]
    sorts = sorted({sort for one in counting for sort in one.sorts})
    if len(sorts) > 1:
        raise UnlikeValues("openepd-unlike-kinds", found=_several(sorts))
    declared = [one.fact for one in counting]
    rules = sorted({generation(one.standard) for one in declared})
    if len(rules) > 1 or Generation.OTHER in rules:
        raise UnlikeValues("openepd-unlike-rules", found=Listed(rules))
    units = _bases(declared)
    if len(units) > 1:
        raise UnlikeValues("openepd-unlike-units", found=Listed(sorted(units)))
    if len(declared) < FEWEST:
        raise UnlikeValues("openepd-too-few", found=len(declared), fewest=FEWEST)
    (unit,) = units.values()
    values = sorted(_value(one, unit) for one in declared)
    return Statistics(unit, tuple(values))


def counts(fact: DeclarationFact, day: date) -> bool:
    """Whether a value is of the market on the day: an average, an unverified or an expired one is not."""
    return (
        fact.data_kind is DataKind.SPECIFIC
        and fact.verification is Verification.THIRD_PARTY
        and validity(fact, day) in (Validity.IN_FORCE, Validity.UNCERTAIN)
        and a1_a3(fact) is not None
    )


def _several(sorts: Sequence[str]) -> str:
    return Listed((*sorts[:NAMED], *(("…",) if len(sorts) > NAMED else ())))


def _bases(declared: Sequence[DeclarationFact]) -> dict[str, Unit]:
    """The base unit of each quantity that is declared: kg of every mass, m2 of every area."""
    found = (table().bases[table().by_code[one.declared_unit].dimension] for one in declared)
    return {one.code: one for one in found}


def _value(fact: DeclarationFact, unit: Unit) -> Decimal:
    total = a1_a3(fact)
    value = None if total is None else per_unit(total, fact, unit)
    if value is None:
        raise UnlikeValues("openepd-unlike-units", found=fact.declared_unit)
    return value
