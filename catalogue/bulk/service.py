"""A product list from its file to the registry: received once, checked in steps, handed in as a whole.

Every step is one transaction that does nothing the second time, so whoever was cut off asks again.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func, insert, select, update
from sqlmodel import Session, col

from catalogue.bulk.progress import Progress, progress, progress_of
from catalogue.bulk.taking import TakenFile
from registry.access import walls
from registry.access.actors import Actor
from registry.access.permissions import Act, Target, allows, require
from registry.applications import service
from registry.applications.acting import words
from registry.applications.findings import Finding, Severity
from registry.applications.list_row import LIST_NAME, Known, Verdict, judge, verdict
from registry.applications.lists import known_to, of_row
from registry.applications.models import ListedProductRow, ProductListRow
from registry.applications.parts import Subject
from registry.applications.states import State
from registry.applications.store import By, account_of
from registry.applications.typed import dumped
from registry.changes.feed import BATCH
from registry.kit.clock import civil_day
from registry.kit.db import add_once
from registry.kit.errors import Conflict, Faulty, Invalid, NotFound
from registry.kit.ids import derived

STEP = 1_000
MOST_OPEN = 50  # lists of an organisation that are not handed in; each may have ten thousand rows
SAMPLE = 20


@dataclass(frozen=True, slots=True)
class Named:
    """A file as it was sent: its name and the digest of its bytes."""

    name: str
    sha256: str


def receive(session: Session, taken: TakenFile, named: Named, by: By) -> Progress:
    """Keep the rows of a file; the same file sent again is the list that it was."""
    organisation_id = service.may_start(Subject.PRODUCT_LIST, by)
    walls.stand_for(session, by.actor)
    list_id = derived("product-list", str(organisation_id), named.sha256)
    if (known := session.get(ProductListRow, list_id)) is not None:
        return progress(session, known)
    _refuse_too_many(session, organisation_id)
    row = ProductListRow(
        id=list_id,
        organisation_id=organisation_id,
        account_id=account_of(by.actor),
        sha256=named.sha256,
        name=words(named.name)[-200:],
        rows=len(taken.rows),
        unread=json.dumps(taken.unread),
        received_at=by.now,
    )
    is_new = add_once(session, row)
    kept = session.get_one(ProductListRow, list_id)
    if not is_new:
        return progress(session, kept)
    session.execute(
        insert(ListedProductRow).execution_options(render_nulls=True),
        [
            {
                "list_id": list_id,
                "place": place,
                "row": row.row,
                "typed": dumped(row.typed),
                "identity": row.identity,
                "gtin": row.gtin,
                "findings": "[]",
            }
            for place, row in enumerate(taken.rows, 1)
        ],
    )
    return progress(session, kept)


def _refuse_too_many(session: Session, organisation_id: UUID) -> None:
    waiting = session.scalar(
        select(func.count())
        .select_from(ProductListRow)
        .where(
            col(ProductListRow.organisation_id) == organisation_id,
            col(ProductListRow.application_id).is_(None),
        )
    )
    if (waiting or 0) >= MOST_OPEN:
        raise Conflict("bulk-too-many-lists", most=MOST_OPEN)


def read(session: Session, list_id: UUID, by: By) -> Progress:
    """The list, for its organisation and, once handed in, for reviewers; to others it does not exist."""
    walls.stand_for(session, by.actor)
    found = session.get(ProductListRow, list_id, populate_existing=True)
    if found is not None:
        known = progress(session, found)
        state = known.application[1] if known.application else "draft"
        if allows(by.actor, Act.READ_APPLICATION, Target(found.organisation_id, state=state)):
            return known
    raise NotFound("bulk-not-found")


def check_some(session: Session, list_id: UUID, by: By, *, again: bool = False, most: int = STEP) -> Progress:
    """Give the next rows their verdicts by today's register; `again` starts from the first row."""
    kept = _for_editing(session, list_id, by)
    if not (known := progress(session, kept)).is_open:
        return known
    done = 0 if again else kept.checked
    rows = session.scalars(
        select(ListedProductRow)
        .where(col(ListedProductRow.list_id) == list_id, col(ListedProductRow.place) > done)
        .order_by(col(ListedProductRow.place))
        .limit(most)
    ).all()
    if rows:
        beside = known_to(session, kept, map(of_row, rows), today=civil_day(by.now))
        session.execute(update(ListedProductRow), [_judged(row, beside) for row in rows])
    if again:
        session.execute(
            update(ListedProductRow)
            .where(col(ListedProductRow.list_id) == list_id, col(ListedProductRow.place) > done + len(rows))
            .values(verdict=None, findings="[]")
            .execution_options(synchronize_session=False)
        )
    kept.checked = done + len(rows)
    session.flush()
    return progress(session, kept)


