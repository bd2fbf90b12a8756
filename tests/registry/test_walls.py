"""The second wall: on PostgreSQL a statement that forgets whose rows it may read finds nobody else's."""

import importlib
import pkgutil
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, text, update
from sqlalchemy.exc import ProgrammingError
from sqlmodel import Session, SQLModel, col

import catalogue
import registry
from registry.access import walls
from registry.access.actors import Actor
from registry.accounts import keys
from registry.accounts.models import ApiKeyRow, MembershipRow
from registry.applications import acting, queue, reading_files, service, store
from registry.applications.models import (
    ApplicationDocumentRow,
    ApplicationEventRow,
    ApplicationFileRow,
    ApplicationRemarkRow,
    ApplicationRow,
    ListedProductRow,
    ProductListRow,
)
from registry.declarations.models import DeclarationPersonRow
from registry.evidence import service as evidence
from registry.evidence.models import EvidenceFileRow
from registry.kit import migrate, revision
from registry.kit.db import read_session, write_session
from tests import databases
from tests.applicants import BODY_OFFICER, FIRST, INSIDER, MAKER, OTHER_MAKER, TODAY, by
from tests.registry import walled

# Every table without a wall, and why it has none; a new one stands here or in a migration's WALLS.
PUBLIC = {
    "certificates", "certificate_scope", "organisations", "plants", "cross_checks", "feed_head", "changes",
    "public_codes", "declaration_products", "declaration_contents", "declaration_readings",
    "declaration_entries", "declaration_states", "declaration_parts",
    "harvest_sources", "harvest_runs", "harvest_items",
    "products", "product_evidence", "plant_sites", "supply",
    "batches", "batch_identifiers", "findings", "surveillance_outcomes", "recognitions", "firm_facts",
}  # fmt: skip
WITHOUT_ORGANISATION = {"change_actors", "problems", "problem_sender_keys", "archive_senders",
                        "person_erasures"}  # fmt: skip
BY_SECRET_ADDRESS = {
    "checks",
    "declaration_checks",
    "check_reports",
    "archived",
}  # whoever knows the address, and nobody is signed in
# Read to find out who somebody is, and whose accounts stand behind a case, before a wall could know.
TO_KNOW_PEOPLE = {
    "accounts", "memberships", "invitations", "sessions", "passkeys", "identities", "account_events",
    "ceremonies", "totp_secrets", "recovery_codes", "kept_forms",
}  # fmt: skip
# Complainant, party and office see the same complaint, each another part of it.
BY_PART = {"complaints", "complaint_events"}
# Written and sent by the program for every organisation.
BY_PROGRAM = {
    "notice_applications", "notice_cursors", "notice_feeds", "notice_reads", "notices", "webhook_deliveries",
    "webhooks",
}  # fmt: skip
WALLED = (
    ApplicationRow, ApplicationEventRow, ApplicationRemarkRow, ApplicationFileRow, EvidenceFileRow, ApiKeyRow,
    ProductListRow, ListedProductRow, DeclarationPersonRow,
    ApplicationDocumentRow,
)  # fmt: skip
on_postgres = pytest.mark.skipif(databases.server() is None, reason="row-level security is PostgreSQL's")


@pytest.fixture
def two_makers(engine: Engine) -> Engine:
    walled.write(engine)
    return engine


def test_every_table_has_a_wall_or_a_reason_for_none() -> None:
    for package in (registry, catalogue):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name.endswith(".models"):
                importlib.import_module(module.name)
    without = (PUBLIC, WITHOUT_ORGANISATION, BY_SECRET_ADDRESS, TO_KNOW_PEOPLE, BY_PART, BY_PROGRAM)
    assert set(SQLModel.metadata.tables) - set().union(*without) == walled.tables()
    assert sum(map(len, without)) + len(walled.tables()) == len(SQLModel.metadata.tables)
    assert walled.tables() == {str(one.__tablename__) for one in WALLED}


@on_postgres
def test_the_walls_stand_in_the_database_and_bind_the_owner_too(engine: Engine) -> None:
    with engine.connect() as connection:
        bound = connection.execute(
            text(
                "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
                " AND EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = pg_class.oid)"
            )
        ).scalars()
        assert set(bound) == walled.tables()


@on_postgres
def test_a_transaction_that_stands_for_nobody_sees_no_private_row(two_makers: Engine) -> None:
    with databases.owners(two_makers) as owner, read_session(owner) as session:
        assert all(session.scalar(select(func.count()).select_from(table)) for table in WALLED)
    with read_session(two_makers) as session:
        assert [session.scalar(select(func.count()).select_from(table)) for table in WALLED] == [0] * len(
            WALLED
        )


READERS = [MAKER, OTHER_MAKER, FIRST, INSIDER, BODY_OFFICER]


