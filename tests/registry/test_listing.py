"""Pages of lists: nothing lost or doubled while the register changes, and cursors that cannot mislead."""

import base64
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from registry.certificates.facts import State
from registry.certificates.kind import CERTIFICATE
from registry.changes import feed, listing
from registry.changes.feed import Draft
from registry.changes.reading import Point, every
from registry.kit.db import read_session, write_session
from registry.parties.service import PLANT
from registry.products.service import PRODUCT
from tests import factories
from tests.factories import START
from tests.interface import DAY, interface, items, walk

PRODUCTS = 23


@pytest.fixture
def client(engine: Engine, tmp_path: Path) -> Iterator[TestClient]:
    with write_session(engine) as session:
        factories.record(session, factories.world())
        more = [factories.product(n) for n in range(2, PRODUCTS + 1)]
        factories.record(session, [Draft(PRODUCT, one.id, START, one) for one in more])
    with interface(engine, tmp_path) as opened:
        yield opened


def change_something(engine: Engine, chance: random.Random) -> None:
    """A new product, a new version, a version from another day, or one that leaves a filter."""
    n = chance.randint(1, PRODUCTS + 20)
    day = START + timedelta(days=chance.randint(0, 400))
    fact = factories.product(n, kind=chance.choice(["cement", "glass"]), removed=chance.random() < 0.3)
    with write_session(engine) as session:
        factories.record(session, [Draft(PRODUCT, fact.id, day, fact)])


@pytest.mark.parametrize("limit", [1, 4, 22, 23, 24])
def test_no_row_is_lost_or_doubled_while_the_register_changes(
    client: TestClient, engine: Engine, limit: int
) -> None:
    chance = random.Random(limit)
    for address in ("/api/v1/products?limit={}", "/api/v1/products?removed=false&limit={}"):
        with read_session(engine) as session:
            at = Point(DAY, feed.head(session).seq)
            promised = [
                known.header.seq
                for known in every(session, PRODUCT, at)
                if "removed" not in address or not known.fact.removed
            ]
        seen = []
        for page in walk(client, address.format(limit)):
            assert len(page["items"]) <= limit
            seen += [item["seq"] for item in page["items"]]
            change_something(engine, chance)
        assert seen == promised
        assert page["point"] == {"on": DAY.isoformat(), "as_of": at.as_of}


def test_a_filter_sees_the_version_in_force_and_no_other(client: TestClient, engine: Engine) -> None:
    """The tables that narrow a search know every version; only the one in force decides."""
    moved = factories.product(5, kind="glass")
    with write_session(engine) as session:
        factories.record(session, [Draft(PRODUCT, moved.id, date(2026, 5, 1), moved)])
    cement, glass = (items(client, f"/api/v1/products?kind={kind}") for kind in ("cement", "glass"))
    assert [one["product"]["code"] for one in glass] == [moved.code]
    assert len(cement) == PRODUCTS - 1
    earlier = items(client, "/api/v1/products?kind=cement&on=2026-04-30")
    assert len(earlier) == PRODUCTS


def test_changed_since_gives_what_a_follower_has_missed(client: TestClient, engine: Engine) -> None:
    with read_session(engine) as session:
        since = feed.head(session).seq
    assert items(client, f"/api/v1/products?changed_since={since}") == []
    renamed = factories.product(7, name_zh="示例水泥 新名（虚构）")
    with write_session(engine) as session:
        factories.record(session, [Draft(PRODUCT, renamed.id, date(2026, 5, 1), renamed)])
    (changed,) = items(client, f"/api/v1/products?changed_since={since}")
    assert (changed["product"]["code"], changed["seq"], changed["version"]) == (renamed.code, since + 1, 2)
    assert items(client, f"/api/v1/products?changed_since={since}&on=2026-04-30") == []


def test_certificates_are_found_by_what_they_are_on_the_day(client: TestClient, engine: Engine) -> None:
    suspended = factories.certificate().model_copy(update={"state": State.SUSPENDED})
    with write_session(engine) as session:
        factories.record(session, [Draft(CERTIFICATE, suspended.id, date(2026, 5, 1), suspended)])
    states = {"suspended": 1, "active": 0, "expired": 0}
    for state, count in states.items():
        assert len(items(client, f"/api/v1/certificates?state={state}")) == count
    assert len(items(client, "/api/v1/certificates?state=active&on=2026-04-30")) == 1
    assert len(items(client, "/api/v1/certificates?state=suspended&on=2031-01-01")) == 0
    assert len(items(client, "/api/v1/certificates?state=expired&on=2031-01-01")) == 1


