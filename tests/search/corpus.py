"""Sixty-odd invented products, varied enough that each query of the table has one right family."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from registry.certificates.facts import Scheme
from registry.declarations.facts import Verification
from search.documents.product import DataKind, Evidence, GwpUnit, ProductDocument, Status

_NAMESPACE = uuid.UUID("7f0c3c4e-5f51-4a1b-9a52-0d1a6f5f0f60")
_FIRST_DAY = date(2026, 1, 1)
PLACES = (
    ("51", "四川省", "成都市"),
    ("11", "北京市", "北京市"),
    ("37", "山东省", "济南市"),
    ("44", "广东省", "深圳市"),
)
_MAKERS = ("示例建材一厂（虚构）", "青川示范材料（虚构）", "蓝岭样板企业（虚构）", "白石试点公司（虚构）")

# kind: path of ancestors, Chinese and English names, category code and names, standards, basis, figure
_KINDS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...], str, str, tuple[str, ...], str, str]] = {
    "plasterboard": (
        ("board",),
        ("石膏板", "Gypsum board"),
        "C21",
        "石膏板材",
        ("T/CECS 10056-2019", "GB/T 9775-2008"),
        "m2",
        "2.1",
    ),
    "cement": (("binder",), ("水泥", "Cement"), "", "", ("GB 175-2023",), "t", "780"),
    "low-e-glass": (
        ("glass",),
        ("低辐射镀膜玻璃", "Low-E glass"),
        "C12",
        "建筑节能玻璃",
        ("T/CECS 10034-2019",),
        "m2-glass",
        "28.5",
    ),
    "insulating-glass": (
        ("glass",),
        ("中空玻璃", "Insulating glass"),
        "C12",
        "建筑节能玻璃",
        ("T/CECS 10034-2019", "GB/T 11944-2012"),
        "m2-glass",
        "40",
    ),
    "mineral-wool": (
        ("insulation",),
        ("岩棉", "Mineral wool"),
        "C15",
        "保温系统材料",
        ("T/CECS 10032-2019", "GB/T 25975-2018"),
        "m3",
        "95",
    ),
    "concrete": (
        ("concrete-products",),
        ("预拌混凝土", "Ready-mixed concrete"),
        "C01",
        "预拌混凝土",
        ("T/CECS 10047-2019", "GB/T 14902-2012"),
        "m3-c",
        "260",
    ),
    "mortar": (
        ("concrete-products",),
        ("预拌砂浆", "Ready-mixed mortar"),
        "C02",
        "预拌砂浆",
        ("T/CECS 10048-2019",),
        "t-m",
        "150",
    ),
    "aac": (
        ("masonry",),
        ("蒸压加气混凝土砌块", "AAC block"),
        "C05",
        "砌体材料",
        ("T/CECS 10031-2019", "GB/T 11968-2020"),
        "m3-b",
        "190",
    ),
    "membrane": (
        ("roofing",),
        ("防水卷材", "Waterproofing membrane"),
        "C17",
        "防水与密封材料",
        ("T/CECS 10038-2019", "GB 18242-2008"),
        "m2-r",
        "3.3",
    ),
    "phosphogypsum": (("binder",), ("磷石膏", "Phosphogypsum"), "", "", ("GB/T 23456-2018",), "t-g", "12"),
    "paint": (
        ("finishes",),
        ("建筑涂料", "Architectural coating"),
        "C40",
        "墙面涂料",
        ("T/CECS 10039-2019",),
        "kg",
        "1.9",
    ),
    "tile": (
        ("finishes",),
        ("陶瓷砖", "Ceramic tile"),
        "C33",
        "陶瓷砖板",
        ("T/CECS 10036-2019",),
        "m2-t",
        "11",
    ),
}

_LINES: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    ("plasterboard", "纸面石膏板", "Paper-faced gypsum board", {"models": ("PC-7185",), "star": 3}),
    ("plasterboard", "耐火纸面石膏板", "Fire-resistant plasterboard", {"performance": "A"}),
    ("plasterboard", "石膏板", "Plasterboard", {"models": ("1200×2400×9.5",), "brand": "示例牌"}),
    ("plasterboard", "磷石膏纸面石膏板", "Phosphogypsum plasterboard", {"waste_content": Decimal("38.5")}),
    ("plasterboard", "穿孔吸声石膏板", "Perforated acoustic board", {"tags": ("吸声", "acoustic")}),
    ("plasterboard", "防潮石膏板", "Moisture-resistant drywall", {"status": Status.EXPIRED}),
    ("cement", "P·O 42.5 普通硅酸盐水泥", "Ordinary Portland cement 42.5", {"performance": "42.5"}),
    ("cement", "普通硅酸盐水泥 P·O 42.5R", "Portland cement 42.5R", {"performance": "42.5R"}),
    ("cement", "P·O 52.5 普通硅酸盐水泥", "Ordinary Portland cement 52.5", {"performance": "52.5"}),
    ("cement", "P·C 42.5 复合硅酸盐水泥", "Composite cement 42.5", {"performance": "42.5"}),
    ("cement", "低熟料水泥", "Low-clinker cement", {"models": ("SSC 42.5",), "star": 3}),
    ("cement", "石灰石硅酸盐水泥", "Portland limestone cement", {"models": ("P·LC",)}),
    ("low-e-glass", "双银Low-E玻璃", "Double-silver coated pane", {"models": ("DS-2",), "star": 2}),
    ("low-e-glass", "低辐射镀膜玻璃", "Coated glass", {"models": ("LR-80",)}),
    ("low-e-glass", "三银LowE玻璃", "Triple-silver pane", {"models": ("TS-3",)}),
    ("insulating-glass", "中空玻璃 6Low-E+12A+6", "Insulating glass unit", {"models": ("6Low-E+12A+6",)}),
    ("insulating-glass", "三玻两腔中空玻璃", "Triple insulating glass", {"models": ("5+12A+5+12A+5",)}),
    ("insulating-glass", "暖边中空玻璃", "Warm-edge IGU", {"star": 1}),
    ("mineral-wool", "外墙外保温用岩棉板 A级", "Rock wool board for facades", {"performance": "A"}),
    ("mineral-wool", "岩棉条", "Mineral wool lamella", {"performance": "A"}),
    ("mineral-wool", "A级不燃岩棉板", "Non-combustible stone wool board", {"performance": "A"}),
    ("concrete", "C30 预拌混凝土", "Ready-mixed concrete C30", {"performance": "C30"}),
    ("concrete", "C30P8 抗渗预拌混凝土", "Watertight concrete C30", {"performance": "C30"}),
    ("concrete", "商品混凝土 C40", "Concrete C40", {"performance": "C40"}),
    ("concrete", "再生骨料混凝土 C25", "Recycled aggregate concrete", {"waste_content": Decimal(30)}),
    ("concrete", "高性能混凝土 C60", "High-performance concrete C60", {"performance": "C60", "star": 3}),
    ("mortar", "干混抹灰砂浆 DP M10", "Dry-mix plastering mortar", {"performance": "M10"}),
    ("mortar", "湿拌砌筑砂浆 WM M7.5", "Wet-mix masonry mortar", {"performance": "M7.5"}),
    ("aac", "蒸压加气混凝土砌块 B06", "AAC block B06", {"performance": "A3.5"}),
    ("aac", "加气块 B05", "Autoclaved aerated concrete block", {"performance": "A2.5"}),
    ("membrane", "SBS改性沥青防水卷材", "SBS modified bitumen membrane", {"models": ("SBS II PY 4",)}),
    ("membrane", "弹性体改性沥青防水卷材", "Elastomer bitumen sheet", {}),
    ("membrane", "高分子自粘防水卷材", "Self-adhesive polymer sheet", {"status": Status.SUSPENDED}),
    ("phosphogypsum", "建筑磷石膏粉", "Calcined phosphogypsum powder", {"waste_content": Decimal(90)}),
    ("phosphogypsum", "β型磷石膏胶凝材料", "Beta phosphogypsum binder", {"waste_content": Decimal("85.5")}),
    ("paint", "水性内墙涂料", "Waterborne interior coating", {"performance": "5L"}),
    ("paint", "真石漆", "Stone-like paint", {"description": "用于外墙的厚浆型涂料。For façades."}),
    ("tile", "干压陶瓷砖", "Dry-pressed ceramic tile", {"models": ("800x800",)}),
    ("tile", "薄型陶瓷砖", "Thin ceramic tile", {"waste_content": Decimal(15)}),
)
_SECOND_SERIES = 24  # of the lines again, from another maker and in another state
_STATES = tuple(Status)

_REGIONS = (("510000", "510100"), ("110000",), ("370000", "370100", "510000", "510700"), ())
_ATTRIBUTES: tuple[Mapping[str, str], ...] = (
    {"strength_class": "42.5R", "low_e": "true"},
    {"strength_class": "C30", "packing": "bulk"},
    {"type": "P·O", "low_e": "false"},
    {"size": '1200 × 2400 "A" OR *:[1 TO 2]'},
    {},
)


def _quantities(order: int) -> Mapping[str, Decimal]:
    """Whole, broken, negative, tiny and huge numbers, so that an engine's own number types show."""
    found = {"thickness": Decimal(order % 9) * Decimal("2.5"), "levels": Decimal(order % 4)}
    found |= {"conductivity": Decimal("0.03") + Decimal(order % 5) / 1000} if order % 3 else {}
    extremes = ("-5", "1E-7", "123456789012", "0")
    return found | ({"permeability": Decimal(extremes[order % 4])} if order % 2 else {})


