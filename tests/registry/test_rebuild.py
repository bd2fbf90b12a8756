"""Rebuild: a feed written into an empty database gives the same tables, whichever database it is."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, select
from sqlmodel import Session, SQLModel

import registry.accounts.models
import registry.feedback.models  # noqa: F401 - private tables
from registry.access.actors import LOADER, OPERATOR
from registry.certificates import service as certificates
from registry.certificates.facts import ActKind
from registry.certificates.service import BodyAct
from registry.changes import feed
from registry.crosschecks import service as crosschecks
from registry.kit.db import read_session, write_session
from registry.kit.errors import Conflict
from registry.rebuild import ALL_KINDS, rebuild
from tests import declared, factories, firm_facts, statements, supervised
from tests.registry import batches

# Who acted is private and erasable: it never travels with the feed.
PRIVATE = {"change_actors", "problems", "problem_sender_keys", "complaints", "complaint_events",
           "declaration_readings", "declaration_persons", "declaration_checks",
           "person_erasures"}  # fmt: skip
OF_PEOPLE = (
    "registry.accounts.", "registry.applications.", "registry.evidence.", "registry.notices.",
    "registry.telling.", "registry.declarations.harvest.",
)  # fmt: skip
FOLLOWING = {
    "certificate_scope", "certificates", "changes", "declaration_products", "feed_head", "organisations",
    "plants", "product_evidence", "products", "public_codes", "plant_sites", "supply", "cross_checks",
    "batches", "batch_identifiers", "findings", "surveillance_outcomes", "recognitions",
    "firm_facts", "declaration_contents", "declaration_entries", "declaration_states",
    "declaration_parts",
}  # fmt: skip


def rows(session: Session, table: str) -> list[tuple[Any, ...]]:
    found = session.execute(select(SQLModel.metadata.tables[table]))
    return sorted((tuple(row) for row in found), key=repr)


def tables(session: Session) -> dict[str, list[tuple[Any, ...]]]:
    return {table: rows(session, table) for table in FOLLOWING}


def live_through_a_story(engine: Engine) -> None:
    """One of everything, then acts, a correction and a rolled-back attempt, in several transactions."""
    certificate = factories.certificate().id
    with write_session(engine) as session:
        factories.record(session, [*factories.world(), declared.content_draft()])
    for kind, day in ((ActKind.SUSPEND, date(2026, 3, 1)), (ActKind.REINSTATE, date(2026, 4, 1))):
        with write_session(engine) as session:
            act = BodyAct(kind, day, "演示原因")
            factories.record(session, certificates.act(session, certificate, act, actor=OPERATOR))
    with Session(engine.execution_options(greenmat_writes=True)) as session:
        factories.record(session, factories.world()[:3])
        session.rollback()
    with write_session(engine) as session:
        spoken = [statements.sited(statements.site(1, "26.65", "106.63"))]
        spoken += [statements.published(statements.stated()), *firm_facts.drafts()]
        seen = crosschecks.record(statements.look(), today=date(2026, 6, 1), actor=OPERATOR)
        factories.record(session, [*spoken, seen, *supervised.published()])
    with write_session(engine) as session:
        made = batches.stated(session, industrial_ids=(batches.HANDLE,), serials=("S-1",))
        batches.withdrawn(session, made.code)
    with write_session(engine) as session:
        changed = {
            "number": "演示-2026-00002",
            "rows": (factories.scope_row(), factories.scope_row(2, plant_n=2)),
        }
        corrections = certificates.correct(
            session, certificate, from_day=date(2026, 2, 1), changes=changed, actor=LOADER
        )
        factories.record(session, corrections)


def test_every_table_is_either_private_or_follows_the_feed(engine: Engine) -> None:
    live_through_a_story(engine)
    ours = {name for name in SQLModel.metadata.tables if not _is_of_a_reader(name)}
    assert ours == FOLLOWING | PRIVATE
    with read_session(engine) as session:
        assert all(tables(session).values()), "the story leaves no table empty"


def _is_of_a_reader(table: str) -> bool:
    """Tables of the layers above and of people's own affairs, which are no part of the public record."""
    models = {mapper.local_table.name: mapper.class_ for mapper in SQLModel._sa_registry.mappers}  # type: ignore[attr-defined]
    module = models[table].__module__
    return not module.startswith("registry.") or module.startswith(OF_PEOPLE)


def test_a_rebuilt_database_has_identical_tables(engine: Engine, new_engine: Callable[[], Engine]) -> None:
    live_through_a_story(engine)
    target = new_engine()
    with read_session(engine) as source, write_session(target) as copy:
        assert rebuild(source, copy) == feed.head(source).seq
    with read_session(engine) as source, read_session(target) as copy:
        assert tables(source) == tables(copy)
        assert rows(copy, "change_actors") == []
        assert feed.verify(feed.every(copy)) == feed.head(source).seq


def test_a_rebuilt_database_goes_on_where_the_feed_ended(
    engine: Engine, new_engine: Callable[[], Engine]
) -> None:
    live_through_a_story(engine)
    target = new_engine()
    with read_session(engine) as source, write_session(target) as copy:
        last = rebuild(source, copy)
    with write_session(target) as copy:
        (change,) = factories.record(copy, factories.world()[:1])
    assert (change.header.seq, change.header.version) == (last + 1, 2)


def test_rebuilding_needs_an_empty_database(engine: Engine, new_engine: Callable[[], Engine]) -> None:
    live_through_a_story(engine)
    begun, other = new_engine(), new_engine()
    with write_session(begun) as session:
        feed.start(session, "demonstration")
        factories.record(session, factories.world()[:1])
    with write_session(other) as session:
        feed.start(session, "production")
    for target in (begun, other):
        with (
            read_session(engine) as source,
            pytest.raises(Conflict, match="rebuild-target-not-empty"),
            write_session(target) as copy,
        ):
            rebuild(source, copy)


def test_every_kind_of_fact_has_a_name_of_its_own() -> None:
    assert len({kind.name for kind in ALL_KINDS}) == len(ALL_KINDS)
