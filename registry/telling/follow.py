"""The followers: of the feed by its position, of applications by their revisions, of the days one by one.

Notices, deliveries and the cursors move in one transaction; a crash before it repeats the step, and a notice
told already is not told again.
"""

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Engine, and_, func, or_, select
from sqlmodel import Session, col

from registry.access import walls
from registry.access.actors import Actor, ActorRole
from registry.applications.models import ApplicationEventRow, ApplicationRow
from registry.certificates.kind import CERTIFICATE
from registry.changes import feed
from registry.changes.models import ChangeRow
from registry.changes.reading import Point, get, point
from registry.deadlines.agenda import agenda
from registry.declarations.documents.entering import makers
from registry.declarations.documents.versions import Versions
from registry.declarations.service import DECLARATION
from registry.kit.db import read_session, write_session
from registry.notices import store
from registry.notices.kinds import Told
from registry.notices.store import DAY, FEED
from registry.supervision import store as complaints
from registry.supervision.models import ComplaintRow
from registry.supervision.states import State
from registry.telling.models import NoticeApplicationRow
from registry.telling.news import OF_STEPS, REPLY_REMINDED, of_certificate, of_day, of_declaration, of_replies

BATCH = 400
# A first version is no news; thousands are imported at once.
_LATER_DECLARATION = and_(col(ChangeRow.kind) == DECLARATION.name, col(ChangeRow.version) > 1)
TELLER = Actor(ActorRole.OPERATOR, "telling")


def step(engine: Engine, *, now: datetime) -> bool:
    """One round over the feed and the applications; False when there was nothing to read."""
    with read_session(engine) as session:
        walls.stand_for(session, TELLER)
        if store.position(session, FEED) >= feed.head(session).seq and not _changed(session, 1):
            return False
    with write_session(engine) as session:
        walls.stand_for(session, TELLER)
        store.lock(session)
        store.tell(session, [*_from_feed(session), *_from_applications(session)], now=now)
    return True


def remind(engine: Engine, day: date, *, now: datetime) -> bool:
    """Once a day: what the days of certificates ask for; False when this day was done.

    The register is read before the writers' turn is taken, and written in batches.
    """
    with read_session(engine) as session:
        if store.position(session, DAY) >= day.toordinal():
            return False
        told = list(of_day(agenda(session, point(session, day)).events, day, now=now))
        waits = col(ComplaintRow.state) == State.ADMITTED
        soon = col(ComplaintRow.reply_due).between(day, day + REPLY_REMINDED)
        told += of_replies(complaints.listed(session, waits, soon), now=now)
    for first in range(0, len(told), BATCH):
        with write_session(engine) as session:
            store.tell(session, told[first : first + BATCH], now=now)
    with write_session(engine) as session:
        store.lock(session)
        store.move(session, DAY, day.toordinal())
    return True


def _from_feed(session: Session) -> Iterator[Told]:
    last = feed.head(session).seq
    rows = session.scalars(
        select(ChangeRow)
        .where(
            col(ChangeRow.seq) > store.position(session, FEED),
            col(ChangeRow.seq) <= last,
            or_(col(ChangeRow.kind) == CERTIFICATE.name, _LATER_DECLARATION),
        )
        .order_by(col(ChangeRow.seq))
        .limit(BATCH)
    ).all()
    for row in rows:
        if row.kind == DECLARATION.name:
            yield from _declaration(session, row, last)
            continue
        before = get(session, CERTIFICATE, row.key, Point(row.effective_on, row.seq - 1))
        yield from of_certificate(CERTIFICATE.known(feed.to_change(row)), before.fact if before else None)
    store.move(session, FEED, rows[-1].seq if len(rows) == BATCH else last)


def _declaration(session: Session, row: ChangeRow, last: int) -> Iterator[Told]:
    """The makers of the version before are told."""
    versions = Versions.of(session, row.key, as_of=last)
    told = (one for one in makers(session, versions.stated(row.version - 1).fact) if one is not None)
    yield from of_declaration(versions, row.version, told)


def _from_applications(session: Session) -> Iterator[Told]:
    for application_id, number, organisation_id, revision in _changed(session, BATCH):
        known = session.get(NoticeApplicationRow, application_id, populate_existing=True)
        if known is None:
            known = NoticeApplicationRow(application_id=application_id, revision=0)
            session.add(known)
        events = session.scalars(
            select(ApplicationEventRow)
            .where(
                col(ApplicationEventRow.application_id) == application_id,
                col(ApplicationEventRow.revision) > known.revision,
                col(ApplicationEventRow.revision) <= revision,
                col(ApplicationEventRow.act).in_(OF_STEPS),
            )
            .order_by(col(ApplicationEventRow.place))
        )
        for event in events:
            yield Told(
                organisation_id,
                OF_STEPS[event.act],
                application_id,
                number,
                event.at,
                {"number": number},
                f"place {event.place}",
            )
        known.revision = revision


def _changed(session: Session, limit: int) -> list[tuple[UUID, str, UUID, int]]:
    """Applications with events that were not told: every step moves the revision by one."""
    seen = func.coalesce(col(NoticeApplicationRow.revision), 0)
    asked = (
        select(
            col(ApplicationRow.id),
            col(ApplicationRow.number),
            col(ApplicationRow.organisation_id),
            col(ApplicationRow.revision),
        )
        .join(
            NoticeApplicationRow,
            col(NoticeApplicationRow.application_id) == col(ApplicationRow.id),
            isouter=True,
        )
        .where(col(ApplicationRow.revision) > seen)
        .order_by(col(ApplicationRow.id))
        .limit(limit)
    )
    return [(row[0], row[1], row[2], row[3]) for row in session.execute(asked)]
