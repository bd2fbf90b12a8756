"""Help: every refusal has its page, every link leads somewhere, both languages hold the same."""

import re

import pytest
from fastapi.testclient import TestClient

from frontend.pages.error_codes import codes
from registry.kit.settings import Settings
from tests.frontend.reading import Page

PAGES = (
    "help",
    "help/about",
    "help/method",
    "help/evidence",
    "help/order",
    "help/accessibility",
    "help/privacy",
    "api",
)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_a_help_page_leads_to_a_page(site: TestClient, path: str, lang: str) -> None:
    answer = site.get(f"/{lang}/{path}")
    assert answer.status_code == 200
    links = {href for href in Page(answer.text).links if href.startswith("/")}
    assert {href: site.get(href).status_code for href in links} == dict.fromkeys(links, 200)


@pytest.mark.parametrize("code", codes())
def test_every_refusal_is_explained_in_both_languages(site: TestClient, code: str) -> None:
    pages = [Page(site.get(f"/{lang}/help/errors/{code}").text) for lang in ("zh", "en")]
    for shown in pages:
        assert code in shown.words
        assert str(codes()[code]) in shown.words
    assert pages[0].title != pages[1].title
    assert not re.search(r"[\u4e00-\u9fff]", pages[1].title)
    assert f"/zh/help/errors/{code}" in Page(site.get("/zh/help").text).links


def test_the_type_of_a_problem_leads_to_the_list_of_codes(site: TestClient) -> None:
    kind = site.get("/api/v1/products/x").json()["type"]
    path, _, anchor = kind.partition("#")
    moved = site.get(path)
    assert moved.status_code == 302
    target = moved.headers["location"].partition("#")[0]
    shown = Page(site.get(target).text)
    assert f"/zh/help/errors/{anchor}" in shown.links


@pytest.mark.parametrize("old", ["help/report", "feedback"])
def test_addresses_printed_earlier_lead_to_the_form(site: TestClient, old: str) -> None:
    moved = site.get(f"/zh/{old}?about=YS-1")
    assert (moved.status_code, moved.headers["location"]) == (301, "/zh/report-problem?about=YS-1")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_privacy_page_names_the_days_of_the_settings(site: TestClient, lang: str) -> None:
    settings = Settings()
    shown = Page(site.get(f"/{lang}/help/privacy").text).words
    assert {str(settings.check_days), str(settings.problem_days)} <= set(re.findall(r"\d+", shown))


def test_an_example_of_the_interface_answers_as_it_stands(site: TestClient) -> None:
    shown = Page(site.get("/en/api").text)
    commands = [one.text for one in shown.all("pre")]
    assert len(commands) == 5
    assert not any("{" in command for command in commands)
    for command in commands:
        address, *data = re.findall(r"'([^']+)'", command)
        params = [tuple(one.split("=", 1)) for one in data]
        answer = site.get(address.removeprefix("https://greenmat.example"), params=params or None)
        assert answer.status_code == 200, command


def test_the_example_of_a_check_names_a_rule_that_exists(checks: TestClient) -> None:
    command = next(one.text for one in Page(checks.get("/en/api").text).all("pre") if "/checks" in one.text)
    pack = re.search(r"-F pack=(\S+)", command)
    assert pack is not None
    answer = checks.post(
        "/api/v1/checks", data={"pack": pack[1]}, files={"file": ("bill.csv", "名称,单位,数量\n水泥,t,1\n")}
    )
    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_guides_come_first_and_the_codes_are_folded_away(site: TestClient, lang: str) -> None:
    shown = Page(site.get(f"/{lang}/help").text)
    folded = shown.one("details", id="errors")
    assert "open" not in folded.attributes
    assert len(folded.below("li")) == len(codes())
    assert shown.links.index(f"/{lang}/help/method") < shown.links.index(f"/{lang}/help/errors/not-found")


@pytest.mark.parametrize("path", ["", "help/about", "help/evidence"])
def test_a_plain_sentence_says_that_everything_is_invented(site: TestClient, path: str) -> None:
    assert re.search("虚构", Page(site.get(f"/zh/{path}").text).words)
    assert "invented" in Page(site.get(f"/en/{path}").text).words


def test_the_site_claims_nothing_about_itself_that_is_not_there(site: TestClient) -> None:
    words = Page(site.get("/zh/help/about").text).words
    assert not re.search("两人|双人|核验凭证|电子签名", words)
