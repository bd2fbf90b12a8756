"""Faults of names, numbers, days, parties, rules and documents."""

from collections.abc import Mapping
from datetime import date
from typing import Final
from uuid import UUID

from registry.declarations.comparable import Generation
from registry.declarations.dataset import (
    Classification,
    Identifier,
    Level,
    Licence,
    Party,
    Plant,
    Reference,
    Subtype,
)
from registry.declarations.facts import PartialDay, Precision, Verification
from registry.declarations.preflight.copies import print_of
from registry.declarations.preflight.view import KnownTable, KnownVerifier
from tests.preflight_faults.making import (
    BRICK,
    CONCRETE,
    LABEL,
    REPORT,
    SLAB,
    Case,
    cells,
    inside,
    know,
    only,
    put,
    row,
)


def on(text: str) -> PartialDay:
    return PartialDay(day=date.fromisoformat(text), precision=Precision.DAY)


def year(number: int) -> PartialDay:
    return PartialDay(day=date(number, 1, 1), precision=Precision.YEAR)


def ids(scheme: str, value: str) -> tuple[Identifier, ...]:
    return (Identifier(scheme=scheme, value=value),)


def owned(**codes: str) -> Case:
    """Concrete whose owner alone carries the codes; its maker is somebody else without any."""
    assert CONCRETE.dataset.owner is not None
    held = CONCRETE.dataset.owner.ids | codes
    return put(
        inside(CONCRETE, "owner", ids=held), manufacturers=(Party(names={"zh": "示例生产商（虚构）"}),)
    )


def spanned(case: Case, first: str, last: str) -> Case:
    """A declaration of other days, its data of the year before."""
    day = on(first)
    return put(case, published=day, valid_from=day, valid_to=on(last), reference_year=day.day.year - 1)


NAMES: Final[Mapping[str, Case]] = {
    "name-missing": put(CONCRETE, names={"zh": ""}),
    "name-placeholder": put(CONCRETE, names={"zh": "待定"}),
    "name-without-letters": put(CONCRETE, names={"zh": "2026/17"}),
    "name-too-long": put(CONCRETE, names={"zh": "预拌混凝土" * 41}),
    "name-chinese-as-other": put(CONCRETE, names={"zh": "混凝土", "en": "预拌混凝土三十"}),
    "name-foreign-as-chinese": put(CONCRETE, names={"zh": "ready mixed concrete"}),
    "name-chinese-missing": put(CONCRETE, names={"en": "Ready-mixed concrete"}),
    "language-unstated": put(CONCRETE, names={"zh": "混凝土", "": "Beton"}),
    "language-unknown": put(CONCRETE, names={"zh": "混凝土", "xx": "Beton"}),
    "contact-in-text": put(CONCRETE, descriptions={"zh": "联系 someone@example.org"}),
    "description-is-the-name": put(CONCRETE, names={"zh": "混凝土"}, descriptions={"zh": "混凝土"}),
    "classification-empty": put(
        CONCRETE, classifications=(Classification(system="X", levels=(Level(name=""),)),)
    ),
}

