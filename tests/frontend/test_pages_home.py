"""The front page: figures, searches and doors that lead somewhere."""

from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from tests.frontend import filed
from tests.frontend.reading import Page


def home(site: TestClient, lang: str) -> Page:
    return Page(site.get(f"/{lang}/").text)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_figures_are_those_of_the_register(site: TestClient, lang: str) -> None:
    tallies = [int(one.text) for one in home(site, lang).one("dl", class_="tally").below("dd")]
    every = filed.found({})
    valid = len(filed.found({"status": ["valid"]}))
    declared = len([n for n in every if filed.filed(n)["data_kind"] != "none"])
    provinces = len({filed.filed(n)["province"] for n in every})
    assert tallies == [valid, 1, declared, provinces]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_link_of_the_front_page_leads_to_a_page(site: TestClient, lang: str) -> None:
    links = [href for href in home(site, lang).links if href.startswith("/")]
    assert len(links) > 15
    assert {href: site.get(href).status_code for href in links} == dict.fromkeys(links, 200)


def test_an_example_search_finds_products(site: TestClient) -> None:
    found = [href for href in home(site, "zh").links if "?kind=" in href]
    assert len(found) == 2
    for href in found:
        chosen = {"status": ["valid"], **parse_qs(urlsplit(href).query)}
        assert Page(site.get(href).text).total == len(filed.found(chosen)) > 0


def test_the_bare_address_is_chinese_whatever_the_browser_prefers(site: TestClient) -> None:
    answer = site.get("/", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.headers["location"]) == (302, "/zh/")


def test_every_page_says_the_data_are_invented_and_for_which_day(site: TestClient) -> None:
    for path in ("/zh/", "/zh/products", "/zh/compare", "/zh/verify", "/zh/help", "/zh/api"):
        shown = site.get(path).text
        assert "演示数据·无效凭证" in shown, path
        assert "2026年6月1日" in shown, path


def test_a_page_names_its_address_as_the_operator_gave_it(site: TestClient) -> None:
    """Not as the client gave it: whoever asks under another name must not move the canonical address."""
    shown = Page(site.get("/en/products?kind=glass", headers={"Host": "elsewhere.example"}).text)
    assert shown.one("link", rel="canonical").attributes["href"] == "https://greenmat.example/en/products"
    others = {
        one.attributes["hreflang"]: one.attributes["href"] for one in shown.all("link", rel="alternate")
    }
    assert others == {
        "en": "https://greenmat.example/en/products",
        "zh-CN": "https://greenmat.example/zh/products",
        "x-default": "https://greenmat.example/zh/products",
    }
