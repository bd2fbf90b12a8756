"""The figures of a declaration by indicator and module, the same from the register and from a file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from registry.declarations.comparable import Generation, generation
from registry.declarations.dataset import Dataset, Scenario, Value
from registry.declarations.facts import DeclarationFact
from registry.declarations.figures import ties
from registry.kit.types import Exact
from registry.units.convert import ProductFact

# The indicators that count every greenhouse gas; a part of it, such as GWP-fossil, is no footprint.
WHOLE: Mapping[Generation, tuple[str, ...]] = {
    Generation.EN15804_A1: ("gwp", "gwp-total"),
    Generation.EN15804_A2: ("gwp-total",),
    Generation.ISO21930: ("gwp", "gwp-total"),
    Generation.ISO14067: ("carbon-footprint", "cfp", "gwp", "gwp-total"),
    Generation.GBT24067: ("carbon-footprint", "cfp", "gwp", "gwp-total"),
}
Cells = Mapping[str, Sequence[Value]]


def is_whole(indicator: str, rules: Generation) -> bool:
    """Whether an indicator counts every greenhouse gas under a family of rules."""
    return indicator.strip().casefold() in WHOLE.get(rules, ())


@dataclass(frozen=True, slots=True)
class Stated:
    """Values per `amount` of `unit` as declared; `footprint` marks a total without modules."""

    source: str
    generation: Generation
    amount: Exact
    unit: str | None
    unit_as_written: str
    cells: Mapping[str, Cells]
    facts: tuple[ProductFact, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    footprint: bool = False

    def whole(self) -> str | None:
        """The indicator that counts every gas, where it is stated and means that under these rules."""
        return next((code for code in self.cells if is_whole(code, self.generation)), None)

    def named(self, indicator: str) -> str | None:
        """The indicator as the document writes it, whatever the case asked in."""
        wanted = indicator.strip().casefold()
        return next((code for code in self.cells if code.strip().casefold() == wanted), None)

    def beside(self, product: Sequence[ProductFact]) -> "Stated":
        """With what a product states of itself; what the document ties stands before it."""
        kinds = {one.kind for one in self.facts}
        others = [one for one in product if one.kind not in kinds]
        return replace(self, facts=(*self.facts, *others)) if others else self


def stated_by(fact: DeclarationFact, document: Stated | None, product: Sequence[ProductFact] = ()) -> Stated:
    """A declaration of the register: its whole document where it was entered with one, else its record.

    Every figure of the register starts here (decision 0040): pages, answers, search, spreads, limits, bills.
    """
    return of_fact(fact, product) if document is None else document.beside(product)


def of_fact(fact: DeclarationFact, product: Sequence[ProductFact] = ()) -> Stated:
    """A declaration of the register, with what its product states of itself."""
    cells = {module: (Value(module=module, amount=amount),) for module, amount in fact.modules.items()}
    return Stated(
        source=fact.code,
        generation=generation(fact.standard),
        amount=fact.declared_amount,
        unit=fact.declared_unit,
        unit_as_written=fact.declared_unit,
        cells={fact.indicator: cells},
        facts=ties.of_fact(fact, product),
    )


def of_dataset(dataset: Dataset) -> Stated:
    """A declaration as its document states it."""
    cells = {one.code: _by_module(one.values) for one in dataset.indicators if one.code is not None}
    source = dataset.number or (str(dataset.uuid) if dataset.uuid else "")
    return Stated(
        source=source,
        generation=dataset.generation,
        amount=dataset.declared.amount,
        unit=dataset.declared.unit,
        unit_as_written=dataset.declared.stated,
        cells=cells,
        facts=ties.of_properties(dataset.properties, dataset.declared, source),
        scenarios=dataset.scenarios,
        footprint=not cells and dataset.footprint is not None,
    )


def _by_module(values: Sequence[Value]) -> Cells:
    found: dict[str, list[Value]] = {}
    for value in values:
        found.setdefault(value.module, []).append(value)
    return found