def test_scope_rows_stand_on_their_own_with_their_certificate(client: TestClient, engine: Engine) -> None:
    wide = factories.certificate(2, rows=tuple(factories.scope_row(n, product_n=n) for n in (1, 2, 3)))
    with write_session(engine) as session:
        factories.record(session, [Draft(CERTIFICATE, wide.id, START, wide)])
    pages = list(walk(client, "/api/v1/scope-rows?limit=1"))
    assert sorted(len(page["items"]) for page in pages) == [1, 3]
    code = factories.product(2).code
    (row,) = items(client, f"/api/v1/scope-rows?product={code}")
    assert (row["certificate"], row["scope"]["row"], row["state_on_day"]) == (wide.code, 2, "active")


def test_one_row_must_name_both_product_and_plant(client: TestClient, engine: Engine) -> None:
    other = factories.plant(2)
    rows = (factories.scope_row(1, product_n=1), factories.scope_row(2, product_n=2, plant_n=2))
    wide = factories.certificate(2, rows=rows)
    with write_session(engine) as session:
        factories.record(session, [Draft(PLANT, other.id, START, other)])
        factories.record(session, [Draft(CERTIFICATE, wide.id, START, wide)])
    both = f"/api/v1/certificates?product={factories.product(2).code}&plant="
    assert [one["certificate"]["code"] for one in items(client, both + other.code)] == [wide.code]
    assert items(client, both + factories.plant().code) == []


def test_work_of_one_page_is_bounded_and_the_list_still_complete(
    client: TestClient, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    idle = factories.plant(2)
    with write_session(engine) as session:
        factories.record(session, [Draft(PLANT, idle.id, START, idle)])
    monkeypatch.setattr(listing, "MOST_LOOKED_AT", 5)
    monkeypatch.setattr(listing, "SMALLEST_BATCH", 3)
    pages = list(walk(client, f"/api/v1/products?limit=2&plant={idle.code}"))
    assert sum(len(page["items"]) for page in pages) == 0
    assert len(pages) == PRODUCTS // 6 + 1
    assert len(items(client, "/api/v1/products?removed=false&limit=2")) == PRODUCTS


def cursor_of(client: TestClient, address: str) -> str:
    following: str = client.get(address).json()["next"]
    return following.split("cursor=")[1]


def forged(cursor: str, **changes: object) -> str:
    fields = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    return base64.urlsafe_b64encode(json.dumps({**fields, **changes}).encode()).decode().rstrip("=")


def test_a_cursor_of_another_list_or_time_is_refused(client: TestClient) -> None:
    cursor = cursor_of(client, "/api/v1/products?limit=5")
    refused = {
        f"/api/v1/plants?cursor={cursor}": "cursor-of-another-list",
        f"/api/v1/products?kind=glass&cursor={cursor}": "cursor-of-another-list",
        f"/api/v1/products?cursor={cursor}&on=2026-01-01": "cursor-carries-its-point",
        f"/api/v1/products?cursor={cursor}&as_of=3": "cursor-carries-its-point",
        f"/api/v1/products?cursor={forged(cursor, as_of=10**9)}": "cursor-unreadable",
        f"/api/v1/products?cursor={forged(cursor, last='x')}": "cursor-unreadable",
        f"/api/v1/products?cursor={forged(cursor, more=1)}": "cursor-unreadable",
        f"/api/v1/products?cursor={quote('é%€')}": "cursor-unreadable",
        "/api/v1/products?cursor=abc": "cursor-unreadable",
    }
    for address, code in refused.items():
        answer = client.get(address)
        assert (answer.status_code, answer.json()["code"]) == (422, code), address
    assert client.get(f"/api/v1/products?cursor={cursor}&limit=500&lang=en").status_code == 200


def test_an_unknown_filter_is_refused_and_never_ignored(client: TestClient) -> None:
    answer = client.get("/api/v1/products?kinds=glass")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"] == ["query", "kinds"]
    for address in ("/api/v1/products?limit=0", "/api/v1/products?limit=501"):
        assert client.get(address).status_code == 422
    assert client.get("/api/v1/products?maker=YS-000000-00000-0").json()["code"] == "code-not-found"


def test_the_limits_stand_in_the_headers(client: TestClient) -> None:
    answer = client.get("/api/v1/products?limit=5")
    assert (answer.headers["X-Limit"], answer.headers["X-Limit-Most"]) == ("5", "500")
    assert answer.headers["Link"] == f'<{answer.json()["next"]}>; rel="next"'
    assert "Link" not in client.get("/api/v1/products?limit=500").headers
