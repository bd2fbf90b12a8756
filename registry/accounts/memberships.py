"""Roles of accounts in organisations: given by invitation, ended by who manages the organisation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlmodel import Session, col

from registry.access.actors import GIVEN_ROLES, Actor, ActorRole
from registry.access.permissions import Act, Target, allows, refused, require_some
from registry.accounts import events
from registry.accounts.events import Kind, Moment
from registry.accounts.models import AccountRow, MembershipRow
from registry.kit import ids
from registry.kit.errors import NotFound

# Staff of the registry belong to no organisation of the register.
OPERATING_BODY = ids.derived("organisation", "registry-operator")
EVERY_ROLE = frozenset({ActorRole.ADMINISTRATOR, ActorRole.OPERATOR})


@dataclass(frozen=True, slots=True)
class Membership:
    """A role that an account holds."""

    id: UUID
    organisation_id: UUID
    role: ActorRole
    manages: bool
    since: datetime

    @classmethod
    def of(cls, row: MembershipRow) -> Self:
        return cls(row.id, row.organisation_id, ActorRole(row.role), row.manages, row.since)

    def actor(self, account_id: UUID, organisations: frozenset[UUID] = frozenset()) -> Actor:
        """Its account, acting in this role."""
        return Actor(
            self.role,
            str(account_id),
            account_id,
            self.organisation_id,
            manages=self.manages,
            organisations=organisations,
        )


@dataclass(frozen=True, slots=True)
class Place:
    """A role in an organisation, as it is offered or given."""

    organisation_id: UUID
    role: ActorRole
    manages: bool = False


def offered(actor: Actor) -> tuple[ActorRole, ...]:
    """The roles an actor may give and take away: a maker also has agents."""
    if actor.role in EVERY_ROLE:
        return GIVEN_ROLES
    if actor.role is ActorRole.MANUFACTURER:
        return (ActorRole.MANUFACTURER, ActorRole.AGENT)
    return (actor.role,)


def may_manage(actor: Actor, place: Place) -> bool:
    """Whether the actor may give this role there and end it."""
    own = allows(actor, Act.MANAGE_MEMBERS, Target(organisation_id=place.organisation_id))
    return own and place.role in offered(actor)


def require_managing(actor: Actor, place: Place) -> None:
    if not may_manage(actor, place):
        raise refused(actor, Act.MANAGE_MEMBERS)
    require_some(actor, Act.MANAGE_MEMBERS)


def give(session: Session, account_id: UUID, place: Place, *, moment: Moment) -> Membership:
    """A role for an account; one that it holds already only gains the right to manage."""
    for row in _rows(session, account_id, moment.now):
        if (row.organisation_id, row.role) == (place.organisation_id, place.role):
            row.manages = row.manages or place.manages
            return Membership.of(row)
    row = MembershipRow(
        id=ids.new(),
        account_id=account_id,
        organisation_id=place.organisation_id,
        role=place.role,
        manages=place.manages,
        since=moment.now,
    )
    session.add(row)
    session.flush()
    events.note(session, account_id, Kind.JOINED, moment, detail=place.role)
    return Membership.of(row)


def current(session: Session, account_id: UUID, *, now: datetime) -> list[Membership]:
    """The roles an account holds, the oldest first."""
    return [Membership.of(row) for row in _rows(session, account_id, now)]


def organisations(session: Session, account_id: UUID, *, now: datetime) -> frozenset[UUID]:
    """Every organisation in which an account holds a role."""
    return frozenset(row.organisation_id for row in _rows(session, account_id, now))


def of_organisation(
    session: Session, organisation_id: UUID, *, now: datetime
) -> Sequence[tuple[MembershipRow, AccountRow]]:
    """Everybody who holds a role in an organisation."""
    found = session.execute(
        select(MembershipRow, AccountRow)
        .join(AccountRow, col(AccountRow.id) == col(MembershipRow.account_id))
        .where(col(MembershipRow.organisation_id) == organisation_id, holds(now))
        .order_by(col(MembershipRow.since), col(MembershipRow.id))
    )
    return [(row[0], row[1]) for row in found]


def end(session: Session, membership_id: UUID, *, actor: Actor, moment: Moment) -> None:
    """End a role; sessions that act in it go on without it, keys made in it stop."""
    row = session.get(MembershipRow, membership_id)
    if row is None:
        raise NotFound
    require_managing(actor, Place(row.organisation_id, ActorRole(row.role)))
    row.until = row.until or moment.now
    events.note(session, row.account_id, Kind.MEMBERSHIP_ENDED, moment, detail=row.role)


def holds(now: datetime) -> ColumnElement[bool]:
    """The condition that a membership stands at an instant."""
    return or_(col(MembershipRow.until).is_(None), col(MembershipRow.until) > now)


def _rows(session: Session, account_id: UUID, now: datetime) -> Sequence[MembershipRow]:
    return session.scalars(
        select(MembershipRow)
        .where(col(MembershipRow.account_id) == account_id, holds(now))
        .order_by(col(MembershipRow.since), col(MembershipRow.id))
    ).all()
