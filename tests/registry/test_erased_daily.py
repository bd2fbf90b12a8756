"""What was promised to go goes on its day by the worker alone, and a form with its session."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlmodel import Session

from registry.accounts import kept_forms, sessions
from registry.accounts.kept_forms import LASTS, KeptForm
from registry.accounts.models import AccountRow, KeptFormRow, SessionRow
from registry.kit.db import read_session, write_session
from registry.notices.sending import Sender
from registry.supervision.erasing import Keeping
from registry.supervision.models import ComplaintRow
from registry.telling.worker import Round
from tests.factories import NOW
from tests.registry import accounts
from tests.registry.webhooks import LOCAL
from tests.supervised import TERMS, complained, decided, registered

FORM = KeptForm("/zh/account", (("name", "示例（虚构）"),))


class Days:
    """A clock that is moved by hand."""

    now = NOW

    def __call__(self) -> datetime:
        return self.now


def every(engine: Engine, table: type[Any]) -> Sequence[Any]:
    with read_session(engine) as session:
        return session.scalars(select(table)).all()


def signed_in(session: Session) -> tuple[str, SessionRow]:
    account = session.scalars(select(AccountRow)).first() or accounts.account(session)
    token = sessions.begin(session, account.id, device="x", now=NOW, terms=accounts.TERMS)
    session.flush()
    found = sessions.find(session, token, now=NOW, terms=accounts.TERMS)
    assert found is not None
    row = session.get(SessionRow, found.session_id)
    assert row is not None
    return token, row


def test_the_worker_erases_complaints_and_forms_on_their_day(engine: Engine, tmp_path: Path) -> None:
    registered(engine)
    token, clock = complained(engine, tmp_path), Days()
    with write_session(engine) as session:
        decided(session, token)
        kept_forms.keep(session, signed_in(session)[1].id, FORM, now=NOW)
    worker = Round(engine, Sender(LOCAL, clock), clock, keeping=Keeping(tmp_path, TERMS.kept_days))
    worker.follow()
    assert (len(every(engine, ComplaintRow)), len(every(engine, KeptFormRow))) == (1, 1)
    clock.now = NOW + max(LASTS, timedelta(days=1))
    worker.follow()
    assert (len(every(engine, ComplaintRow)), every(engine, KeptFormRow)) == (1, [])
    clock.now = NOW + timedelta(days=3 + TERMS.kept_days)
    worker.follow()
    assert every(engine, ComplaintRow) == []


@pytest.mark.parametrize("way", ["own", "others", "token"])
def test_a_session_that_ends_takes_its_forms_with_it_and_no_others(engine: Engine, way: str) -> None:
    with write_session(engine) as session:
        token, ending = signed_in(session)
        other_token, other = signed_in(session)
        kept_forms.keep(session, ending.id, FORM, now=NOW)
        staying = kept_forms.keep(session, other.id, FORM, now=NOW)
        session.flush()
        if way == "own":
            assert sessions.end(session, ending.id, account_id=ending.account_id)
        elif way == "others":
            here = sessions.find(session, other_token, now=NOW, terms=accounts.TERMS)
            assert here is not None
            assert sessions.end_others(session, here) == 1
        else:
            sessions.end_by_token(session, token)
    assert [row.id for row in every(engine, KeptFormRow)] == [staying]
    assert len(every(engine, SessionRow)) == 1
