"""Signing in while something changes: what is written after the answer, and what leaves no session."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlmodel import Session, select
from starlette.types import Message, Receive, Scope, Send

from frontend.pages.account import entry
from registry.access.actors import OPERATOR, ActorRole
from registry.accounts import logins, memberships, passwords
from registry.accounts.events import Moment
from registry.accounts.models import MembershipRow, SessionRow
from registry.kit import clock
from registry.kit.db import read_session, write_session
from tests.frontend.account_site import LOGIN, SAME, NewDatabase, Town, opened, sign_in, token


@pytest.fixture
def town(new_database: NewDatabase) -> Iterator[Town]:
    with opened(new_database()) as found:
        found.employ()
        yield found


@dataclass
class Told:
    """The application, noting when an answer has left."""

    app: FastAPI
    order: list[str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def noted(message: Message) -> None:
            await send(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                self.order.append("answered")

        await self.app(scope, receive, noted)


def test_a_known_login_is_answered_before_its_failure_is_written_down(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The time of a durable write would tell which logins are known."""
    order: list[str] = []
    monkeypatch.setattr(entry, "_note_failure", lambda *_: order.append("noted"))
    browser = TestClient(Told(town.app, order), "http://testserver", headers=SAME)
    assert sign_in(browser, password="wrong").status_code == 422
    assert order == ["answered", "noted"]


def _new_password(session: Session) -> None:
    account = logins.by_login(session, LOGIN)
    assert account
    logins.set_password(session, account.id, passwords.hashed("another"), moment=Moment(clock.now()))


def _disable(session: Session) -> None:
    logins.disable(session, LOGIN, moment=Moment(clock.now()))


@pytest.mark.parametrize("change", [_new_password, _disable])
def test_what_changed_while_a_password_was_compared_leaves_no_session(
    town: Town, monkeypatch: pytest.MonkeyPatch, change: Callable[[Session], None]
) -> None:
    matches = passwords.matches

    def meanwhile(stored: str | None, password: str) -> bool:
        found = matches(stored, password)
        with write_session(town.site.engine) as session:
            change(session)
        return found

    monkeypatch.setattr(passwords, "matches", meanwhile)
    browser = town.browser()
    assert sign_in(browser).status_code == 422
    assert token(browser) == ""
    with read_session(town.site.engine) as session:
        assert session.scalars(select(SessionRow)).all() == []


def test_a_demonstration_role_that_has_ended_has_no_button(town: Town) -> None:
    with write_session(town.site.engine) as session:
        held = session.scalars(select(MembershipRow).where(MembershipRow.role == ActorRole.AUDITOR)).one()
        memberships.end(session, held.id, actor=OPERATOR, moment=Moment(clock.now()))
    answer = town.browser().post("/zh/account/sign-in/demonstration", data={"role": "auditor"})
    assert answer.status_code == 404
