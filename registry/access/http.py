"""Permissions at the edge: every route names the act it performs, and the site says who asks."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import Depends, Request

from registry.access.actors import ANONYMOUS, Actor
from registry.access.permissions import Act, require_some

Identify = Callable[[Request], Awaitable[Actor]]


async def current_actor(request: Request) -> Actor:
    """Who asks: what the site's `identify` finds; without one every visitor is anonymous."""
    identify: Identify | None = getattr(request.app.state, "identify", None)
    return await identify(request) if identify else ANONYMOUS


ActorDep = Annotated[Actor, Depends(current_actor)]


class May:
    """A dependency that refuses actors to whom the permission table allows the act on nothing at all.

    Whose thing it is stands in no address, so services ask `require` once more with the target. It waits for
    nothing and is asked of every request, so it takes no thread.
    """

    def __init__(self, act: Act) -> None:
        self.act = act

    async def __call__(self, actor: ActorDep) -> Actor:
        require_some(actor, self.act)
        return actor
