"""Values in cells of like things: each declaration once, averages and generic values never."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from catalogue.comparison.likeness import Like
from catalogue.comparison.percentiles import Distribution, distribution
from registry.declarations.comparable import Generation
from registry.declarations.dataset import Subtype
from registry.declarations.facts import DataKind, DeclarationFact, Verification
from registry.declarations.figures.gwp import Answer, Asked, Refusal, gwp
from registry.declarations.figures.stated import Stated, stated_by
from registry.declarations.validity import Validity, validity
from registry.products.conversions import unit_facts
from registry.products.facts import ProductFact

RULE, VERSION = "like-cells", 1
COUNTING = (Validity.IN_FORCE, Validity.UNCERTAIN)


class Apart(StrEnum):
    """Why a declaration of the kind is no value of the base; it is counted, never dropped."""

    NOT_IN_FORCE = "not-in-force"
    DATA = "no-product"
    VERIFICATION = "not-verified-so"
    RULES = "rules-unknown"
    VALUE = "no-value"
    NEWER = "newer-stands"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked of every declaration; `verified` names the kinds of verification that count."""

    asked: Asked
    verified: frozenset[Verification] = frozenset({Verification.THIRD_PARTY})


@dataclass(frozen=True, slots=True)
class Declared:
    """One product with one of its declarations, and what its document states where there is one."""

    product: ProductFact
    declaration: DeclarationFact
    document: Stated | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One value: a declaration, and every product it speaks for with this value."""

    declaration: str
    products: tuple[str, ...]
    value: Decimal
    validity: Validity
    reference_year: int | None
    rsd: Decimal | None
    shape: str | None
    doubt: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """The values of one cell, lowest first; cut-offs are None below ten of them."""

    like: Like
    entries: tuple[Entry, ...]
    cuts: Distribution

    @property
    def n(self) -> int:
        return len(self.entries)

    @property
    def years(self) -> tuple[int, int] | None:
        """The first and last reference year stated."""
        stated = [entry.reference_year for entry in self.entries if entry.reference_year is not None]
        return (min(stated), max(stated)) if stated else None

    @property
    def negative(self) -> int:
        """Values below 0: carbon stored in timber is let go in C, so A1–A3 alone says too little."""
        return sum(1 for entry in self.entries if entry.value < 0)


@dataclass(frozen=True, slots=True)
class Spreads:
    """Every cell of a kind, the largest first, and what stands apart."""

    cells: tuple[Spread, ...]
    apart: Mapping[Apart, int]


def spreads(declared: Iterable[Declared], choice: Choice, day: date) -> Spreads:
    """Each product speaks once in a cell, by its declaration that lasts longest."""
    apart: Counter[Apart] = Counter()
    cells: dict[Like, list[Entry]] = {}
    spoken: set[tuple[Like, str]] = set()
    for one, like, entry in _valued(_answered(declared, choice, day), choice, day, apart=apart):
        if (like, one.product.code) in spoken:
            apart[Apart.NEWER] += 1
            continue
        spoken.add((like, one.product.code))
        cells.setdefault(like, []).append(entry)
    found = [_spread(like, entries) for like, entries in cells.items()]
    ordered = sorted(found, key=lambda cell: (-cell.n, cell.cuts.basis))
    return Spreads(tuple(ordered), {reason: apart[reason] for reason in Apart})


def _longest_first(one: Declared) -> tuple[int, str, str]:
    fact = one.declaration
    return -fact.valid_to.last_day().toordinal(), fact.code, one.product.code


def _answered(
    declared: Iterable[Declared], choice: Choice, day: date
) -> Sequence[tuple[Declared, Answer | Apart]]:
    """What lasts longest first; a document is let go as soon as it was asked."""
    asked = ((replace(one, document=None), _answer(one, choice, day)) for one in declared)
    return sorted(asked, key=lambda pair: _longest_first(pair[0]))


def _valued(
    declared: Sequence[tuple[Declared, Answer | Apart]],
    choice: Choice,
    day: date,
    *,
    apart: Counter[Apart],
) -> Iterator[tuple[Declared, Like, Entry]]:
    for one, answer in declared:
        if isinstance(answer, Apart):
            apart[answer] += 1
            continue
        fact = one.declaration
        like = Like(
            kind=one.product.kind,
            performance=one.product.performance,
            unit=answer.per.code,
            generation=answer.generation,
            indicator=answer.indicator,
            modules=choice.asked.modules,
            data=Subtype.SPECIFIC,
        )
        stands = validity(fact, day)
        year = fact.reference_year
        products = (one.product.code,)
        yield (
            one,
            like,
            Entry(
                fact.code,
                products,
                answer.value,
                stands,
                year,
                answer.rsd,
                answer.distribution,
                answer.doubt,
            ),
        )


def _answer(one: Declared, choice: Choice, day: date) -> Answer | Apart:
    """The value, or the first reason against it."""
    fact = one.declaration
    stated = stated_by(fact, one.document, unit_facts(one.product))
    for reason, holds in (
        (Apart.NOT_IN_FORCE, validity(fact, day) in COUNTING),
        (Apart.DATA, fact.data_kind is DataKind.SPECIFIC),
        (Apart.VERIFICATION, fact.verification in choice.verified),
        (Apart.RULES, stated.generation is not Generation.OTHER),
    ):
        if not holds:
            return reason
    answer = gwp(stated, choice.asked)
    return answer if isinstance(answer, Answer) else Apart.VALUE


def _spread(like: Like, entries: Sequence[Entry]) -> Spread:
    """One declaration that speaks for several products with one value is one value."""
    once: dict[tuple[str, Decimal], Entry] = {}
    for entry in entries:
        key = (entry.declaration, entry.value)
        known = once.get(key)
        once[key] = replace(known, products=(*known.products, *entry.products)) if known else entry
    ordered = tuple(sorted(once.values(), key=lambda entry: (entry.value, entry.declaration)))
    return Spread(like, ordered, distribution(cell_key(like), [entry.value for entry in ordered]))


def cell_key(like: Like) -> str:
    """The cell in one line, as an address or a file names it."""
    modules = ",".join(like.modules or ())
    parts = (like.kind, like.performance, like.unit, like.generation, like.indicator, modules, like.data)
    return "|".join(part or "-" for part in parts)
