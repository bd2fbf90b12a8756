"""Digests of addresses: one key a day whoever comes first, and none of the days before."""

from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlmodel import col, select

from registry.access import senders
from registry.access.models import SenderKeyRow
from registry.accounts import events
from registry.accounts.events import Kind
from registry.kit.clock import civil_day
from registry.kit.db import read_session, write_session
from tests.registry.accounts import ADDRESS, NOW, account, at

TODAY = civil_day(NOW)


def test_two_who_come_first_at_once_get_one_key(engine: Engine) -> None:
    """Another's key is written between our look and our own insertion, as PostgreSQL lets it happen."""
    theirs = "ab" * senders.KEY_BYTES
    raced: list[str] = []

    def race(connection: Connection, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("INSERT INTO problem_sender_keys") and not raced:
            raced.append(statement)
            connection.execute(SenderKeyRow.__table__.insert().values(day=TODAY, key=theirs))  # type: ignore[attr-defined]

    event.listen(engine, "before_cursor_execute", race)
    try:
        with write_session(engine) as session:
            first = senders.digest(session, ADDRESS, TODAY)
    finally:
        event.remove(engine, "before_cursor_execute", race)
    assert raced
    with write_session(engine) as session:
        assert senders.digest(session, ADDRESS, TODAY) == first
        assert session.scalars(select(SenderKeyRow.key)).all() == [theirs]


def test_the_history_of_accounts_keeps_no_key_of_yesterday(engine: Engine) -> None:
    with write_session(engine) as session:
        made = account(session)
        events.note(session, made.id, Kind.SIGNED_IN, at(days=1))
    with read_session(engine) as session:
        assert session.scalars(select(col(SenderKeyRow.day))).all() == [civil_day(at(days=1).now)]
