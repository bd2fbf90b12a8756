"""The feed as everyone may follow it."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, Field

from registry.access.http import May
from registry.access.permissions import Act
from registry.changes import feed
from registry.changes.answers import ONE, Instant
from registry.changes.http import state_position
from registry.changes.record import Change
from registry.kit.db import ReadDep
from registry.kit.etags import Conditional

router = APIRouter(prefix="/api/v1/changes", tags=["feed"], route_class=Conditional)
MOST = 500


class ChangeOut(BaseModel):
    """One record: header and payload, instant and payload in their hashed text so that anyone can check."""

    seq: int
    kind: str
    key: UUID
    version: int
    effective_on: date
    recorded_at: Instant
    payload: str
    payload_sha256: str
    hash: str

    @classmethod
    def of(cls, change: Change) -> "ChangeOut":
        header: dict[str, Any] = {
            name: getattr(change.header, name)
            for name in ("seq", "kind", "key", "version", "effective_on", "recorded_at")
        }
        return cls(**header, payload=change.payload, payload_sha256=change.payload_sha256, hash=change.hash)


class ChangesPage(BaseModel):
    """Records after a position; ask again with `next_after` until `items` is empty."""

    feed: str = Field(description="demonstration or production")
    head: int
    items: list[ChangeOut]
    next_after: int


@router.get("", dependencies=[Depends(May(Act.READ))], responses=ONE)
def read_changes(
    session: ReadDep,
    response: Response,
    after: Annotated[int, Query(ge=0, le=2**53, description="Cursor: the last position already seen")] = 0,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
) -> ChangesPage:
    """Follow the feed from a cursor, in commit order, without holes."""
    head = feed.head(session)
    state_position(session, head.seq, response)
    items = [ChangeOut.of(change) for change in feed.after(session, min(after, head.seq), limit=limit)]
    return ChangesPage(
        feed=head.feed, head=head.seq, items=items, next_after=items[-1].seq if items else after
    )
