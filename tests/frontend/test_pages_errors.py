"""Refusals and headers: a page in the reader's language, a problem for a machine, never a bare trace."""

from collections import defaultdict

import pytest
from fastapi.testclient import TestClient
from starlette.routing import Route

from frontend.app import ROUTERS
from frontend.headers import ALWAYS
from search.engine.embedded import EmbeddedEngine
from search.engine.ports import SearchUnavailable
from tests.frontend.reading import Page
from tests.frontend.register import case

PRODUCT = case(1).product.code
MISSING = ("/nothing", "/products/YS-000000-00000-0", "/help/errors/nothing", "/products.pdf", "/%ED%A0%80")
FILLED = defaultdict(
    lambda: "none",
    lang="zh",
    code=PRODUCT,
    form="csv",
    number="1",
    name="targets",
    region="520000",
    kind="cement",
)


def readable() -> list[str]:
    """Every address that is read, with a value in each of its places."""
    routes = [one for router in ROUTERS for one in router.routes]
    paths = {one.path_format for one in routes if isinstance(one, Route) and "GET" in (one.methods or ())}
    known = {path.format_map(FILLED) for path in paths}
    return sorted({path.replace(f"certificates/{PRODUCT}", "certificates") for path in known})


def test_the_scan_sees_the_site() -> None:
    assert {"/zh/", "/en/", "/zh/products", f"/v/{PRODUCT}", "/api/v1/search", "/healthz"} <= set(readable())


@pytest.mark.parametrize("path", [*readable(), "/zh/nothing", "/api/v1/nothing", "/static/app.css"])
def test_every_answer_carries_the_security_headers(site: TestClient, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code < 500
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    assert answer.headers["x-data-notice"].startswith("demonstration: invented")
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", readable())
def test_head_answers_as_get_does_without_its_content(site: TestClient, path: str) -> None:
    got, head = site.get(path), site.head(path)
    assert head.status_code == got.status_code
    assert head.content == b""
    assert head.headers.get("content-type") == got.headers.get("content-type")
    assert head.headers.get("vary") == got.headers.get("vary")


@pytest.mark.parametrize("path", [path for path in readable() if path.startswith(("/zh/", "/v/"))])
def test_no_page_carries_script_or_style_in_its_text(site: TestClient, path: str) -> None:
    """The content policy would block them, so a page must not need them."""
    answer = site.get(path, headers={"Accept": "text/html"})
    if answer.headers.get("content-type", "").startswith("text/html"):
        found = Page(answer.text).inside
        assert [one.tag for one in found if "style" in one.attributes or one.tag == "style"] == []
        assert [one.tag for one in found if one.tag == "script" and "src" not in one.attributes] == []
        assert [name for one in found for name in one.attributes if name.startswith("on")] == []


@pytest.mark.parametrize("path", MISSING)
@pytest.mark.parametrize(("lang", "html", "words"), [("zh", "zh-CN", "没有找到"), ("en", "en", " found")])
def test_a_missing_page_says_so_in_the_readers_language(
    site: TestClient, path: str, lang: str, html: str, words: str
) -> None:
    answer = site.get(f"/{lang}{path}")
    assert answer.status_code == 404
    assert answer.headers["content-language"] == html
    shown = Page(answer.text)
    assert shown.one("html").attributes["lang"] == html
    assert words in shown.title
    assert {f"/{lang}/products", f"/{lang}/verify", f"/{lang}/help"} <= set(shown.links)


@pytest.mark.parametrize("path", ["/nothing", "/robots.txt", "/favicon.ico", "/xx/", "/xx/products"])
def test_outside_of_a_language_a_browser_gets_a_page_and_a_machine_a_problem(
    site: TestClient, path: str
) -> None:
    browser = site.get(path, headers={"Accept": "text/html,application/xhtml+xml"})
    machine = site.get(path, headers={"Accept": "*/*"})
    assert (browser.status_code, machine.status_code) == (404, 404)
    assert "没有找到" in Page(browser.text).title
    assert machine.json()["code"] == "not-found"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("on=banana", "地址或表单里有内容无法读懂"),
        ("on=2026-02-30", "地址或表单里有内容无法读懂"),
        ("as_of=banana", "无法识别的时点：banana"),
        ("as_of=-1", "无法识别的时点：-1"),
        ("as_of=99999999999999999999", "无法识别的时点"),
        ("as_of=%00", "无法识别的时点"),
    ],
)
def test_an_unreadable_point_in_time_is_refused_with_a_remedy(
    site: TestClient, query: str, words: str
) -> None:
    answer = site.get(f"/zh/products/{PRODUCT}?{query}")
    assert answer.status_code == 422
    assert words in Page(answer.text).words
    assert "请" in Page(answer.text).one("p", class_="lead").text
    machine = site.get(f"/api/v1/products/{PRODUCT}?{query}")
    assert machine.status_code == 422
    assert machine.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "path", ["/zh/", "/en/products", f"/zh/products/{PRODUCT}", "/zh/compare", "/en/help"]
)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_a_way_of_asking_that_a_page_does_not_take_is_named(site: TestClient, path: str, method: str) -> None:
    answer = site.request(method, path)
    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
    words = "不接受这种请求方式" if path.startswith("/zh") else "does not take this kind of request"
    assert words in Page(answer.text).title


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/api/v1/nothing", 404, "not-found"),
        ("/api/v1/products/x", 404, "code-not-found"),
        ("/api/v1/packs/none", 404, "rule-pack-not-found"),
        ("/api/v1/certificates?on=x", 422, "not-understood"),
        ("/api/v1/compare?id=x", 404, "code-not-found"),
        (f"/api/v1/compare?id={PRODUCT}", 422, "compare.how-many"),
        ("/api/v1/changes?limit=0", 422, "not-understood"),
    ],
)
def test_a_machine_gets_a_problem_with_a_stable_code(
    site: TestClient, path: str, status: int, code: str
) -> None:
    """Also where it prefers HTML: the interface speaks one language."""
    answer = site.get(path, headers={"Accept": "text/html"})
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert (answer.status_code, body["status"], body["code"]) == (status, status, code)
    assert body["type"] == f"/zh/help/errors#{code}"
    english = site.get(path, headers={"Accept-Language": "en"}).json()
    assert english["title"] != body["title"]


