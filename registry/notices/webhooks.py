"""Webhooks of an organisation: made, given new secrets, stopped, replayed; by who manages its members."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import Session, col

from registry.access.actors import Actor
from registry.access.permissions import Act, Target, refused, require
from registry.accounts import logins
from registry.accounts.limiting import Limiter
from registry.kit import ids
from registry.kit.errors import Conflict, Invalid, NotFound
from registry.notices import outbox
from registry.notices.gate import Gate
from registry.notices.kinds import NoticeKind
from registry.notices.models import DeliveryRow, NoticeRow, WebhookRow
from registry.notices.signing import new_secret

MOST = 10
MOST_REPEATED = 10  # replays and single repeats of an organisation in the limiter's fifteen minutes
OLD_SECRET_LASTS = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where to and what about."""

    address: str
    kinds: frozenset[NoticeKind]


def own_organisation(actor: Actor) -> UUID:
    """The organisation whose webhooks the actor manages."""
    require(actor, Act.MANAGE_WEBHOOKS, Target(organisation_id=actor.organisation_id))
    if actor.organisation_id is None:
        raise refused(actor, Act.MANAGE_WEBHOOKS)
    return actor.organisation_id


def subscribe(
    session: Session, wanted: Wanted, *, actor: Actor, now: datetime, gate: Gate
) -> tuple[WebhookRow, str]:
    """A new webhook and its secret, which is shown once."""
    organisation_id = own_organisation(actor)
    logins.require_owned(session, actor, Act.MANAGE_WEBHOOKS)
    gate.parsed(wanted.address)
    if not wanted.kinds:
        raise Invalid("webhook-kinds-missing")
    running = session.scalar(
        select(func.count())
        .select_from(WebhookRow)
        .where(col(WebhookRow.organisation_id) == organisation_id, col(WebhookRow.stopped_at).is_(None))
    )
    if (running or 0) >= MOST:
        raise Conflict("webhooks-enough", most=MOST)
    row = WebhookRow(
        id=ids.new(),
        organisation_id=organisation_id,
        address=wanted.address,
        kinds=" ".join(sorted(wanted.kinds)),
        secret=new_secret(),
        created_at=now,
    )
    session.add(row)
    session.flush()
    return row, row.secret


def rotate(session: Session, webhook_id: UUID, *, actor: Actor, now: datetime) -> str:
    """A new secret; the one before it signs beside it for a day."""
    row = get(session, webhook_id, actor=actor)
    logins.require_owned(session, actor, Act.MANAGE_WEBHOOKS)
    _refuse_stopped(row)
    row.old_secret, row.old_until = row.secret, now + OLD_SECRET_LASTS
    row.secret = new_secret()
    return row.secret


def stop(session: Session, webhook_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Send nothing to it any more."""
    row = get(session, webhook_id, actor=actor)
    row.stopped_at = row.stopped_at or now


def spend(limiter: Limiter, *, actor: Actor) -> None:
    """Count a replay or a repeat before it is made: nobody turns the worker on somebody else's machine."""
    limiter.spend(f"webhooks:{own_organisation(actor)}", MOST_REPEATED)


def replay(session: Session, webhook_id: UUID, after: int, *, actor: Actor, now: datetime) -> int:
    """Everything after a position once more; returns how many deliveries wait for it."""
    row = get(session, webhook_id, actor=actor)
    _refuse_stopped(row)
    return outbox.replay(session, row, after, now=now)


def again(session: Session, webhook_id: UUID, delivery_id: UUID, *, actor: Actor, now: datetime) -> None:
    """One delivery once more."""
    row = get(session, webhook_id, actor=actor)
    _refuse_stopped(row)
    if not outbox.again(session, row, delivery_id, now=now):
        raise NotFound


def get(session: Session, webhook_id: UUID, *, actor: Actor) -> WebhookRow:
    """A webhook of the actor's organisation; another's does not exist."""
    organisation_id = own_organisation(actor)
    row = session.get(WebhookRow, webhook_id)
    if row is None or row.organisation_id != organisation_id:
        raise NotFound
    return row


def of_organisation(session: Session, *, actor: Actor) -> Sequence[WebhookRow]:
    """Every webhook of the actor's organisation, the newest first."""
    return session.scalars(
        select(WebhookRow)
        .where(col(WebhookRow.organisation_id) == own_organisation(actor))
        .order_by(col(WebhookRow.created_at).desc(), col(WebhookRow.id).desc())
    ).all()


def deliveries(
    session: Session, webhook_id: UUID, *, actor: Actor
) -> Sequence[tuple[DeliveryRow, NoticeRow]]:
    """The latest deliveries of a webhook, those laid aside first."""
    return outbox.of_webhook(session, get(session, webhook_id, actor=actor).id)


def _refuse_stopped(row: WebhookRow) -> None:
    if row.stopped_at is not None:
        raise Conflict("webhook-stopped")
