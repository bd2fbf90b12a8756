"""Writing the feed and following it: gapless, commit-ordered, replayable."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, tuple_, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, SQLModel, col

from registry.changes.kinds import KINDS, FactKind
from registry.changes.models import ChangeActor, ChangeRow, FeedHead, PublicCode
from registry.changes.record import Change, Header, canonical, digest, seal
from registry.kit.db import add_once
from registry.kit.errors import Conflict
from registry.kit.types import Fact

BATCH = 500


@dataclass(frozen=True, slots=True)
class Draft:
    """A version about to be recorded.

    `after_version` names the last version it was made from: on PostgreSQL two acts may read the same state
    before either is recorded, and only the first may stand.
    """

    kind: FactKind[Any]
    key: UUID
    effective_on: date
    fact: Fact
    after_version: int | None = None


class FeedMissing(Conflict):
    code = "feed-missing"


def start(session: Session, feed: str) -> None:
    """Name an empty database's feed; a database keeps its name for life."""
    if session.get(FeedHead, 1) is None:
        head = FeedHead(id=1, feed=feed, seq=0, recorded_at=datetime(1970, 1, 1, tzinfo=UTC))
        add_once(session, head)  # several processes may start on an empty database


@dataclass(frozen=True, slots=True)
class Head:
    """The feed's name and last position, and when that was recorded."""

    feed: str
    seq: int
    recorded_at: datetime


_H = SQLModel.metadata.tables["feed_head"].c
_HEAD = select(_H.feed, _H.seq, _H.recorded_at).where(_H.id == 1)


def head(session: Session) -> Head:
    """Where the feed stands; every page asks, so it goes past the object layer."""
    found = session.connection().execute(_HEAD).one_or_none()
    if found is None:
        raise FeedMissing
    return Head(*found)


def hold(session: Session) -> int:
    """The last position, locked until the transaction ends: what is read after it still holds at `append`."""
    found = session.scalar(select(col(FeedHead.seq)).where(col(FeedHead.id) == 1).with_for_update())
    if found is None:
        raise FeedMissing
    return int(found)


def append(session: Session, drafts: Sequence[Draft], *, actor: str, now: datetime) -> list[Change]:
    """Record versions and write their tables, in the caller's transaction.

    The head row is updated first and stays locked until commit: a later seq can only be given after this
    transaction is visible, and a rollback gives its numbers back.
    """
    if not drafts:
        return []
    last, recorded_at = _reserve(session, len(drafts), now)
    versions = _last_versions(session, drafts)
    _nothing_came_between(drafts, versions)
    changes = []
    for seq, draft in enumerate(drafts, last - len(drafts) + 1):
        version = versions.get((draft.kind.name, draft.key), 0) + 1
        versions[(draft.kind.name, draft.key)] = version
        header = Header(seq, draft.kind.name, draft.key, version, draft.effective_on, recorded_at)
        changes.append(seal(header, canonical(draft.fact)))
    try:
        _store(session, changes)
    except IntegrityError as error:
        raise Conflict("already-recorded", kinds=sorted({draft.kind.name for draft in drafts})) from error
    session.execute(insert(ChangeActor), [{"seq": c.header.seq, "actor": actor} for c in changes])
    return changes


def replay(session: Session, changes: Iterable[Change]) -> int:
    """Write the records of another feed exactly as they are, from seq 1 on; returns how many."""
    count, waiting = 0, iter(changes)
    while batch := list(islice(waiting, BATCH)):
        last, _ = _reserve(session, len(batch), batch[-1].header.recorded_at)
        for expected, change in enumerate(batch, last - len(batch) + 1):
            if change != seal(change.header, change.payload):
                raise Conflict("feed-record-altered", seq=change.header.seq)
            if change.header.seq != expected:
                raise Conflict("feed-hole", expected=expected, found=change.header.seq)
        _store(session, batch)
        count += len(batch)
    return count


def after(session: Session, seq: int, *, limit: int = BATCH) -> list[Change]:
    """The next records after a position, in order; an empty list means the follower is up to date."""
    rows = session.scalars(
        select(ChangeRow).where(col(ChangeRow.seq) > seq).order_by(col(ChangeRow.seq)).limit(limit)
    )
    return [to_change(row) for row in rows]


