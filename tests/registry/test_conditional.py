"""Conditional requests and the point an answer speaks for, on every list and every single record."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from registry.changes.feed import Draft
from registry.kit.db import write_session
from registry.products.service import PRODUCT
from tests import factories, firm_facts
from tests.factories import START
from tests.interface import interface, items

LISTS = (
    "products", "certificates", "scope-rows", "test-reports", "self-declarations", "declarations",
    "organisations", "plants", "kinds", "categories", "regions", "standards", "packs", "policy-documents",
    "policy-items", "benchmarks", "supply", "plant-sites", "region-points", "cross-checks/look-ups",
    "batches",
    "honours", "energy-records", "disclosures",
)  # fmt: skip
RECORDS = {
    "products": factories.product().code,
    "certificates": factories.certificate().code,
    "test-reports": factories.report().code,
    "self-declarations": factories.self_declaration().code,
    "declarations": factories.declaration().code,
    "organisations": factories.organisation().code,
    "plants": factories.plant().code,
    "kinds": factories.CEMENT,
    "honours": firm_facts.honour().code,
    "disclosures": firm_facts.disclosure().code,
}
ADDRESSES = [*LISTS, "changes", "changes.atom", *(f"{group}/{code}" for group, code in RECORDS.items())]


@pytest.fixture
def client(engine: Engine, tmp_path: Path) -> Iterator[TestClient]:
    with write_session(engine) as session:
        factories.record(session, [*factories.world(), *firm_facts.drafts()])
    with interface(engine, tmp_path) as opened:
        yield opened


def publish(engine: Engine, name: str) -> None:
    fact = factories.product(name_zh=name)
    with write_session(engine) as session:
        factories.record(session, [Draft(PRODUCT, fact.id, START, fact)])


def test_an_unchanged_answer_is_not_sent_again(client: TestClient) -> None:
    for address in ADDRESSES:
        first = client.get(f"/api/v1/{address}")
        etag = first.headers["ETag"]
        again = client.get(f"/api/v1/{address}", headers={"If-None-Match": etag})
        assert (first.status_code, again.status_code, again.content) == (200, 304, b""), address
        for name in ("ETag", "Last-Modified", "Cache-Control", "X-Feed-Position"):
            assert again.headers[name] == first.headers[name], (address, name)


@pytest.mark.parametrize(
    ("known", "status"),
    [("{}", 304), ('"other", {}', 304), ("*", 304), ("{strong}", 304), ('"other"', 200), ("", 200)],
)
def test_the_reader_may_name_several_answers(client: TestClient, known: str, status: int) -> None:
    etag = client.get("/api/v1/products").headers["ETag"]
    sent = known.format(etag, strong=etag.removeprefix("W/"))
    assert client.get("/api/v1/products", headers={"If-None-Match": sent}).status_code == status


def test_a_change_gives_new_answers_and_leaves_the_past_alone(client: TestClient, engine: Engine) -> None:
    now, past = "/api/v1/products?on=2026-06-01", "/api/v1/products?on=2026-06-01&as_of=10"
    before = {address: client.get(address).headers["ETag"] for address in (now, past)}
    publish(engine, "示例水泥 新名（虚构）")
    assert client.get(now, headers={"If-None-Match": before[now]}).status_code == 200
    assert client.get(past, headers={"If-None-Match": before[past]}).status_code == 304


def test_another_page_half_way_is_unchanged_by_what_came_after(client: TestClient, engine: Engine) -> None:
    second = client.get("/api/v1/organisations?limit=1").json()["next"]
    etag = client.get(second).headers["ETag"]
    publish(engine, "示例水泥 新名（虚构）")
    assert client.get(second, headers={"If-None-Match": etag}).status_code == 304


def test_a_refusal_carries_no_etag(client: TestClient) -> None:
    refused = client.get("/api/v1/products/YS-000000-00000-0", headers={"If-None-Match": "*"})
    assert refused.status_code == 404
    assert "ETag" not in refused.headers
    assert refused.headers["Content-Type"] == "application/problem+json"


def test_a_record_says_when_it_was_recorded_and_a_list_when_the_register_was(
    client: TestClient, engine: Engine
) -> None:
    for address in ("plants", f"plants/{factories.plant().code}"):
        assert client.get(f"/api/v1/{address}").headers["Last-Modified"] == "Mon, 01 Jun 2026 04:00:00 GMT"
    fact = factories.product(name_zh="示例水泥 新名（虚构）")
    with write_session(engine) as session:
        later = factories.NOW.replace(hour=5)
        factories.record(session, [Draft(PRODUCT, fact.id, START, fact)], now=later)
    assert client.get("/api/v1/plants").headers["Last-Modified"] == "Mon, 01 Jun 2026 05:00:00 GMT"
    one = client.get(f"/api/v1/plants/{factories.plant().code}")
    assert one.headers["Last-Modified"] == "Mon, 01 Jun 2026 04:00:00 GMT"
    assert one.headers["X-Feed-Position"] == "14"


def test_a_single_record_is_the_row_of_the_list(client: TestClient) -> None:
    for group, code in RECORDS.items():
        rows = items(client, f"/api/v1/{group}")
        single = client.get(f"/api/v1/{group}/{code}").json()
        if group == "products":
            assert single["product"] in [row["product"] for row in rows]
        else:
            assert single in rows, group
