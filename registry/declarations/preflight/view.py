"""A declaration laid out for asking: numbers and marks by cell, sums, and what the caller knows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Context as Arithmetic
from decimal import Decimal
from uuid import UUID

from registry.declarations.comparable import Generation
from registry.declarations.dataset import WHOLE_MASS, Dataset, Indicator, Mark, Property, Value
from registry.declarations.facts import PartialDay
from registry.units.convert import Converted, FactKind, ProductFact, convert
from registry.units.table import Dimension, Unit, table

Cell = tuple[str, str | None]  # module and scenario
PARTS = ("A1", "A2", "A3")
SUM = "A1-A3"
END = ("C1", "C2", "C3", "C4")
BEFORE_D = (*PARTS, SUM, "A4", "A5", "B1", "B2", "B3", "B4", "B5", "B6", "B7", *END)
CLIMATE: Mapping[Generation, tuple[str, ...]] = {
    Generation.EN15804_A2: ("GWP-total",),
    Generation.EN15804_A1: ("GWP",),
    Generation.ISO21930: ("GWP", "GWP-fossil"),
    Generation.ISO14067: ("CFP",),
    Generation.GBT24067: ("CFP",),
    Generation.OTHER: ("GWP-total", "GWP", "CFP"),
}
ARITHMETIC = Arithmetic(prec=28)
ZERO = Decimal(0)
_SYMBOLS = {
    FactKind.DENSITY: ("kg/m3",),
    FactKind.THICKNESS: ("mm",),
    FactKind.AREA_MASS: ("kg/m2",),
    FactKind.LENGTH_MASS: ("kg/m",),
    FactKind.PIECE_MASS: ("kg/piece", "kg/pcs", "kg"),
    FactKind.PIECE_AREA: ("m2/piece",),
    FactKind.PIECE_VOLUME: ("m3/piece",),
    FactKind.PIECE_LENGTH: ("m/piece",),
    FactKind.PIECES_PER_SET: ("piece/set",),
}
_TO_MASS = {
    Dimension.VOLUME: FactKind.DENSITY,
    Dimension.AREA: FactKind.AREA_MASS,
    Dimension.LENGTH: FactKind.LENGTH_MASS,
    Dimension.PIECE: FactKind.PIECE_MASS,
}
_KINDS = {kind.value: kind for kind in FactKind}
_SUPERSCRIPTS = str.maketrans({"²": "2", "³": "3", "^": "", " ": ""})
PLACEHOLDER = Decimal(1)  # many files say "mass 1" where nobody weighed the product
MASS = "mass"  # kind of the property that states kg per one declared unit
_MASSES = frozenset({MASS, WHOLE_MASS})
LIGHTEST, HEAVIEST = Decimal(5), Decimal(23000)  # kg/m³: below the lightest foams, above osmium


@dataclass(frozen=True, slots=True)
class KnownTable:
    """A declaration we hold already: who it is, and the prints of its table of results."""

    label: str
    uuid: UUID | None
    version: str | None
    exact: str
    shape: str


@dataclass(frozen=True, slots=True)
class KnownVerifier:
    """A verifier we know, by every name, with the kinds of material in its scope (by prefix) and its days."""

    names: frozenset[str]
    kinds: tuple[str, ...]
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Context:
    """What is known beside the file: the civil day, the material kind with its usual unit, and our register.

    `attributes` are the product's own stated figures by name (clinker_share in percent), `persons` the roles
    in which the file names persons, who are kept apart.
    """

    day: date
    kind: str | None = None
    kind_unit: str | None = None
    attributes: Mapping[str, Decimal] = field(default_factory=dict)
    known: tuple[KnownTable, ...] = ()
    verifiers: tuple[KnownVerifier, ...] = ()
    persons: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class View:
    """A dataset with its tables laid out by code; where a code stands twice, the first row is taken."""

    dataset: Dataset
    context: Context
    rows: Mapping[str, Indicator]
    numbers: Mapping[str, Mapping[Cell, Decimal]]
    marks: Mapping[str, Mapping[Cell, Mark]]
    climate: str | None
    unit: Unit | None
    facts: tuple[ProductFact, ...]
    uncertain: tuple[tuple[str, Value], ...]  # cells that state a spread, a distribution or samples
    words: str  # every name and description, folded, for looking words up
    names: str  # the names alone
    _kept: dict[str, Decimal | None] = field(default_factory=dict)  # answers that many checks ask for

    def number(self, code: str, module: str, scenario: str | None = None) -> Decimal | None:
        return self.numbers.get(code, {}).get((module, scenario))

    def gate(self, code: str | None) -> Decimal | None:
        """A1–A3 of an indicator: as declared, else summed from all three parts, else not declared."""
        key = f"gate {code}"
        if key not in self._kept:
            self._kept[key] = self._gate(code or "")
        return self._kept[key]

    def _gate(self, code: str) -> Decimal | None:
        cells = self.numbers.get(code, {})
        if (SUM, None) in cells:
            return cells[SUM, None]
        parts = [cells.get((part, None)) for part in PARTS]
        return None if None in parts else sum((one for one in parts if one is not None), ZERO)

    def modules(self, code: str | None) -> frozenset[str]:
        """The modules in which an indicator has a number, under whatever scenario."""
        return frozenset(module for module, _ in self.numbers.get(code or "", {}))

    def answered(self, code: str | None) -> frozenset[str]:
        """Modules that hold a number or are said to be of no relevance."""
        relevant = (cell for cell, mark in self.marks.get(code or "", {}).items() if mark is Mark.MNR)
        return self.modules(code) | {module for module, _ in relevant}

    def scenarios(self) -> tuple[str | None, ...]:
        """The names of scenarios that cells use, or the one course of a table without scenarios."""
        used = {name for cells in self.numbers.values() for _, name in cells if name is not None}
        return tuple(sorted(used)) or (None,)

    def under(self, code: str, module: str, scenario: str | None) -> Decimal | None:
        """The number that holds under a scenario: its own, else the one that stands for all."""
        cells = self.numbers.get(code, {})
        found = cells.get((module, scenario))
        return cells.get((module, None)) if found is None else found

    def per(self, unit: str) -> Decimal | None:
        """The climate indicator's A1–A3 (a footprint's total) per one of a unit, where there is a way."""
        value, amount = self.whole(), self.amount_in(unit)
        return None if value is None or not amount else ARITHMETIC.divide(value, amount)

    def whole(self) -> Decimal | None:
        """Kg CO₂e from cradle to gate as the document counts it; a footprint's total where there is one."""
        found = self.gate(self.climate)
        if found is None and self.dataset.footprint is not None:
            return self.dataset.footprint.total
        return found

    def amount_in(self, unit: str) -> Decimal | None:
        """The declared amount in another unit, where it is stated or follows from what is."""
        if unit not in self._kept:
            self._kept[unit] = self._converted(unit)
        return self._kept[unit]

    def _converted(self, unit: str) -> Decimal | None:
        if self.unit is None or self.dataset.declared.amount <= 0:
            return None
        target, direct = table().by_code[unit], _TO_MASS.get(self.unit.dimension)
        # The stated mass stands before one worked out: a hollow brick weighs less than its size says.
        stated = [fact for fact in self.facts if fact.kind is direct and target.dimension is Dimension.MASS]
        amount = convert(
            self.dataset.declared.amount, self.unit, target, facts=stated or self.facts, direct=True
        )
        return amount.value if isinstance(amount, Converted) else None

    def mass(self) -> Decimal | None:
        """Kg of the declared amount."""
        return self.amount_in("kg")

    def property(self, kind: FactKind) -> Decimal | None:
        """A stated figure in the unit of its kind; the first where it stands twice."""
        return next((fact.value for fact in self.facts if fact.kind is kind), None)

    def cells(self, codes: frozenset[str] | None = None) -> Iterator[tuple[str, Cell, Decimal]]:
        for code, cells in self.numbers.items():
            if codes is None or code in codes:
                for cell, amount in cells.items():
                    yield code, cell, amount

    def issued(self) -> PartialDay | None:
        """From when the document counts: its own first day, else its publication."""
        return self.dataset.valid_from or self.dataset.published


