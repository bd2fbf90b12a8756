"""The invented documents behind the demonstration declarations: every indicator, scenario and stage made up.

A document's figures agree with the declaration on record, to the last digit; a footprint's stand in it alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random
from typing import Final
from uuid import UUID
from zlib import crc32

from registry.access.actors import LOADER
from registry.changes.feed import Draft
from registry.declarations.comparable import Generation, generation
from registry.declarations.dataset import (
    Dataset,
    DeclaredUnit,
    Footprint,
    Indicator,
    Licence,
    Mark,
    Party,
    Plant,
    Property,
    Reference,
    Scenario,
    Stage,
    Subtype,
    Value,
)
from registry.declarations.documents.content import ContentFact, record_content
from registry.declarations.facts import MODULES, DataKind, DeclarationFact, Verification
from registry.declarations.indicators import Row, indicators
from registry.kit.ids import derived
from registry.parties.facts import OrganisationFact, PlantFact
from registry.products.facts import ProductFact
from registry.units.convert import TIES, FactKind
from registry.units.table import Dimension, table
from seeds.demo.carbon import GBT_24067

RE_USE: Final = Scenario(
    name="再生利用",
    default=True,
    words={"zh": "拆除后再生利用（虚构）", "en": "Recycled after removal (invented)"},
)
LANDFILL: Final = Scenario(name="填埋", words={"zh": "拆除后填埋（虚构）", "en": "Landfilled (invented)"})
NOTE: Final = {
    "zh": "演示数据，全部内容均为虚构，不对应任何真实产品。",
    "en": "Demonstration data; everything is invented and describes no real product.",
}
IN_FULL: Final = ("case-", "ladder-")  # handles of the named cases; of the rest, one in this many
ONE_IN: Final = 12
RULES_ISSUED: Final = date(2024, 8, 23)  # GB/T 24067-2024
_KINDS: Final = {
    DataKind.SPECIFIC: Subtype.SPECIFIC,
    DataKind.AVERAGE: Subtype.AVERAGE,
    DataKind.GENERIC: Subtype.GENERIC,
}
# Invented size of an indicator beside 1 kg CO2e, by unit.
_SIZES: Final = {
    "kg CFC 11 eq": "0.000000012", "mol H+ eq": "0.0028", "kg P eq": "0.000021", "kg N eq": "0.00092",
    "mol N eq": "0.0101", "kg NMVOC eq": "0.0027", "kg Sb eq": "0.00000041", "MJ": "8.6",
    "m3 world eq": "0.064", "disease incidence": "0.000000031", "kBq U235 eq": "0.018", "CTUe": "2.9",
    "CTUh": "0.00000000042", "1": "3.1", "kg SO2 eq": "0.0023", "kg PO4 eq": "0.00031",
    "kg ethene eq": "0.00012", "RWD": "0.000031", "HWD": "0.00047", "kg": "0.037", "m3": "0.0046",
}  # fmt: skip
_SUMS: Final = {"PERT": ("PERE", "PERM"), "PENRT": ("PENRE", "PENRM")}
_STAGES: Final = (
    ("A1", "原材料获取", "Raw materials"),
    ("A2", "原材料运输", "Transport"),
    ("A3", "生产", "Production"),
)


@dataclass(frozen=True, slots=True)
class Names:
    """Who and what the declarations name."""

    products: Mapping[UUID, ProductFact]
    plants: Mapping[UUID, PlantFact]
    organisations: Mapping[UUID, OrganisationFact]


def drafts(
    declarations: Iterator[DeclarationFact] | tuple[DeclarationFact, ...], names: Names
) -> Iterator[Draft]:
    """The content of each declaration, on its own day."""
    for fact in declarations:
        content = ContentFact(declaration_id=fact.id, dataset=document(fact, names))
        yield record_content(content, effective_on=fact.valid_from.day, actor=LOADER)


def is_stated(handle: str, fact: DeclarationFact) -> bool:
    """Whether a declaration comes with its document: a document is thirty times as long as its record.

    Those that could not be right are left out: older than their rules, or an EPD that nobody verified.
    """
    too_old = GBT_24067 in fact.standard and fact.valid_from.day < RULES_ISSUED
    if too_old or fact.verification is Verification.NONE:
        return False
    return handle.startswith(IN_FULL) or crc32(handle.encode()) % ONE_IN == 0


def as_entered(fact: DeclarationFact) -> DeclarationFact:
    """The record of a declaration with a document: a footprint's own stages never become modules."""
    footprint = generation(fact.standard) is Generation.GBT24067
    return fact.model_copy(update={"modules": {}}) if footprint else fact


