"""The review queue: by age on the service clock or by risk, with what is overdue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session, col

from registry.access import walls
from registry.access.actors import Actor
from registry.access.permissions import Act, Target, allows, require_some
from registry.applications import clock
from registry.applications.list_row import LIST_NAME
from registry.applications.models import ApplicationEventRow, ApplicationRow
from registry.applications.parts import Subject
from registry.applications.states import WITH_REGISTRY, State, Step
from registry.applications.typed import Typed, loaded
from registry.changes.feed import BATCH, head
from registry.changes.reading import Point, many
from registry.kit.clock import civil_day
from registry.parties.service import ORGANISATION


class Order(StrEnum):
    """`age`: longest on the clock first. `risk`: most hints first, then age."""

    AGE = "age"
    RISK = "risk"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the queue is narrowed to; None is every one."""

    order: Order = Order.AGE
    state: State | None = None
    subject: Subject | None = None
    overdue: bool = False
    mine: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the queue; `name` is the product's or organisation's as typed."""

    number: str
    subject: Subject
    state: State
    organisation: str | None
    name: str
    round: int
    warnings: int
    days: int
    due_on: date | None
    overdue: bool
    assignee_id: UUID | None
    submitted_on: date


@dataclass(frozen=True, slots=True)
class Queue:
    """The lines asked for, and the counts of the whole queue."""

    lines: tuple[Waiting, ...]
    total: int
    mine: int
    overdue: int


def queue(session: Session, wanted: Wanted, *, actor: Actor, today: date, limit_days: int) -> Queue:
    """What waits for a reviewer; cases of the reviewer's own organisation are not shown."""
    require_some(actor, Act.REVIEW_APPLICATION)
    walls.stand_for(session, actor)
    rows = session.scalars(
        select(ApplicationRow)
        .where(col(ApplicationRow.state).in_(sorted(WITH_REGISTRY)))
        .execution_options(populate_existing=True)
    ).all()
    rows = [row for row in rows if allows(actor, Act.REVIEW_APPLICATION, _target(row))]
    running = _spans(session, [row.id for row in rows])
    names = _organisations(session, {row.organisation_id for row in rows}, today)
    lines = [
        _line(row, running[row.id], names.get(row.organisation_id), today=today, limit_days=limit_days)
        for row in rows
    ]
    shown = [line for line in lines if _keeps(line, wanted, actor)]
    return Queue(
        lines=tuple(sorted(shown, key=lambda line: place(line, wanted.order))),
        total=len(lines),
        mine=sum(line.assignee_id == actor.account_id for line in lines),
        overdue=sum(line.overdue for line in lines),
    )


def place(line: Waiting, order: Order) -> tuple[int, int, date, str]:
    """Where a line stands: smaller is earlier; the number decides between equals, so no order is chance."""
    risk = -line.warnings if order is Order.RISK else 0
    return risk, -line.days, line.submitted_on, line.number


def _target(row: ApplicationRow) -> Target:
    return Target(organisation_id=row.organisation_id, assignee_id=row.assignee_id, state=row.state)


def _line(
    row: ApplicationRow,
    running: tuple[clock.Span, ...],
    organisation: str | None,
    *,
    today: date,
    limit_days: int,
) -> Waiting:
    days = clock.elapsed(running, today)
    submitted = row.submitted_at or row.started_at
    return Waiting(
        number=row.number,
        subject=Subject(row.subject),
        state=State(row.state),
        organisation=organisation,
        name=title(loaded(row.typed)),
        round=row.round,
        warnings=row.warnings,
        days=days,
        due_on=clock.due_on(running, limit_days),
        overdue=days > limit_days,
        assignee_id=row.assignee_id,
        submitted_on=civil_day(submitted),
    )


def title(typed: Typed) -> str:
    """What an application is called in a list: the name that was typed, else what it is about."""
    names = (
        "product.name_zh", "company.name_zh", "plant.name_zh", "certificate.number",
        "about.product", LIST_NAME,
    )  # fmt: skip
    return next((typed[path].strip() for path in names if typed.get(path, "").strip()), "")


def _keeps(line: Waiting, wanted: Wanted, actor: Actor) -> bool:
    words = wanted.words.strip().casefold()
    text = f"{line.number} {line.name} {line.organisation or ''}".casefold()
    return (
        wanted.state in (None, line.state)
        and wanted.subject in (None, line.subject)
        and (line.overdue or not wanted.overdue)
        and (not wanted.mine or line.assignee_id == actor.account_id)
        and words in text
    )


def _spans(session: Session, ids: list[UUID]) -> dict[UUID, tuple[clock.Span, ...]]:
    steps: dict[UUID, list[tuple[str, date]]] = {one: [] for one in ids}
    for start in range(0, len(ids), BATCH):
        rows = session.execute(
            select(
                col(ApplicationEventRow.application_id),
                col(ApplicationEventRow.act),
                col(ApplicationEventRow.at),
            )
            .where(
                col(ApplicationEventRow.application_id).in_(ids[start : start + BATCH]),
                col(ApplicationEventRow.act).in_((Step.SUBMIT, Step.RETURN, Step.WITHDRAW, Step.PUBLISH)),
            )
            .order_by(col(ApplicationEventRow.application_id), col(ApplicationEventRow.place))
        )
        for application, act, at in rows:
            steps[application].append((act, civil_day(at)))
    return {one: clock.spans(found) for one, found in steps.items()}


def _organisations(session: Session, ids: Iterable[UUID], today: date) -> dict[UUID, str]:
    known = many(session, ORGANISATION, ids, Point(today, head(session).seq))
    return {key: one.fact.name_zh for key, one in known.items()}