_SAME = CONCRETE.dataset.uuid
_OWN = print_of(CONCRETE.dataset)
_OTHER = UUID(int=99)
NUMBERS: Final[Mapping[str, Case]] = {
    "uuid-missing": put(CONCRETE, uuid=None, version=None),
    "uuid-nil": put(CONCRETE, uuid=UUID(int=0)),
    "uuid-of-indicator": put(CONCRETE, uuid=UUID("a7ea142a-9749-11ed-a8fc-0242ac120002")),
    "version-missing": put(CONCRETE, version=None),
    "version-of-schema": put(CONCRETE, version="1.1"),
    "version-older-than-known": know(CONCRETE, known=(KnownTable("old", _SAME, "00.02.000", "x", "x"),)),
    "version-conflict": know(CONCRETE, known=(KnownTable("old", _SAME, "00.01.000", "x", "x"),)),
    "table-copied": know(CONCRETE, known=(KnownTable("other", _OTHER, "1", _OWN.exact, _OWN.shape),)),
    "table-copied-scaled": know(CONCRETE, known=(KnownTable("other", _OTHER, "1", "x", _OWN.shape),)),
    "number-missing": put(CONCRETE, number=None),
    "label-number-missing": put(LABEL, number=None),
    "number-placeholder": put(CONCRETE, number="n/a"),
    "number-is-uuid": put(CONCRETE, number=str(_SAME)),
    "gtin-not-figures": put(CONCRETE, identifiers=ids("gtin", "69012345678X")),
    "gtin-length": put(CONCRETE, identifiers=ids("gtin", "690123456")),
    "gtin-check-digit": put(CONCRETE, identifiers=ids("gtin", "6901234567893")),
    "gtin-in-store": put(CONCRETE, identifiers=ids("gtin", "2012345678903")),
    "openepd-id-form": put(CONCRETE, identifiers=ids("openepd", str(_OTHER))),
    "uscc-form": owned(uscc="9133010"),
    "uscc-check-character": owned(uscc="91350100M000100Y44"),
    "uscc-organisation-part": owned(uscc="919900000000012321"),
    "lei-check": owned(lei="213800KUD8LAJWSQ9D16"),
    "web-domain-form": owned(web_domain="https://example.org/cn"),
    "gln-check-digit": put(
        CONCRETE, plants=(Plant(name="一厂", location="CN", ids={"gln": "6901234567893"}),)
    ),
    "olc-form": put(CONCRETE, plants=(Plant(name="一厂", location="CN", ids={"olc": "杭州"}),)),
}

DAYS: Final[Mapping[str, Case]] = {
    "valid-to-missing": put(CONCRETE, valid_to=None),
    "label-valid-to-missing": put(LABEL, valid_to=None),
    "report-day-missing": put(REPORT, published=None, valid_from=None),
    "validity-start-missing": put(CONCRETE, published=None, valid_from=None),
    "validity-reversed": put(CONCRETE, published=None, valid_to=on("2022-09-01")),
    "validity-over-five-years": put(CONCRETE, valid_to=on("2033-06-30")),
    "validity-under-a-year": spanned(CONCRETE, "2026-08-01", "2027-05-31"),
    "expired": spanned(CONCRETE, "2018-05-01", "2023-04-30"),
    "expires-soon": spanned(CONCRETE, "2022-01-10", "2027-01-09"),
    "valid-to-year-only": put(spanned(CONCRETE, "2022-01-10", "2026-12-31"), valid_to=year(2026)),
    "valid-to-first-january": put(
        CONCRETE, valid_to=on("2027-01-01").model_copy(update={"day": date(2028, 1, 1)})
    ),
    "not-yet-valid": put(spanned(CONCRETE, "2026-12-15", "2031-12-14"), published=on("2026-11-01")),
    "published-in-future": put(CONCRETE, valid_from=None, published=on("2026-12-15"), reference_year=2025),
    "published-after-expiry": put(
        spanned(CONCRETE, "2022-01-10", "2026-10-31"),
        valid_from=None,
        published=on("2026-11-01"),
        reference_year=2025,
    ),
    "published-before-data": put(CONCRETE, reference_year=2026),
    "published-far-from-start": put(
        spanned(CONCRETE, "2023-05-01", "2028-04-30"), published=on("2025-05-01")
    ),
    "embargo-in-force": put(CONCRETE, embargo=on("2027-01-31")),
    "embargo-after-expiry": put(CONCRETE, embargo=on("2031-01-31")),
    "embargo-after-publication": put(CONCRETE, embargo=on("2026-01-31")),
    "published-roughly": put(CONCRETE, published=year(2023)),
    "date-absurd": put(CONCRETE, embargo=on("1923-01-31")),
    "reference-year-missing": put(CONCRETE, reference_year=None),
    "reference-year-future": put(CONCRETE, reference_year=2031),
    "reference-year-old": put(CONCRETE, reference_year=2010),
    "reference-year-old-generic": put(
        CONCRETE, reference_year=2005, subtype=Subtype.GENERIC, scope=None, identifiers=()
    ),
    "rules-not-yet-issued": spanned(REPORT, "2022-05-01", "2027-04-30"),
    "label-before-its-rules": spanned(LABEL, "2024-10-01", "2027-09-30"),
    "amendment-replaced": spanned(BRICK, "2023-05-01", "2028-04-30"),
    "replaces-itself": put(CONCRETE, replaces=Reference(uuid=_SAME, version="00.01.000")),
}

