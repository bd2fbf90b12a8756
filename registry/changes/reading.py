"""Reading facts at a point on both time axes: the law's day and the feed position."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Row, Select, Subquery, bindparam, func, select
from sqlmodel import Session, SQLModel, col

from registry.changes.feed import BATCH, Draft, head, position_at
from registry.changes.kinds import FactKind, Known
from registry.changes.models import ChangeRow, PublicCode
from registry.changes.record import Header
from registry.kit.clock import SHANGHAI, civil_day
from registry.kit.errors import Invalid
from registry.kit.types import Fact

F = TypeVar("F", bound=Fact)
MOST_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Point:
    """Where a read stands: `on` is the civil day the law looks at, `as_of` the feed position known."""

    on: date
    as_of: int


def point(session: Session, on: date, as_of: int | None = None) -> Point:
    """A point at a day and a position; without a position, at everything known."""
    return Point(on, head(session).seq if as_of is None else as_of)


def resolve_as_of(session: Session, text: str | None) -> int:
    """A feed position from text: empty is the head, digits a position, otherwise a civil day or an instant.

    A day means its end and an instant without a zone is read in China's; a position that is still to come
    is refused, so that 20260601 is not taken for everything known.
    """
    last = head(session).seq
    if not text:
        return last
    if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS:
        if int(text) > last:
            raise Invalid("as-of-ahead", value=text, last=last)
        return int(text)
    try:
        instant = datetime.combine(date.fromisoformat(text), time.max) if _is_day(text) else None
        instant = instant or datetime.fromisoformat(text)
        instant = (instant if instant.tzinfo else instant.replace(tzinfo=SHANGHAI)).astimezone(UTC)
    except (ValueError, OverflowError) as error:  # the first and last day overflow in some time zones
        raise Invalid("as-of-unreadable", value=text[:40]) from error
    return position_at(session, instant)


def _is_day(text: str) -> bool:
    return len(text) == len("2026-06-01")


def get(session: Session, kind: FactKind[F], key: UUID, at: Point) -> Known[F] | None:
    """The version of one fact in force on the day, as known at the position; None when there is none."""
    row = session.connection().execute(_ONE, {**_asked(kind, at), "one_key": key}).one_or_none()
    return None if row is None else read_row(kind, row)


def many(session: Session, kind: FactKind[F], keys: Iterable[UUID], at: Point) -> dict[UUID, Known[F]]:
    """The same for many keys at once; keys without a version are left out."""
    wanted = sorted(set(keys))
    found: dict[UUID, Known[F]] = {}
    for start in range(0, len(wanted), BATCH):
        part = wanted[start : start + BATCH]
        for row in session.connection().execute(_MANY, {**_asked(kind, at), "keys": part}):
            known = read_row(kind, row)
            found[known.header.key] = known
    return found


def payloads(session: Session, kind: FactKind[F], keys: Iterable[UUID], at: Point) -> dict[UUID, str]:
    """The same versions as recorded, in canonical JSON, for whoever needs only a little of a long fact."""
    wanted = sorted(set(keys))
    found: dict[UUID, str] = {}
    for start in range(0, len(wanted), BATCH):
        part = wanted[start : start + BATCH]
        rows = session.connection().execute(_MANY, {**_asked(kind, at), "keys": part})
        found.update((row.key, row.payload) for row in rows)
    return found


def every(session: Session, kind: FactKind[F], at: Point) -> Iterator[Known[F]]:
    """Every fact of a kind at a point, in key order."""
    for row in session.connection().execute(_ALL, _asked(kind, at)):
        yield read_row(kind, row)


def history(session: Session, kind: FactKind[F], key: UUID, *, as_of: int) -> list[Known[F]]:
    """Every version of one fact known at a position, first to last."""
    rows = session.execute(
        _columns().where(_C.kind == kind.name, _C.key == key, _C.seq <= as_of).order_by(_C.seq)
    )
    return [read_row(kind, row) for row in rows]


def next_effective(session: Session, keys: Iterable[UUID], at: Point) -> dict[UUID, date]:
    """For each key the first later day on which an already recorded version starts to count."""
    rows = session.execute(
        select(col(ChangeRow.key), func.min(col(ChangeRow.effective_on)))
        .where(
            col(ChangeRow.key).in_(set(keys)),
            col(ChangeRow.effective_on) > at.on,
            col(ChangeRow.seq) <= at.as_of,
        )
        .group_by(col(ChangeRow.key))
    )
    return {key: day for key, day in rows}  # noqa: C416 - rows are not pairs to the type checker


def find_code(session: Session, code: str) -> PublicCode | None:
    row = session.connection().execute(_CODE, {"asked": code}).one_or_none()
    return None if row is None else PublicCode(code=row.code, kind=row.kind, key=row.key)


def find_codes(session: Session, codes: Iterable[str]) -> dict[str, PublicCode]:
    """Many at once; codes that name nothing are left out."""
    wanted = sorted(set(codes))
    found: dict[str, PublicCode] = {}
    for start in range(0, len(wanted), BATCH):
        asked = _CODES.where(_P.code.in_(wanted[start : start + BATCH]))
        for row in session.connection().execute(asked):
            found[row.code] = PublicCode(code=row.code, kind=row.kind, key=row.key)
    return found


def amendments(
    session: Session, kind: FactKind[F], key: UUID, *, from_day: date, patch: Callable[[F], F]
) -> list[Draft]:
    """Drafts that restate a fact from a day on, later versions included.

    A correction of the past must reach what came after it: every version in force on or after the day is
    restated with the patch, each keeping its own day. Recording them is refused when another version came in
    between.
    """
    known = history(session, kind, key, as_of=head(session).seq)
    in_force: dict[date, Known[F]] = {}
    for version in known:  # later knowledge of the same day replaces earlier
        in_force[version.header.effective_on] = version
    days = sorted(in_force)
    earlier = [day for day in days if day <= from_day]
    line: list[tuple[date, Known[F]]] = [(from_day, in_force[earlier[-1]])] if earlier else []
    line += [(day, in_force[day]) for day in days if day > from_day]
    return [Draft(kind, key, day, patch(version.fact), after_version=len(known)) for day, version in line]


def day_known(header: Header) -> date:
    """The civil day on which a version was recorded."""
    return civil_day(header.recorded_at)


# Built once, of the tables' own columns, and run on the connection: putting a statement together and leading
# it through the object layer costs more than running it.
_CHANGES = SQLModel.metadata.tables["changes"]
_C = _CHANGES.c
_P = SQLModel.metadata.tables["public_codes"].c
_CODES = select(_P.code, _P.kind, _P.key)
_CODE = _CODES.where(_P.code == bindparam("asked"))
_FIELDS = ("seq", "kind", "key", "version", "effective_on", "recorded_at", "payload")


def _columns() -> Select[Any]:
    return select(*(_C[name] for name in _FIELDS))


def _newest(*conditions: Any) -> Select[Any]:
    """One row per key: the latest day not after `on`, then the latest knowledge of that day."""
    versions = select(*(_C[name] for name in _FIELDS), _place(_C.key))
    return _first(versions.where(*_UP_TO, *conditions))


def newest(named: Subquery) -> Select[Any]:
    """The same for pairs of `kind` and `key` that a statement names."""
    versions = (
        select(*(_C[name] for name in _FIELDS), _place(_C.kind, _C.key))
        .join_from(named, _CHANGES, (_C.kind == named.c.kind) & (_C.key == named.c.key))
        .where(*_UP_TO[1:])
    )
    return _first(versions)


def _place(*parts: Any) -> Any:
    ordered = func.row_number().over(partition_by=parts, order_by=(_C.effective_on.desc(), _C.seq.desc()))
    return ordered.label("place")


def _first(versions: Select[Any]) -> Select[Any]:
    ranked = versions.subquery()
    return select(*(ranked.c[name] for name in _FIELDS)).where(ranked.c.place == 1).order_by(ranked.c.key)


def _asked(kind: FactKind[Any], at: Point) -> dict[str, Any]:
    return {"of_kind": kind.name, "on": at.on, "as_of": at.as_of}


_UP_TO = (
    _C.kind == bindparam("of_kind"),
    _C.effective_on <= bindparam("on"),
    _C.seq <= bindparam("as_of"),
)
_ALL = _newest()
_MANY = _newest(_C.key.in_(bindparam("keys", expanding=True)))
_ONE = (
    _columns()
    .where(*_UP_TO, _C.key == bindparam("one_key"))
    .order_by(_C.effective_on.desc(), _C.seq.desc())
    .limit(1)
)


def read_row(kind: FactKind[F], row: Row[Any]) -> Known[F]:
    """A row of the statements of this module as a fact."""
    seq, name, key, version, effective_on, recorded_at, payload = tuple(row)
    header = Header(seq, name, key, version, effective_on, recorded_at)
    return Known(header, kind.schema.model_validate_json(payload))
