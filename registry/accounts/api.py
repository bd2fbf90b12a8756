"""Who the interface takes the caller for."""

from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from registry.access.actors import ActorRole
from registry.access.http import ActorDep, May
from registry.access.permissions import Act, may

router = APIRouter(prefix="/api/v1/caller", tags=["operation"], dependencies=[Depends(May(Act.READ))])


class CallerOut(BaseModel):
    """The caller's role, organisation and acts; no name and no address."""

    role: ActorRole = Field(description="What the caller acts as", examples=["anonymous"])
    organisation_id: UUID | None = Field(description="For whom; null for visitors")
    acts: list[Act] = Field(description="What role and scopes allow on what stands in relation")


@router.get("")
def read_caller(actor: ActorDep) -> CallerOut:
    """What the register knows of the caller: a way to try a key without doing anything."""
    return CallerOut(
        role=actor.role,
        organisation_id=actor.organisation_id,
        acts=[act for act in Act if may(actor, act)],
    )
