"""Cases of certificate states: re-issue, renewal gap, suspension, withdrawal, expiry, dispute."""

from datetime import date, timedelta
from typing import Final

from registry.certificates.facts import ActKind
from registry.certificates.service import BodyAct
from seeds.demo.cases import CASES
from seeds.demo.certificates import Certified, certify, scope_rows
from seeds.demo.keys import certificate_number
from seeds.demo.workshop import Workshop, plant_ids

_DAYS: Final = {slug: case.days for slug, case in CASES.items()}


def build(shop: Workshop) -> None:
    """Make every case of this module."""
    _single(shop, "case-reissued", (305, "masonry.aac", "gbm-04"), start=date(2024, 3, 18), acts=_reissue())
    _renewal(shop)
    _single(
        shop, "case-suspended", (307, "mortar.ready-mixed", "gbm-07"), start=date(2024, 5, 8), acts=_pause()
    )
    _single(shop, "case-withdrawn", (308, "ceramic.tile", "gbm-16"), start=date(2023, 6, 6), acts=_withdraw())
    _single(
        shop,
        "case-cancelled",
        (309, "flooring.resilient", "gbm-resilient-floor"),
        start=date(2023, 8, 15),
        acts=(BodyAct(ActKind.CANCEL, _DAYS["cancelled"]["cancelled"], "演示：持证人停产并申请注销"),),
    )
    _single(shop, "case-expired", (310, "insulation.organic", "gbm-05"), start=date(2021, 11, 1))
    _single(shop, "case-disputed", (314, "steel.member", "gbm-02"), start=date(2024, 9, 3), acts=_dispute())


def _single(
    shop: Workshop,
    handle: str,
    what: tuple[int, str, str],
    *,
    start: date,
    acts: tuple[BodyAct, ...] = (),
) -> Certified:
    """A firm with one plant, one product and one certificate."""
    number, kind, category = what
    firm = shop.firm(number)
    made = shop.product(handle, kind, firm)
    return shop.add(
        certify(
            handle,
            number=certificate_number(start.year, 8000 + number),
            category=shop.category(category),
            firm=firm,
            rows=scope_rows([made], plant_ids(firm)),
            start=start,
            acts=acts,
        )
    )


def _reissue() -> tuple[BodyAct, ...]:
    return (
        BodyAct(ActKind.REISSUE, _DAYS["reissued"]["reissued"], "演示：生产厂地址变更，编号和有效期不变"),
    )


def _pause() -> tuple[BodyAct, ...]:
    days = _DAYS["suspended-restored"]
    return (
        BodyAct(ActKind.SUSPEND, days["suspended"], "演示：获证后监督未按期完成"),
        BodyAct(ActKind.REINSTATE, days["restored"], "演示：整改完成，恢复使用"),
    )


def _withdraw() -> tuple[BodyAct, ...]:
    days = _DAYS["withdrawn"]
    return (
        BodyAct(ActKind.SUSPEND, days["suspended"], "演示：监督抽样不合格"),
        BodyAct(ActKind.WITHDRAW, days["withdrawn"], "演示：暂停期满未整改", days["appeal_until"]),
    )


def _dispute() -> tuple[BodyAct, ...]:
    days = _DAYS["disputed"]
    return (
        BodyAct(ActKind.SUSPEND, days["suspended"], "演示：原材料变更未报备"),
        BodyAct(ActKind.OBJECT, days["objected"], "演示：持证人对暂停决定提出异议"),
    )


def _renewal(shop: Workshop) -> None:
    """The old certificate ends; the new one starts 26 days later and covers no day before its own first."""
    days = _DAYS["renewal-gap"]
    firm = shop.firm(306)
    made = shop.product("case-renewal", "gypsum.plasterboard", firm, variant=1)
    rows, category = scope_rows([made], plant_ids(firm)), shop.category("gbm-24")
    old_start = date(2021, 4, 10)
    old = shop.add(
        certify(
            "case-renewal-old",
            number=certificate_number(2021, 8306),
            category=category,
            firm=firm,
            rows=rows,
            start=old_start,
        )
    )
    shop.add(
        certify(
            "case-renewal-new",
            number=certificate_number(2026, 8306),
            category=category,
            firm=firm,
            rows=rows,
            start=days["gap_last"] + timedelta(days=1),
            renews_id=old.id,
            act=ActKind.RENEW,
        )
    )