VERIFIER: Final = KnownVerifier(
    names=frozenset({"示例核查机构甲（虚构）"}),
    kinds=("concrete",),
    first=date(2020, 1, 1),
    last=date(2030, 1, 1),
)
_LAPSED = KnownVerifier(
    names=VERIFIER.names, kinds=("concrete",), first=date(2015, 1, 1), last=date(2016, 1, 1)
)
_SCOPED = KnownVerifier(names=VERIFIER.names, kinds=("pipe",), first=date(2015, 1, 1), last=date(2030, 1, 1))
_FIRM = CONCRETE.dataset.owner or Party()
_PLANT = Plant(name="一厂", location="CN-ZJ")
PARTIES: Final[Mapping[str, Case]] = {
    "owner-missing": put(CONCRETE, owner=None),
    "party-placeholder": put(CONCRETE, publisher=Party(names={"zh": "待定"})),
    "party-is-person": put(CONCRETE, publisher=Party(names={"en": "Dr. Erika Beispiel"})),
    "operator-missing": put(CONCRETE, operator=None),
    "verification-missing": put(CONCRETE, verification=None, verifiers=()),
    "verification-none": put(CONCRETE, verification=Verification.NONE),
    "verification-internal": put(CONCRETE, verification=Verification.INTERNAL),
    "label-not-certified": put(LABEL, verification=Verification.INTERNAL),
    "verifier-missing": put(CONCRETE, verifiers=()),
    "verifier-is-owner": put(CONCRETE, verifiers=(_FIRM,), manufacturers=()),
    "verifier-is-manufacturer": put(
        CONCRETE, verifiers=(Party(names={"zh": "丙厂"}),), manufacturers=(Party(names={"zh": "丙厂"}),)
    ),
    "verifier-unknown": know(
        put(CONCRETE, verifiers=(Party(names={"zh": "无名机构"}),)), verifiers=(VERIFIER,)
    ),
    "verifier-out-of-scope": know(CONCRETE, verifiers=(_SCOPED,)),
    "verifier-lapsed": know(CONCRETE, verifiers=(_LAPSED,)),
    "owner-code-missing": put(CONCRETE, owner=Party(names={"zh": "示例企业（虚构）"}), manufacturers=()),
    "party-two-codes": put(
        CONCRETE, manufacturers=(Party(names=_FIRM.names, ids={"uscc": "91340800MA000004XJ"}),)
    ),
    "location-missing": put(CONCRETE, location=None),
    "location-unknown": put(CONCRETE, location="China"),
    "plant-missing": put(CONCRETE, plants=()),
    "plants-several": put(CONCRETE, plants=(_PLANT, Plant(name="二厂", location="CN-ZJ"))),
    "plant-unnamed": put(CONCRETE, plants=(Plant(name="待定", location="CN-ZJ"),)),
    "plant-twice": put(CONCRETE, plants=(_PLANT, _PLANT)),
    "plant-elsewhere": put(CONCRETE, plants=(Plant(name="一厂", location="VN"),)),
    "scope-without-specific": put(CONCRETE, subtype=Subtype.AVERAGE),
    "specific-of-several-makers": put(
        CONCRETE, manufacturers=(Party(names={"zh": "甲"}), Party(names={"zh": "乙"}))
    ),
    "generic-with-gtin": put(CONCRETE, subtype=Subtype.GENERIC, scope=None),
    "subtype-missing": put(CONCRETE, subtype=None),
    "subtype-template": put(CONCRETE, subtype=Subtype.TEMPLATE, scope=None),
}


