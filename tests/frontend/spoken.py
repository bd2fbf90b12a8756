"""What is stated and looked up beside the small register: places, supply, look-ups of several results."""

from datetime import date
from decimal import Decimal
from typing import Any

from registry.access.actors import OPERATOR
from registry.changes.feed import Draft
from registry.crosschecks import service as crosschecks
from registry.crosschecks.facts import CrossCheckFact, Result
from registry.kit.ids import derived
from registry.parties.facts import Role
from registry.parties.service import ORGANISATION
from registry.supply.facts import (
    Capacity,
    Dealer,
    Delivery,
    ReferencePrice,
    RegionPointFact,
    TaxBasis,
)
from registry.supply.service import REGION_POINT
from tests.factories import START, code, key, organisation
from tests.frontend.register import DAY
from tests.statements import look, published, site, sited, stated

# Products whose certificates were looked up again, with what the platform showed.
DIFFERING, UNKNOWN, OVERDUE, UNREACHED, AGREEING = 2, 3, 4, 5, 6
DEALER, FORMER_DEALER = 970, 971
DUE = date(2026, 5, 20)


def drafts() -> list[Draft]:
    return [*_places(), *_supply(), *(_looked(fact) for fact in looks())]


def looks() -> list[CrossCheckFact]:
    """Fourth of five: overdue since 20 May; the fifth agreed first and could not be repeated."""
    early = date(2026, 5, 10)
    return [
        look(1, early, certificate_n=DIFFERING, result=Result.DIFFERS),
        look(2, early, certificate_n=UNKNOWN, result=Result.NOT_FOUND),
        look(3, early, certificate_n=OVERDUE, recheck_due=DUE),
        look(4, early, certificate_n=UNREACHED),
        look(5, DAY, certificate_n=UNREACHED, result=Result.UNREACHABLE, recheck_due=None),
        look(6, early, certificate_n=AGREEING),
    ]


def _looked(fact: CrossCheckFact) -> Draft:
    return crosschecks.record(fact, today=DAY, actor=OPERATOR)


def _places() -> list[Draft]:
    """Plant 1 in Guiyang and plant 3 in Chengdu are placed, plant 2 is not."""
    cities = (("520100", "26.65", "106.63"), ("510100", "30.66", "104.06"))
    points = [_point(region, latitude, longitude) for region, latitude, longitude in cities]
    sites = [sited(site(1, "26.65", "106.73")), sited(site(3, "30.66", "104.06"))]
    return [*(Draft(REGION_POINT, point.id, START, point) for point in points), *sites]


def _point(region: str, latitude: str, longitude: str) -> RegionPointFact:
    place: dict[str, Any] = {"latitude": latitude, "longitude": longitude}
    return RegionPointFact(
        id=derived("test", "point", region), region=region, source="示例", confidence="medium", **place
    )


def _supply() -> list[Draft]:
    full = stated(
        delivery=Delivery(regions=("520000", "510000"), radius_km=150),
        capacity=Capacity(amount=Decimal(1_200_000), unit="t"),
        lead_time_days=0,
        dealers=(
            Dealer(organisation_id=key("organisation", DEALER), region="520000", valid_from=START),
            Dealer(
                organisation_id=key("organisation", FORMER_DEALER),
                valid_from=START,
                valid_to=date(2026, 5, 31),
            ),
        ),
        price=ReferencePrice(
            amount=Decimal("412.5"),
            unit="t",
            tax=TaxBasis.EXCLUDED,
            region="520100",
            surveyed_on=date(2026, 3, 1),
            source="示例市场调查（虚构）",
        ),
    )
    dealers = [
        organisation(n, name_zh=f"示例经销商 {n}（虚构）", name_en=f"Example Dealer {n} (invented)",
                     roles=(Role.DEALER,), code=code("D", "organisation", n))
        for n in (DEALER, FORMER_DEALER)
    ]  # fmt: skip
    return [*(Draft(ORGANISATION, one.id, START, one) for one in dealers), published(full)]
