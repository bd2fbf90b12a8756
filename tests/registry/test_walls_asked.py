"""The second wall asked by product lists and by the program that tells organisations: no filter, no leak."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, delete, select, update
from sqlmodel import Session, col

from catalogue.bulk import service as bulk
from catalogue.bulk.taking import LIMITS, taken
from registry.access import walls
from registry.access.actors import Actor
from registry.applications import lists
from registry.applications.models import ApplicationEventRow, ApplicationRow, ListedProductRow, ProductListRow
from registry.evidence.files import digest
from registry.kit.db import read_session, write_session
from registry.kit.sheets import read
from registry.notices.models import NoticeRow
from registry.telling import follow
from tests import databases, product_files
from tests.applicants import BODY_OFFICER, FIRST, INSIDER, MAKER, NOW, OTHER_MAKER, TODAY, by
from tests.registry import walled

on_postgres = pytest.mark.skipif(databases.server() is None, reason="row-level security is PostgreSQL's")
READERS = [MAKER, OTHER_MAKER, FIRST, INSIDER, BODY_OFFICER]


@pytest.fixture
def two_makers(engine: Engine) -> Engine:
    """Each with a list that is not handed in; one of them with another that is."""
    walled.write(engine)
    data = product_files.as_csv(product_files.rows(2))
    with write_session(engine) as session:
        found = taken(read(data, "a.csv", LIMITS), product_files.KINDS)
        kept = bulk.receive(session, found, bulk.Named("a.csv", digest(data)), by(MAKER)).kept
        bulk.check_some(session, kept.id, by(MAKER))
        bulk.commit(session, kept.id, by(MAKER), rows=2)
    return engine


def every(engine: Engine, table: type[Any]) -> list[Any]:
    """All rows, as the tables' owner sees them."""
    with databases.owners(engine) as owner, read_session(owner) as session:
        return list(session.scalars(select(table)))


def may_see_list(actor: Actor, kept: ProductListRow) -> bool:
    """One's own; once handed in, whoever reviews and has no part in it."""
    reviews = actor == FIRST and kept.application_id is not None
    return kept.organisation_id == actor.organisation_id or reviews


@pytest.mark.parametrize("actor", READERS, ids=lambda one: one.name)
def test_a_statement_of_lists_that_forgets_its_filter_finds_nobody_elses(
    two_makers: Engine, actor: Actor
) -> None:
    """As for applications: without a wall the seeded fault does leak, so it is a real one."""
    known = every(two_makers, ProductListRow)
    mine = {one.id for one in known if may_see_list(actor, one)}
    owners = {row.identity: row.list_id for row in every(two_makers, ListedProductRow)}
    with read_session(two_makers) as session:
        asks = [ask for one in known for ask in _asking(session, actor, one)]
        statements = walled.forgetful(session, asks)
        walls.stand_for(session, actor)
        rows = [row for statement in statements for row in session.execute(statement)]
    found = {_list(value, owners) for row in rows for value in row} & {one.id for one in known}
    assert len(statements) >= 3
    if two_makers.dialect.name == "postgresql":
        assert found <= mine
    else:
        assert found - mine, "the seeded fault does leak where there is no wall"


def _list(value: object, owners: dict[str, UUID]) -> object:
    """The list that a value or a row belongs to."""
    if isinstance(value, ProductListRow):
        return value.id
    if isinstance(value, ListedProductRow):
        return value.list_id
    return owners.get(value) if isinstance(value, str) else value


def _asking(session: Session, actor: Actor, kept: ProductListRow) -> Iterator[Callable[[], Any]]:
    def looked_at() -> None:
        found = bulk.read(session, kept.id, by(actor)).kept
        bulk.page(session, found.id, bulk.Wanted((), "x"))
        bulk.sample(session, found.id)
        bulk.before(session, found.id, 3)

    yield lambda: bulk.of_organisation(session, actor)
    yield looked_at
    yield lambda: bulk.check_some(session, kept.id, by(actor), again=True)
    yield lambda: bulk.remove(session, kept.id, by(actor))
    yield lambda: lists.known_to(session, kept, [], today=TODAY)
    if kept.application_id:
        number = kept.application_id
        yield lambda: lists.of_application(session, number)
        yield lambda: lists.has_row(session, number, "rows.2")


@on_postgres
@pytest.mark.parametrize("actor", [*READERS[1:], follow.TELLER], ids=lambda one: one.name)
def test_a_forgetful_deletion_takes_nobody_elses_list(two_makers: Engine, actor: Actor) -> None:
    def left() -> set[UUID]:
        return {
            one.id
            for one in every(two_makers, ProductListRow)
            if one.application_id is None and one.organisation_id != actor.organisation_id
        }

    before = left()
    open_ones = col(ProductListRow.application_id).is_(None)
    with write_session(two_makers) as session:
        walls.stand_for(session, actor)
        mine = session.scalars(select(ProductListRow).where(open_ones)).all()
        session.execute(
            delete(ListedProductRow).where(col(ListedProductRow.list_id).in_(select(col(ProductListRow.id))))
        )
        assert session.execute(delete(ProductListRow).where(open_ones)).rowcount == len(mine)  # type: ignore[attr-defined]
    assert {one.organisation_id for one in mine} <= {actor.organisation_id}
    assert left() == before
    assert before <= {row.list_id for row in every(two_makers, ListedProductRow)}, "with their rows"


@pytest.mark.parametrize("actor", READERS, ids=lambda one: one.name)
def test_what_the_teller_asks_finds_nobody_elses_for_anybody_else(two_makers: Engine, actor: Actor) -> None:
    everything = every(two_makers, ApplicationRow)
    mine = {row.id for row in everything if walled.may_see(actor, row)}
    with read_session(two_makers) as session:
        statements = walled.forgetful(session, [lambda: follow.step(two_makers, now=NOW)])
        walls.stand_for(session, actor)
        found = walled.cases([row for one in statements for row in session.execute(one)], everything)
    assert len(statements) >= 2
    if two_makers.dialect.name == "postgresql":
        assert found <= mine
    else:
        assert found - mine, "the seeded fault does leak where there is no wall"


def test_the_teller_tells_each_organisation_of_its_own_applications_alone(two_makers: Engine) -> None:
    follow.step(two_makers, now=NOW)
    owners = {row.id: row.organisation_id for row in every(two_makers, ApplicationRow)}
    told = {(one.record, one.organisation_id) for one in every(two_makers, NoticeRow)}
    assert told == {pair for pair in owners.items() if pair[0] in {record for record, _ in told}}
    assert {organisation for _, organisation in told} == {MAKER.organisation_id, OTHER_MAKER.organisation_id}


@on_postgres
def test_a_teller_that_stands_for_nobody_is_told_nothing(
    two_makers: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(walls, "stand_for", lambda *_given: None)
        follow.step(two_makers, now=NOW)
    assert every(two_makers, NoticeRow) == []


@on_postgres
def test_the_teller_writes_no_application(two_makers: Engine) -> None:
    with write_session(two_makers) as session:
        walls.stand_for(session, follow.TELLER)
        changed = (
            update(ApplicationRow).values(warnings=99),
            delete(ApplicationEventRow),
        )
        for statement in changed:
            assert session.execute(statement).rowcount == 0  # type: ignore[attr-defined]