def document(fact: DeclarationFact, names: Names) -> Dataset:
    """A document that says what the declaration on record says, and more."""
    rng, family = Random(fact.code), generation(fact.standard)  # noqa: S311 - invented data, no secret
    product = names.products[fact.product_ids[0]]
    maker = names.organisations[product.manufacturer_id]
    footprint = family is Generation.GBT24067
    scenarios = () if footprint or "C3" not in fact.modules else (RE_USE, LANDFILL)
    return Dataset(
        uuid=derived("demonstration-document", fact.code),
        version="01.00.000",
        document=fact.document,
        number=fact.number,
        names={"zh": product.name_zh, "en": product.name_en},
        descriptions=NOTE,
        declared=DeclaredUnit(
            amount=fact.declared_amount, unit=fact.declared_unit, stated=fact.declared_unit
        ),
        properties=tuple(_properties(fact)),
        generation=family,
        generation_by="stated",
        compliance=(Reference(names={"zh": fact.standard}),),
        pcr=Reference(names={"zh": f"{fact.pcr or '—'}（示例规则，虚构）"}, version="1.0"),
        background=(
            Reference(names={"zh": "示例背景数据库 2025（虚构）", "en": "Example database 2025 (invented)"}),
        ),
        subtype=_KINDS[fact.data_kind],
        verification=fact.verification,
        verifiers=tuple(_party(one) for one in _verifier(fact, names)),
        owner=_party(maker),
        operator=Party(names={"zh": fact.operator}) if fact.operator else None,
        manufacturers=(_party(maker),),
        plants=tuple(Plant(name=names.plants[one].name_zh) for one in fact.plant_ids),
        location="CN",
        reference_year=fact.reference_year,
        published=fact.valid_from,
        valid_from=fact.valid_from,
        valid_to=fact.valid_to,
        licence=Licence(words=NOTE),
        scenarios=scenarios,
        indicators=() if footprint else tuple(_rows(fact, family, rng, scenarios=bool(scenarios))),
        footprint=_footprint(fact) if footprint else None,
    )


def _party(fact: OrganisationFact) -> Party:
    return Party(names={"zh": fact.name_zh, "en": fact.name_en}, ids={"uscc": fact.credit_code})


def _verifier(fact: DeclarationFact, names: Names) -> Iterator[OrganisationFact]:
    if fact.verifier_id is not None:
        yield names.organisations[fact.verifier_id]


def _properties(fact: DeclarationFact) -> Iterator[Property]:
    """The mass on record as the figure that ties the declared unit to a mass."""
    unit = table().by_code[fact.declared_unit]
    for kind in (FactKind.DENSITY, FactKind.AREA_MASS, FactKind.LENGTH_MASS, FactKind.PIECE_MASS):
        if fact.mass_kg is not None and fact.declared_amount == unit.factor == 1:
            tie = TIES[kind]
            if (tie.source, tie.target) == (unit.dimension, Dimension.MASS):
                symbol = tie.symbol.replace("²", "2").replace("³", "3")
                yield Property(kind=kind, value=fact.mass_kg, unit=symbol)


def _footprint(fact: DeclarationFact) -> Footprint | None:
    """A total with stages of its own, from cradle to gate."""
    parts = [(fact.modules.get(module), zh, en) for module, zh, en in _STAGES]
    stages = tuple(
        Stage(words={"zh": zh, "en": en}, amount=amount) for amount, zh, en in parts if amount is not None
    )
    total = fact.modules.get("A1-A3", sum((one.amount for one in stages), Decimal(0)))
    return Footprint(
        total=total, boundary="从摇篮到大门（虚构）", stages=stages if len(stages) == len(_STAGES) else ()
    )


