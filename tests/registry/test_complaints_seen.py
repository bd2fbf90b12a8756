"""Who sees a complaint whole: no officer with a part in it; and no list of them is cut off."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from registry.access.actors import ActorRole
from registry.kit.db import write_session
from registry.kit.errors import NotFound
from registry.supervision import handling
from registry.supervision.models import ComplaintRow
from tests.factories import key
from tests.supervised import (
    FIRST,
    MAKER,
    SECOND,
    TERMS,
    THIRD,
    actor,
    by,
    complained,
    found,
    origin,
    registered,
)


@pytest.fixture
def register(engine: Engine) -> Engine:
    registered(engine)
    return engine


@pytest.mark.parametrize("acts_for", [800, 1])
def test_an_officer_of_any_party_of_the_case_does_not_see_it(
    register: Engine, tmp_path: Path, acts_for: int
) -> None:
    """The permission table knows the respondent alone; a party by any other part is as interested."""
    token = complained(register, tmp_path)
    both = frozenset({key("organisation", 800), key("organisation", 1)})
    interested = replace(actor(ActorRole.REGISTRY_OFFICER, acts_for, 8), organisations=both)
    with write_session(register) as session:
        row = session.scalars(select(ComplaintRow)).one()
        row.respondent_id = key("organisation", 2)
        assert str(key("organisation", 1)) in row.parties.split()
        session.flush()
        number = found(session, token).number
        with pytest.raises(NotFound):
            handling.read(session, number, by(interested))
        assert handling.of_office(session, by(interested)) == []
        with pytest.raises(NotFound):
            handling.admit(session, number, by(interested), reply_days=1)
        assert handling.read(session, number, by(FIRST))[1] is None


def test_an_officer_who_complained_does_not_see_it_as_one(register: Engine, tmp_path: Path) -> None:
    token = complained(register, tmp_path, where=origin(one=THIRD))
    with write_session(register) as session:
        assert handling.of_office(session, by(THIRD)) == []
        with pytest.raises(NotFound):
            handling.read(session, found(session, token).number, by(THIRD))


def test_nothing_is_cut_off_the_lists_however_many_complaints_there_are(
    register: Engine, tmp_path: Path
) -> None:
    token = complained(register, tmp_path)
    with write_session(register) as session:
        first = session.scalars(select(ComplaintRow)).one().model_dump()
        for n in range(600):
            more = {"id": key("complaint", n), "number": f"TS-{n:08}", "token_sha256": f"{n:064}"}
            session.add(ComplaintRow(**{**first, **more}))
        session.flush()
        handling.admit(session, found(session, token).number, by(FIRST), reply_days=TERMS.reply_days)
        assert [one.number for one in handling.of_party(session, by(MAKER))] == [found(session, token).number]
        assert len(handling.of_office(session, by(SECOND))) == 601
