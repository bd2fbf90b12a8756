"""A complaint is told to its party, a forwarded one to the body; replies are reminded of; no word is told."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from registry.kit.db import read_session, write_session
from registry.notices import reading
from registry.notices.models import NoticeRow
from registry.supervision import handling
from registry.telling import follow
from tests.factories import NOW, key
from tests.supervised import FIRST, MAKER, SECOND, TERMS, TODAY, UPHELD, WORDS, by, complained, found
from tests.supervised import registered as register_all

PARTY, ISSUER = key("organisation", 1), key("organisation", 900)


@pytest.fixture
def register(engine: Engine) -> Engine:
    register_all(engine)
    return engine


def told(engine: Engine) -> list[tuple[str, bool]]:
    """The kinds of notices in order, and whether each went to the party rather than the body."""
    with read_session(engine) as session:
        rows = [*reading.after(session, PARTY, 0), *reading.after(session, ISSUER, 0)]
        owners = {one.id: session.get_one(NoticeRow, one.id).organisation_id for one in rows}
        assert all(WORDS not in str(one.facts) + one.sentence("zh") for one in rows)
    found = sorted(rows, key=lambda one: one.position)
    return [
        (one.kind.removeprefix("complaint."), owners[one.id] == PARTY)
        for one in found
        if one.kind.about == "complaint"
    ]


def remind(engine: Engine, days: int) -> None:
    follow.remind(engine, TODAY + timedelta(days=days), now=NOW + timedelta(days=days))


def test_party_and_body_hear_of_each_step_that_concerns_them_once(register: Engine, tmp_path: Path) -> None:
    token = complained(register, tmp_path)
    assert told(register) == [], "a complaint that nobody has looked at is no news"
    with write_session(register) as session:
        number = found(session, token).number
        for _ in range(2):
            handling.admit(session, number, by(FIRST), reply_days=TERMS.reply_days)
        handling.forward(session, number, by(FIRST, 1))
        handling.reply(session, number, by(MAKER, 2, days=2), words="我方已更换（虚构）。")
        for _ in range(2):
            handling.decide(session, number, by(SECOND, 3, days=3), UPHELD)
    assert told(register) == [("received", True), ("received", False), ("decided", True)]


def test_a_reply_is_reminded_of_once_three_days_before(register: Engine, tmp_path: Path) -> None:
    tokens = [complained(register, tmp_path) for _ in range(2)]
    with write_session(register) as session:
        late, quick = (found(session, token).number for token in tokens)
        for number in (late, quick):
            handling.admit(session, number, by(FIRST), reply_days=15)
        handling.reply(session, quick, by(MAKER, 1, days=2), words="我方已更换（虚构）。")
    counts = []
    for day in (11, 12, 13, 15, 16):
        remind(register, day)
        counts.append(told(register).count(("reply-due", True)))
    assert counts == [0, 1, 1, 1, 1]
    with read_session(register) as session:
        (due,) = [one for one in reading.after(session, PARTY, 0) if one.kind == "complaint.reply-due"]
    assert (due.code, due.facts["day"]) == (late, (TODAY + timedelta(days=15)).isoformat())


def test_what_is_dismissed_or_rolled_back_is_told_to_nobody(register: Engine, tmp_path: Path) -> None:
    token = complained(register, tmp_path)

    def admit_and_fail() -> None:
        with write_session(register) as session:
            handling.admit(session, found(session, token).number, by(FIRST), reply_days=15)
            raise RuntimeError("the machine stops here")

    with pytest.raises(RuntimeError):
        admit_and_fail()
    with write_session(register) as session:
        handling.dismiss(session, found(session, token).number, by(FIRST), words="与登记内容无关。")
    remind(register, 12)
    assert told(register) == []