def test_what_was_typed_comes_back_as_text(site: TestClient) -> None:
    answer = site.get("/zh/products/%3Cscript%3Ealert(1)%3C%2Fscript%3E")
    assert answer.status_code == 404
    assert "<script>alert" not in answer.text
    shown = site.get("/zh/products/a%00b%1B").text
    assert "\x00" not in shown
    assert "\x1b" not in shown


def test_a_fault_says_so_without_a_trace_and_keeps_its_headers(
    site: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr("frontend.pages.home.universe", broken)
    careless = TestClient(site.app, raise_server_exceptions=False)
    answer = careless.get("/en/")
    assert answer.status_code == 500
    assert "a secret" not in answer.text
    assert {name: answer.headers.get(name) for name in ALWAYS} == ALWAYS
    shown = Page(answer.text)
    assert "Something went wrong on our side" in shown.title
    assert shown.one("code").text in shown.title


def test_without_the_search_index_numbers_are_still_verified(
    site: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a person at a building site needs must not wait for an index that is being rebuilt."""

    def missing(_: object) -> None:
        raise SearchUnavailable(reason="the index is away")

    monkeypatch.setattr(EmbeddedEngine, "snapshot", missing)
    refused = site.get("/zh/products")
    assert refused.status_code == 503
    assert "验证和产品页不受影响" in Page(refused.text).words
    assert site.get("/api/v1/search").json()["code"] == "search-unavailable"
    for path in (f"/v/{PRODUCT}", f"/zh/products/{PRODUCT}", "/zh/verify", "/zh/help", "/zh/compare"):
        assert site.get(path).status_code == 200, path
    unknown = site.get("/v/not-a-number-of-anyone")
    assert unknown.status_code == 404
    assert "本库没有登记这个编号" in Page(unknown.text).title


@pytest.mark.parametrize(
    ("lang", "message"), [("zh", "不是 2026-01-31 形式的日期。"), ("en", "Not a day of the form 2026-01-31.")]
)
def test_a_problem_and_what_was_wrong_inside_speak_one_language(
    site: TestClient, lang: str, message: str
) -> None:
    answer = site.get(f"/api/v1/categories?on=yesterday&lang={lang}")
    assert answer.status_code == 422
    assert [one["message"] for one in answer.json()["errors"]] == [message]