def _rows(fact: DeclarationFact, family: Generation, rng: Random, *, scenarios: bool) -> Iterator[Indicator]:
    """The greenhouse gases as on record with their parts, then the other indicators in proportion to them."""
    known = indicators()
    main = known.of("GWP-total" if family is Generation.EN15804_A2 else "GWP", family)
    if main is None:
        return
    yield _row(main, tuple(_total(fact, scenarios=scenarios)))
    if family is Generation.EN15804_A2:
        yield from _parts_of_total(fact, rng)
    yield from _others(fact, family, rng)


def _others(fact: DeclarationFact, family: Generation, rng: Random) -> Iterator[Indicator]:
    """In proportion to the greenhouse gases; a sum is the sum of its parts, by module and by indicator."""
    made: dict[str, dict[str, Decimal]] = {}
    for row in indicators().rows:
        if row.generation not in (family, None) or row.code.startswith("GWP"):
            continue
        size = Decimal(_SIZES.get(row.code) or _SIZES[row.unit])
        cells = {
            module: _short(value.copy_abs() * size * rng.randint(600, 1400) / 1000)
            for module, value in fact.modules.items()
        }
        if {"A1", "A2", "A3", "A1-A3"} <= cells.keys():
            cells["A1-A3"] = cells["A1"] + cells["A2"] + cells["A3"]
        if row.code in _SUMS:
            cells = {
                module: sum((made[part][module] for part in _SUMS[row.code]), Decimal(0)) for module in cells
            }
        made[row.code] = cells
        yield _row(row, tuple(Value(module=module, amount=value) for module, value in cells.items()))


def _total(fact: DeclarationFact, *, scenarios: bool) -> Iterator[Value]:
    for module in MODULES:
        amount = fact.modules.get(module)
        if amount is None:
            if module.startswith("B"):
                yield Value(module=module, mark=Mark.MND)
        elif scenarios and module in ("C3", "D"):
            yield Value(module=module, scenario=RE_USE.name, amount=amount)
            other = Decimal(0) if module == "D" else _short(amount * 3 + 1)
            yield Value(module=module, scenario=LANDFILL.name, amount=other)
        else:
            yield Value(module=module, amount=amount)


def _parts_of_total(fact: DeclarationFact, rng: Random) -> Iterator[Indicator]:
    """Fossil, biogenic and land use add up to the total in every module."""
    shares = {"GWP-biogenic": rng.randint(5, 15), "GWP-luluc": rng.randint(1, 3)}
    small = {
        code: {module: _share(module, value, code, share) for module, value in fact.modules.items()}
        for code, share in shares.items()
    }
    for cells in small.values():
        if {"A1", "A2", "A3", "A1-A3"} <= cells.keys():
            cells["A1-A3"] = cells["A1"] + cells["A2"] + cells["A3"]
    fossil = {m: value - sum(cells[m] for cells in small.values()) for m, value in fact.modules.items()}
    for code, cells in {"GWP-fossil": fossil, **small}.items():
        row = indicators().of(code, Generation.EN15804_A2)
        if row is not None:
            yield _row(row, tuple(Value(module=module, amount=value) for module, value in cells.items()))


def _share(module: str, value: Decimal, code: str, share: int) -> Decimal:
    """Thousandths of the total; where a product takes carbon in (wood), all of that is biogenic."""
    if value < 0 and module.startswith("A"):
        share = 1250 if code == "GWP-biogenic" else -share
    return (value * share / 1000).quantize(Decimal("0.000001"))


def _row(row: Row, values: tuple[Value, ...]) -> Indicator:
    return Indicator(
        code=row.code,
        names={"zh": row.name_zh, "en": row.name_en},
        uuid=row.uuid,
        unit=row.unit,
        matched_by="key" if row.uuid is None else "uuid",
        values=values,
    )


def _short(value: Decimal) -> Decimal:
    """Four significant digits."""
    return value if not value else value.quantize(Decimal(1).scaleb(value.adjusted() - 3))
