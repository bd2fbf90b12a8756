"""Anything at all sent to be kept, and asked of what was kept: taken, or refused in words, never a fault."""

import threading
from typing import Any
from urllib.parse import urlencode

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import example, given
from hypothesis import strategies as st
from schemathesis.specs.openapi.schemas import OpenApiSchema

from search.feeding.follow import Follower
from tests.frontend.kept import document, numbers, press
from tests.frontend.reading import Page
from tests.frontend.test_fuzz import CHECKS, FILTERS, NAMES, TELLING, of_running, operations, query_of, usual
from tests.oracles import canonical_oracle

TOKEN = "{token}"
values = st.sampled_from(TELLING) | st.text(st.characters(codec="utf-8"), max_size=40)
fields = st.lists(st.tuples(st.sampled_from(FILTERS) | st.text(max_size=6), values), max_size=6)


@pytest.fixture(scope="module")
def described(site: TestClient) -> OpenApiSchema:
    return of_running(site)


@pytest.fixture(scope="module")
def address(site: TestClient) -> str:
    return press(site, "status=all")


def reading() -> list[tuple[str, str]]:
    return [one for one in operations() if one[1].startswith("/api/v1/archive/{token}")]


def test_the_scan_sees_the_operations() -> None:
    assert len(reading()) == 2


@pytest.mark.parametrize(("method", "path"), reading())
def test_what_was_kept_answers_as_documented(
    described: OpenApiSchema, address: str, method: str, path: str
) -> None:
    @usual
    @given(asked=described[path][method].as_strategy())
    def answers(asked: schemathesis.Case[Any]) -> None:
        asked.path_parameters["token"] = address.rpartition("/")[2]
        asked.call_and_validate(checks=CHECKS)

    answers()


@usual
@given(pairs=fields)
@example(pairs=[("kind", "cement"), ("kind", "cement"), ("page", "2"), ("q", "\x00")])
@example(pairs=[("near", "520100"), ("within", "x"), ("max", "1e9"), ("sort", "gwp")])
@example(pairs=[("q", "a" * 5000)])
def test_any_form_keeps_just_what_the_page_finds(site: TestClient, pairs: list[tuple[str, str]]) -> None:
    """Whatever is asked, the kept list has the page's total and rows, and its digest holds."""
    encoded = urlencode(pairs, errors="replace")
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = site.post("/zh/archive", content=encoded, headers=kind)
    assert answer.status_code == 303
    address = answer.headers["location"]
    sealed = document(site, address)
    assert site.get(address).status_code == 200
    assert canonical_oracle.canonical(sealed) == site.get(f"{address}.json").text
    page = site.get(f"/zh/products?{encoded}")
    if page.status_code == 200:
        shown = Page(page.text)
        assert sealed["content"]["total"] == shown.total
        assert set(shown.cards) <= set(numbers(sealed))


@usual
@given(pairs=st.lists(st.tuples(st.sampled_from(["page", "print", "today", *NAMES]), values), max_size=4))
def test_no_query_makes_a_kept_page_fail(
    site: TestClient, address: str, pairs: list[tuple[str, str]]
) -> None:
    answer = site.get(f"{address}?{query_of(pairs)}")
    assert answer.status_code == 200


def test_the_site_that_is_asked_is_started_once(site: TestClient, described: OpenApiSchema) -> None:
    """A second start would put another site, with connections that nobody closes, in its place."""
    described["/api/v1/dump"]["GET"].Case().call()
    address = site.app.state.site.engine.url  # type: ignore[attr-defined]
    followers = [one for one in threading.enumerate() if isinstance(one, Follower)]
    assert [one.engine.url for one in followers].count(address) == 1
