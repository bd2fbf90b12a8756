"""API keys: `gm_<id>_<secret>`, held to scopes, expiring, revocable, in the place of one membership."""

import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from registry.access import walls
from registry.access.actors import Actor, ActorRole
from registry.access.permissions import IN_PERSON, Act, Target, may, require, rows
from registry.accounts import events, logins, memberships
from registry.accounts.events import Kind, Moment
from registry.accounts.memberships import Membership
from registry.accounts.models import AccountRow, ApiKeyRow, MembershipRow
from registry.kit.errors import Invalid, NotAllowed, NotFound
from registry.kit.tokens import SECRET_BYTES, new_token, token_sha256

MOST_DAYS = 366
ID_BYTES = 5
USED_EVERY = timedelta(minutes=5)
_ID = re.compile(r"[0-9a-f]{10}")
_SHAPE = re.compile(r"gm_([0-9a-f]{10})_([A-Za-z0-9_-]{43})")


class KeyRefused(NotAllowed):
    """Unknown, expired, revoked and without a standing membership are one answer."""

    code = "key-refused"
    status = 401


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a new key is to be called, what it may do, and how long."""

    name: str
    scopes: frozenset[Act]
    days: int


@dataclass(frozen=True, slots=True)
class Presented:
    """A key that was accepted: whose it is, and whether its use should be written down."""

    id: str
    actor: Actor
    noted_lately: bool


def grantable(actor: Actor) -> tuple[Act, ...]:
    """The acts that a key of this actor may carry: what the role may and not every visitor."""
    return tuple(
        act
        for act in Act
        if act not in IN_PERSON and may(actor, act) and not any(rows(ActorRole.ANONYMOUS, act))
    )


def make(session: Session, membership: Membership, wanted: Wanted, *, actor: Actor, moment: Moment) -> str:
    """A new key, shown once; it never may more than the membership it stands for."""
    require(actor, Act.MANAGE_KEYS, Target(organisation_id=membership.organisation_id))
    walls.stand_for(session, actor)
    if not wanted.scopes <= set(grantable(actor)):
        raise Invalid("key-scope-unknown")
    if not 1 <= wanted.days <= MOST_DAYS or not 1 <= len(wanted.name.strip()) <= 60 or "\x00" in wanted.name:
        raise Invalid("key-unfit", most=MOST_DAYS)
    key_id, secret = secrets.token_hex(ID_BYTES), new_token(SECRET_BYTES)
    session.add(
        ApiKeyRow(
            id=key_id,
            secret_sha256=token_sha256(secret),
            membership_id=membership.id,
            name=wanted.name.strip(),
            scopes=" ".join(sorted(wanted.scopes)),
            created_at=moment.now,
            expires_at=moment.now + timedelta(days=wanted.days),
        )
    )
    if actor.account_id is not None:
        events.note(session, actor.account_id, Kind.KEY_MADE, moment, detail=key_id)
    return f"gm_{key_id}_{secret}"


def present(session: Session, text: str, *, now: datetime) -> Presented:
    """The actor of a key that somebody sends."""
    shape = _SHAPE.fullmatch(text)
    walls.stand_for_key(session, shape[1] if shape else "")
    key = session.get(ApiKeyRow, shape[1]) if shape else None
    if shape is None or key is None or not hmac.compare_digest(key.secret_sha256, token_sha256(shape[2])):
        raise KeyRefused
    if key.revoked_at is not None or key.expires_at <= now:
        raise KeyRefused
    membership = session.scalars(
        select(MembershipRow).where(col(MembershipRow.id) == key.membership_id, memberships.holds(now))
    ).one_or_none()
    if membership is None or not logins.is_usable(session.get(AccountRow, membership.account_id), now):
        raise KeyRefused
    actor = Actor(
        ActorRole(membership.role),
        f"key-{key.id}",
        membership.account_id,
        membership.organisation_id,
        scopes=frozenset(key.scopes.split()),
        organisations=memberships.organisations(session, membership.account_id, now=now),
    )
    return Presented(key.id, actor, key.used_at is not None and now - key.used_at < USED_EVERY)


def note_use(session: Session, key_id: str, *, now: datetime) -> None:
    walls.stand_for_key(session, key_id)
    key = session.get(ApiKeyRow, key_id)
    if key is not None:
        key.used_at = now


def revoke(session: Session, key_id: str, *, actor: Actor, moment: Moment) -> None:
    """Make a key void at once; to other organisations it does not exist."""
    walls.stand_for(session, actor)
    key = session.get(ApiKeyRow, key_id) if _ID.fullmatch(key_id) else None
    membership = session.get(MembershipRow, key.membership_id) if key else None
    if key is None or membership is None or membership.organisation_id != actor.organisation_id:
        raise NotFound
    require(actor, Act.MANAGE_KEYS, Target(organisation_id=membership.organisation_id))
    key.revoked_at = key.revoked_at or moment.now
    if actor.account_id is not None:
        events.note(session, actor.account_id, Kind.KEY_REVOKED, moment, detail=key_id)


def of_organisation(session: Session, actor: Actor) -> Sequence[ApiKeyRow]:
    """Every key of the actor's organisation, the newest first."""
    walls.stand_for(session, actor)
    return session.scalars(
        select(ApiKeyRow)
        .join(MembershipRow, col(MembershipRow.id) == col(ApiKeyRow.membership_id))
        .where(col(MembershipRow.organisation_id) == actor.organisation_id)
        .order_by(col(ApiKeyRow.created_at).desc(), col(ApiKeyRow.id))
    ).all()
