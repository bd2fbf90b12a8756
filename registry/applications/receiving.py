"""Who can be given a case: an account that stands, reviews, and is in no way of the applicant's."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from registry.access.actors import ActorRole
from registry.accounts import memberships
from registry.accounts.models import AccountRow
from registry.applications.states import Case
from registry.kit.errors import Invalid, NotAllowed


def require_receiver(session: Session, case: Case, to: UUID, *, now: datetime) -> None:
    """Refuse a receiver who could take no step, whatever role they use at the moment."""
    account = session.get(AccountRow, to)
    held = memberships.current(session, to, now=now)
    reviews = any(one.role is ActorRole.REGISTRY_OFFICER for one in held)
    if account is None or account.disabled_at is not None or not reviews:
        raise Invalid("application-receiver-unfit")
    if any(one.organisation_id == case.organisation_id for one in held):
        raise NotAllowed("application-own-organisation")