def commit(session: Session, list_id: UUID, by: By, *, rows: int) -> Progress:
    """Hand in the sound rows as one application, whole or not at all; once handed in it stays so.

    `rows` is how many the applicant saw as sound: nobody hands in other rows than those looked at.
    """
    kept = _for_editing(session, list_id, by)
    known = progress(session, kept)
    if not known.is_open:
        return known
    if kept.checked < kept.rows:
        raise Conflict("bulk-not-checked", checked=kept.checked, rows=kept.rows)
    if known.sound != rows:
        raise Conflict("bulk-rows-differ", expected=rows, found=known.sound)
    if not known.sound:
        raise Invalid("bulk-nothing-sound")
    application = service.begin(session, Subject.PRODUCT_LIST, {LIST_NAME: kept.name}, by=by)
    kept.application_id = application.id
    session.flush()
    try:
        service.submit(session, application.number, By(by.actor, by.now, application.revision, by.levels))
    except Faulty as fault:
        named = [one.facts.get("row", one.where) for one in fault.faults]
        raise Conflict("bulk-changed-meanwhile", rows=named) from fault
    return progress(session, kept)


def remove(session: Session, list_id: UUID, by: By) -> None:
    """Delete a list that was never handed in, with its rows and verdicts; nothing of it is kept."""
    kept = _for_editing(session, list_id, by)
    known = progress(session, kept)
    if known.application is not None:
        raise Conflict("bulk-handed-in", number=known.application[0])
    require(by.actor, Act.DELETE_LIST, Target(kept.organisation_id, state=State.DRAFT))
    session.execute(delete(ListedProductRow).where(col(ListedProductRow.list_id) == list_id))
    session.execute(delete(ProductListRow).where(col(ProductListRow.id) == list_id))


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows: those with one of these verdicts, those in which this stands; nothing is every one."""

    verdicts: Sequence[Verdict] = ()
    words: str = ""


EVERY = Wanted()


def page(
    session: Session, list_id: UUID, wanted: Wanted = EVERY, *, after: int = 0, limit: int = 100
) -> list[ListedProductRow]:
    """Rows in the order of the file, from the one after a place on."""
    asked = select(ListedProductRow).where(
        col(ListedProductRow.list_id) == list_id, col(ListedProductRow.place) > after
    )
    if wanted.verdicts:
        asked = asked.where(col(ListedProductRow.verdict).in_(wanted.verdicts))
    if wanted.words:
        stored = dumped({"": wanted.words})[len('{"": "') : -len('"}')]  # as the texts are kept: in ASCII
        asked = asked.where(col(ListedProductRow.typed).icontains(stored, autoescape=True))
    return list(session.scalars(asked.order_by(col(ListedProductRow.place)).limit(limit)))


def before(session: Session, list_id: UUID, row: int) -> int:
    """The place after which the row of this number stands, or whatever comes next."""
    found = session.scalar(
        select(func.max(col(ListedProductRow.place))).where(
            col(ListedProductRow.list_id) == list_id, col(ListedProductRow.row) < row
        )
    )
    return found or 0


def sample(session: Session, list_id: UUID) -> list[ListedProductRow]:
    """The rows a reviewer looks at first: by digest, so neither side chooses them."""
    return list(
        session.scalars(
            select(ListedProductRow)
            .where(col(ListedProductRow.list_id) == list_id, col(ListedProductRow.verdict) != Verdict.ERROR)
            .order_by(col(ListedProductRow.identity))
            .limit(SAMPLE)
        )
    )


def of_organisation(session: Session, actor: Actor) -> list[Progress]:
    """The lists of the actor's organisation, newest first."""
    walls.stand_for(session, actor)
    found = session.scalars(
        select(ProductListRow)
        .where(col(ProductListRow.organisation_id) == actor.organisation_id)
        .order_by(col(ProductListRow.received_at).desc(), col(ProductListRow.id))
        .limit(BATCH)
    )
    return progress_of(session, found.all())


def findings_of(row: ListedProductRow) -> tuple[Finding, ...]:
    return tuple(
        Finding(path, Severity(severity), key, facts)
        for path, severity, key, facts in json.loads(row.findings)
    )


def _judged(row: ListedProductRow, known: Known) -> dict[str, object]:
    found = judge(of_row(row), known).findings
    told = [[one.path, one.severity, one.key, dict(one.facts)] for one in found]
    return {
        "list_id": row.list_id,
        "place": row.place,
        "verdict": verdict(found),
        "findings": json.dumps(told),
    }


def _for_editing(session: Session, list_id: UUID, by: By) -> ProductListRow:
    """The list, held until the end of the transaction, for whoever may hand it in."""
    kept = read(session, list_id, by).kept
    require(by.actor, Act.APPLY, Target(kept.organisation_id))
    held = session.scalars(
        select(ProductListRow)
        .where(col(ProductListRow.id) == list_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if held is None:
        raise NotFound("bulk-not-found")  # deleted while this waited
    return held
