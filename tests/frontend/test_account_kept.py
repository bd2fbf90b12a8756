"""A form that asked who one is comes back as it was typed: to its session, soon, and never a secret."""

from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlmodel import select

from registry.accounts.kept_forms import LASTS, MOST
from registry.accounts.models import KeptFormRow
from registry.kit.clock import asked_now, now
from registry.kit.db import read_session
from registry.notices.models import WebhookRow
from tests.frontend.account_site import PASSWORD, NewDatabase, Town, opened, sign_in
from tests.frontend.reading import Page

HOOKS = "/zh/account/organisation/webhooks"
ADDRESS = 'https://erp.example.com/a?b=1&c="2"'
KINDS = ["certificate.suspended", "application.returned"]


@pytest.fixture
def town(new_database: NewDatabase) -> Iterator[Town]:
    with opened(new_database()) as found:
        found.employ()
        yield found


class Day:
    """The clock of a town, moved on by minutes."""

    def __init__(self, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
        self.town, self.patch, self.start = town, monkeypatch, now()

    def at(self, minutes: float) -> None:
        then = self.start + timedelta(minutes=minutes)
        self.patch.setattr("frontend.identify.clock.now", lambda: then)
        self.town.app.dependency_overrides[asked_now] = lambda: then


@pytest.fixture
def day(town: Town, monkeypatch: pytest.MonkeyPatch) -> Day:
    return Day(town, monkeypatch)


@pytest.fixture
def maker(town: Town) -> TestClient:
    browser = town.browser()
    assert sign_in(browser).status_code == 303
    return browser


def following(answer: Response) -> str:
    """Where somebody who was asked goes on."""
    assert answer.status_code == 303
    where = urlsplit(answer.headers["location"])
    assert where.path == "/zh/account/confirm"
    return parse_qs(where.query)["next"][0]


def send(browser: TestClient) -> str:
    return following(browser.post(HOOKS, data={"address": ADDRESS, "kind": KINDS}))


def confirm(browser: TestClient, following: str) -> None:
    answer = browser.post("/zh/account/confirm", data={"password": PASSWORD, "next": following})
    assert answer.headers["location"] == following


def hidden(text: str) -> list[tuple[str, str]]:
    fields = Page(text).all("input", type="hidden")
    return [(one.attributes["name"] or "", one.attributes["value"] or "") for one in fields]


def kept(town: Town) -> list[KeptFormRow]:
    with read_session(town.site.engine) as session:
        return list(session.exec(select(KeptFormRow)).all())


def test_what_was_typed_is_sent_on_by_one_button_after_the_question(
    town: Town, day: Day, maker: TestClient
) -> None:
    day.at(11)
    waiting = send(maker)
    assert maker.get(waiting).status_code == 303, "whoever has not confirmed sees nothing of it"
    confirm(maker, waiting)
    shown = maker.get(waiting)
    assert hidden(shown.text) == [("address", ADDRESS), *(("kind", kind) for kind in KINDS)]
    form = Page(shown.text).one("form", action=waiting)
    assert form.attributes["method"] == "post"
    with read_session(town.site.engine) as session:
        assert session.exec(select(WebhookRow)).all() == [], "a link alone does nothing"
    sent = maker.post(waiting, data={"address": ADDRESS, "kind": KINDS})
    assert (sent.status_code, sent.headers["location"]) == (307, HOOKS), "a browser repeats form and method"
    answer = maker.post(HOOKS, data={"address": ADDRESS, "kind": KINDS})
    assert "whsec_" in answer.text
    with read_session(town.site.engine) as session:
        row = session.exec(select(WebhookRow)).one()
    assert (row.address, row.kinds.split()) == (ADDRESS, sorted(KINDS))


def test_another_session_and_another_person_find_nothing(town: Town, day: Day, maker: TestClient) -> None:
    day.at(11)
    waiting = send(maker)
    same, other = town.browser(), town.browser()
    assert sign_in(same).status_code == 303
    town.employ("wang@example.com")
    assert sign_in(other, "wang@example.com").status_code == 303
    assert [one.get(waiting).status_code for one in (same, other)] == [404, 404]
    assert town.browser().get(waiting).headers["location"].startswith("/zh/account/sign-in")


def test_it_is_gone_after_half_an_hour_and_few_are_kept_at_once(
    town: Town, day: Day, maker: TestClient
) -> None:
    waiting = list[str]()
    for place in range(MOST + 2):
        day.at(11 + place / 100)
        waiting.append(send(maker))
    assert len(kept(town)) == MOST
    day.at(11 + LASTS.total_seconds() / 60 - 1)
    confirm(maker, waiting[-1])
    assert [maker.get(one).status_code for one in waiting] == [404] * 2 + [200] * MOST
    day.at(12 + LASTS.total_seconds() / 60)
    assert maker.get(waiting[-1]).status_code == 404
    day.at(60)
    send(maker)
    assert len(kept(town)) == 1, "what is too old is deleted with the next"


@pytest.mark.parametrize(
    "sent",
    [
        {"url": "/zh/account/password", "data": {"password": "a new long password"}},
        {"url": HOOKS, "data": {"address": "", "kind": ""}},
        {"url": HOOKS, "data": {"address": "x" * 17_000}},
        {"url": HOOKS, "json": {"address": ADDRESS}},
        {"url": HOOKS},
    ],
)
def test_no_secret_nothing_empty_nothing_large_and_no_program_is_kept(
    town: Town, day: Day, maker: TestClient, sent: dict[str, object]
) -> None:
    day.at(11)
    answer = maker.post(**sent, headers={"Referer": f"http://testserver{HOOKS}"})  # type: ignore[arg-type]
    assert following(answer) == HOOKS
    assert kept(town) == []


def test_a_chosen_file_is_left_out_and_every_sign_comes_back(town: Town, day: Day, maker: TestClient) -> None:
    day.at(11)
    odd = "第一行\n<b>\"'&amp; \x00\U0001f600 \x7f"
    typed = {"address": odd}
    waiting = following(maker.post(HOOKS, data=typed, files={"paper": ("a.pdf", b"%PDF-1.7 x")}))
    confirm(maker, waiting)
    (row,) = kept(town)
    assert "PDF" not in row.fields
    assert [value.replace("\x00", "�") for _, value in hidden(maker.get(waiting).text)] == [
        odd.replace("\x00", "�")
    ]
