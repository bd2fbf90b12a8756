"""A search whose list is short or empty says why, and leads to what it leaves out."""

import re
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from registry.kit.messages import say
from search.engine.ports import Widened
from tests.frontend import filed
from tests.frontend.kept import ask, document, press
from tests.frontend.reading import Page
from tests.frontend.register import BARE, case
from tests.frontend.test_pages_products import USUAL, page

LANGS = ("zh", "en")


def asked(site: TestClient, lang: str = "zh", **query: str) -> Page:
    return page(site, urlencode(query), lang)


@pytest.mark.parametrize("lang", LANGS)
def test_what_the_usual_filter_hides_is_counted_and_one_link_away(site: TestClient, lang: str) -> None:
    number = case(BARE).product.name_zh
    shown = asked(site, lang, q=number)
    count = asked(site, lang, q=number, status="all").total
    assert shown.total == 0
    assert count
    assert say("search.all-hidden", lang, {"count": str(count)}) in shown.words
    show = next(
        one for one in shown.all("a") if one.text == say("search.show-hidden", lang, {"count": str(count)})
    )
    assert Page(site.get(show.attributes["href"]).text).total == count


def test_words_are_not_loosened_while_a_product_has_them_all(site: TestClient) -> None:
    shown = asked(site, q=case(BARE).product.name_zh)
    assert shown.cards == []
    assert "没有产品同时含有全部词语" not in shown.words


@pytest.mark.parametrize(
    ("typed", "widened"),
    [
        ("水尼", Widened.SOUND),
        ("水泥 卫生间用", Widened.PURPOSE),
        ("矿渣水泥", Widened.KIND),
        ("水泥 zzzzzz", Widened.WORDS),
    ],
)
def test_how_a_search_was_widened_is_said_alike_everywhere(
    site: TestClient, typed: str, widened: Widened
) -> None:
    said = [say(f"search.widened.{widened}", lang, {}) for lang in LANGS]
    answer = site.get("/api/v1/search", params={"q": typed}).json()
    assert (answer["relaxed"], answer["widened"]) == (True, widened)
    for lang, sentence in zip(LANGS, said, strict=True):
        assert sentence in asked(site, lang, q=typed).words
    for kept in (press(site, f"q={typed}"), ask(site, f"q={typed}")["href"]):
        sealed = site.get(kept).json() if kept.startswith("/api") else document(site, kept)
        assert {"zh": said[0], "en": said[1]} in sealed["content"]["notices"]


@pytest.mark.parametrize("typed", ["水泥", "cement"])
def test_a_file_and_a_kept_list_say_no_more_than_the_page(site: TestClient, typed: str) -> None:
    """Once they said of a list of valid products that none of them was valid."""
    query = urlencode({"q": typed})
    shown = asked(site, q=typed)
    assert shown.total
    sealed = document(site, press(site, query))["content"]
    assert sealed["notices"] == []
    assert say("search.hidden-text", "zh", {}) not in shown.words
    assert say("search.hidden-text", "zh", {}) not in site.get(f"/zh/products.csv?{query}").text


def test_what_a_filter_shuts_out_is_not_answered_with_other_things(site: TestClient) -> None:
    """The page and the interface find the same, and say why there is nothing."""
    bare = case(BARE).product.name_zh
    everywhere = asked(site, q=bare, status="all").total
    query = {"q": bare, "status": "valid"}
    answer = site.get("/api/v1/search", params=query).json()
    assert (answer["total"], answer["relaxed"]) == (0, False)
    assert asked(site, **query).total == 0
    said = say("search.words-elsewhere", "zh", {"count": everywhere})
    assert [(one["code"], one["message"]) for one in answer["problems"]] == [("search.words-elsewhere", said)]
    sealed = site.get(ask(site, urlencode(query))["href"]).json()["content"]
    assert (sealed["total"], [one["zh"] for one in sealed["notices"]]) == (0, [said])
    kept = document(site, press(site, urlencode({"q": bare, "star": "1", "status": "all"})))
    assert said in [one["zh"] for one in kept["content"]["notices"]]


def test_each_step_has_a_sentence_of_its_own_and_a_place_in_the_help(site: TestClient) -> None:
    for lang in LANGS:
        assert len({say(f"search.widened.{one}", lang, {}) for one in Widened}) == len(Widened)
        shown = Page(site.get(f"/{lang}/help/order").text)
        steps = next(item for item in shown.all("li") if item.below("ol"))
        assert len(steps.below("li")) == len(Widened)
        assert "Meilisearch" in shown.words


