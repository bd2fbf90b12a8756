"""Notices for programs, and an organisation's webhooks for who manages it."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, status
from pydantic import BaseModel, ConfigDict, Field

from registry.access.http import ActorDep, May
from registry.access.permissions import Act
from registry.accounts.http import FreshDep
from registry.kit.clock import NowDep
from registry.kit.db import ReadDep, write_session
from registry.kit.problems import problems
from registry.notices import reading, webhooks
from registry.notices.gate import LONGEST, Gate
from registry.notices.kinds import NoticeKind
from registry.notices.models import DeliveryRow, NoticeRow, WebhookRow
from registry.notices.reading import PAGE, Notice

MAY = [Depends(May(Act.MANAGE_WEBHOOKS))]
GATE = Gate()
router = APIRouter(prefix="/api/v1", tags=["notices"], responses=problems(400, 403, 404, 422))


class NoticeOut(BaseModel):
    """A notice: what happened to which certificate or application."""

    id: UUID
    position: int = Field(description="Rises with every notice; ask for what comes after it")
    kind: NoticeKind
    record: UUID
    code: str = Field(description="登记号 of the certificate, or number of the application")
    at: datetime
    facts: dict[str, str]

    @classmethod
    def of(cls, notice: Notice) -> Self:
        return cls(
            id=notice.id,
            position=notice.position,
            kind=notice.kind,
            record=notice.record,
            code=notice.code,
            at=notice.at,
            facts=dict(notice.facts),
        )


class NoticesOut(BaseModel):
    """Notices after a position, in order."""

    notices: list[NoticeOut]
    next_after: int = Field(description="Where to go on; unchanged when there was nothing new")


class WebhookIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    address: str = Field(max_length=LONGEST, examples=["https://erp.example.com/greenmat"])
    kinds: list[NoticeKind] = Field(min_length=1, max_length=len(NoticeKind))


class WebhookOut(BaseModel):
    """A webhook; its secret is in no answer but the one that made it."""

    id: UUID
    address: str
    kinds: list[NoticeKind]
    created_at: datetime
    stopped_at: datetime | None

    @classmethod
    def of(cls, row: WebhookRow) -> Self:
        return cls(
            id=row.id,
            address=row.address,
            kinds=[NoticeKind(one) for one in row.kinds.split()],
            created_at=row.created_at,
            stopped_at=row.stopped_at,
        )


class SecretOut(BaseModel):
    """A webhook with its new secret."""

    id: UUID
    secret: str = Field(description="Shown once; `whsec_` and the key in base64")


class ReplayIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    after: int = Field(ge=0, le=2**53, description="Everything after this position is sent once more")


class ReplayOut(BaseModel):
    """How much is sent once more."""

    waiting: int = Field(description="Deliveries that are sent once more")


class DeliveryOut(BaseModel):
    """A delivery; `answer` is the last status, or timeout, connection or address."""

    id: UUID = Field(description="The Webhook-Id")
    position: int
    kind: NoticeKind
    state: str = Field(description="waiting, delivered, or dead: laid aside after the last try")
    tries: int
    answer: str
    next_at: datetime

    @classmethod
    def of(cls, row: DeliveryRow, notice: NoticeRow) -> Self:
        return cls(
            id=row.id,
            position=row.position,
            kind=NoticeKind(notice.kind),
            state=row.state,
            tries=row.tries,
            answer=row.answer,
            next_at=row.next_at,
        )


@router.get("/notices", dependencies=[Depends(May(Act.READ_NOTICES))])
def read_notices(
    actor: ActorDep,
    session: ReadDep,
    after: Annotated[int, Query(ge=0, le=2**53, description="Position to go on from")] = 0,
    limit: Annotated[int, Query(ge=1, le=500)] = PAGE,
) -> NoticesOut:
    """Notices of the caller's organisation, in order."""
    found = reading.after(session, reading.own_organisation(actor), after, limit=limit)
    return NoticesOut(
        notices=[NoticeOut.of(one) for one in found], next_after=found[-1].position if found else after
    )


@router.get("/webhooks", dependencies=MAY)
def read_webhooks(actor: ActorDep, session: ReadDep) -> list[WebhookOut]:
    """The webhooks of the caller's organisation."""
    return [WebhookOut.of(row) for row in webhooks.of_organisation(session, actor=actor)]


@router.post("/webhooks", dependencies=MAY, status_code=status.HTTP_201_CREATED)
def make_webhook(request: Request, person: FreshDep, now: NowDep, given: WebhookIn) -> SecretOut:
    """A new webhook; its secret is shown in this answer alone."""
    wanted = webhooks.Wanted(given.address, frozenset(given.kinds))
    with write_session(request.app.state.engine) as session:
        row, secret = webhooks.subscribe(session, wanted, actor=person.actor, now=now, gate=GATE)
        return SecretOut(id=row.id, secret=secret)


@router.post("/webhooks/{webhook_id}/secret", dependencies=MAY)
def renew_webhook_secret(request: Request, person: FreshDep, now: NowDep, webhook_id: UUID) -> SecretOut:
    """A new secret; the old one signs beside it for a day."""
    with write_session(request.app.state.engine) as session:
        return SecretOut(
            id=webhook_id, secret=webhooks.rotate(session, webhook_id, actor=person.actor, now=now)
        )


@router.post("/webhooks/{webhook_id}/stop", dependencies=MAY)
def stop_webhook(request: Request, person: FreshDep, now: NowDep, webhook_id: UUID) -> WebhookOut:
    """Send nothing to it any more."""
    with write_session(request.app.state.engine) as session:
        webhooks.stop(session, webhook_id, actor=person.actor, now=now)
        return WebhookOut.of(webhooks.get(session, webhook_id, actor=person.actor))


@router.post("/webhooks/{webhook_id}/replay", dependencies=MAY, responses=problems(429))
def replay_webhook(
    request: Request, actor: ActorDep, now: NowDep, *, webhook_id: UUID, given: ReplayIn
) -> ReplayOut:
    """Everything after a position once more and in order."""
    webhooks.spend(request.app.state.limiter, actor=actor)
    with write_session(request.app.state.engine) as session:
        return ReplayOut(waiting=webhooks.replay(session, webhook_id, given.after, actor=actor, now=now))


@router.get("/webhooks/{webhook_id}/deliveries", dependencies=MAY)
def read_deliveries(actor: ActorDep, session: ReadDep, webhook_id: UUID) -> list[DeliveryOut]:
    """The latest deliveries, those laid aside first."""
    return [DeliveryOut.of(*pair) for pair in webhooks.deliveries(session, webhook_id, actor=actor)]


@router.post(
    "/webhooks/{webhook_id}/deliveries/{delivery_id}/again", dependencies=MAY, responses=problems(429)
)
def send_delivery_again(
    request: Request, actor: ActorDep, now: NowDep, *, webhook_id: UUID, delivery_id: UUID
) -> ReplayOut:
    """One delivery once more."""
    webhooks.spend(request.app.state.limiter, actor=actor)
    with write_session(request.app.state.engine) as session:
        webhooks.again(session, webhook_id, delivery_id, actor=actor, now=now)
    return ReplayOut(waiting=1)