def every(session: Session) -> Iterator[Change]:
    """The whole feed from the first record, in batches."""
    position = 0
    while batch := after(session, position):
        yield from batch
        position = batch[-1].header.seq


def position_at(session: Session, instant: datetime) -> int:
    """The feed position an instant resolves to: the last record known then, or 0."""
    found = session.scalar(
        select(col(ChangeRow.seq))
        .where(col(ChangeRow.recorded_at) <= instant)
        .order_by(col(ChangeRow.recorded_at).desc(), col(ChangeRow.seq).desc())
        .limit(1)
    )
    return int(found or 0)


def instant_of(session: Session, seq: int) -> datetime | None:
    """When a position was recorded; None for 0, before the first record."""
    return session.scalar(select(col(ChangeRow.recorded_at)).where(col(ChangeRow.seq) == seq))


def to_change(row: ChangeRow) -> Change:
    header = Header(row.seq, row.kind, row.key, row.version, row.effective_on, row.recorded_at)
    return Change(header, row.payload, row.payload_sha256, row.hash)


def _reserve(session: Session, count: int, now: datetime) -> tuple[int, datetime]:
    """Take the next numbers; instants never run backwards, so an instant names one position."""
    taken = session.execute(
        update(FeedHead)
        .where(col(FeedHead.id) == 1)
        .values(seq=col(FeedHead.seq) + count)
        .returning(col(FeedHead.seq), col(FeedHead.recorded_at))
        .execution_options(synchronize_session=False)
    ).one_or_none()
    if taken is None:
        raise FeedMissing
    recorded_at = max(now.astimezone(UTC), taken[1])
    session.execute(
        update(FeedHead)
        .where(col(FeedHead.id) == 1)
        .values(recorded_at=recorded_at)
        .execution_options(synchronize_session=False)
    )
    return int(taken[0]), recorded_at


def _last_versions(session: Session, drafts: Sequence[Draft]) -> dict[tuple[str, UUID], int]:
    found: dict[tuple[str, UUID], int] = {}
    keys = list({(draft.kind.name, draft.key) for draft in drafts})
    for start_at in range(0, len(keys), BATCH):
        part = keys[start_at : start_at + BATCH]
        rows = session.execute(
            select(col(ChangeRow.kind), col(ChangeRow.key), func.max(col(ChangeRow.version)))
            .where(tuple_(col(ChangeRow.kind), col(ChangeRow.key)).in_(part))
            .group_by(col(ChangeRow.kind), col(ChangeRow.key))
        )
        found.update({(kind, key): version for kind, key, version in rows})
    return found


def _nothing_came_between(drafts: Sequence[Draft], versions: Mapping[tuple[str, UUID], int]) -> None:
    for draft in drafts:
        last = versions.get((draft.kind.name, draft.key), 0)
        if draft.after_version not in (None, last):
            raise Conflict("fact-changed-meanwhile", expected=draft.after_version, found=last)


def _store(session: Session, changes: Sequence[Change]) -> None:
    session.execute(
        insert(ChangeRow),
        [
            {
                "seq": c.header.seq,
                "kind": c.header.kind,
                "key": c.header.key,
                "version": c.header.version,
                "effective_on": c.header.effective_on,
                "recorded_at": c.header.recorded_at,
                "payload": c.payload,
                "payload_sha256": c.payload_sha256,
                "hash": c.hash,
            }
            for c in changes
        ],
    )
    for change in changes:
        kind = KINDS[change.header.kind]
        known = kind.known(change)
        code = getattr(known.fact, "code", None)
        if code is not None and change.header.version == 1:
            session.add(PublicCode(code=code, kind=kind.name, key=change.header.key))
        kind.project(session, known)
    session.flush()


def verify(changes: Iterable[Change]) -> int:
    """Check every record's hashes and the gapless order; returns the last seq or raises Conflict."""
    last = 0
    for change in changes:
        if change.header.seq != last + 1:
            raise Conflict("feed-hole", expected=last + 1, found=change.header.seq)
        if digest(change.payload) != change.payload_sha256 or change != seal(change.header, change.payload):
            raise Conflict("feed-record-altered", seq=change.header.seq)
        last = change.header.seq
    return last
