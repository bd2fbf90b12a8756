"""Valid supply facts and look-ups with invented names: a test names only the fields it is about."""

from datetime import date, timedelta
from typing import Any

from registry.access.actors import OPERATOR
from registry.changes.feed import Draft
from registry.crosschecks.facts import CrossCheckFact, Looker, Result
from registry.supply import service
from registry.supply.facts import PlantSiteFact, Precision, SupplyFact, supply_id
from tests.factories import START, key, product


def site(n: int, latitude: str, longitude: str, **fields: Any) -> PlantSiteFact:
    values: dict[str, Any] = {"precision": Precision.CITY, "source": "示例坐标（虚构）", "stated_on": START}
    place: dict[str, Any] = {"latitude": latitude, "longitude": longitude}
    return PlantSiteFact(plant_id=key("plant", n), **{**values, **place, **fields})


def stated(*, plant_n: int = 1, product_n: int | None = 1, **fields: Any) -> SupplyFact:
    product_id = None if product_n is None else key("product", product_n)
    values: dict[str, Any] = {
        "id": supply_id(key("plant", plant_n), product_id),
        "plant_id": key("plant", plant_n),
        "product_id": product_id,
        "lead_time_days": 7,
        "source": "示例企业填报（虚构）",
        "stated_on": START,
    }
    return SupplyFact(**{**values, **fields})


def look(
    n: int = 1, day: date = date(2026, 6, 1), *, certificate_n: int = 1, **fields: Any
) -> CrossCheckFact:
    values: dict[str, Any] = {
        "number": "演示-2026-00001",
        "platform": "演示平台（虚构）",
        "looker": Looker.SECOND_PERSON,
        "result": Result.AGREES,
        "screenshot_sha256": "0" * 64,
        "recheck_due": day + timedelta(days=180),
    }
    if fields.get("result") is Result.DIFFERS:
        values["differences"] = "生产厂地址不同"
    return CrossCheckFact(
        id=key("look", n),
        certificate_id=key("certificate", certificate_n),
        checked_on=day,
        **{**values, **fields},
    )


def sited(fact: PlantSiteFact, day: date = START) -> Draft:
    return service.publish_site(fact, effective_on=day, actor=OPERATOR)


def published(fact: SupplyFact, day: date = START, **made: Any) -> Draft:
    """A statement about the product made of these fields, or about the whole plant."""
    of = product(**made) if fact.product_id else None
    return service.publish(fact, product=of, effective_on=day, actor=OPERATOR)
