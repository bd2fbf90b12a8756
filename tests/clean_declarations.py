"""Invented declarations in which nothing is wrong: realistic figures, complete papers, days in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Context as Arithmetic
from decimal import Decimal
from random import Random
from typing import Any, Final

from registry.declarations.comparable import Generation
from registry.declarations.dataset import (
    Component,
    Dataset,
    DeclaredUnit,
    Footprint,
    Indicator,
    Property,
    Scenario,
    Stage,
    Value,
)
from registry.declarations.facts import DocumentKind
from registry.declarations.indicators import indicators
from registry.declarations.preflight.view import Context
from tests.clean_papers import A1, A2, DAY, ISO, papers

PARTS: Final = ("A1", "A2", "A3")
LATER: Final = ("A4", "A5", "C1", "C2", "C3", "C4", "D")
# Shares of the gate's fossil energy by module, lowest and highest in thousandths.
SHARES: Final = {
    "A1": (600, 800), "A2": (40, 90), "A3": (100, 250), "A4": (20, 90), "A5": (10, 60), "C1": (4, 20),
    "C2": (8, 40), "C3": (6, 30), "C4": (5, 25), "D": (60, 300),
}  # fmt: skip
# Per MJ of fossil energy, in units of the power of ten: spans seen in published declarations.
PER_MJ: Final = {
    (A2, "AP"): (14, 75, -5), (A2, "EP-freshwater"): (11, 36, -8), (A2, "EP-marine"): (33, 130, -6),
    (A2, "EP-terrestrial"): (36, 140, -5), (A2, "POCP"): (10, 45, -5), (A2, "ODP"): (7, 57, -10),
    (A2, "ADPE"): (11, 88, -9), (A2, "WDP"): (32, 340, -4), (A2, "PM"): (15, 73, -10),
    (A2, "IRP"): (26, 36, -4),
    (A2, "ETP-fw"): (16, 200, -2), (A2, "HTP-c"): (16, 150, -12), (A2, "HTP-nc"): (72, 88, -11),
    (A2, "SQP"): (13, 50, -2), (A1, "AP"): (16, 35, -5), (A1, "EP"): (15, 65, -6), (A1, "POCP"): (9, 24, -6),
    (A1, "ODP"): (7, 15, -10), (A1, "ADPE"): (27, 136, -9), (ISO, "AP"): (16, 35, -5),
    (ISO, "EP"): (33, 130, -6),
    (ISO, "POCP"): (20, 90, -4), (ISO, "ODP"): (7, 57, -10),
    (None, "PERE"): (80, 500, -3), (None, "FW"): (17, 260, -6), (None, "HWD"): (10, 58, -5),
    (None, "NHWD"): (12, 690, -3), (None, "RWD"): (53, 640, -7), (None, "PENRE"): (101, 112, -2),
}  # fmt: skip
NOTHING: Final = ("PERM", "PENRM", "SM", "RSF", "NRSF", "CRU", "MER", "EEE", "EET")


@dataclass(frozen=True, slots=True)
class Profile:
    """A kind of product; `carbon` is kg CO₂e per kg in hundredths, `mass` None where the unit is one."""

    kind: str
    zh: str
    en: str
    carbon: tuple[int, int]
    unit: str = "kg"
    amount: int = 1
    mass: int | None = None  # kg of one declared unit
    usual: str = ""  # the kind's own unit, where it is another
    generation: Generation = A2
    per_energy: tuple[int, int] = (70, 120)  # g CO₂e per MJ
    timber: bool = False
    components: tuple[tuple[str, int], ...] = ()
    share: int | None = None  # percent of clinker


def _goods(kind: str, names: str, carbon: tuple[int, int], **own: Any) -> Profile:
    zh, en = names.split(" = ")
    return Profile(kind, zh, en, carbon, **own)


MODULAR: Final = (
    _goods("concrete.ready-mixed", "预拌混凝土 C30 = Ready-mixed concrete C30", (9, 15), unit="m3", mass=2350,
           per_energy=(180, 240)),
    _goods("cement", "通用水泥 CEM II/A = Cement CEM II/A-LL", (74, 86), amount=1000, usual="t", share=85,
           per_energy=(195, 215), components=(("熟料 clinker", 85), ("石灰石 limestone", 15))),
    _goods("steel.member", "热轧 H 型钢构件 = Hot-rolled steel section", (70, 220), amount=1000, usual="t"),
    _goods("gypsum.plasterboard", "纸面石膏板 12.5 mm = Plasterboard 12.5 mm", (20, 35), unit="m2", mass=10),
    _goods("timber.structural", "胶合木 = Glued laminated timber", (15, 35), unit="m3", mass=480,
           timber=True),
    _goods("waterproofing.membrane", "改性沥青防水卷材 = Bitumen membrane", (50, 110), unit="m2",
           mass=5, per_energy=(50, 70)),
    _goods("glass.low-e", "Low-E 镀膜玻璃 = Low-E coated glass", (110, 190), unit="m2", mass=15),
    _goods("masonry.fired-brick", "烧结多孔砖 = Fired brick", (12, 30), unit="m3", mass=1400, generation=A1),
    _goods("formwork.aluminium", "铝合金模板 = Aluminium formwork", (800, 1900), generation=A1),
    _goods("insulation.mineral-wool", "岩棉板 = Stone wool board", (80, 190), unit="m3", mass=120,
           generation=A1),
    _goods("concrete.precast", "预制叠合板 = Precast slab", (12, 22), unit="m3", mass=2450, generation=ISO,
           per_energy=(150, 230)),
)  # fmt: skip
FOOTPRINTS: Final = (
    ("cement", "普通水泥", "Ordinary cement", "t", 600, 800),
    ("steel.member", "冷弯型钢构件", "Cold-formed steel member", "t", 1800, 2600),
    ("window-door.energy-saving", "断桥铝合金窗", "Thermal-break aluminium window", "m2", 120, 250),
    ("pipe.plastic", "聚乙烯管", "Polyethylene pipe", "kg", 3, 6),
)


def rounded(value: Decimal, digits: int = 4) -> Decimal:
    return Arithmetic(prec=digits).plus(value)


def between(rng: Random, low: int, high: int, *, power: int = 0) -> Decimal:
    return (Decimal(rng.randint(low * 1000, high * 1000)) / 1000).scaleb(power)


def _energies(rng: Random, gate: Decimal) -> dict[str, Decimal]:
    found = {module: rounded(gate * between(rng, *SHARES[module]) / 1000) for module in (*PARTS, *LATER)}
    return found | {"D": -found["D"]}


def _rows(
    rng: Random, profile: Profile, mass: Decimal, *, modules: Sequence[str]
) -> dict[str, dict[str, Decimal]]:
    """Every row the rules ask for; sums are made of the rounded parts."""
    gate = mass * between(rng, *profile.carbon) / 100 / (between(rng, *profile.per_energy) / 1000)
    energies = _energies(rng, gate)
    rows: dict[str, dict[str, Decimal]] = {"ADPF": {m: energies[m] for m in modules}}
    carbon = {m: rounded(energies[m] * between(rng, *profile.per_energy, power=-3)) for m in modules}
    if profile.generation is A2:
        rows |= {"GWP-fossil": carbon} | _climate(rng, profile, mass, fossil=carbon)
    else:
        rows["GWP"] = carbon
    for (rules, code), (low, high, power) in PER_MJ.items():
        if rules is profile.generation or (rules is None and profile.generation is not ISO):
            rows[code] = {m: rounded(energies[m] * between(rng, low, high, power=power)) for m in modules}
    if profile.generation is not ISO:
        rows |= {code: dict.fromkeys(modules, Decimal(0)) for code in NOTHING}
        rows["MFR"] = {
            m: rounded(mass * between(rng, 800, 950, power=-3)) if m == "C3" else Decimal(0) for m in modules
        }
        rows["PERT"], rows["PENRT"] = dict(rows["PERE"]), dict(rows["PENRE"])
    return rows


def _climate(
    rng: Random, profile: Profile, mass: Decimal, *, fossil: Mapping[str, Decimal]
) -> dict[str, dict[str, Decimal]]:
    land = {m: rounded(abs(value) * between(rng, 3, 15, power=-4)) for m, value in fossil.items()}
    biogenic = {m: rounded(abs(value) * between(rng, 1, 9, power=-4)) for m, value in fossil.items()}
    if profile.timber:
        taken = rounded(mass * Decimal("0.49") * 44 / 12)
        biogenic |= {"A1": -taken, "C3": rounded(taken * between(rng, 980, 1010, power=-3))}
    total = {m: rounded(fossil[m] + land[m] + biogenic[m], 5) for m in fossil}
    return {"GWP-luluc": land, "GWP-biogenic": biogenic, "GWP-total": total}


def _values(cells: Mapping[str, Decimal], style: str, other: Decimal | None) -> tuple[Value, ...]:
    """Parts, their sum, or both; D once for each scenario where the document has two."""
    shown = dict(cells)
    if style != "parts":
        shown["A1-A3"] = rounded(sum((cells[part] for part in PARTS), Decimal(0)), 5)
    if style == "sum":
        shown = {m: value for m, value in shown.items() if m not in PARTS}
    plain = [Value(module=m, amount=value) for m, value in shown.items() if other is None or m != "D"]
    if other is not None:
        second = rounded(cells["D"] * other)
        plain += [
            Value(module="D", scenario="S1", amount=cells["D"]),
            Value(module="D", scenario="S2", amount=second),
        ]
    return tuple(plain)


def modular(
    rng: Random, profile: Profile, *, style: str = "", scenarios: bool | None = None
) -> tuple[Dataset, Context]:
    """An EPD by EN 15804 or ISO 21930; `style` says whether A1-A3 is a sum, parts or both."""
    mass = Decimal(profile.amount if profile.mass is None else profile.mass)
    modules = (*PARTS, *LATER)
    drawn, told = rng.choice(("parts", "sum", "both")), profile.generation is A2 and rng.random() < 0.3
    style, scenarios = style or drawn, told if scenarios is None else scenarios
    rows = _rows(rng, profile, mass, modules=modules)
    other = between(rng, 30, 60, power=-2) if scenarios else None
    values = {code: _values(cells, style, other) for code, cells in rows.items()}
    table = tuple(_indicator(code, profile.generation, cells) for code, cells in values.items())
    tied = () if profile.mass is None else (Property(kind="mass", value=mass, unit="kg"),)
    own: dict[str, Any] = {
        "document": DocumentKind.EPD,
        "declared": DeclaredUnit(amount=Decimal(profile.amount), unit=profile.unit, stated=profile.unit),
        "properties": tied,
        "generation": profile.generation,
        "indicators": table,
        "components": tuple(Component(name=n, percent=Decimal(p)) for n, p in profile.components),
        "biogenic_carbon_kg": mass * Decimal("0.49") if profile.timber else None,
        "scenarios": _scenarios() if scenarios else (),
    }
    attributes = {"clinker_share": Decimal(profile.share)} if profile.share else {}
    dataset = Dataset(**(papers(rng, profile.zh, profile.en, profile.generation) | own))
    return dataset, Context(DAY, profile.kind, profile.usual or profile.unit, attributes)


def _indicator(code: str, rules: Generation, values: tuple[Value, ...]) -> Indicator:
    row = indicators().of(code, rules)
    assert row is not None, code
    return Indicator(
        code=code, names={"en": row.name_en}, uuid=row.uuid, unit=row.unit, matched_by="uuid", values=values
    )


def _scenarios() -> tuple[Scenario, ...]:
    return (
        Scenario(name="S1", group="D", default=True, words={"zh": "回收", "en": "recycling"}),
        Scenario(name="S2", group="D", words={"zh": "填埋", "en": "landfill"}),
    )


def footprint(rng: Random, which: tuple[str, str, str, str, int, int]) -> tuple[Dataset, Context]:
    """A footprint report by ISO 14067 or GB/T 24067, or a certified label."""
    kind, zh, en, unit, low, high = which
    stages = {"原材料获取": between(rng, low, high) * 7 / 10, "生产": between(rng, low, high) * 2 / 10,
              "分销": between(rng, low, high) / 20}  # fmt: skip
    amounts = {name: rounded(value) for name, value in stages.items()}
    label = kind not in {"window-door.energy-saving", "pipe.plastic"} and rng.random() < 0.5
    rules = Generation.GBT24067 if label or rng.random() < 0.7 else Generation.ISO14067
    own: dict[str, Any] = {
        "document": DocumentKind.FOOTPRINT_LABEL if label else DocumentKind.FOOTPRINT_REPORT,
        "declared": DeclaredUnit(amount=Decimal(1), unit=unit, stated=unit),
        "generation": rules,
        "footprint": Footprint(
            total=rounded(sum(amounts.values(), Decimal(0)), 5),
            boundary="摇篮到大门 cradle to gate",
            stages=tuple(Stage(words={"zh": name}, amount=amount) for name, amount in amounts.items()),
        ),
        "indicators": (),
    }
    found = papers(rng, zh, en, rules) | own
    if unit == "m2":
        found["properties"] = (Property(kind="area-mass", value=Decimal(32), unit="kg/m2"),)
    return Dataset(**found), Context(DAY, kind, unit)


def clean(serial: int) -> tuple[Dataset, Context]:
    """The clean declaration of a number, always the same: three of four by module, the rest footprints."""
    rng = Random(serial)
    if serial % 4 == 3:
        return footprint(rng, FOOTPRINTS[serial // 4 % len(FOOTPRINTS)])
    return modular(rng, MODULAR[serial % len(MODULAR)])
