"""Invented products: one of them from a specification and a firm, and the whole catalogue from the lines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Final
from uuid import UUID

from registry.categories.facts import MaterialKindFact
from registry.products.facts import ProductFact, SolidWaste
from registry.products.service import performance
from seeds.demo.keys import FICTION_ZH, code, key
from seeds.demo.lines import Line, Spec, Waste, drawn, lines
from seeds.demo.parties import Firm

SINCE: Final = date(2020, 1, 1)
EVIDENCE: Final = "示例配料表（虚构）"


@dataclass(frozen=True, slots=True)
class Made:
    """A product with its maker and the drawn specification its declaration starts from."""

    handle: str
    fact: ProductFact
    firm: Firm
    spec: Spec

    @property
    def id(self) -> UUID:
        return self.fact.id


def make_product(
    handle: str, *, firm: Firm, kind: MaterialKindFact, spec: Spec, models: tuple[str, ...], **extra: object
) -> Made:
    """A product of a firm made at all its plants; `extra` replaces single fields."""
    fact = ProductFact(
        id=key("product", handle),
        code=code("product", handle),
        kind=kind.kind,
        name_zh=f"示例{kind.name_zh} {spec.spec}",
        name_en=f"Sample {kind.name_en.lower()} {spec.spec_en}",
        manufacturer_id=firm.id,
        plant_ids=tuple(plant.id for plant in firm.plants),
        brand=f"示例牌 {firm.number:03d}",
        brand_owner_id=firm.id,
        models=models,
        attributes=spec.attributes,
        performance=performance(kind, spec.attributes),
        unit=kind.declared_unit or "item",
        density_kg_m3=spec.density,
        mass_kg_m2=spec.mass_m2,
        mass_kg_piece=spec.mass_piece,
        thickness_mm=spec.thickness,
        description_zh=f"演示数据，产品为虚构{FICTION_ZH}",
        description_en="Demonstration data; this product is invented",
    )
    return Made(handle, ProductFact.model_validate({**fact.model_dump(), **extra}), firm, spec)


def catalogue(
    rng: Random,
    makers: Mapping[str, Sequence[Firm]],
    kinds: Mapping[str, MaterialKindFact],
    *,
    reserved: Iterable[UUID],
) -> list[Made]:
    """Every line's products, dealt to the firms of its trade in turn.

    Firms in `reserved` make no C30 concrete here: theirs is placed by hand, so that one value is the lowest.
    """
    kept = frozenset(reserved)
    found: list[Made] = []
    for shift, line in enumerate(lines()):  # shifted, so that short lines do not all fall to the first firms
        firms = makers[line.group]
        turn = [*firms[shift % len(firms) :], *firms[: shift % len(firms)]]
        found += _line(rng, line, (turn, kinds[line.kind], kept))
    return found


def _line(
    rng: Random, line: Line, setting: tuple[Sequence[Firm], MaterialKindFact, frozenset[UUID]]
) -> list[Made]:
    """Each round over the firms moves every firm on by one variant, so none makes a grade twice."""
    firms, kind, reserved = setting
    kept_free = tuple(v for v in line.variants if v.attributes.get("strength") != "C30")
    found: list[Made] = []
    for place in range(line.count):
        turn, seat = divmod(place, len(firms))
        firm = firms[seat]
        open_to_it = kept_free if firm.id in reserved else line.variants
        variant = open_to_it[(turn + seat) % len(open_to_it)]
        spec = drawn(rng, line, variant)
        stem = f"{line.model}-{firm.number:03d}-{turn + 1:02d}"
        found.append(
            make_product(
                f"{line.kind}-{place:03d}",
                firm=firm,
                kind=kind,
                spec=spec,
                models=(stem,) if line.model else (variant.spec,),
                solid_waste=_waste(rng, variant.waste or line.waste),
            )
        )
    return found


def _waste(rng: Random, waste: Waste | None) -> SolidWaste | None:
    if waste is None or rng.random() < 0.4:
        return None
    percent = rng.randint(int(waste.low), int(waste.high))
    return SolidWaste(percent=percent, materials=waste.materials, evidence=EVIDENCE)