def named(text: str, **own: object) -> Reference:
    return Reference(names={"en": text}, **own)


RULES: Final[Mapping[str, Case]] = {
    "rules-unknown": put(REPORT, generation=Generation.OTHER),
    "rules-guessed": put(CONCRETE, generation_by="indicators"),
    "compliance-missing": put(CONCRETE, compliance=()),
    "compliance-contradicts": put(CONCRETE, compliance=(named("EN 15804+A1"),)),
    "compliance-both": put(CONCRETE, compliance=(named("EN 15804+A1"), named("EN 15804+A2"))),
    "method-not-of-a2": put(CONCRETE, method=named("CML 2001")),
    "method-not-of-a1": put(BRICK, method=named("EF 3.1")),
    "method-not-of-iso-21930": put(SLAB, method=named("EF 3.0")),
    "pcr-missing": put(CONCRETE, pcr=None),
    "pcr-edition-missing": put(CONCRETE, pcr=named("Rules for concrete")),
    "pcr-of-other-rules": put(CONCRETE, pcr=named("Rules by EN 15804+A1", version="1")),
    "pcr-of-other-material": put(CONCRETE, pcr=named("PCR for windows and doors", version="1")),
    "description-of-other-material": put(CONCRETE, descriptions={"zh": "改性沥青防水卷材（虚构）"}),
    "name-of-other-material": put(CONCRETE, names={"zh": "聚乙烯管材（虚构）"}),
    "pcr-younger-than-document": put(CONCRETE, pcr=named("Rules of 2026")),
    "background-missing": put(CONCRETE, background=()),
    "background-mixed": put(CONCRETE, background=(named("GaBi 2020"), named("ecoinvent 3.8"))),
    "background-younger-than-document": put(CONCRETE, background=(named("ecoinvent 2026"),)),
    "licence-missing": put(CONCRETE, licence=None),
    "licence-closed": put(CONCRETE, licence=Licence(type="restricted")),
    "original-missing": put(CONCRETE, original=None),
    "address-of-own-machine": put(CONCRETE, original=named("x", uri="file:///C:/epd.pdf")),
    "address-unsafe": put(CONCRETE, original=named("x", uri="javascript:alert(1)")),
}

_CFP = cells(
    row(CONCRETE, "GWP-total", code="CFP", uuid=None, values=()), "CFP", {"A1-A3": "4.25", "A4": "0.1"}
)
DOCUMENTS: Final[Mapping[str, Case]] = {
    "epd-by-footprint-rules": put(REPORT, document=CONCRETE.dataset.document),
    "footprint-by-epd-rules": put(CONCRETE, document=REPORT.dataset.document),
    "report-called-epd": put(REPORT, names={"zh": "管材 EPD"}),
    "report-called-certified": put(REPORT, names={"zh": "管材认证证书"}),
    "epd-called-report": put(CONCRETE, names={"zh": "混凝土碳足迹报告"}),
    "label-called-report": put(LABEL, names={"zh": "水泥核查报告"}),
    "label-outside-pilot": know(put(LABEL, names={"zh": "瓷砖"}), kind="air.fresh-air-system"),
    "claim-of-neutrality": put(REPORT, names={"zh": "碳中和管材"}),
    "other-impacts-in-footprint": put(REPORT, indicators=only(CONCRETE, "AP")),
    "modules-in-footprint": put(REPORT, footprint=None, indicators=only(_CFP, "CFP")),
    "footprint-in-epd": put(CONCRETE, footprint=REPORT.dataset.footprint),
}

FAULTS: Final[Mapping[str, Case]] = {**NAMES, **NUMBERS, **DAYS, **PARTIES, **RULES, **DOCUMENTS}
