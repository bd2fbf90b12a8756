"""From a dossier to the flat document an index holds; pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from registry.categories.facts import AttributeSpec, CategoryFact, MaterialKindFact, RegionFact
from registry.categories.service import ancestors
from registry.certificates.facts import Scheme
from registry.declarations.facts import DocumentKind
from registry.dossiers.dossier import Dossier
from registry.kit.messages import LANGUAGES, catalogue
from search.documents.product import DataKind, Evidence, GwpUnit, ProductDocument, Status
from search.feeding import typed
from search.text.subtypes import others_words, own_words

PROVINCE_DIGITS, CITY_DIGITS = 2, 4
# What the name of a region is without what governs it.
OFFICE = re.compile(r"(?:壮族自治区|回族自治区|维吾尔自治区|特别行政区|自治区|自治州|地区|省|市)$")
STAR_WORDS = {1: ("一星级", "one-star"), 2: ("二星级", "two-star"), 3: ("三星级", "three-star")}
DOCUMENT_WORDS = {
    DocumentKind.EPD: "EPD",
    DocumentKind.FOOTPRINT_REPORT: "碳足迹报告",
    DocumentKind.FOOTPRINT_LABEL: "碳足迹标识",
}
EVIDENCE_WORDS = {
    Evidence.CERTIFICATE: ("绿色建材", "绿色建材评价", "绿色建材认证", "certified green building material"),
    Evidence.GREEN_PRODUCT: ("绿色产品", "绿色产品认证", "绿色产品标识", "green product certificate"),
    Evidence.TEST_REPORT: ("检测报告", "检验报告", "test report"),
    Evidence.SELF_DECLARATION: ("自我声明", "self-declaration"),
}
STANDING_WORDS = {
    Status.VALID: ("证书有效", "有效证书", "valid certificate"),
    Status.SUSPENDED: ("证书暂停", "暂停证书", "suspended certificate"),
    Status.EXPIRED: ("证书过期", "过期证书", "expired certificate"),
    Status.WITHDRAWN: ("证书撤销", "撤销证书", "withdrawn certificate"),
    Status.CANCELLED: ("证书注销", "注销证书", "cancelled certificate"),
}


@dataclass(frozen=True)
class Tables:
    """What every document looks things up in."""

    kinds: dict[str, MaterialKindFact]
    categories: Mapping[str, CategoryFact]
    regions: Mapping[str, RegionFact]

    @cached_property
    def units(self) -> typed.Units:
        return typed.units_of(self.kinds.values())


def document(dossier: Dossier, tables: Tables, *, next_effective: date | None) -> ProductDocument:
    """What the index holds of a product on the dossier's day."""
    categories, regions = tables.categories, tables.regions
    own = {known.fact.category for known in dossier.certificates}
    own |= {mapping.to for mapping in dossier.kind.categories}
    named = [categories[code] for code in sorted(own) if code in categories]
    best = dossier.best_certificate
    province, city = _place(dossier, regions)
    return replace(
        _with_figures(_described(dossier, tables), dossier),
        category=tuple(category.category for category in named),
        category_names=tuple(name for c in named for name in (c.name_zh, c.name_en)),
        standards=_standards(dossier, named),
        category_standards=_category_standards(dossier, named),
        certificate_numbers=tuple(sorted({known.fact.number for known in dossier.certificates})),
        paper_numbers=_paper_numbers(dossier),
        paper_standards=_paper_standards(dossier),
        places=_places(dossier, regions),
        province=province,
        province_name=regions[province].name_zh if province in regions else "",
        city=city,
        regions=_regions(dossier, regions),
        evidence=_evidence(dossier),
        schemes=tuple(sorted({known.fact.scheme for known in dossier.certificates})),
        status=Status(dossier.standing),
        star=best.fact.star if best else None,
        body=dossier.organisations[best.fact.body_id].name_zh if best else "",
        valid_from=best.fact.valid_from if best else None,
        valid_to=best.fact.valid_to if best else None,
        next_change_on=_next_change(dossier, next_effective),
    )


def _with_figures(plain: ProductDocument, dossier: Dossier) -> ProductDocument:
    """What the declaration that speaks for the product says, in every unit it can be had in."""
    known, cell = dossier.declaration, dossier.cell
    if known is None:
        return plain
    return replace(
        plain,
        data_kind=DataKind(known.fact.data_kind),
        verification=known.fact.verification,
        gwp=cell.value if cell else None,
        gwp_basis=cell.basis.key if cell else None,
        gwp_standard=str(dossier.rules or ""),
        gwp_per={GwpUnit(code): value for code, value in dossier.figures.items()},
    )


def _described(dossier: Dossier, tables: Tables) -> ProductDocument:
    """What the product is, apart from every proof of it."""
    kinds = tables.kinds
    product, kind, maker = dossier.product.fact, dossier.kind, dossier.maker
    path = ancestors(product.kind, kinds)
    foreign = others_words(product.kind, product.attributes)
    called = tuple(word for word in kind.synonyms if word not in foreign)
    return ProductDocument(
        id=str(product.id),
        number=product.code,
        version=dossier.at.as_of,
        name_zh=product.name_zh,
        name_en=product.name_en,
        kind=product.kind,
        kind_path=path,
        group=path[-1],
        kind_names=tuple(name for code in path for name in (kinds[code].name_zh, kinds[code].name_en)),
        kind_words=(*(kinds[code].name_zh for code in path), kind.name_en, *called),
        maker=maker.name_zh,
        maker_id=str(maker.id),
        maker_code=maker.credit_code,
        plants=tuple(map(str, product.plant_ids)),
        brand=product.brand or "",
        models=product.models,
        performance=product.performance or "",
        attributes=typed.attributes(product, kind),
        quantities=typed.quantities(product, kind, tables.units),
        unit=product.unit,
        waste_content=product.solid_waste.percent if product.solid_waste else None,
        description=f"{product.description_zh} {product.description_en}".strip(),
        tags=_tags(dossier, called),
        values=_values(dossier),
    )


