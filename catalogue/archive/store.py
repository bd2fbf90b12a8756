"""Keeping and reading evidence: sealed, found by its address alone, kept for twenty years (decision 0020)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from pydantic import BaseModel
from sqlalchemy import delete, select
from sqlmodel import Session, col

from catalogue.archive.models import ArchivedRow
from catalogue.archive.numbers import Kind, new_number
from catalogue.archive.sealed import Said, Sealed
from registry.changes import feed
from registry.changes.reading import Point
from registry.changes.record import digest
from registry.kit.errors import NotFound
from registry.kit.settings import Mode
from registry.kit.tokens import new_token, token_sha256
from registry.kit.types import instant_text

B = TypeVar("B", bound=BaseModel)

# 政府采购法 第四十二条: procurement papers are kept at least fifteen years from the end of the procurement.
# Evidence is made before that end; five more years cover the procedure itself.
YEARS = 20


@dataclass(frozen=True, slots=True)
class Archived:
    """A sealed document as stored: `text` is what the digest covers, byte for byte."""

    sealed: Sealed
    text: str
    sha256: str
    created_at: datetime
    kept_until: datetime

    @property
    def number(self) -> str:
        return self.sealed.number

    @property
    def is_whole(self) -> bool:
        """Whether the document still has the digest it was sealed with."""
        return digest(self.text) == self.sha256

    def content(self, kind: Kind, model: type[B]) -> B:
        """What was kept; NotFound where the address leads to something of another kind."""
        if self.sealed.kind is not kind:
            raise NotFound("archive-not-found")
        return model.model_validate(self.sealed.content)


def keep(session: Session, kind: Kind, body: BaseModel, *, now: datetime, at: Point) -> tuple[str, Archived]:
    """Seal a document and return the secret part of its address, which is stored nowhere."""
    token, name = new_token(), feed.head(session).feed
    sealed = Sealed(
        number=_unused(session, kind, now),
        kind=kind,
        kept_at=instant_text(now),
        feed=name,
        on=at.on.isoformat(),
        as_of=at.as_of,
        notice=Said.of("archive.demonstration") if name == Mode.DEMONSTRATION else None,
        content=body.model_dump(mode="json"),
    )
    text = sealed.text
    row = ArchivedRow(
        number=sealed.number,
        token_sha256=token_sha256(token),
        kind=kind,
        created_at=now,
        kept_until=years_later(now),
        sha256=digest(text),
        document=text,
    )
    session.add(row)
    session.flush()
    return token, _archived(row)


def get(session: Session, token: str, *, now: datetime) -> Archived:
    """What stands behind an address; NotFound when nothing does, or no longer."""
    row = session.scalars(
        select(ArchivedRow).where(col(ArchivedRow.token_sha256) == token_sha256(token))
    ).one_or_none()
    if row is None or row.kept_until <= now:
        raise NotFound("archive-not-found")
    return _archived(row)


def purge(session: Session, *, now: datetime) -> int:
    """Delete what has been kept for its years; returns how many."""
    done = session.execute(delete(ArchivedRow).where(col(ArchivedRow.kept_until) <= now))
    return int(done.rowcount)  # type: ignore[attr-defined]


def years_later(instant: datetime) -> datetime:
    """The same instant of the calendar; the 29 February of a year without one is the day after."""
    try:
        return instant.replace(year=instant.year + YEARS)
    except ValueError:
        return (instant + timedelta(days=1)).replace(year=instant.year + YEARS)


def _unused(session: Session, kind: Kind, now: datetime) -> str:
    while True:
        number = new_number(kind, now)
        if session.get(ArchivedRow, number) is None:
            return number


def _archived(row: ArchivedRow) -> Archived:
    sealed = Sealed.model_validate_json(row.document)
    return Archived(sealed, row.document, row.sha256, row.created_at, row.kept_until)
