"""The GS1 Digital Link resolver: what GS1-Conformant Resolver 1.2.0 asks, and nothing guessed."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from frontend import linkset
from frontend.linkset import Target
from registry.batches.digital_link import LinkRefused, parse
from tests.frontend import batch_site
from tests.frontend.batch_site import BATCHES, COVERED, ELSEWHERE, GONE, ITEM, PRODUCT_CODE

BASE = "https://greenmat.example"
VOC = "https://ref.gs1.org/voc/"
BATCH = f"/01/{ITEM}/10/L%2F26%2605%2BA"


@pytest.fixture(scope="module")
def shop(empty_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with batch_site.opened(empty_database, tmp_path_factory.mktemp("resolver")) as client:
        yield client


def links(shop: TestClient, path: str) -> list[dict[str, Any]]:
    answer = shop.get(path, headers={"Accept": "application/linkset+json"})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/linkset+json"
    found: list[dict[str, Any]] = answer.json()["linkset"]
    return found


@pytest.mark.parametrize(
    ("path", "there"),
    [
        (f"/01/{ITEM}", f"products/{PRODUCT_CODE}"),
        (f"/01/{ITEM[1:]}", f"products/{PRODUCT_CODE}"),
        (f"/01/{ITEM}/", f"products/{PRODUCT_CODE}"),
        (BATCH, f"batches/{BATCHES[COVERED].code}"),
        (f"/01/{ITEM}/10/%4c%2f26%2605%2bA", f"batches/{BATCHES[COVERED].code}"),
        (f"/01/{ITEM}/10/l2", f"batches/{BATCHES[ELSEWHERE].code}"),
        (f"/01/{ITEM}/21/S-2", f"batches/{BATCHES[COVERED].code}"),
        (f"{BATCH}/21/S-2", f"batches/{BATCHES[COVERED].code}"),
        (f"/01/{ITEM}/10/L3", f"batches/{BATCHES[GONE].code}"),
    ],
)
def test_a_link_leads_to_the_page_of_what_it_names(shop: TestClient, path: str, there: str) -> None:
    answer = shop.get(path)
    assert (answer.status_code, answer.headers["location"]) == (307, f"{BASE}/zh/{there}")
    english = shop.get(path, headers={"Accept-Language": "fr, en-GB;q=0.8, zh;q=0.1"})
    assert english.headers["location"] == f"{BASE}/en/{there}"
    assert shop.get(answer.headers["location"].removeprefix(BASE)).status_code == 200
    every = answer.headers["link"]
    assert 'rel="linkset"' in every
    assert 'type="application/linkset+json"' in every
    assert shop.get(every[1 : every.index(">")].removeprefix(BASE)).json()["linkset"]


def test_every_pair_of_the_query_is_passed_on(shop: TestClient) -> None:
    plain = shop.get(f"/01/{ITEM}?17=261231&on=2026-06-01&x=a%26b").headers["location"]
    assert plain == f"{BASE}/zh/products/{PRODUCT_CODE}?17=261231&on=2026-06-01&x=a%26b"


@pytest.mark.parametrize("path", [f"/01/{ITEM}", BATCH, f"/01/{ITEM}/21/S-1"])
def test_a_linkset_follows_the_standard(shop: TestClient, path: str) -> None:
    found = links(shop, path)
    assert found[0]["anchor"].startswith(f"{BASE}/01/{ITEM}")
    assert found[-1]["anchor"] == f"{BASE}/01/{ITEM}", "each level up to the trade item"
    for level in found:
        relations = {name: targets for name, targets in level.items() if name.startswith("https://")}
        assert set(level) - set(relations) == {"anchor", "description"}
        [default] = relations.pop(f"{VOC}defaultLink")
        assert set(default) == {"href", "title"}, "one, without any other attribute"
        described = {
            one["href"] for name, targets in relations.items() for one in targets if "default" not in name
        }
        assert default["href"] in described
        assert {one["href"] for one in relations[f"{VOC}defaultLinkMulti"]} <= described
        for targets in relations.values():
            for one in targets:
                assert one["title"]
                assert one["type"] in ("text/html", "application/json")
                assert one["type"] == "application/json" or one["hreflang"]
                there = shop.get(one["href"].removeprefix(BASE).partition("#")[0])
                assert there.status_code == 200, one
                assert there.headers["content-type"].startswith(one["type"])


def test_a_trade_item_links_its_certificates_and_master_data(shop: TestClient) -> None:
    [item] = links(shop, f"/01/{ITEM}")
    assert {f"{VOC}pip", f"{VOC}masterData", f"{VOC}traceability", f"{VOC}certificationInfo"} <= set(item)


@pytest.mark.parametrize("asked", ["linkset", "all"])
def test_the_linkset_is_asked_for_by_the_query_too(shop: TestClient, asked: str) -> None:
    answer = shop.get(f"{BATCH}?linkType={asked}", headers={"Accept": "text/html"})
    assert answer.json() == {"linkset": links(shop, BATCH)}
    assert "http://www.w3.org/ns/json-ld#context" in answer.headers["link"]


@pytest.mark.parametrize("name", ["gs1:pip", f"{VOC}pip", "https://gs1.org/voc/pip", "pip"])
def test_a_type_of_link_is_named_in_every_usual_way(shop: TestClient, name: str) -> None:
    answer = shop.get(f"/01/{ITEM}?linkType={quote(name, safe='')}")
    assert answer.status_code == 307
    assert answer.headers["location"].startswith(f"{BASE}/zh/products/{PRODUCT_CODE}")


def test_a_media_type_chooses_among_links_of_one_type(shop: TestClient) -> None:
    asked = f"{BATCH}?linkType=gs1:traceability"
    data = shop.get(asked, headers={"Accept": "application/json"}).headers["location"]
    assert data.startswith(f"{BASE}/api/v1/batches/{BATCHES[COVERED].code}")
    page = shop.get(asked, headers={"Accept": "text/html,*/*;q=0.8", "Accept-Language": "en"})
    assert page.headers["location"].startswith(f"{BASE}/en/batches/{BATCHES[COVERED].code}")


@pytest.mark.parametrize("name", ["gs1:epil", "gs1:recallStatus", "urn:x", "", "https://elsewhere.example/x"])
def test_a_type_without_a_link_is_not_found(shop: TestClient, name: str) -> None:
    answer = shop.get(f"/01/{ITEM}?linkType={quote(name, safe='')}")
    assert (answer.status_code, answer.json()["code"]) == (404, "digital-link-no-such-type")


@pytest.mark.parametrize(
    "path",
    [
        "/01/09521000000025", f"/01/{ITEM}/10/L9", f"/01/{ITEM}/21/S-9", f"/01/{ITEM}/22/V",
        f"/01/{ITEM}/235/T",
        f"{BATCH}/21/S-9", f"/01/{ITEM}/10/L2/21/S-1",
    ],
)  # fmt: skip
def test_what_is_not_registered_is_not_found_and_nothing_coarser_stands_in(
    shop: TestClient, path: str
) -> None:
    answer = shop.get(path, headers={"Accept": "application/linkset+json"})
    assert (answer.status_code, answer.json()["code"]) == (404, "digital-link-unknown")


def test_a_wrong_check_digit_is_a_bad_request_with_a_clear_sentence(shop: TestClient) -> None:
    answer = shop.get("/01/09521000000012", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.json()["code"]) == (400, "gtin.check-digit")
    assert "its other figures have 8" in answer.json()["title"]
    page = shop.get("/01/09521000000012", headers={"Accept": "text/html"})
    assert page.status_code == 400
    assert "前面的数字对应的校验位是 8" in page.text


def test_compressed_links_are_refused_and_say_so(shop: TestClient) -> None:
    answer = shop.get(f"/01/{ITEM}/AQnYUc1gmiERBhQ2ytiyZhM")
    assert (answer.status_code, answer.json()["code"]) == (400, "digital-link-compressed")
    assert "压缩" in answer.json()["title"]


def test_head_options_and_other_sites_are_served(shop: TestClient) -> None:
    head = shop.head(f"/01/{ITEM}")
    assert (head.status_code, head.content) == (307, b"")
    asked = shop.options(f"/01/{ITEM}")
    assert asked.status_code == 204
    assert asked.headers["allow"] == "GET, HEAD, OPTIONS"
    for answer in (head, asked, shop.get("/.well-known/gs1resolver"), shop.get(f"/01/{ITEM}?linkType=all")):
        assert answer.headers["access-control-allow-origin"] == "*"


def test_the_resolver_describes_itself(shop: TestClient) -> None:
    told = shop.get("/.well-known/gs1resolver").json()
    assert told["resolverRoot"] == BASE
    assert told["supportedPrimaryKeys"] == ["01"]
    assert told["supportedLinkType"] == [{"namespace": VOC, "prefix": "gs1:"}]


odd = st.sampled_from(["%", "%2", "%zz", "10/%00", "10/\x00", "//", "%2e%2e/10/A", "10/\u202e", "10/%C0%AF"])


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40) | odd)
def test_anything_after_the_key_is_answered_as_the_syntax_says(shop: TestClient, rest: str) -> None:
    answer = shop.get(f"/01/{ITEM}/" + quote(rest.encode("utf-8", "surrogatepass"), safe="/%"))
    sent = answer.request.url.raw_path.decode()  # the client takes out dots
    expected: tuple[int, ...] = (307, 404)
    try:
        parse(sent)
    except LinkRefused:
        expected = (400, 404) if "%0A" in sent else (400,)  # no route matches a line break
    if sent.startswith("/01/"):
        assert answer.status_code in expected


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    accept=st.text(alphabet="abtex/html*;q=0.19,+json linkst", max_size=40),
    language=st.text(alphabet="abzhen-;q=0.19,* ", max_size=30),
    asked=st.none() | st.text(alphabet="gs1:pilnkeat/", max_size=12),
)
def test_no_header_or_type_is_a_fault(
    shop: TestClient, accept: str, language: str, asked: str | None
) -> None:
    query = "" if asked is None else f"?linkType={quote(asked, safe='')}"
    answer = shop.get(BATCH + query, headers={"Accept": accept, "Accept-Language": language})
    assert answer.status_code in (200, 307, 404)


def test_of_several_links_type_goes_before_language() -> None:
    pages = (Target("/zh", "x", ("zh-CN",), "text/html"), Target("/en", "x", ("en",), "text/html"))
    data = Target("/json", "x", (), "application/json")
    for accept, languages, there in (
        ("", ("en", "zh"), "/en"),
        ("*/*", ("fr", "zh"), "/zh"),
        ("application/json, text/html;q=0.5", ("en",), "/json"),
        ("text/html;q=0, application/json", ("en",), "/json"),
        ("image/png", ("en",), "/en"),
        ("text/html", ("fr",), "/zh"),
    ):
        found = linkset.chosen((*pages, data), accept=accept, languages=languages)
        assert found is not None
        assert found.href == there, accept
    assert linkset.chosen((), accept="", languages=()) is None
