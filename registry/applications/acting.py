"""What every act on an application shares: reading it by right, and taking one step with its event."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session

from registry.access import walls
from registry.access.permissions import Act, allows, require, require_some
from registry.accounts.memberships import OPERATING_BODY
from registry.applications import store
from registry.applications.application import Application
from registry.applications.numbers import LONGEST
from registry.applications.states import WHOLE_COUNTRY, Person, State, Step, step
from registry.applications.store import By, Taken, account_of
from registry.changes.feed import head
from registry.changes.reading import Point, get
from registry.kit.clock import civil_day
from registry.kit.errors import NotAllowed, NotFound
from registry.parties.service import ORGANISATION


@dataclass(frozen=True, slots=True)
class Doing:
    """A step about to be taken; `details` go into its event, `columns` into the row."""

    act: Step
    by: By
    reason: str = ""
    to: UUID | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    columns: Mapping[str, Any] = field(default_factory=dict)


def read(session: Session, number: str, by: By) -> Application:
    """The application, for whoever may read it; to everybody else it does not exist."""
    require_some(by.actor, Act.READ_APPLICATION)
    walls.stand_for(session, by.actor)
    application = store.get(session, number, levels=by.levels)
    if not allows(by.actor, Act.READ_APPLICATION, application.target()):
        raise NotFound("application-not-found", number=number[:LONGEST])
    return application


def was_taken_back(session: Session, number: str, by: By) -> bool:
    """Whether the applicant has withdrawn a case since this reviewer took it; nothing else is told of it."""
    require_some(by.actor, Act.REVIEW_APPLICATION)
    walls.stand_for(session, by.actor)
    application = store.get(session, number, levels=by.levels)
    return application.state is State.WITHDRAWN and any(
        event.act == Step.TAKE and event.account_id == by.actor.account_id
        for event in store.events(session, application.id)
    )


def opened(session: Session, number: str, by: By, *, step: Step, act: Act) -> tuple[Application, bool]:
    """The application for a step, and whether this very step was taken already: a second click."""
    application = read(session, number, by)
    repeated = store.was_taken_already(session, application, step, by)
    if not repeated:
        require(by.actor, act, application.target())
    return application, repeated


def done(session: Session, application: Application, doing: Doing) -> Application:
    """The application after a step that its table, its roles and its two persons allow."""
    by = doing.by
    reason = words(doing.reason)
    case = step(application.case, doing.act, person(session, by), reason=reason, to=doing.to)
    told = {**doing.details, **({"to": str(doing.to)} if doing.to else {})}
    taken = Taken(doing.act, by, case, reason, told, doing.columns)
    store.write(session, application, taken)
    return store.get(session, application.number, levels=by.levels)


def words(text: str) -> str:
    """What somebody wrote to somebody, without the signs that no database keeps."""
    return text.replace("\0", "").encode(errors="replace").decode().strip()


def person(session: Session, by: By) -> Person:
    """Who acts, as the steps look at it; the office's region only where levels are told apart."""
    account, organisation = account_of(by.actor), by.actor.organisation_id
    if organisation is None:
        raise NotAllowed(role=str(by.actor.role), act=str(Act.REVIEW_APPLICATION))
    region = None
    if by.levels > 1:
        is_registry = organisation == OPERATING_BODY
        region = WHOLE_COUNTRY if is_registry else region_of(session, organisation, civil_day(by.now))
    return Person(account, organisation, region, by.actor.belongs_to)


def region_of(session: Session, organisation_id: UUID, today: date) -> str | None:
    known = get(session, ORGANISATION, organisation_id, Point(today, head(session).seq))
    return known.fact.region if known else None
