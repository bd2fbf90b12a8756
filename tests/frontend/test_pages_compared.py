"""Limits typed among the words: a chip says them, takes them away, and the list is that of the limit."""

import csv
import io
from urllib.parse import urlencode

import pytest
from fastapi.testclient import TestClient

from registry.kit.messages import say
from tests.frontend.kept import document, press
from tests.frontend.reading import Page

LANGS = ("zh", "en")
CHIP = {"zh": "传热系数 ≤ 1.5 W/(m²·K)", "en": "1.5 W/(m²·K)"}


def asked(site: TestClient, lang: str = "zh", **query: str) -> Page:
    answer = site.get(f"/{lang}/products?{urlencode({'status': 'all', **query})}")
    assert answer.status_code == 200
    return Page(answer.text)


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "typed", ["中空玻璃 传热系数≤1.5", "中空玻璃 U≤1.5 W/(m²·K)", "中空玻璃传热系数1.5以下"]
)
def test_a_limit_among_the_words_finds_what_the_limit_finds(
    checks: TestClient, lang: str, typed: str
) -> None:
    shown = asked(checks, lang, q=typed)
    limited = asked(checks, lang, **{"q": "中空玻璃", "attr.u_value_max": "1.5"})
    every = asked(checks, lang, q="中空玻璃")
    assert (shown.total, shown.cards) == (limited.total, limited.cards)
    assert 0 < shown.total < every.total
    assert shown.one("input", id="q").attributes["value"] == typed
    chip = next(one for one in shown.all("a", class_="chip") if CHIP[lang] in one.text)
    assert Page(checks.get(chip.attributes["href"]).text).total == every.total


def test_the_address_wins_over_the_words_and_it_is_said(checks: TestClient) -> None:
    given = {"attr.u_value_max": "2"}
    shown = asked(checks, q="中空玻璃 传热系数≤1.5", **given)
    assert shown.total == asked(checks, q="中空玻璃", **given).total
    facts = {"said": "传热系数≤1.5", "name": "attr.u_value_max"}
    assert say("search.compared-twice", "zh", facts) in shown.words


def test_what_is_no_limit_stays_words(checks: TestClient) -> None:
    shown = asked(checks, q="水泥 强度不低于42.5")
    assert all("42.5" not in one.text for one in shown.all("a", class_="chip"))


def test_files_and_kept_searches_name_the_limit(checks: TestClient) -> None:
    query = urlencode({"q": "中空玻璃 传热系数≤1.5", "status": "all"})
    text = checks.get(f"/zh/products.csv?{query}").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert any("attr.u_value_max = 1.5" in row for row in rows)
    content = document(checks, press(checks, query))["content"]
    assert content["words"] == "中空玻璃"
    assert ("attr.u_value_max", "1.5") in {(one["name"], one["value"]) for one in content["filters"]}
    assert content["total"] == asked(checks, q="中空玻璃 传热系数≤1.5").total


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    ("typed", "said", "why"),
    [
        ("中空玻璃 传热系数<1.5", "传热系数<1.5", "search.compared-strict"),
        ("碳足迹≤3 中空玻璃", "碳足迹≤3", "search.compared-footprint"),
    ],
)
def test_a_limit_that_cannot_be_used_is_said(
    checks: TestClient, lang: str, typed: str, said: str, why: str
) -> None:
    """It lists what the other words find, instead of what happens to state the number."""
    shown = asked(checks, lang, q=typed)
    every = asked(checks, lang, q="中空玻璃")
    assert (shown.total, shown.cards) == (every.total, every.cards)
    assert say(why, lang, {"said": said}) in shown.words
