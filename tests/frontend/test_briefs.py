"""Products in brief are read once at a point, never outdated, and no more of them are kept than allowed."""

from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlmodel import Session

from registry.changes.feed import Draft
from registry.changes.reading import Point, point
from registry.dossiers.load import load
from registry.kit import clock
from registry.kit.db import read_session
from registry.products.service import PRODUCT
from search.briefs import Briefs
from tests.frontend.kept import change
from tests.frontend.register import DAY, LAST, case

KEYS = tuple(case(n).product.id for n in range(1, LAST + 1))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[set[UUID]]:
    """What was read of the register, in turn."""
    seen = list[set[UUID]]()

    def noting(session: Session, ids: list[UUID], at: Point) -> object:
        seen.append(set(ids))
        return load(session, ids, at)

    monkeypatch.setattr("search.briefs.load", noting)
    return seen


def test_only_what_is_not_kept_is_read_and_the_order_is_the_asked_one(
    site: TestClient, asked: list[set[UUID]]
) -> None:
    briefs = Briefs(lambda dossier: dossier.product.fact.name_zh)
    with read_session(site.app.state.engine) as session:  # type: ignore[attr-defined]
        at = point(session, clock.today())
        briefs.read(session, KEYS[:2], at)
        found = briefs.read(session, KEYS[2::-1], at)
    assert asked == [set(KEYS[:2]), {KEYS[2]}]
    assert list(found) == list(KEYS[2::-1])
    assert [one.shown for one in found.values()] == [case(n).product.name_zh for n in (3, 2, 1)]


def test_what_was_asked_for_longest_ago_is_given_up(site: TestClient, asked: list[set[UUID]]) -> None:
    briefs = Briefs(lambda dossier: dossier.product.fact.code, most=2)
    with read_session(site.app.state.engine) as session:  # type: ignore[attr-defined]
        at = point(session, clock.today())
        for n in (0, 1, 0, 2, 0, 1):
            briefs.read(session, [KEYS[n]], at)
    assert asked == [{KEYS[0]}, {KEYS[1]}, {KEYS[2]}, {KEYS[1]}]


def test_an_answer_after_a_change_shows_the_change(own_site: TestClient) -> None:
    product = case(1).product
    before = {item["code"]: item for item in own_site.get("/api/v1/search").json()["items"]}
    change(
        own_site, [Draft(PRODUCT, product.id, DAY, product.model_copy(update={"name_en": "Renamed board"}))]
    )
    after = {item["code"]: item for item in own_site.get("/api/v1/search").json()["items"]}
    assert before[product.code]["name_en"] == product.name_en
    assert after[product.code]["name_en"] == "Renamed board"


def test_a_distance_is_of_the_one_answer_only(site: TestClient) -> None:
    address = "/api/v1/search?q=&per_page=100"
    assert {one["nearest_plant_km"] for one in site.get(address).json()["items"]} == {None}
    near = site.get(f"{address}&near=510100&within=20").json()["items"]
    assert {one["nearest_plant_km"] for one in near} == {"0.0"}
    assert {one["nearest_plant_km"] for one in site.get(address).json()["items"]} == {None}
