"""Our tree of material kinds, read with inheritance resolved and every code of it checked."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from registry.categories.facts import AttributeSpec, Mapping
from registry.kit.types import Fact
from seeds.reference.categories import categories
from seeds.reference.loading import Confidence, Slug, Words, read_yaml, require_unique

HERE = Path(__file__).parent
OWN_MAPPING = "own mapping to official code text of the government purchase catalogue 2022"

Unit = Literal["m3", "m2", "m", "t", "kg", "piece", "set", "kW"]
ProcurementCode = Annotated[str, Field(pattern=r"^[AB]\d{8}$")]


class CategoryMapping(Fact):
    """A certification category this kind may be certified in, and how sure we are."""

    to: Slug
    confidence: Confidence
    note: Words | None = None


class KindRow(Fact):
    """One node as the file writes it: attributes and performance of the parent are not repeated."""

    kind: Slug
    parent: Slug | None = None
    group: bool = False
    name_zh: Words
    name_en: Words
    synonyms: tuple[Words, ...] = ()
    declared_unit: Unit | None = None
    bill_unit: Unit | None = None
    attributes: tuple[AttributeSpec, ...] = ()
    performance: tuple[Words, ...] = ()
    solid_waste: bool = False
    categories: tuple[CategoryMapping, ...] = ()
    procurement_codes: tuple[ProcurementCode, ...] = ()

    @model_validator(mode="after")
    def _material_has_units_and_a_group_has_none(self) -> Self:
        for unit in (self.declared_unit, self.bill_unit):
            if (unit is None) != self.group:
                raise ValueError(f"{self.kind}: a material names both units, a group names none")
        if len({word.casefold() for word in self.synonyms}) != len(self.synonyms):
            raise ValueError(f"{self.kind}: a synonym stands twice")
        return self


class Kind(Fact):
    """One node, complete: what it inherits is filled in."""

    kind: Slug
    parent: Slug | None
    group: bool
    name_zh: Words
    name_en: Words
    synonyms: tuple[Words, ...]
    declared_unit: Unit | None
    bill_unit: Unit | None
    attributes: tuple[AttributeSpec, ...]
    performance: tuple[str, ...]
    solid_waste: bool
    categories: tuple[Mapping, ...]
    procurement_codes: tuple[Mapping, ...]


class ValueLabel(Fact):
    """How a coded attribute value reads on screen."""

    value: Slug
    zh: Words
    en: Words


@cache
def kinds() -> tuple[Kind, ...]:
    """The whole tree in file order, a parent always before its children."""
    rows = read_yaml(HERE / "kinds.yaml", KindRow)
    require_unique(rows, lambda row: row.kind)
    return resolve(rows)


def value_labels() -> dict[str, ValueLabel]:
    rows = read_yaml(HERE / "attribute-values.yaml", ValueLabel)
    require_unique(rows, lambda row: row.value)
    return {row.value: row for row in rows}


def resolve(rows: tuple[KindRow, ...]) -> tuple[Kind, ...]:
    """Fill in what is inherited; a parent must stand above its children, so no cycle can be written."""
    known = {category.id for category in categories()}
    done: dict[str, Kind] = {}
    for row in rows:
        if row.parent is not None and row.parent not in done:
            raise ValueError(f"{row.kind}: parent {row.parent} does not stand above it")
        strange = sorted({mapping.to for mapping in row.categories} - known)
        if strange:
            raise ValueError(f"{row.kind}: no such category: {', '.join(strange)}")
        done[row.kind] = _complete(row, None if row.parent is None else done[row.parent])
    return tuple(done.values())


def _complete(row: KindRow, parent: Kind | None) -> Kind:
    attributes = {spec.name: spec for spec in parent.attributes} if parent else {}
    attributes |= {spec.name: spec for spec in row.attributes}
    performance = row.performance or (parent.performance if parent else ())
    missing = sorted(set(performance) - set(attributes))
    if missing and not row.group:
        raise ValueError(f"{row.kind}: compared by unknown attributes: {', '.join(missing)}")
    shared = row.model_dump(exclude={"attributes", "performance", "categories", "procurement_codes"})
    return Kind(
        **shared,
        attributes=tuple(attributes.values()),
        performance=performance,
        categories=tuple(Mapping(**mapping.model_dump()) for mapping in row.categories),
        procurement_codes=tuple(
            Mapping(to=code, confidence=Confidence.MEDIUM, note=OWN_MAPPING) for code in row.procurement_codes
        ),
    )
