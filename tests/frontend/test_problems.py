"""Reporting a problem: a form without account or script, faults named, a number, a list for the operator."""

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from frontend import cli, terminal
from frontend.app import create_app
from registry.kit.settings import Settings
from tests.frontend.reading import Page

TYPED = {"kind": "wrong-figure", "about": "YS-1", "text": "碳足迹数值与报告不一致", "contact": ""}


@pytest.fixture
def fresh(new_database: Callable[[], Settings]) -> Iterator[TestClient]:
    """An empty register that takes two problems a day from one address."""
    settings = new_database().model_copy(update={"problems_per_day": 2, "problem_days": 7})
    with TestClient(create_app(settings), follow_redirects=False) as client:
        yield client


def send(client: TestClient, lang: str = "zh", **typed: str) -> tuple[int, Page]:
    answer = client.post(f"/{lang}/report-problem", data={**TYPED, **typed})
    return answer.status_code, Page(answer.text or "<main></main>")


def listed(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> str:
    settings: Settings = client.app.state.site.settings  # type: ignore[attr-defined]
    monkeypatch.setattr(terminal, "load", lambda: settings)
    monkeypatch.setenv("COLUMNS", "240")
    answer = CliRunner().invoke(cli.app, ["problems"])
    assert answer.exit_code == 0
    return answer.output


def test_a_problem_is_taken_with_a_number_and_listed_for_the_operator(
    fresh: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = fresh.post("/zh/report-problem", data=TYPED)
    assert answer.status_code == 303
    shown = Page(fresh.get(answer.headers["location"]).text)
    found = re.search(r"WT-[0-9A-Z]{8}", shown.words)
    assert found
    assert TYPED["text"] not in shown.words, "what was typed is for the operator alone"
    assert "7 天" in shown.words
    output = listed(fresh, monkeypatch)
    assert found[0] in output
    assert TYPED["text"] in output


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "短"}, "text"),
        ({"text": "长" * 2001}, "text"),
        ({"kind": "nonsense"}, "kind"),
        ({"about": "x" * 81}, "about"),
        ({"contact": "x" * 121}, "contact"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_fault_is_named_above_and_beside_its_field_and_nothing_typed_is_lost(
    fresh: TestClient, monkeypatch: pytest.MonkeyPatch, typed: dict[str, str], field: str, lang: str
) -> None:
    status, shown = send(fresh, lang, **typed)
    assert status == 422
    summary = shown.one("div", class_="summary")
    assert [one.attributes["href"] for one in summary.below("a")] == [f"#{field}"]
    assert summary.below("a")[0].text in shown.one("p", id=f"{field}-error").text
    kept = {**TYPED, **typed}
    assert shown.one("textarea", id="text").text == kept["text"].strip()
    assert shown.one("input", id="about").attributes["value"] == kept["about"]
    assert "0 problems" in listed(fresh, monkeypatch)


def test_one_address_has_its_share_and_is_told_so(fresh: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [send(fresh)[0] for _ in range(2)] == [303, 303]
    status, shown = send(fresh, text="第三个问题在这里")
    assert status == 429
    assert "2 个问题" in shown.one("div", class_="notice").text
    assert shown.one("textarea", id="text").text == "第三个问题在这里"
    assert "第三个" not in listed(fresh, monkeypatch)


def test_a_form_that_is_too_large_is_not_read(fresh: TestClient) -> None:
    assert send(fresh, text="长" * 40_000)[0] == 413


def test_a_form_from_another_site_is_refused(fresh: TestClient) -> None:
    answer = fresh.post("/zh/report-problem", data=TYPED, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


def test_the_operators_list_shows_what_was_typed_as_text(
    fresh: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither markup of the terminal nor its control characters take effect."""
    send(fresh, text="[red]badly[/red] \x1b[31mtyped\x07")
    output = listed(fresh, monkeypatch)
    assert "[red]badly[/red]" in output
    assert "\x07" not in output


@pytest.mark.parametrize("field", ["about", "text", "contact"])
def test_a_character_that_no_database_keeps_becomes_a_question_mark(
    fresh: TestClient, monkeypatch: pytest.MonkeyPatch, field: str
) -> None:
    assert send(fresh, **{field: "typed\x00thus"})[0] == 303
    assert "typed?thus" in listed(fresh, monkeypatch)


def test_the_form_knows_what_it_is_about(checks: TestClient) -> None:
    product = next(
        href for href in Page(checks.get("/zh/products?q=C30").text).links if "/zh/products/YS-P" in href
    )
    asked = next(href for href in Page(checks.get(product).text).links if "report-problem?about=" in href)
    shown = Page(checks.get(asked).text)
    assert shown.one("input", id="about").attributes["value"] == product.rsplit("/", 1)[1]
    assert product in shown.links


def test_strange_words_about_are_text_and_nothing_else(checks: TestClient) -> None:
    shown = Page(checks.get("/zh/report-problem", params={"about": '"><b>x\x00</b>'}).text)
    assert shown.one("input", id="about").attributes["value"].startswith('"><b>x')


@pytest.mark.parametrize("number", ["", "WT-1", "<b>", "WT-00000000x"])
def test_a_made_up_number_has_no_page(fresh: TestClient, number: str) -> None:
    assert fresh.get("/zh/report-problem/taken", params={"number": number}).status_code == 404


def test_expired_problems_go_when_the_site_opens(
    new_database: Callable[[], Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = new_database().model_copy(update={"problem_days": 1})
    with TestClient(create_app(settings), follow_redirects=False) as client:
        assert send(client)[0] == 303
    monkeypatch.setattr("frontend.site.clock.now", lambda: datetime(2100, 1, 1, tzinfo=UTC))
    with TestClient(create_app(settings)) as client, client.app.state.site.engine.connect() as connection:  # type: ignore[attr-defined]
        assert connection.exec_driver_sql("SELECT count(*) FROM problems").scalar_one() == 0