def look(dataset: Dataset, context: Context) -> View:
    rows: dict[str, Indicator] = {}
    for row in dataset.indicators:
        if row.code is not None:
            rows.setdefault(row.code, row)
    numbers = {code: _numbers(row) for code, row in rows.items()}
    marks = {
        code: {(v.module, v.scenario): v.mark for v in row.values if v.mark} for code, row in rows.items()
    }
    climate = next((code for code in CLIMATE[dataset.generation] if code in rows), None)
    unit = table().by_code.get(dataset.declared.unit or "")
    names = " ".join(dataset.names.values()).casefold()
    texts = " ".join((*dataset.descriptions.values(), *dataset.declared.words.values())).casefold()
    facts = _facts(dataset, unit)
    uncertain = tuple(
        (code, value) for code, row in rows.items() for value in row.values if _uncertain(value)
    )
    return View(
        dataset, context, rows, numbers, marks, climate, unit, facts, uncertain, f"{names} {texts}", names
    )


def _uncertain(value: Value) -> bool:
    return value.rsd is not None or value.samples is not None or value.distribution is not None


def _numbers(row: Indicator) -> dict[Cell, Decimal]:
    found: dict[Cell, Decimal] = {}
    for value in row.values:
        if value.amount is not None:
            found.setdefault((value.module, value.scenario), value.amount)
    return found


def symbol(text: str) -> str:
    return text.translate(_SUPERSCRIPTS).casefold()


def _facts(dataset: Dataset, unit: Unit | None) -> tuple[ProductFact, ...]:
    """The properties conversion can use: believable, in the unit of their kind, each kind once."""
    found: dict[FactKind, ProductFact] = {}
    for one in dataset.properties:
        kind, value = _weighed(one, dataset, unit) if one.kind in _MASSES else _tied(one)
        if kind is FactKind.DENSITY and not LIGHTEST <= value <= HEAVIEST:
            continue
        if kind is not None and value > 0:
            found.setdefault(kind, ProductFact(kind, value, "declaration"))
    return tuple(found.values())


def _weighed(one: Property, dataset: Dataset, unit: Unit | None) -> tuple[FactKind | None, Decimal]:
    """A mass of one unit or of the declared amount, as the figure that ties the unit to kg."""
    if unit is None or symbol(one.unit) != "kg" or (one.kind == MASS and one.value == PLACEHOLDER):
        return None, one.value
    size = unit.factor if one.kind == MASS else unit.factor * dataset.declared.amount
    return (
        (_TO_MASS.get(unit.dimension), ARITHMETIC.divide(one.value, size)) if size > 0 else (None, one.value)
    )


def _tied(one: Property) -> tuple[FactKind | None, Decimal]:
    kind = _KINDS.get(one.kind)
    if kind is FactKind.THICKNESS and symbol(one.unit) == "m":
        return kind, one.value * 1000
    return (kind if kind is not None and symbol(one.unit) in _SYMBOLS[kind] else None), one.value