@pytest.mark.parametrize("actor", READERS, ids=lambda one: one.name)
def test_a_statement_that_forgets_its_filter_finds_nobody_elses(two_makers: Engine, actor: Actor) -> None:
    """The fault is seeded: every statement of the services once more, without its WHERE.

    On SQLite the same statements do find others' rows, so the fault is a real one.
    """
    with databases.owners(two_makers) as owner, read_session(owner) as session:
        everything = session.scalars(select(ApplicationRow)).all()
        session.expunge_all()
    asked = next(
        row.number for row in everything if row.organisation_id == OTHER_MAKER.organisation_id and row.round
    )
    mine = {row.id for row in everything if walled.may_see(actor, row, asked)}
    with read_session(two_makers) as session:
        asks = [ask for row in everything for ask in _asking(session, actor, row.number)]
        statements = walled.forgetful(session, asks)
        session.expunge_all()
        walls.stand_for(session, actor, asked=asked)
        rows = [row for statement in statements for row in session.execute(statement)]
    found = walled.cases(rows, everything)
    assert statements
    if two_makers.dialect.name == "postgresql":
        assert found <= mine
    else:
        assert found - mine, "the seeded fault does leak where there is no wall"


def _asking(session: Session, actor: Actor, number: str) -> list[Callable[[], Any]]:
    def whole() -> None:
        application = acting.read(session, number, by(actor))
        store.events(session, application.id)
        store.remarks(session, application.id)
        reading_files.copied_from_elsewhere(session, application)
        evidence.require_room(session, application.case.organisation_id)
        reading_files.pinned_file(session, number, application.id, by=by(actor))

    return [
        whole,
        lambda: service.of_organisation(session, actor),
        lambda: acting.was_taken_back(session, number, by(actor)),
        lambda: queue.queue(session, queue.Wanted(), actor=actor, today=TODAY, limit_days=10),
        lambda: reading_files.pinned_file(session, number, actor.account_id, by=by(actor)),  # type: ignore[arg-type]
        lambda: keys.of_organisation(session, actor),
    ]


@on_postgres
def test_keys_lists_and_files_are_seen_by_their_organisation_alone(two_makers: Engine) -> None:
    """An officer also sees that a file exists elsewhere; what it is pinned to stays hidden."""
    for actor in (MAKER, OTHER_MAKER):
        with read_session(two_makers) as session:
            walls.stand_for(session, actor)
            owners = session.scalars(
                select(col(MembershipRow.organisation_id)).join(
                    ApiKeyRow, col(ApiKeyRow.membership_id) == col(MembershipRow.id)
                )
            )
            assert set(owners) == {actor.organisation_id}
            lists = select(col(ProductListRow.organisation_id)).join(ListedProductRow)
            assert session.scalars(lists).all() == [actor.organisation_id]
            named = select(col(DeclarationPersonRow.organisation_id))
            assert session.scalars(named).all() == [actor.organisation_id]
            files = select(col(EvidenceFileRow.organisation_id))
            assert set(session.scalars(files)) == {actor.organisation_id}
            walls.stand_for(session, BODY_OFFICER)
            assert session.scalars(files).all() == session.scalars(lists).all() == []


@on_postgres
def test_a_forgetful_write_changes_nobody_elses(two_makers: Engine) -> None:
    with write_session(two_makers) as session:
        walls.stand_for(session, MAKER)
        changed = session.execute(update(ApplicationRow).values(warnings=99))
        assert changed.rowcount == 2  # type: ignore[attr-defined]
    with databases.owners(two_makers) as owner, read_session(owner) as session:
        touched = session.scalars(select(ApplicationRow).where(col(ApplicationRow.warnings) == 99))
        assert {row.organisation_id for row in touched} == {MAKER.organisation_id}
    with write_session(two_makers) as session:
        walls.stand_for(session, MAKER)
        for statement in ("UPDATE application_events SET reason = 'x'", "DELETE FROM application_events"):
            assert session.execute(text(statement)).rowcount == 0  # type: ignore[attr-defined]


PLANT_A_FILE = """
    INSERT INTO evidence_files
    (id, organisation_id, sha256, media_type, name, size, stored_at, stored_by, held)
    SELECT gen_random_uuid(), CAST(:other AS uuid), sha256, '', '', 1, '', '', '' FROM evidence_files"""
GIVE_AWAY = "UPDATE applications SET organisation_id = CAST(:other AS uuid)"


@on_postgres
@pytest.mark.parametrize("statement", [GIVE_AWAY, PLANT_A_FILE], ids=["given away", "planted"])
def test_nothing_is_written_in_anothers_name(two_makers: Engine, statement: str) -> None:
    given = {"other": str(OTHER_MAKER.organisation_id)}
    with read_session(two_makers) as session:
        walls.stand_for(session, MAKER)
        with pytest.raises(ProgrammingError, match="row-level security"):
            session.execute(text(statement), given)


@on_postgres
def test_what_was_said_ends_with_the_transaction(two_makers: Engine) -> None:
    with two_makers.connect() as connection:
        for stands, seen in ((True, 2), (False, 0)):
            with Session(connection) as session:
                if stands:
                    walls.stand_for(session, MAKER)
                assert session.scalar(select(func.count()).select_from(ApplicationRow)) == seen
                session.commit()


@on_postgres
def test_an_account_that_walls_do_not_bind_is_refused_and_the_sites_own_is_not(engine: Engine) -> None:
    walls.require(engine)
    with databases.owners(engine) as owner, pytest.raises(walls.WallMissing, match="superuser"):
        walls.require(owner)


@on_postgres
def test_the_sites_account_says_who_must_migrate(engine: Engine) -> None:
    with databases.owners(engine) as owner:
        migrate.downgrade(owner, "0007")
        with pytest.raises(revision.OwnerNeeded, match="greenmat migrate"):
            revision.bring_up(engine)
        revision.bring_up(owner)
    revision.bring_up(engine)
