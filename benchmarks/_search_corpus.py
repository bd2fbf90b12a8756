"""Invented products in any number, for measuring search: real kinds, places and standards, no real firm."""

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import accumulate

from registry.categories.facts import CategoryFact, MaterialKindFact, RegionFact
from registry.categories.service import ancestors
from registry.certificates.facts import Scheme
from registry.declarations.facts import Verification
from search.documents.product import DataKind, Evidence, ProductDocument, Status
from search.feeding.documents import OFFICE, STAR_WORDS
from seeds import mapping

_NAMESPACE = uuid.UUID("0b9df7c8-52cf-4c93-93f8-7c2a0c9b6c11")
_SEED = 20_261_122
_MODIFIERS = (
    *(
        "耐火",
        "防潮",
        "高强",
        "轻质",
        "再生",
        "低碳",
        "保温",
        "隔声",
        "抗渗",
        "环保",
        "装配式",
        "超薄",
        "复合",
    ),
    *("阻燃", "增强", "憎水", "透气", "抗裂", "免拆", "自保温", "高性能", "纳米", "通用", "普通"),
)
_ENGLISH = (
    "Fire-resistant",
    "Lightweight",
    "Low-carbon",
    "Recycled",
    "Acoustic",
    "High-strength",
    "Standard",
)
_GRADES = (
    *(
        "C30",
        "C40",
        "C50P8",
        "42.5",
        "42.5R",
        "52.5R",
        "A级",
        "B1级",
        "6Low-E+12A+6",
        "5+12A+5",
        "M10",
        "B06",
    ),
    *("A3.5", "DN100", "100mm", "1200×2400×9.5", "SBS II PY 4", "WRB-2", "Ⅱ型", "MU15", "600×600", "λ=0.040"),
)
_USES = ("住宅", "学校", "医院", "办公楼", "工业厂房", "地铁站", "体育馆", "桥梁", "隧道", "既有建筑改造工程")
_TRAITS = (
    "耐久性好",
    "施工方便",
    "尺寸稳定",
    "抗压强度高",
    "导热系数低",
    "燃烧性能好",
    "有害物质少",
    "可再循环",
)
_RAW = ("磷石膏", "粉煤灰", "矿渣", "钢渣", "煤矸石", "建筑垃圾", "脱硫石膏", "尾矿")
_FIRST = "青蓝白云山川江河湖海金石林泉原岭峰谷平安和顺"
_SECOND = "岩陶木竹玉晨辉远达盛源通泰兴华丰瑞隆昌恒"
_BOTH = (Scheme.GRADED, Scheme.GREEN_PRODUCT)
_SCHEMES = ((Scheme.GRADED,), (Scheme.GRADED,), (Scheme.GREEN_PRODUCT,), _BOTH)
_EVIDENCE = {Scheme.GRADED: Evidence.CERTIFICATE, Scheme.GREEN_PRODUCT: Evidence.GREEN_PRODUCT}
_OWN_PROOFS = (Evidence.TEST_REPORT, Evidence.SELF_DECLARATION)
_PLANTS, _BODIES = 2, 40
_FIRST_DAY = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class _World:
    """What all documents are drawn from."""

    kinds: tuple[MaterialKindFact, ...]
    tree: dict[str, MaterialKindFact]
    weights: tuple[float, ...]
    categories: dict[str, CategoryFact]
    provinces: dict[str, RegionFact]
    cities: tuple[RegionFact, ...]
    standards: tuple[str, ...]


@cache
def world() -> _World:
    tree = {kind.kind: kind for kind in mapping.kind_facts()}
    leaves = tuple(kind for kind in tree.values() if kind.declared_unit is not None)
    regions = {region.region: region for region in mapping.region_facts()}
    provinces = {code: region for code, region in regions.items() if code.endswith("0000")}
    return _World(
        kinds=leaves,
        tree=tree,
        weights=tuple(accumulate(1 / (rank + 3) for rank in range(len(leaves)))),
        categories={one.category: one for one in mapping.category_facts()},
        provinces=provinces,
        cities=tuple(regions.values()),
        standards=tuple(one.number for one in mapping.standard_facts()),
    )