def _figures(order: int) -> Mapping[GwpUnit, Decimal]:
    per_kg = Decimal(order % 11 + 1) / 8
    found = {GwpUnit.KG: per_kg, GwpUnit.T: per_kg * 1000}
    found |= {GwpUnit.M3: per_kg * 2400} if order % 2 else {}
    return found | ({GwpUnit.M2: per_kg * 24} if order % 5 == 0 else {})


def documents() -> tuple[ProductDocument, ...]:
    return tuple(_documents())


def _documents() -> Iterator[ProductDocument]:
    for order, (kind, name, english, more) in enumerate(_LINES):
        yield _document(order, kind, name, english, **more)
    for order, (kind, name, english, more) in enumerate(_LINES[:_SECOND_SERIES], len(_LINES)):
        first = _document(order, kind, f"二系列 {name}", f"Series two {english}", **more)
        days = timedelta(days=order)
        status = _STATES[order % len(_STATES)]
        evidence = tuple(Evidence)[order % 4 :]
        yield replace(first, status=status, evidence=evidence, next_change_on=_FIRST_DAY + days)


def _document(order: int, kind: str, name: str, english: str, **more: Any) -> ProductDocument:
    ancestors, kind_names, category, category_name, standards, basis, figure = _KINDS[kind]
    province, province_name, city = PLACES[order % len(PLACES)]
    maker = order % 3 if order % 5 else 3
    has_figure = order % 6 != 5
    plain = ProductDocument(
        id=str(uuid.uuid5(_NAMESPACE, str(order))),
        number=f"GM{order:04d}X{order * 7 % 10}",
        version=order + 1,
        name_zh=name,
        name_en=english,
        kind=kind,
        kind_path=(*ancestors, kind),
        group=ancestors[0],
        kind_names=kind_names,
        category=(category,) if category else (),
        category_names=(category_name,) if category_name else (),
        maker=_MAKERS[maker],
        maker_id=f"maker-{maker}",
        plants=(f"plant-{order % 5}", *((f"plant-{order % 3}",) if order % 4 else ())),
        maker_code=f"9151010{maker}MA6TFAKE{maker}X",
        standards=standards,
        certificate_numbers=(f"CGM2026A{order:04d}", f"DEMO-{order:03d}-GBM-26") if order % 2 else (),
        province=province,
        province_name=province_name,
        city=city,
        regions=_REGIONS[order % len(_REGIONS)],
        schemes=(Scheme.GRADED, Scheme.GREEN_PRODUCT)[: order % 3],
        verification=(Verification.THIRD_PARTY, Verification.NONE, None)[order % 3],
        attributes=_ATTRIBUTES[order % len(_ATTRIBUTES)],
        quantities=_quantities(order),
        evidence=(Evidence.CERTIFICATE,) if order % 2 else (Evidence.SELF_DECLARATION, Evidence.TEST_REPORT),
        status=Status.VALID if order % 2 else Status.NONE,
        body=("示例认证机构甲（虚构）", "示例认证机构乙（虚构）")[order % 2],
        data_kind=(DataKind.SPECIFIC, DataKind.AVERAGE, DataKind.GENERIC)[order % 3]
        if has_figure
        else DataKind.NONE,
        gwp=Decimal(figure) + Decimal(order % 7) / 10 if has_figure else None,
        gwp_basis=basis if has_figure else None,
        gwp_standard=("EN 15804+A1", "EN 15804+A2", "GB/T 24067", "other")[order % 4],
        gwp_per=_figures(order) if has_figure and order % 4 < 3 else {},
        unit=basis,
        valid_from=_FIRST_DAY,
        valid_to=_FIRST_DAY + timedelta(days=30 * order) if order % 2 else None,
        description="示范数据，不对应任何真实产品。",
    )
    return replace(plain, **more)
