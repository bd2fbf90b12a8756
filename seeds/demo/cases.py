"""The named cases of the demonstration: which record shows what, and on which days to look at it.

Ids and numbers follow from handles alone, so nothing is generated to read this table; a test compares it with
the generated register.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final
from uuid import UUID

from seeds.demo.keys import LETTERS, code, key


@dataclass(frozen=True, slots=True)
class Record:
    """A record of the demonstration by kind and handle."""

    kind: str
    handle: str

    @property
    def id(self) -> UUID:
        return key(self.kind, self.handle)

    @property
    def code(self) -> str:
        return code(self.kind, self.handle)


@dataclass(frozen=True, slots=True)
class Case:
    """What a case shows, the records it needs and the days that matter."""

    title_zh: str
    title_en: str
    records: Mapping[str, Record]
    days: Mapping[str, date] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)


def _of(**handles: str) -> dict[str, Record]:
    """Records by role: `certificate_old="x"` names the certificate with handle x."""
    kinds = sorted(LETTERS, key=len, reverse=True)
    return {
        role: Record(next(k for k in kinds if role.startswith(k)), name) for role, name in handles.items()
    }


CASES: Final[Mapping[str, Case]] = MappingProxyType({
    "three-units-two-plants": Case(
        "三个认证单元 × 两个生产厂，另有一厂未覆盖",
        "Three units by two plants, and a third plant that is not covered",
        _of(
            certificate="case-units", product_gloss_low="case-units-1", product_gloss_high="case-units-2",
            product_exterior="case-units-3", plant_first="firm-301-0", plant_second="firm-301-1",
            plant_not_covered="firm-301-2",
        ),
    ),
    "odm-third-party-brand": Case(
        "委托生产，使用第三方商标", "Contract manufacturing under a third party's brand",
        _of(
            certificate="case-odm", product="case-odm", organisation_holder="firm-302",
            organisation_maker="firm-303", organisation_brand_owner="firm-304", plant="firm-303-0",
        ),
    ),
    "reissued": Case(
        "变更换证：编号和有效期不变", "Re-issued after a change: same number, same validity",
        _of(certificate="case-reissued", product="case-reissued"), {"reissued": date(2026, 3, 16)},
    ),
    "renewal-gap": Case(
        "延续换证，中间有空档", "Renewed with days between that nothing covers",
        _of(certificate_old="case-renewal-old", certificate_new="case-renewal-new", product="case-renewal"),
        {
            "last_day_of_old": date(2026, 4, 9), "gap_first": date(2026, 4, 10),
            "gap_last": date(2026, 5, 5), "first_day_of_new": date(2026, 5, 6),
        },
    ),
    "suspended-restored": Case(
        "两次供货之间暂停又恢复", "Suspended, then restored between two deliveries",
        _of(certificate="case-suspended", product="case-suspended"),
        {
            "delivery_before": date(2026, 2, 20), "suspended": date(2026, 3, 10),
            "delivery_during": date(2026, 4, 8), "restored": date(2026, 5, 20),
            "delivery_after": date(2026, 6, 12),
        },
    ),
    "withdrawn": Case(
        "撤销（因故）", "Withdrawn for cause",
        _of(certificate="case-withdrawn", product="case-withdrawn"),
        {"suspended": date(2026, 2, 2), "withdrawn": date(2026, 6, 18), "appeal_until": date(2026, 7, 3)},
    ),
    "cancelled": Case(
        "注销（持证人申请）", "Cancelled at the holder's request",
        _of(certificate="case-cancelled", product="case-cancelled"), {"cancelled": date(2026, 8, 3)},
    ),
    "expired": Case(
        "过期；生产时有效，供货时已过期", "Expired: made while valid, delivered after the last day",
        _of(certificate="case-expired", product="case-expired"),
        {
            "production": date(2026, 10, 20), "last_day": date(2026, 10, 31),
            "delivery": date(2026, 11, 5),
        },
    ),
    "green-product": Case(
        "绿色产品认证，按四川细则视同三星级",
        "A green-product certificate, which Sichuan's note counts as 3-star",
        _of(certificate="case-green-product", product="case-green-product"),
    ),
    "replaced-standard": Case(
        "依据标准已被新版替代", "Certified against an edition that has been replaced",
        _of(certificate="case-replaced", product="case-replaced"), {"replaced": date(2025, 1, 1)},
    ),
    "outside-scope": Case(
        "发证机构超出批准范围", "Certified by a body outside its approved scope",
        _of(certificate="case-scope", product="case-scope", organisation_body="body-2"),
    ),
    "disputed": Case(
        "暂停后提出异议：异议不解除暂停", "Disputed after a suspension: the objection does not lift it",
        _of(certificate="case-disputed", product="case-disputed"),
        {"suspended": date(2026, 9, 1), "objected": date(2026, 9, 8)},
    ),
    "same-number": Case(
        "两家机构用了同一证书编号", "Two bodies use the same certificate number",
        _of(
            certificate_first="case-number-first", certificate_second="case-number-second",
            product_first="case-number-first", product_second="case-number-second",
        ),
        numbers={"certificate": "演示-2025-0007777"},
    ),
    "never-cross-checked": Case(
        "转录后从未核对", "Transcribed and never cross-checked",
        _of(certificate="case-unchecked", product="case-unchecked"),
    ),
    "report-complete": Case(
        "只有检测报告：指标齐全", "Only a test report: every indicator stated and met",
        _of(test_report="case-report-complete", product="case-report-complete"),
        {"tested": date(2026, 5, 18)},
    ),
    "report-incomplete": Case(
        "只有检测报告：缺一项指标", "Only a test report: one indicator missing",
        _of(test_report="case-report-incomplete", product="case-report-incomplete"),
        {"tested": date(2026, 5, 20)},
    ),
    "report-stale": Case(
        "只有检测报告：时间过久", "Only a test report: too old",
        _of(test_report="case-report-stale", product="case-report-stale"), {"tested": date(2021, 3, 9)},
    ),
    "report-sent-in": Case(
        "只有检测报告：送样，仅对来样负责", "Only a test report on a sent-in sample",
        _of(test_report="case-report-sent-in", product="case-report-sent-in"),
        {"tested": date(2026, 6, 2)},
    ),
    "self-declaration-only": Case(
        "只有自我声明，不计入比例", "Only a self-declaration: counts nothing",
        _of(self_declaration="case-self", product="case-self"),
    ),
    "q1e-square-metres-and-tonnes": Case(
        "防水密封材料以 m² 和 t 两种单位出现", "Waterproofing in m² and in t within one ratio kind",
        _of(
            product_membrane="case-q1e-membrane", product_coating="case-q1e-coating",
            certificate_membrane="case-q1e-membrane", certificate_coating="case-q1e-coating",
        ),
    ),
    "control-equipment": Case(
        "控制与计量设备：归入哪一类须由用户确认",
        "Control equipment: the user must say which kind it counts in",
        _of(product="case-control", certificate="case-control"),
    ),
    "two-buildings-and-podium": Case(
        "两栋楼和裙房：混凝土 80 % 与 79.99 %",
        "Two buildings and a podium: concrete at 80 % and at 79.99 %",
        _of(product_certified="case-edge-certified", product_uncertified="case-edge-uncertified",
            certificate="case-edge"),
        {"delivery_first": date(2026, 4, 15)},
        {"building_1": "1号楼", "building_2": "2号楼", "podium": "裙房", "total_m3": "1000",
         "certified_m3_building_1": "800", "certified_m3_building_2": "799.9"},
    ),
    "owner-supplied": Case(
        "甲供与乙供（承包人采购）", "Supplied by the owner and by the contractor",
        _of(product_owner="case-q1e-membrane", product_contractor="case-edge-certified"),
        numbers={"owner": "甲供", "contractor": "乙供"},
    ),
    "dealer-invoice": Case(
        "发票上是经销商名称：不构成覆盖", "The invoice names a dealer: that is no cover",
        _of(product="case-dealer", certificate="case-dealer"), numbers={"dealer": "示例经销商甲（虚构）"},
    ),
    "older-calculation-rule": Case(
        "按旧版计算规则（EN 15804+A1）声明的 C30：不与新版并列比较",
        "C30 declared by the older calculation rule (EN 15804+A1): not compared with the newer one",
        _of(product="case-edition-a1", declaration="case-edition-a1"),
        numbers={"a1_a3": "188.4"},
    ),
    "same-controller": Case(
        "同一控制人的三家企业只算一家", "Three firms under one controller count as one",
        _of(organisation_1="firm-018", organisation_2="firm-019", organisation_3="firm-020"),
        numbers={"controller": "示例集团甲（虚构）"},
    ),
    "lowest-zhejiang-c30": Case(
        "浙江 C30：最低的有效产品；更低的两个已暂停、已过期",
        "C30 in Zhejiang: the lowest valid one; two lower ones are suspended and expired",
        _of(product_lowest="ladder-017", certificate_lowest="ladder-017", product_suspended="ladder-011",
            certificate_suspended="ladder-011", product_expired="ladder-012",
            certificate_expired="ladder-012"),
        {"suspended": date(2026, 9, 15), "expired_last_day": date(2026, 5, 11)},
        {"lowest": "185.1", "suspended": "176.2", "expired": "169.8"},
    ),
})  # fmt: skip
