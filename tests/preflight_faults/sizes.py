"""Faults of quantity: units, shares, signs, magnitudes, carbon held, cements and footprints."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from registry.declarations.dataset import Component, Stage
from tests.preflight_faults.making import (
    ALUMINIUM,
    BRICK,
    CEMENT,
    CONCRETE,
    GYPSUM,
    REPORT,
    SLAB,
    TIMBER,
    Case,
    amount,
    cells,
    inside,
    know,
    only,
    parts,
    put,
    row,
    scaled,
    stages,
    stated,
)
from tests.preflight_faults.tables import short, table

EVERY: Final = " ".join(r.code or "" for r in CONCRETE.dataset.indicators)
_CLIMATE: Final = "GWP-total GWP-fossil GWP-biogenic GWP-luluc"


def declared(case: Case, **fields: object) -> Case:
    return inside(case, "declared", **fields)


QUANTITIES: Final[Mapping[str, Case]] = {
    "unit-unknown": declared(CONCRETE, unit=None, stated="blorp"),
    "unit-no-goods": declared(CONCRETE, unit="workday", stated="工日"),
    "unit-imperial": know(declared(CONCRETE, unit="yd3", stated="yd3"), kind=None),
    "unit-ton-ambiguous": declared(CEMENT, unit="t", stated="ton", amount=Decimal(1)),
    "unit-stated-otherwise": declared(CONCRETE, stated="m2"),
    "unit-yard-as-metre": put(CONCRETE, descriptions={"en": "per cubic yard"}),
    "unit-per-millimetre": put(GYPSUM, descriptions={"en": "per mm of thickness"}),
    "amount-not-positive": know(
        put(declared(CONCRETE, amount=Decimal(0)), generation_by="stated"), kind=None
    ),
    "amount-implausible": know(declared(CONCRETE, amount=Decimal(1000000)), kind=None),
    "functional-unit-unsaid": declared(CONCRETE, functional=True),
    "unit-said-otherwise": declared(CONCRETE, words={"zh": "1 m2 的墙"}),
    "amount-said-otherwise": declared(CONCRETE, words={"zh": "2 m3 混凝土"}),
    "unit-not-comparable": know(put(CONCRETE, properties=()), kind="air.fresh-air-system", kind_unit="piece"),
    "unit-unusual": know(CONCRETE, kind_unit="t"),
    "property-not-positive": put(CONCRETE, properties=(*CONCRETE.dataset.properties, *stated("x", "0", "W"))),
    "property-twice": put(
        CONCRETE, properties=(*stated("x", "2", "W"), *stated("x", "3", "W"), *CONCRETE.dataset.properties)
    ),
    "property-unit-unknown": put(
        CONCRETE, properties=(*stated("thickness", "3", "in"), *CONCRETE.dataset.properties)
    ),
    "density-too-low": put(
        CONCRETE, properties=(*stated("density", "2.4", "kg/m3"), *CONCRETE.dataset.properties)
    ),
    "density-too-high": put(
        CONCRETE, properties=(*CONCRETE.dataset.properties, *stated("density", "2400000", "kg/m3"))
    ),
    "thickness-implausible": put(
        CONCRETE, properties=(*CONCRETE.dataset.properties, *stated("thickness", "9000", "mm"))
    ),
    "grammage-disagrees": put(
        GYPSUM,
        properties=(
            *stated("area-mass", "10", "kg/m2"),
            *stated("density", "80", "kg/m3"),
            *stated("thickness", "12.5", "mm"),
        ),
    ),
    "mass-missing": know(put(CONCRETE, properties=()), kind=None, kind_unit=None),
    "mass-unstated": put(BRICK, properties=()),
    "mass-placeholder": know(put(CONCRETE, properties=stated("mass", "1", "kg")), kind=None, kind_unit=None),
    "mass-of-mass": put(ALUMINIUM, properties=stated("mass", "1.4", "kg")),
    "service-life-implausible": put(CONCRETE, service_life_years=Decimal(900)),
    "service-life-missing": cells(
        cells(CONCRETE, EVERY, {"B2": "0"}),
        "GWP-total GWP-fossil",
        {"B2": "0.02"},
    ),
}

COMPONENTS: Final[Mapping[str, Case]] = {
    "secondary-material-above-weight": cells(CONCRETE, "SM", {"A1-A3": "4700"}),
    "components-over-100": put(CONCRETE, components=parts(("砂", "70"), ("石", "60"))),
    "components-lowest-over-100": put(
        CONCRETE,
        components=tuple(Component(name=n, lowest=Decimal(60), highest=Decimal(80)) for n in ("砂", "石")),
    ),
    "components-as-fractions": put(CONCRETE, components=parts(("砂", "0.4"), ("石", "0.6"))),
    "component-share-impossible": put(CONCRETE, components=parts(("砂", "-4"), ("石", "60"))),
    "component-range-reversed": put(
        CONCRETE, components=(Component(name="砂", lowest=Decimal(40), highest=Decimal(20)),)
    ),
    "component-outside-range": put(
        CONCRETE,
        components=(Component(name="砂", percent=Decimal(50), lowest=Decimal(10), highest=Decimal(20)),),
    ),
    "component-twice": put(CONCRETE, components=parts(("砂", "40"), ("砂", "60"))),
    "component-unnamed": put(CONCRETE, components=parts(("", "40"), ("砂", "60"))),
    "component-without-share": put(CONCRETE, components=(Component(name="砂"),)),
    "cas-check-digit": put(CONCRETE, components=(Component(name="水", percent=Decimal(9), cas="7732-18-4"),)),
}


def biogenic(case: Case, gate: str, later: str = "0") -> Case:
    """Concrete that takes carbon in at the gate and gives some back in C3, its sums kept right."""
    changed = cells(case, "GWP-biogenic", {"A1-A3": gate, "C3": later})
    for module, value in (("A1-A3", gate), ("C3", later)):
        rest = sum(amount(changed, code, module) for code in ("GWP-fossil", "GWP-luluc"))
        changed = cells(changed, "GWP-total", {module: str(Decimal(value) + rest)})
    return changed


def held(case: Case, product: str, packaging: str = "0") -> Case:
    return put(case, biogenic_carbon_kg=Decimal(product), biogenic_carbon_packaging_kg=Decimal(packaging))


_LAND = amount(CONCRETE, "GWP-fossil", "A1-A3") * 2
CARBON: Final[Mapping[str, Case]] = {
    "carbon-negative": held(CONCRETE, "0", "-2"),
    "carbon-above-mass": held(know(biogenic(CONCRETE, "-9900", "9900"), kind=None), "2700"),
    "carbon-share-high": held(know(biogenic(CONCRETE, "-6233", "6233"), kind=None), "1700"),
    "carbon-share-low": put(biogenic(TIMBER, "-220", "220"), biogenic_carbon_kg=Decimal(60)),
    "carbon-placeholder": held(CONCRETE, "1", "1"),
    "carbon-missing": biogenic(CONCRETE, "-110", "110"),
    "carbon-of-timber-missing": know(
        put(CONCRETE, biogenic_carbon_kg=None, names={"zh": "胶合木（虚构）"}), kind="timber.structural"
    ),
    "uptake-missing": held(CONCRETE, "30"),
    "uptake-differs": held(biogenic(CONCRETE, "-110", "110"), "95"),
    "carbon-as-dioxide": held(biogenic(CONCRETE, "-110", "110"), "110"),
    "uptake-not-returned": held(biogenic(CONCRETE, "-110", "10"), "30"),
    "more-returned-than-taken": held(biogenic(CONCRETE, "-110", "310"), "30"),
    "biogenic-without-content": held(biogenic(CONCRETE, "-110", "110"), "0"),
    "land-use-large": cells(
        cells(CONCRETE, "GWP-luluc", {"A1-A3": str(_LAND)}),
        "GWP-total",
        {
            "A1-A3": str(
                amount(CONCRETE, "GWP-fossil", "A1-A3") + _LAND + amount(CONCRETE, "GWP-biogenic", "A1-A3")
            )
        },
    ),
}


def priced(kind: str, unit: str, value: Decimal, *, mass: tuple[str, str, str] | None = None) -> Case:
    """A footprint of a kind, per its unit, in two stages."""
    shares = {"原材料获取": str(value * 7 / 10), "生产": str(value * 3 / 10)}
    case = know(
        stages(declared(put(REPORT, names={"zh": "产品"}), unit=unit, stated=unit), shares),
        kind=kind,
        kind_unit=unit,
    )
    return put(case, properties=stated(*mass) if mass else ())


# What one unit weighs, so that the same value stands inside the gate per kg.
_WEIGHTS: Final = {
    "gate-concrete-volume": ("density", "3400", "kg/m3"), "gate-brick-volume": ("density", "3000", "kg/m3"),
    "gate-plasterboard-area": ("area-mass", "20", "kg/m2"), "gate-glazing": ("area-mass", "50", "kg/m2"),
    "gate-membrane": ("area-mass", "5", "kg/m2"), "gate-window": ("area-mass", "40", "kg/m2"),
    "gate-composite-panel": ("area-mass", "20", "kg/m2"),
}  # fmt: skip


def outside(line: Mapping[str, str], factor: str) -> Case:
    kind = line["kinds"].split()[0]
    case = priced(kind, line["per"], Decimal(line["high"]) * Decimal(factor), mass=_WEIGHTS.get(line["id"]))
    return know(case, kind_unit=line["per"])


GATES: Final[Mapping[str, Case]] = {line["id"]: outside(line, "1.23") for line in table("gates")} | {
    "gate-concrete-volume": priced("concrete.precast", "m3", Decimal(51), mass=("density", "1000", "kg/m3")),
    "slip-thousand-too-much": priced("steel.member", "kg", Decimal(2100)),
    "slip-thousand-too-little": priced("steel.member", "kg", Decimal("0.0021")),
    **{
        line["id"]: put(
            priced(line["kinds"].split()[0], "kg", Decimal(value)),
            properties=stated("density", density, "kg/m3"),
        )
        for line, value, density in zip(
            table("densities"), ("0.31", "2.1", "9.1", "1.3"), ("700", "6000", "5000", "1000"), strict=True
        )
    },
}


def named(line: Mapping[str, str]) -> str:
    return f"size-{short(line['rules'], line['code'])}" + ("-at-gate" if line["cells"] == "gate" else "")


def oversized(line: Mapping[str, str]) -> Case:
    bases = {"EN 15804+A1": BRICK, "ISO 21930": SLAB}
    case = know(bases.get(line["rules"], CONCRETE), kind=None, kind_unit=None)
    code, at_gate = line["code"], line["cells"] == "gate"
    codes = {"GWP-fossil": _CLIMATE, "PERT": "PERT PERE"}.get(code, code)
    if code == "GWP-fossil":  # A1-A3 has a row of its own
        return scaled(case, codes, "9") if at_gate else scaled(case, codes, "0.005", modules="C4")
    return scaled(case, codes, "10000000")


SIZES: Final[Mapping[str, Case]] = {named(line): oversized(line) for line in table("ratios")} | {
    "depletion-in-kwh": scaled(CONCRETE, "ADPF", "0.2778"),
    "depletion-above-energy": scaled(CONCRETE, "ADPF", "2", modules="A1-A3"),
    "energy-far-above-depletion": scaled(CONCRETE, "PENRT PENRE", "30", modules="A1-A3"),
    "cell-out-of-line": scaled(CONCRETE, "ADPE", "800", modules="C4"),
    "energy-resources-in-kwh": scaled(CONCRETE, "PENRT PENRE", "0.2778"),
}

SIGNS: Final[Mapping[str, Case]] = {
    "negative-impact": scaled(CONCRETE, "AP", "-1", modules="C4"),
    "negative-energy": scaled(CONCRETE, "PERE PERT", "-1", modules="A1-A3"),
    "negative-material-energy": cells(
        cells(CONCRETE, "PERM", {"A1-A3": "-10"}),
        "PERT",
        {"A1-A3": str(amount(CONCRETE, "PERE", "A1-A3") - 10)},
    ),
    "negative-secondary": cells(CONCRETE, "SM", {"C3": "-4"}),
    "negative-water": scaled(CONCRETE, "FW", "-1", modules="A1-A3"),
    "negative-waste": scaled(CONCRETE, "NHWD", "-1", modules="C4"),
    "negative-output": cells(CONCRETE, "MFR", {"C4": "-4"}),
    "negative-transport": scaled(CONCRETE, _CLIMATE.replace(" GWP-luluc", ""), "-1", modules="A4"),
    "negative-land": cells(CONCRETE, "GWP-luluc", {"C4": "-0.0001"}),
    "negative-fossil": scaled(CONCRETE, "GWP-fossil GWP-total", "-1", modules="A5"),
    "negative-without-carbon": know(scaled(BRICK, "GWP", "-1", modules="A1-A3"), kind=None),
    "negative-end-of-life": scaled(BRICK, "GWP", "-9", modules="C3"),
    "gate-zero": know(cells(BRICK, "GWP", {"A1-A3": "0"}), kind=None),
    "row-zero": cells(CONCRETE, "EP-marine", {"A1-A3": "0"}),
    "energy-zero": cells(CONCRETE, "PENRT PENRE", {"A1-A3": "0"}),
    "raw-material-zero": cells(CONCRETE, "GWP-total", {"A1": "0", "A3": "5"}),
    "transport-zero": cells(CONCRETE, EVERY, {"A4": "0"}),
    "transport-above-gate": scaled(CONCRETE, EVERY, "90", modules="A4"),
    "installation-above-gate": scaled(CONCRETE, EVERY, "110", modules="A5"),
    "end-of-life-above-gate": scaled(CONCRETE, EVERY, "900", modules="C1"),
    "credit-above-gate": scaled(CONCRETE, EVERY, "30", modules="D"),
    "credit-positive": scaled(CONCRETE, EVERY, "-15", modules="D"),
}


def cement(name: str, share: str | None, per_tonne: str = "710") -> Case:
    case = priced("cement", "t", Decimal(per_tonne))
    attributes = {"clinker_share": Decimal(share)} if share else {}
    return know(put(case, names={"zh": f"水泥 {name}"}), attributes=attributes)


CEMENTS: Final[Mapping[str, Case]] = {
    "clinker-cem-i": cement("CEM I 42.5", "85"),
    "clinker-cem-ii-a": cement("CEM II/A-LL", "60"),
    "clinker-cem-ii-b": cement("CEM II/B-S", "85"),
    "clinker-cem-iii-a": cement("CEM III/A", "85"),
    "clinker-cem-iii-b": cement("CEM III/B", "85"),
    "clinker-cem-iii-c": cement("CEM III/C", "85"),
    "clinker-p-o": cement("P·O 42.5", "60"),
    "clinker-p-s-a": cement("P·S·A 32.5", "85"),
    "clinker-p-s-b": cement("P·S·B 32.5", "85"),
    "clinker-told-twice": put(cement("", "85"), components=parts(("熟料", "70"))),
    "clinker-share-impossible": cement("", "0.85"),
    "clinker-more-than-footprint": cement("", "85", "310"),
    "footprint-more-than-clinker": cement("", "30", "910"),
    "type-more-than-footprint": cement("CEM I", None, "310"),
    "footprint-more-than-type": cement("CEM III/B", None, "910"),
}

_CFP = cells(row(CONCRETE, "GWP-total", code="CFP", uuid=None, values=()), "CFP", {"A1-A3": "6.5"})
FOOTPRINTS: Final[Mapping[str, Case]] = {
    "footprint-missing": put(REPORT, footprint=None),
    "footprint-boundary-missing": inside(REPORT, "footprint", boundary=None),
    "footprint-boundary-unclear": inside(REPORT, "footprint", boundary="约定范围"),
    "footprint-gate-with-later-stages": stages(REPORT, {"原材料获取": "3", "生产": "1.2", "使用": "0.55"}),
    "footprint-grave-without-end": inside(REPORT, "footprint", boundary="摇篮到坟墓"),
    "footprint-stages-missing": inside(REPORT, "footprint", stages=()),
    "footprint-one-stage": stages(REPORT, {"生产": "4.25"}),
    "footprint-zero": know(stages(REPORT, {"生产": "0", "分销": "0"}), kind=None),
    "footprint-negative": know(stages(REPORT, {"生产清除": "-3.5", "运输": "0.4"}), kind=None),
    "stage-negative": stages(REPORT, {"原材料获取": "5.2", "生产": "-0.45"}),
    "stage-of-offsets": stages(REPORT, {"原材料获取": "5.2", "碳信用 offset 清除": "-0.45"}),
    "stage-unnamed": stages(REPORT, {"原材料获取": "3.2", "": "1.45"}),
    "stage-twice": inside(REPORT, "footprint", total=Decimal("4.25"), stages=(
        Stage(words={"zh": "生产"}, amount=Decimal(3)), Stage(words={"zh": "生产"}, amount=Decimal("1.25")))),
    "stage-named-as-module": stages(REPORT, {"A1": "3.2", "生产": "1.45"}),
    "stages-alike": stages(REPORT, {"原材料获取": "1.45", "生产": "1.45", "分销": "1.45"}),
    "sum-stages": inside(REPORT, "footprint", total=Decimal("4.9")),
    "footprint-told-twice": put(REPORT, indicators=only(_CFP, "CFP")),
}  # fmt: skip

FAULTS: Final[Mapping[str, Case]] = {
    **QUANTITIES, **COMPONENTS, **CARBON, **GATES, **SIZES, **SIGNS, **CEMENTS, **FOOTPRINTS
}  # fmt: skip
