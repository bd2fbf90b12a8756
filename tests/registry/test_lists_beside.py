"""Lists of what is stated beside products and certificates: each narrowed by what it speaks of."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from registry.access.actors import OPERATOR
from registry.crosschecks import service as crosschecks
from registry.crosschecks.facts import Result
from registry.kit.db import write_session
from tests import factories
from tests.interface import DAY, interface, items
from tests.statements import look, published, site, sited, stated


@pytest.fixture
def client(engine: Engine, tmp_path: Path) -> Iterator[TestClient]:
    looks = [look(1, DAY), look(2, DAY, result=Result.DIFFERS), look(3, DAY, certificate_n=2)]
    beside = [
        sited(site(1, "30.1", "104.2")),
        published(stated()),
        published(stated(product_n=None)),
        *(crosschecks.record(one, today=DAY, actor=OPERATOR) for one in looks),
    ]
    with write_session(engine) as session:
        factories.record(session, [*factories.world(), *beside])
    with interface(engine, tmp_path) as opened:
        yield opened


def test_supply_is_narrowed_by_product_and_by_plant(client: TestClient) -> None:
    product, plant = factories.product().code, factories.plant().code
    assert len(items(client, "/api/v1/supply")) == 2
    assert len(items(client, f"/api/v1/supply?plant={plant}")) == 2
    [one] = items(client, f"/api/v1/supply?product={product}")
    assert one["supply"]["product_id"] == str(factories.product().id)
    assert one["supply"]["price"] is None
    [place] = items(client, "/api/v1/plant-sites")
    assert (place["site"]["latitude"], place["site"]["longitude"]) == ("30.1", "104.2")
    assert items(client, "/api/v1/region-points?region=510100") == []


def test_look_ups_are_narrowed_by_certificate_and_by_result(client: TestClient) -> None:
    certificate = factories.certificate().code
    assert len(items(client, "/api/v1/cross-checks/look-ups?limit=1")) == 3
    assert len(items(client, f"/api/v1/cross-checks/look-ups?certificate={certificate}")) == 2
    [one] = items(client, "/api/v1/cross-checks/look-ups?result=differs")
    assert one["cross_check"]["differences"] == "生产厂地址不同"
    assert client.get("/api/v1/cross-checks/look-ups?result=perhaps").status_code == 422
    assert client.get("/api/v1/supply?product=YS-NOTHING").status_code == 404
