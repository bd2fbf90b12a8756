"""A form that waits for password and second factor: nothing before both, and once after them."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlmodel import select

from registry.accounts.models import KeptFormRow
from registry.kit.db import read_session
from registry.notices.models import WebhookRow
from tests.frontend.account_site import NewDatabase, Town, opened, sign_in
from tests.frontend.test_account_kept import ADDRESS, HOOKS, KINDS, Day, confirm, hidden, send
from tests.frontend.test_account_second import code, set_up

TYPED = [("address", ADDRESS), *(("kind", kind) for kind in KINDS)]


@pytest.fixture
def town(new_database: NewDatabase) -> Iterator[Town]:
    with opened(new_database(), scheme="https") as found:
        found.employ()
        yield found


@pytest.fixture
def keys(town: Town) -> tuple[str, list[str]]:
    """The authenticator's secret and the recovery codes of the account."""
    browser = town.browser()
    assert sign_in(browser).status_code == 303
    return set_up(browser)


@pytest.fixture
def maker(town: Town, keys: tuple[str, list[str]]) -> TestClient:
    """A later session of the same account, that has shown a password alone."""
    browser = town.browser()
    assert sign_in(browser).status_code == 303
    return browser


def hooks(town: Town) -> list[str]:
    with read_session(town.site.engine) as session:
        return [row.address for row in session.exec(select(WebhookRow)).all()]


def asked_for_a_code(maker: TestClient, waiting: str) -> None:
    answer = maker.get(waiting)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/zh/account/second?next=%2Fzh%2Faccount%2Fconfirm%2Fkept")


def waits(answer: Response) -> str:
    """Where a form waits that was answered with the question for a code."""
    where = urlsplit(answer.headers["location"])
    assert (answer.status_code, where.path) == (303, "/zh/account/second")
    return parse_qs(where.query)["next"][0]


def prove(maker: TestClient, typed: str, waiting: str) -> int:
    answer = maker.post("/zh/account/second", data={"code": typed, "next": waiting})
    if answer.status_code == 303:
        assert answer.headers["location"] == waiting
    return answer.status_code


def carried_out(town: Town, maker: TestClient, waiting: str) -> None:
    """The button, as a browser follows it, and the button again."""
    assert hidden(maker.get(waiting).text) == TYPED
    assert hooks(town) == [], "neither the question nor the page has sent it"
    data = {"address": ADDRESS, "kind": KINDS}
    done = maker.post(waiting, data=data, follow_redirects=True)
    assert "whsec_" in done.text
    again = maker.post(waiting, data=data, follow_redirects=True)
    assert again.status_code == 409
    assert "没有再次提交" in again.text
    assert maker.get(waiting).status_code == 409
    assert hooks(town) == [ADDRESS]
    with read_session(town.site.engine) as session:
        row = session.get(KeptFormRow, UUID(waiting.rpartition("/")[2]))
    assert row is not None
    assert row.fields == "[]", "what was typed is forgotten"


@pytest.mark.parametrize("by", ["authenticator", "recovery"])
def test_password_and_code_lead_back_to_what_was_typed_and_it_is_carried_out_once(
    town: Town, keys: tuple[str, list[str]], maker: TestClient, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    Day(town, monkeypatch).at(11)
    waiting = send(maker)
    confirm(maker, waiting)
    asked_for_a_code(maker, waiting)
    secret, codes = keys
    assert prove(maker, code(secret) if by == "authenticator" else codes[0], waiting) == 303
    carried_out(town, maker, waiting)


def test_who_has_shown_a_password_lately_is_asked_for_the_code_alone(
    town: Town, keys: tuple[str, list[str]], maker: TestClient
) -> None:
    waiting = waits(maker.post(HOOKS, data={"address": ADDRESS, "kind": KINDS}))
    assert prove(maker, keys[1][0], waiting) == 303
    carried_out(town, maker, waiting)


@pytest.mark.parametrize("wrong", ["000000", "", "aaaa-aaaa-aaaa-aaaa", "x" * 400])
def test_a_wrong_code_keeps_the_form_and_sends_nothing(
    town: Town, keys: tuple[str, list[str]], maker: TestClient, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    Day(town, monkeypatch).at(11)
    waiting = send(maker)
    confirm(maker, waiting)
    assert prove(maker, wrong, waiting) == 422
    asked_for_a_code(maker, waiting)
    data = {"address": ADDRESS, "kind": KINDS}
    pressed = waits(maker.post(waiting, data=data))
    assert pressed != waiting, "the button needs the code too, and waits itself"
    assert hooks(town) == []
    assert prove(maker, keys[1][0], waiting) == 303
    carried_out(town, maker, waiting)
    assert maker.post(pressed, data=data, follow_redirects=True).status_code == 409
    assert hooks(town) == [ADDRESS]


def test_a_recovery_code_is_good_for_one_form(
    town: Town, keys: tuple[str, list[str]], maker: TestClient
) -> None:
    other = town.browser()
    assert sign_in(other).status_code == 303
    data = {"address": ADDRESS, "kind": KINDS}
    first, second = (waits(one.post(HOOKS, data=data)) for one in (maker, other))
    assert prove(maker, keys[1][0], first) == 303
    assert prove(other, keys[1][0], second) == 422
    asked_for_a_code(other, second)
