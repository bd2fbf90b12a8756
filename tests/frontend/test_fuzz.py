"""Anything at all in an address: the interface answers as it documents, the pages never fail."""

from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from schemathesis.specs.openapi.schemas import OpenApiSchema
from starlette.types import Receive, Scope, Send

from frontend.app import API_ROUTERS
from frontend.pages import criteria
from search.query.parse import KNOWN
from tests.frontend.register import TWIN_NUMBER, case

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
CODE = case(1).product.code
READ = (
    "/zh/products", "/zh/products.csv", "/zh/suggest", "/zh/compare", "/zh/verify", "/zh/report-problem",
    f"/en/products/{CODE}", f"/v/{CODE}", f"/api/v1/products/{CODE}", "/api/v1/search", "/api/v1/suggest",
    "/api/v1/compare", "/zh/thresholds", "/zh/thresholds/cement", "/en/thresholds/glass",
    "/api/v1/thresholds", "/api/v1/changes", "/api/v1/changes.atom", "/api/v1/certificates",
    "/zh/find", "/api/v1/find", "/api/v1/batches", f"/zh/products/{CODE}/batches", "/01/09521000000018",
    "/.well-known/gs1resolver", "/api/v1/scope-rows", "/api/v1/products", "/api/v1/organisations",
    "/api/v1/packs", "/api/v1/kinds",
)  # fmt: skip
WITHIN = (
    "/zh/products/{}",
    "/zh/thresholds/{}",
    "/v/{}",
    "/en/help/errors/{}",
    "/{}",
    "/en/{}",
    "/zh/products.{}",
    "/api/v1/packs/{}",
    "/api/v1/plants/{}",
    "/api/v1/standards/{}",
    "/api/v1/dump/{}",
    "/zh/batches/{}",
    "/zh/products/{}/batches",
    "/api/v1/batches/{}/cover",
)
TYPED = (
    "attr.strength", "attr.strength_min", "attr.fineness_min", "attr.fineness_max", "attr.fineness",
    "attr.nobody", "attr.nobody_max", "attr._min", "attr.", "attr.a b", "attr.Größe",
)  # fmt: skip
FILTERS = (*sorted(KNOWN | criteria.NAMES), *TYPED)  # whatever the search itself reads, on page or interface
NAMES = (
    "q", "kind", "performance", "province", "status", "star", "evidence", "data_kind", "maker_id", "max",
    "level", "basis", "sort", "page", "per_page", "gwp_max", "valid_to_min", "id", "show", "code", "about",
    "on", "as_of", "lang", "number", "after", "limit", "cursor", "changed_since", "maker", "product", "state",
    "credit_code", "region", "archive", "gtin", "linkType", "scheme", "verification", "group",
    "valid_on", "facet", "histogram", "gwp_kg_max", "attr.fineness_min", "attr.fineness_max",
)  # fmt: skip
TELLING = (
    "", "0", "-1", "99999999999999999999", "1e9", "NaN", "cement", "all", "valid", "gwp", "-valid_to", "p20",
    CODE, CODE.lower(), TWIN_NUMBER, "2026-06-01", "9999-12-31", "0001-01-01", "\x00", "%", '"', "(", "~2",
    "水泥", "ＹＳ－", "\u202e", "\U0001f3d7", "a" * 5000, "*" * 300, "[* TO *]", "../..", "//", "{0}",
)  # fmt: skip
# Values that the small register files something under.
FILED = (
    "graded", "green_product", "third_party", "internal", "none", "glass", "520000", "510100", "510000,5",
    "42.5", "true", "-5", "0.5", "300", "EN 15804+A2", "cement|42.5|t|EN 15804+A2|GWP-total", "attr.fineness",
    "verification", "gwp_kg", "waste_content", "3", "100",
)  # fmt: skip

values = st.sampled_from(TELLING) | st.text(max_size=60)
searches = st.lists(st.tuples(st.sampled_from(FILTERS), st.sampled_from(FILED) | values), max_size=15)
queries = st.lists(st.tuples(st.sampled_from(NAMES) | st.text(max_size=8), values), max_size=6)
usual = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def query_of(pairs: list[tuple[str, str]]) -> str:
    """As bytes in an address; a lone surrogate goes as the three bytes a careless client sends."""
    return "&".join(f"{raw(name)}={raw(value)}" for name, value in pairs)


