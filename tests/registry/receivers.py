"""Accounts for the applicants' people: whoever is given a case must stand in the tables."""

from uuid import UUID

from sqlmodel import Session

from registry.access.actors import Actor, ActorRole
from registry.accounts import memberships
from registry.accounts.events import Moment
from registry.accounts.memberships import Place
from registry.accounts.models import AccountRow
from tests.applicants import NOW
from tests.factories import key


def officer(
    session: Session,
    actor: Actor,
    *,
    role: ActorRole = ActorRole.REGISTRY_OFFICER,
    organisation_n: int | None = None,
) -> UUID:
    """A standing account of this person's id, with the role in the person's organisation or another."""
    assert actor.account_id is not None
    assert actor.organisation_id is not None
    session.add(
        AccountRow(
            id=actor.account_id, login=f"{actor.name}@demonstration.invalid", name=actor.name, created_at=NOW
        )
    )
    session.flush()
    place = actor.organisation_id if organisation_n is None else key("organisation", organisation_n)
    memberships.give(session, actor.account_id, Place(place, role), moment=Moment(NOW, "192.0.2.7"))
    return actor.account_id
