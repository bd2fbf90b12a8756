"""Who is signed in, at the edge; and acts for which somebody must have proved it a moment ago."""

from typing import Annotated

from fastapi import Depends, Request

from registry.access.http import ActorDep
from registry.access.permissions import Act, refused
from registry.accounts.sessions import SignedIn
from registry.kit.clock import NowDep
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


def fresh(person: SignedInDep, now: NowDep) -> SignedIn:
    """The person, who proved who they are within the last ten minutes."""
    if not person.is_fresh(now):
        raise ConfirmationNeeded
    return person


FreshDep = Annotated[SignedIn, Depends(fresh)]