def raw(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def of_running(client: TestClient) -> OpenApiSchema:
    """The schema of a site that runs already: left alone, schemathesis would start it a second time."""

    async def requests_only(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "lifespan":
            await client.app(scope, receive, send)
            return
        for _ in range(2):
            await send({"type": f"{(await receive())['type']}.complete"})

    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", requests_only)


@pytest.fixture(scope="module")
def interface(site: TestClient) -> OpenApiSchema:
    return of_running(site)


def operations() -> list[tuple[str, str]]:
    """Every way of asking that the interface describes."""
    routes = [one for router in API_ROUTERS for one in router.routes if isinstance(one, APIRoute)]
    described = [one for one in routes if one.include_in_schema]
    return sorted((method, one.path_format) for one in described for method in one.methods or ())


def test_the_scan_sees_the_interface() -> None:
    assert {("GET", "/api/v1/search"), ("POST", "/api/v1/checks"), ("GET", "/readyz")} <= set(operations())


@pytest.mark.parametrize(("method", "path"), operations())
def test_the_interface_answers_as_it_documents(interface: OpenApiSchema, method: str, path: str) -> None:
    """No fault, no status, media type or shape that the description does not name."""

    @usual
    @given(asked=interface[path][method].as_strategy())
    def answers(asked: schemathesis.Case[Any]) -> None:
        asked.call_and_validate(checks=CHECKS)

    answers()


@pytest.mark.parametrize("path", READ)
def test_no_query_makes_an_answer_fail(site: TestClient, path: str) -> None:
    @usual
    @given(pairs=queries, partial=st.booleans())
    @example(pairs=[("q", "\ud800"), ("id", "\udfff"), ("code", "\ud800\udc00")], partial=False)
    @example(
        pairs=[("page", "1"), ("page", "2"), ("kind", "a"), ("on", "2026-06-01"), ("on", "x")], partial=True
    )
    def answers(pairs: list[tuple[str, str]], partial: bool) -> None:
        answer = site.get(f"{path}?{query_of(pairs)}", headers={"X-Partial": "1"} if partial else {})
        assert answer.status_code in {200, 303, 404, 422}

    answers()


@pytest.mark.parametrize("path", ["/zh/products", "/en/products.csv", "/api/v1/search"])
def test_no_filters_together_make_a_search_fail(site: TestClient, path: str) -> None:
    """Every filter, limit and count that the search knows, many at once, half of them sensible."""

    @usual
    @given(pairs=searches)
    @example(pairs=[("attr.fineness_min", "300"), ("attr.fineness_max", "-5"), ("kind", "cement")])
    @example(pairs=[("gwp_kg_min", "3"), ("gwp_kg_max", "0.5"), ("gwp_standard", "EN 15804+A2")])
    @example(pairs=[("region", "510100"), ("region", "520000"), ("group", "glass"), ("scheme", "graded")])
    @example(pairs=[("facet", "attr.fineness"), ("histogram", "attr.fineness"), ("valid_on", "2026-06-01")])
    def answers(pairs: list[tuple[str, str]]) -> None:
        answer = site.get(f"{path}?{query_of(pairs)}")
        assert answer.status_code in {200, 303}, answer.text

    answers()


@pytest.mark.parametrize("path", WITHIN)
def test_no_address_makes_an_answer_fail(site: TestClient, path: str) -> None:
    @usual
    @given(value=values)
    @example("\ud800")
    @example("%ff")
    def answers(value: str) -> None:
        answer = site.get(path.format(raw(value)), headers={"Accept": "text/html"})
        assert answer.status_code in {200, 301, 302, 303, 307, 404}

    answers()


@usual
@given(lang=st.text(max_size=20), accept=st.text(max_size=20))
def test_no_header_makes_an_answer_fail(site: TestClient, lang: str, accept: str) -> None:
    given_names = ((b"Accept-Language", lang), (b"Accept", accept), (b"X-Partial", accept))
    headers = {name: text.encode("utf-8", "surrogatepass") for name, text in given_names}
    for path in ("/zh/products", "/api/v1/products/x", "/nothing"):
        assert site.get(path, headers=headers).status_code in {200, 404}