def documents(count: int, first: int = 0) -> Iterator[ProductDocument]:
    """The same `count` documents every time; each depends on its own number and the number of makers only."""
    makers = max(300, count // 25)
    for order in range(first, count):
        yield document(order, makers)


def document(order: int, makers: int) -> ProductDocument:
    there, rng = world(), random.Random(_SEED * 10_000_019 + order)
    kind = rng.choices(there.kinds, cum_weights=there.weights)[0]
    maker = int(rng.paretovariate(0.9) * 7 + rng.random() * makers * 0.2) % makers
    place = there.cities[(maker * 11 + (order % 3 == 0)) % len(there.cities)]
    groups = [there.categories[one.to] for one in kind.categories if one.to in there.categories]
    status = rng.choice((Status.VALID, Status.VALID, *Status))
    schemes = () if status is Status.NONE else rng.choice(_SCHEMES)
    star = rng.choice((1, 2, 3)) if Scheme.GRADED in schemes else None
    data = rng.choice(tuple(DataKind))
    verification = None if data is DataKind.NONE else rng.choice(tuple(Verification))
    has_figure = data is not DataKind.NONE and rng.random() > 0.12
    path = ancestors(kind.kind, there.tree)
    grade, raw = rng.choice(_GRADES), rng.choice(_RAW)
    papers = (
        () if status is Status.NONE else (f"DEMO-{2020 + order % 7}-GBM-{order * 7919 % 10_000_000:07d}",)
    )
    return ProductDocument(
        id=str(uuid.uuid5(_NAMESPACE, str(order))),
        number=f"DP{order:07d}",
        version=order + 1,
        name_zh=_name(rng, kind, grade),
        name_en=f"{rng.choice(_ENGLISH)} {kind.name_en.lower()} {grade}" if order % 4 else "",
        kind=kind.kind,
        kind_path=path,
        kind_names=tuple(
            name for code in path for name in (there.tree[code].name_zh, there.tree[code].name_en)
        ),
        kind_words=(*(there.tree[code].name_zh for code in path), kind.name_en, *kind.synonyms),
        category=tuple(one.category for one in groups),
        category_names=tuple(name for one in groups for name in (one.name_zh, one.name_en)),
        maker=_maker(maker),
        maker_id=str(uuid.uuid5(_NAMESPACE, f"maker {maker}")),
        maker_code=f"91510100MA{maker:07d}X",
        plants=tuple(str(uuid.uuid5(_NAMESPACE, f"plant {maker} {n}")) for n in range(1 + order % _PLANTS)),
        brand=f"示例{_FIRST[maker % len(_FIRST)]}{_SECOND[maker // 7 % len(_SECOND)]}牌",
        models=(f"{rng.choice('ABCDEFGH')}{rng.choice('KLMNPQRST')}-{rng.randint(100, 9999)}",),
        standards=tuple(sorted({rng.choice(there.standards), *(s for one in groups for s in one.standards)})),
        certificate_numbers=papers,
        paper_numbers=tuple(f"DC{order:07d}" for _ in papers),
        province=place.region[:2] + "0000",
        province_name=there.provinces[place.region[:2] + "0000"].name_zh,
        city=place.name_zh,
        places=(OFFICE.sub("", place.name_zh), place.name_en),
        evidence=(*(_EVIDENCE[one] for one in schemes), *rng.sample(_OWN_PROOFS, rng.choice((0, 0, 1, 2)))),
        schemes=schemes,
        status=status,
        star=star,
        body=f"示例认证机构 {order % _BODIES:02d}（虚构）" if papers else "",
        data_kind=data,
        verification=verification,
        performance=grade,
        gwp=Decimal(rng.randint(10, 90_000)) / 100 if has_figure else None,
        gwp_basis=kind.kind if has_figure else None,
        unit=kind.declared_unit or "",
        waste_content=Decimal(rng.randint(0, 900)) / 10 if kind.solid_waste else None,
        valid_from=_FIRST_DAY if papers else None,
        valid_to=_FIRST_DAY + timedelta(days=rng.randint(0, 1500)) if papers else None,
        description=_described(rng, kind, raw),
        tags=(*kind.synonyms[:3], raw, *(STAR_WORDS[star] if star else ())),
        next_change_on=_FIRST_DAY + timedelta(days=rng.randint(0, 1500)) if papers else None,
    )


def _name(rng: random.Random, kind: MaterialKindFact, grade: str) -> str:
    said = rng.choice((kind.name_zh, kind.name_zh, *kind.synonyms[:6]))
    return (
        f"{rng.choice(_MODIFIERS)}{said} {grade}"
        if rng.random() < 0.8
        else f"{said}{rng.choice(_MODIFIERS)}型"
    )


def _maker(order: int) -> str:
    there = world()
    place = OFFICE.sub("", there.cities[order * 11 % len(there.cities)].name_zh)
    first, second = _FIRST[order % len(_FIRST)], _SECOND[order // 7 % len(_SECOND)]
    return f"{place}{first}{second}示例建材企业 {order:05d}（虚构）"


def _described(rng: random.Random, kind: MaterialKindFact, raw: str) -> str:
    """60 to 120 Chinese characters, and a sentence of English at every second product."""
    uses, traits = rng.sample(_USES, 3), rng.sample(_TRAITS, 3)
    chinese = (
        f"本产品为虚构示例，属于{kind.name_zh}，以{raw}为部分原料，由自动化生产线制成，{'，'.join(traits)}。"
        f"适用于{'、'.join(uses)}的{rng.choice(('内墙', '外墙', '屋面', '楼地面', '基础', '管线'))}部位，"
        f"出厂前按批检验，每批{rng.randint(10, 900)}件。"
    )
    english = f" Invented product: {kind.name_en.lower()} with {rng.randint(1, 60)} percent recycled content."
    return chinese + english if rng.random() < 0.5 else chinese
