"""What is sent twice at the same moment succeeds twice and leaves one row."""

from pathlib import Path
from typing import TypeVar

from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, select

from registry.access import walls
from registry.access.actors import Actor, ActorRole
from registry.applications import service, store
from registry.applications.application import Application
from registry.applications.models import ApplicationEventRow, ApplicationFileRow
from registry.applications.parts import Subject
from registry.evidence import service as evidence
from registry.evidence.models import EvidenceFileRow
from registry.evidence.service import StoredBy
from registry.kit.db import read_session, write_session
from registry.kit.tokens import token_sha256
from registry.notices import private_feed, reading
from registry.notices.models import NoticeFeedRow, NoticeReadRow
from registry.notices.store import tell
from registry.supervision import intake
from registry.supervision.models import ComplaintEventRow
from tests import applicants, databases, racing, supervised
from tests.applicants import MAKER, NOW, PLANT_TYPED, by, scanned
from tests.registry.accounts import NOW as LATER
from tests.registry.accounts import ORGANISATION, member
from tests.registry.webhooks import told

Row = TypeVar("Row", bound=SQLModel)


def kept(engine: Engine, table: type[Row]) -> list[Row]:
    with databases.owners(engine) as owner, read_session(owner) as session:
        return list(session.scalars(select(table)))


def test_one_file_of_an_organisation_is_one_row(engine: Engine) -> None:
    organisation = MAKER.organisation_id
    assert organisation is not None

    def bring(session: Session) -> str:
        walls.stand_for(session, MAKER)
        return evidence.record(session, scanned(3), StoredBy(organisation, "test", NOW)).sha256

    assert racing.twice(engine, bring) == (scanned(3).sha256, scanned(3).sha256)
    assert len(kept(engine, EvidenceFileRow)) == 1


def test_one_file_sent_twice_to_a_field_is_pinned_once(engine: Engine) -> None:
    with write_session(engine) as session:
        applicants.registered(session)
        case = applicants.typed_in(session, PLANT_TYPED, subject=Subject.PLANT)

    def pin(session: Session) -> Application:
        return service.pin(session, case.number, "plant", scanned(3), by=by(MAKER, case))

    first, second = racing.twice(engine, pin)
    assert first == second
    assert [one.sha256 for one in first.pinned] == [scanned(3).sha256]
    assert len(kept(engine, ApplicationFileRow)) == len(kept(engine, EvidenceFileRow)) == 1
    steps = [one for one in kept(engine, ApplicationEventRow) if "pinned" in one.details]
    assert len(steps) == 1, "and it is told once"
    with read_session(engine) as session:
        walls.stand_for(session, MAKER)
        assert store.get(session, case.number).revision == case.revision + 1


def test_notices_are_marked_read_from_two_windows(engine: Engine) -> None:
    with write_session(engine) as session:
        account, _ = member(session)
        tell(session, [told(n, organisation_id=ORGANISATION) for n in range(4)], now=LATER)
        account_id = account.id
        actor = Actor(ActorRole.MANUFACTURER, "", account_id, ORGANISATION)
    asked = iter((3, 2))

    def mark(session: Session) -> None:
        reading.mark_read(session, account_id, next(asked), actor=actor)

    racing.twice(engine, mark)
    assert [one.position for one in kept(engine, NoticeReadRow)] == [3], "never less than before"


def test_of_two_private_addresses_the_later_one_opens(engine: Engine) -> None:
    with write_session(engine) as session:
        account, membership = member(session)
        actor = Actor(ActorRole.MANUFACTURER, "", account.id, membership.organisation_id)

    def open_one(session: Session) -> str:
        return private_feed.open_feed(session, membership, actor=actor, now=LATER)

    first, second = racing.twice(engine, open_one)
    assert first != second
    assert [one.token_sha256 for one in kept(engine, NoticeFeedRow)] == [token_sha256(second)]


def test_a_contact_is_erased_once(engine: Engine, tmp_path: Path) -> None:
    supervised.registered(engine)
    token = supervised.complained(engine, tmp_path, supervised.given(contact="someone@example.com"))

    def erase(session: Session) -> str:
        return intake.erase_contact(session, token, now=NOW).contact

    assert racing.twice(engine, erase) == ("", "")
    acts = [one.act for one in kept(engine, ComplaintEventRow)]
    assert acts.count(intake.ERASE) == 1
