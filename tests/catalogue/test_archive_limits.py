"""The daily share of one address: counted without the address, gone with the day."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select, text

from catalogue.archive.limits import TooManyKept, admit, peek
from catalogue.archive.models import KeepingRow
from registry.kit.db import read_session, write_session

LAST = datetime(2026, 11, 20, 15, 59, tzinfo=UTC)  # one minute before midnight in China
HOME, ELSEWHERE = "192.0.2.7", "2001:db8::7"


def keeps(engine: Engine, address: str = HOME, *, now: datetime = LAST) -> None:
    with write_session(engine) as session:
        admit(session, address, now=now, per_day=2)


def test_an_address_has_its_share_and_others_have_their_own(engine: Engine) -> None:
    keeps(engine)
    keeps(engine)
    with pytest.raises(TooManyKept) as refused:
        keeps(engine)
    assert (refused.value.key, refused.value.status) == ("archive-too-often", 429)
    assert refused.value.facts == {"limit": 2}
    keeps(engine, ELSEWHERE)


def test_a_new_day_in_china_brings_a_new_share_and_forgets_the_old_one(engine: Engine) -> None:
    keeps(engine)
    keeps(engine)
    keeps(engine, now=LAST + timedelta(minutes=1))
    with read_session(engine) as session:
        assert len(session.scalars(select(KeepingRow)).all()) == 1
        days = session.execute(text("SELECT day FROM problem_sender_keys")).all()
    assert len(days) == 1, "the key of yesterday's digests is gone"


def test_no_table_holds_an_address(engine: Engine) -> None:
    keeps(engine)
    with read_session(engine) as session:
        assert HOME not in str(session.execute(text("SELECT * FROM archive_senders")).all())


def test_a_refusal_counts_for_nothing(engine: Engine) -> None:
    keeps(engine)
    keeps(engine)
    for _ in range(3):
        with pytest.raises(TooManyKept):
            keeps(engine)
    with read_session(engine) as session:
        assert len(session.scalars(select(KeepingRow)).all()) == 2


def test_whoever_had_their_share_is_refused_before_any_work_and_a_look_counts_nothing(engine: Engine) -> None:
    def looks(address: str = HOME) -> None:
        with read_session(engine) as session:
            peek(session, address, now=LAST, per_day=2)
            assert not session.new

    looks()
    keeps(engine)
    for _ in range(3):
        looks()
    keeps(engine)
    with pytest.raises(TooManyKept):
        looks()
    looks(ELSEWHERE)