def test_a_thing_that_is_not_registered_is_said_not_to_be(site: TestClient) -> None:
    shown = asked(site, q="防火门")
    assert shown.total == 0
    assert "本库没有产品含有“防火门”" in shown.words


@pytest.mark.parametrize("typed", ["😀", '"', "   ", "…"])
def test_a_text_without_a_word_is_said_not_to_be_understood(site: TestClient, typed: str) -> None:
    shown = asked(site, q=typed)
    assert "没有读懂要找什么" in shown.words
    assert shown.total == len(filed.found(USUAL))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("status", "any"),
        ("province", "999999"),
        ("kind", "zzz"),
        ("star", "9"),
        ("sort", "up"),
        ("level", "p1"),
    ],
)
def test_a_value_that_does_not_exist_is_named_and_filters_nothing(
    site: TestClient, name: str, value: str
) -> None:
    shown = asked(site, **{name: value})
    assert say("search.unknown-value", "zh", {"name": name, "value": value}) in shown.words
    assert shown.total == len(filed.found(USUAL))
    assert all(value not in one.text for one in shown.all("a", class_="chip"))


def test_a_name_that_does_not_exist_is_named(site: TestClient) -> None:
    assert (
        say("search.unknown-parameter", "en", {"name": "gwp_mean"}) in asked(site, "en", gwp_mean="abc").words
    )


def test_a_long_text_is_shortened_and_says_so(site: TestClient) -> None:
    answer = site.get("/zh/products", params={"q": "水泥" * 1000})
    shown = Page(answer.text)
    assert "只搜索了前 200 个字符" in shown.words
    title = re.search("<title>(.*?)</title>", answer.text, re.DOTALL)
    assert title is not None
    assert len(title[1]) < 80


def test_sorting_by_a_figure_says_what_has_none(site: TestClient) -> None:
    usual = {"kind": "cement", "performance": "42.5"}
    every, ordered = asked(site, **usual), asked(site, **usual, sort="gwp")
    missing = every.total - ordered.total
    assert ordered.counts("kind")["cement"] == ordered.counts("performance")["42.5"] == ordered.total
    assert missing
    assert f"其中 {missing} 个没有可比的碳足迹" in ordered.words
    show = next(one for one in ordered.all("a") if one.text == f"不比碳足迹，列出全部 {every.total} 个")
    assert Page(site.get(show.attributes["href"]).text).total == every.total


def test_a_kind_without_one_valid_certificate_is_not_passed_over(checks: TestClient) -> None:
    """Coatings with cement in them have certificates; cement itself has none in the demonstration."""
    shown, every = asked(checks, q="水泥"), asked(checks, kind="cement", status="all")
    assert shown.total
    assert f"水泥有 {every.total} 个，但都没有有效证书" in shown.words
    show = next(one for one in shown.all("a") if one.text == f"显示这 {every.total} 个")
    assert Page(checks.get(show.attributes["href"]).text).total == every.total


@pytest.mark.parametrize("query", ["磷石膏板", "P.O 42.5", "phosphogypsum board"])
def test_boards_and_cements_without_certificates_are_offered_and_not_replaced(
    checks: TestClient, query: str
) -> None:
    shown, every = asked(checks, q=query), asked(checks, q=query, status="all")
    assert (shown.total, shown.cards) == (0, [])
    assert f"有 {every.total} 个，但都没有有效证书" in shown.words


@pytest.mark.parametrize("lang", LANGS)
def test_the_spread_of_the_found_figures_has_a_table_that_adds_up(site: TestClient, lang: str) -> None:
    """Without its own limit: the bars beside a limit show what the limit leaves out."""
    narrow = {"kind": "cement", "performance": "42.5", "status": "valid"}
    compared, limited = asked(site, lang, **narrow, sort="gwp"), asked(site, lang, **narrow, max="640")
    assert 0 < limited.total < compared.total
    counts = _spread_counts(limited, lang)
    assert sum(counts) == compared.total
    assert counts == _spread_counts(asked(site, lang, **narrow), lang)
    assert say("facet.spread", lang, {}) not in asked(site, lang).words


def _spread_counts(shown: Page, lang: str) -> list[int]:
    title = say("facet.spread", lang, {})
    table = next(
        one for one in shown.all("table") if any(title in head.text for head in one.below("caption"))
    )
    return [int(cell.text) for cell in table.below("td")]
