"""Taking, listing and purging reported problems, with a limit for each sender and day."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, func, select
from sqlmodel import Session, col

from registry.access import senders
from registry.feedback.models import ProblemRow
from registry.kit.clock import civil_day
from registry.kit.errors import DomainError
from registry.kit.ids import ALPHABET

LONGEST_ABOUT, LONGEST_TEXT, LONGEST_CONTACT = 80, 2000, 120
SIGNS = 8  # 40 random bits: a number cannot be guessed from another


class ProblemKind(StrEnum):
    WRONG_INFORMATION = "wrong-information"
    NOT_AS_DELIVERED = "not-as-delivered"
    EVIDENCE_IN_DOUBT = "evidence-in-doubt"
    WRONG_FIGURE = "wrong-figure"
    PAGE = "page"
    OTHER = "other"


class TooManyProblems(DomainError):
    code = "too-many-problems"
    status = 429


@dataclass(frozen=True, slots=True)
class Problem:
    """What a visitor typed, already held to its longest."""

    kind: ProblemKind
    about: str
    text: str
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a problem is kept and how many one sender may report in a day."""

    days: int
    per_day: int


def take(session: Session, problem: Problem, *, address: str, now: datetime, limits: Limits) -> str:
    """Keep a problem and return its number; TooManyProblems when this sender has had its share today."""
    purge(session, now=now)
    day = civil_day(now)
    sender = senders.digest(session, address, day)
    had = (
        select(func.count())
        .select_from(ProblemRow)
        .where(col(ProblemRow.sender) == sender, col(ProblemRow.day) == day)
    )
    if int(session.execute(had).scalar_one()) >= limits.per_day:
        raise TooManyProblems(limit=limits.per_day)
    number = "WT-" + "".join(secrets.choice(ALPHABET) for _ in range(SIGNS))
    session.add(
        ProblemRow(
            number=number,
            created_at=now,
            expires_at=now + timedelta(days=limits.days),
            day=day,
            sender=sender,
            kind=problem.kind,
            about=problem.about[:LONGEST_ABOUT],
            text=problem.text[:LONGEST_TEXT],
            contact=problem.contact[:LONGEST_CONTACT],
        )
    )
    session.flush()
    return number


def kept(session: Session, *, now: datetime) -> list[ProblemRow]:
    """Every problem whose days are not over, oldest first."""
    rows = session.scalars(
        select(ProblemRow)
        .where(col(ProblemRow.expires_at) > now)
        .order_by(col(ProblemRow.created_at), col(ProblemRow.number))
    )
    return list(rows)


def purge(session: Session, *, now: datetime) -> int:
    """Delete what has expired, and the keys of days gone by; returns how many problems went."""
    senders.forget_before(session, civil_day(now))
    done = session.execute(delete(ProblemRow).where(col(ProblemRow.expires_at) <= now))
    return int(done.rowcount)  # type: ignore[attr-defined]
