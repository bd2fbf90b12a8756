"""Clean declarations of invented products, for faults to be put in: figures that fit one another, no more."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid5

from registry.declarations.comparable import Generation
from registry.declarations.dataset import (
    Component,
    Dataset,
    DeclaredUnit,
    Footprint,
    Indicator,
    Party,
    Property,
    Reference,
    Scenario,
    Stage,
    Subtype,
    Value,
)
from registry.declarations.facts import DocumentKind, PartialDay, Precision, Verification
from registry.declarations.indicators import Row, indicators
from tests.preflight.theirs_tools import put

Figures = Mapping[str, str]  # module → kg CO₂e

_SPACE = UUID("5b1c1f5e-6f5c-5d0a-9a53-9e3f4f2b7c11")
_OWNER = Party(names={"zh": "示例企业 017（虚构）"}, ids={"uscc": "99510100MA0000017X"})
# The rest of a table per kg of fossil CO₂e, in orders of magnitude usual for building materials.
_PER_CARBON = {
    "ODP": "1.37E-9", "AP": "2.41E-3", "EP-freshwater": "3.18E-6", "EP-marine": "7.72E-4",
    "EP-terrestrial": "8.43E-3", "POCP": "2.26E-3", "ADPE": "4.57E-7", "ADPF": "5.63", "WDP": "0.0871",
    "PM": "1.94E-8", "EP": "2.83E-4", "PERE": "0.613", "PERM": "0.127", "PENRE": "5.12", "PENRM": "0.668",
    "SM": "0.0119", "RSF": "0.231", "NRSF": "0.317", "FW": "0.00284", "HWD": "6.62E-3", "NHWD": "0.0537",
    "RWD": "3.91E-5", "CRU": "0", "MFR": "0.104", "MER": "0", "EEE": "0.0213", "EET": "0.0329",
}  # fmt: skip
_SUMS = {"PERT": ("PERE", "PERM"), "PENRT": ("PENRE", "PENRM")}


def _day(year: int) -> PartialDay:
    return PartialDay(day=date(year, 5, 17), precision=Precision.DAY)


def _figures(code: str, fossil: Figures, biogenic: Figures) -> dict[str, Decimal] | None:
    """A row by module; None where the code is none of ours here."""
    carbon = {module: Decimal(amount) for module, amount in fossil.items()}
    held = {module: Decimal(biogenic.get(module, "0")) for module in fossil}
    luluc = {module: abs(amount) / 500 for module, amount in carbon.items()}
    if code in ("GWP-fossil", "GWP", "GWP-GHG"):
        return carbon
    if code in ("GWP-biogenic", "GWP-luluc"):
        return held if code == "GWP-biogenic" else luluc
    if code == "GWP-total":
        return {module: carbon[module] + held[module] + luluc[module] for module in carbon}
    if code in _SUMS:
        parts = [_figures(part, fossil, biogenic) or {} for part in _SUMS[code]]
        return {module: parts[0][module] + parts[1][module] for module in carbon}
    if code not in _PER_CARBON:
        return None
    # No two modules burn the same mix, so no column is a multiple of another.
    skew = {
        module: 1 + Decimal(ord(module[0]) + len(module) * 7 + ord(module[-1])) / 997 for module in carbon
    }
    skew |= {"A1": Decimal("1.1"), "A2": Decimal("1.1"), "A3": Decimal("1.1"), "A1-A3": Decimal("1.1")}
    return {module: amount * Decimal(_PER_CARBON[code]) * skew[module] for module, amount in carbon.items()}


def _row(line: Row, fossil: Figures, biogenic: Figures) -> Indicator | None:
    amounts = _figures(line.code, fossil, biogenic)
    if amounts is None:
        return None
    values = tuple(Value(module=module, amount=amount) for module, amount in amounts.items())
    names = {"zh": line.name_zh, "en": line.name_en}
    return Indicator(
        code=line.code, names=names, uuid=line.uuid, unit=line.unit, matched_by="uuid", values=values
    )


def _dataset(name: Mapping[str, str], family: Generation, unit: DeclaredUnit, **more: object) -> Dataset:
    stated: dict[str, object] = {
        "uuid": uuid5(_SPACE, name["en"]),
        "version": "01.00.000",
        "document": DocumentKind.EPD,
        "names": dict(name),
        "declared": unit,
        "generation": family,
        "generation_by": "uuid",
        "compliance": (Reference(names={"en": str(family)}),),
        "subtype": Subtype.SPECIFIC,
        "verification": Verification.THIRD_PARTY,
        "owner": _OWNER,
        "reference_year": 2024,
        "published": _day(2025),
        "valid_from": _day(2025),
        "valid_to": _day(2030),
    }
    return Dataset.model_validate({**stated, **more})


def _epd(
    name: Mapping[str, str],
    family: Generation,
    unit: DeclaredUnit,
    *,
    fossil: Figures,
    biogenic: Figures | None = None,
    **more: object,
) -> Dataset:
    lines = [line for line in indicators().rows if line.generation in (family, None)]
    rows = [_row(line, fossil, biogenic or {}) for line in lines]
    table = tuple(one for one in rows if one is not None)
    return _dataset(name, family, unit, indicators=table, **more)


def _unit(amount: str, code: str) -> DeclaredUnit:
    return DeclaredUnit(amount=Decimal(amount), unit=code, stated=f"{amount} {code}")


def _property(kind: str, value: str, unit: str) -> Property:
    return Property(kind=kind, value=Decimal(value), unit=unit)


def _part(name: str, percent: str) -> Component:
    return Component(name=name, percent=Decimal(percent))


A1, A2 = Generation.EN15804_A1, Generation.EN15804_A2


def _later(gate: str, **later: str) -> Figures:
    return {"A1-A3": gate, **later}


def _cement(amount: str, unit: str, scale: Decimal) -> Dataset:
    fossil = {"A1": "171.3", "A2": "9.4", "A3": "319.6", "A1-A3": "500.3", "A4": "38.7", "D": "-41.8"}
    parts = (_part("clinker 熟料", "68"), _part("slag 矿渣", "27"), _part("gypsum 石膏", "5"))
    return _epd(
        {"en": "Cement CEM II/B-S 42.5 N (invented)", "zh": "示例水泥（虚构）"}, A2, _unit(amount, unit),
        fossil={module: str(Decimal(each) * scale) for module, each in fossil.items()}, components=parts,
    )  # fmt: skip


def _steel() -> Dataset:
    clean = _epd(
        {"en": "Steel reinforcing bar (invented)"}, A2, _unit("1", "t"),
        fossil=_later("652.8", A4="31.2", C1="2.7", C2="6.1", C3="13.9", C4="0.62", D="88.4"),
    )  # fmt: skip
    return put(clean, ("MFR",), lambda at, old: Decimal(930) if at[0] == "C3" else old)


def _timber() -> Dataset:
    return _epd(
        {"en": "Glued spruce timber (invented)"}, A2, _unit("1", "m3"),
        fossil=_later("84.2", A4="9.7", C1="0.52", C2="2.31", C3="5.64", C4="0.11", D="-310.4"),
        biogenic={"A1-A3": "-770", "C3": "770"}, biogenic_carbon_kg="210", service_life_years="50",
        properties=(_property("density", "460", "kg/m³"),),
        scenarios=(Scenario(name="S1", group="end", default=True), Scenario(name="S2", group="end")),
        components=(Component(name="spruce", lowest=Decimal(92), highest=Decimal(98)),),
    )  # fmt: skip


def _glass() -> Dataset:
    facts = (("density", "2500", "kg/m³"), ("thickness", "6", "mm"), ("area-mass", "15", "kg/m²"))
    return _epd(
        {"en": "Float glass 6 mm (invented)", "zh": "浮法玻璃 6 mm（虚构）"}, A2, _unit("1", "m2"),
        fossil=_later("18.6", A4="0.93", C1="0.012", C2="0.087", C3="0.031", C4="0.079", D="-3.4"),
        properties=tuple(_property(*fact) for fact in facts),
    )  # fmt: skip


def _insulation() -> Dataset:
    return _epd(
        {"en": "Stone wool slab (invented)"}, A1, _unit("1", "m3"),
        fossil=_later("131.8", A4="4.9", C2="1.3", C4="2.2", D="-1.7"),
        properties=(_property("density", "120", "kg/m³"),),
    )  # fmt: skip


def _footprint(family: Generation, boundary: str, *stages: tuple[str, str]) -> Dataset:
    parts = tuple(Stage(words={"zh": words}, amount=Decimal(amount)) for words, amount in stages)
    total = sum((one.amount for one in parts), Decimal(0))
    return _dataset(
        {"en": f"Steel section {family} (invented)", "zh": "示例型钢（虚构）"}, family, _unit("1", "t"),
        document=DocumentKind.FOOTPRINT_REPORT,
        footprint=Footprint(total=total, boundary=boundary, stages=parts),
    )  # fmt: skip


def examples() -> tuple[Dataset, ...]:
    making = (("原材料获取", "1630.4"), ("生产", "417.9"))
    grave = (*making, ("运输", "38.5"), ("废弃处置", "96.3"))
    return (
        _cement("1000", "kg", Decimal(1)),
        _cement("1", "kg", Decimal("0.001")),
        _cement("1", "t", Decimal(1)),
        _steel(), _timber(), _glass(), _insulation(),
        _footprint(Generation.GBT24067, "从摇篮到坟墓", *grave),
        _footprint(Generation.ISO14067, "从摇篮到大门", *making),
    )  # fmt: skip
