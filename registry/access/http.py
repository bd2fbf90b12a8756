"""Permissions at the edge: every route names the act it performs."""

from typing import Annotated

from fastapi import Depends, Request

from registry.access.actors import ANONYMOUS, Actor
from registry.access.permissions import Act, require


def current_actor(_request: Request) -> Actor:
    """Who asks; until accounts come every visitor is anonymous."""
    return ANONYMOUS


ActorDep = Annotated[Actor, Depends(current_actor)]


class May:
    """A dependency that refuses actors the permission table does not allow."""

    def __init__(self, act: Act) -> None:
        self.act = act

    def __call__(self, actor: ActorDep) -> Actor:
        require(actor, self.act)
        return actor
