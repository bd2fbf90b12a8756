"""Who is signed in, at the edge; and acts for which somebody must have proved it a moment ago."""

from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Engine

from registry.access.http import ActorDep
from registry.access.permissions import Act, SecondFactorNeeded, refused
from registry.accounts import second
from registry.accounts.sessions import SignedIn
from registry.kit.clock import NowDep
from registry.kit.db import read_session
from registry.kit.errors import NotAllowed


class ConfirmationNeeded(NotAllowed):
    """Signed in, but too long ago for an act that would hand the account over."""

    code = "confirm-first"


def signed_in(request: Request, actor: ActorDep) -> SignedIn:
    """The person behind the request; a key is nobody in person."""
    found: SignedIn | None = getattr(request.state, "signed_in", None)
    if found is None:
        raise refused(actor, Act.USE_ACCOUNT)
    return found


SignedInDep = Annotated[SignedIn, Depends(signed_in)]


def require_fresh(person: SignedIn, engine: Engine, now: datetime) -> None:
    """Refuse who has proved nothing for ten minutes, or not the second factor that they have."""
    if not person.is_fresh(now):
        raise ConfirmationNeeded
    if person.second_at is None:
        with read_session(engine) as session:
            if second.enrolled(session, person.account_id):
                raise SecondFactorNeeded(role=str(person.actor.role), act=str(Act.USE_ACCOUNT))


def fresh(request: Request, person: SignedInDep, now: NowDep) -> SignedIn:
    """The person, who proved who they are a moment ago."""
    require_fresh(person, request.app.state.engine, now)
    return person


FreshDep = Annotated[SignedIn, Depends(fresh)]