def _place(dossier: Dossier, regions: Mapping[str, RegionFact]) -> tuple[str, str]:
    """Province code and city name of the first plant; without plants, those of its maker."""
    product = dossier.product.fact
    plants = [dossier.plants[plant] for plant in product.plant_ids if plant in dossier.plants]
    region = plants[0].region if plants else dossier.maker.region
    city = regions[region].name_zh if region in regions else ""
    return region[:PROVINCE_DIGITS] + "0000", city


def _regions(dossier: Dossier, regions: Mapping[str, RegionFact]) -> tuple[str, ...]:
    """Codes of the regions its plants stand in, and of the provinces and cities above them."""
    product = dossier.product.fact
    codes = {dossier.plants[plant].region for plant in product.plant_ids if plant in dossier.plants}
    wider = {
        code[:digits].ljust(len(code), "0") for code in codes for digits in (PROVINCE_DIGITS, CITY_DIGITS)
    }
    return tuple(code for code in sorted(codes | wider) if code in regions)


def _places(dossier: Dossier, regions: Mapping[str, RegionFact]) -> tuple[str, ...]:
    """Where it is made, as people say it: 重庆 for 重庆市, 广西 for 广西壮族自治区."""
    known = [regions[code] for code in _regions(dossier, regions)]
    return tuple(dict.fromkeys(name for one in known for name in (OFFICE.sub("", one.name_zh), one.name_en)))


def _paper_numbers(dossier: Dossier) -> tuple[str, ...]:
    codes = [known.fact.code for known in dossier.certificates]
    codes += [text for known in dossier.reports for text in (known.fact.code, known.fact.number)]
    codes += [text for known in dossier.declarations for text in (known.fact.code, known.fact.number)]
    return tuple(dict.fromkeys([*codes, *(known.fact.code for known in dossier.self_declarations)]))


def _paper_standards(dossier: Dossier) -> tuple[str, ...]:
    named = {known.fact.standard for known in dossier.declarations}
    named |= {known.fact.demand_standard for known in dossier.reports}
    return tuple(sorted(one for one in named if one))


def _category_standards(dossier: Dossier, categories: list[CategoryFact]) -> tuple[str, ...]:
    """The evaluation standards of its category that none of its certificates names."""
    own = {standard for known in dossier.certificates for standard in known.fact.standards}
    return tuple(sorted({one for category in categories for one in category.standards} - own))


def _standards(dossier: Dossier, categories: list[CategoryFact]) -> tuple[str, ...]:
    named = {standard for known in dossier.certificates for standard in known.fact.standards}
    named |= {standard for category in categories for standard in category.standards}
    return tuple(sorted(named))


def _evidence(dossier: Dossier) -> tuple[Evidence, ...]:
    schemes = {known.fact.scheme for known in dossier.certificates}
    present = (
        (Evidence.CERTIFICATE, Scheme.GRADED in schemes),
        (Evidence.GREEN_PRODUCT, Scheme.GREEN_PRODUCT in schemes),
        (Evidence.TEST_REPORT, bool(dossier.reports)),
        (Evidence.SELF_DECLARATION, bool(dossier.self_declarations)),
    )
    return tuple(evidence for evidence, there in present if there)


def _tags(dossier: Dossier, called: tuple[str, ...]) -> tuple[str, ...]:
    """Words buyers use beside the name: what its kind is called, waste materials, how it is proved."""
    product, best, declared = dossier.product.fact, dossier.best_certificate, dossier.declaration
    waste = product.solid_waste.materials if product.solid_waste else ()
    stars = STAR_WORDS.get(best.fact.star, ()) if best and best.fact.star else ()
    documents = (DOCUMENT_WORDS[declared.fact.document],) if declared else ()
    proofs = [word for evidence in _evidence(dossier) for word in EVIDENCE_WORDS[evidence]]
    return (*called, *waste, *stars, *documents, *proofs, *STANDING_WORDS.get(Status(dossier.standing), ()))


def _values(dossier: Dossier) -> tuple[str, ...]:
    """What sort of its kind it is, in the words of the trade."""
    product = dossier.product.fact
    specs = {spec.name: spec for spec in dossier.kind.attributes}
    said = [word for name, value in product.attributes.items() for word in _said(specs.get(name), value)]
    return tuple(dict.fromkeys((*own_words(product.kind, product.attributes), *said)))


def _said(spec: AttributeSpec | None, value: str) -> tuple[str, ...]:
    """A value as people ask for it: as it is coded, in both languages, with its unit; a yes by its label."""
    if value == "false":
        return ()
    if value == "true":
        return (spec.label_zh.removeprefix("是否"), spec.label_en) if spec else ()
    if spec and spec.unit:
        return (f"{value}{spec.unit}",)  # a bare number says nothing
    named = (catalogue(lang).get(f"attribute.{value}", "") for lang in LANGUAGES)
    return tuple(word for word in (value, *named) if word)


def _next_change(dossier: Dossier, next_effective: date | None) -> date | None:
    later = [day for day in dossier.boundary_days() if day > dossier.at.on]
    return min([*later, *([next_effective] if next_effective else [])], default=None)
