"""Help: every refusal has its page, every link leads somewhere, both languages hold the same."""

import re

import pytest
from fastapi.testclient import TestClient

from frontend.pages.error_codes import codes
from registry.kit.settings import Settings
from tests.frontend.reading import Page

PAGES = ("help", "help/about", "help/method", "help/evidence", "help/accessibility", "help/privacy", "api")


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
    commands = re.findall(r"curl '(?:https://greenmat\.example)?([^']+)'", shown.words)
    assert len(commands) == 5
    whole = [command for command in commands if "{" not in command]
    assert {command: site.get(command).status_code for command in whole} == dict.fromkeys(whole, 200)
