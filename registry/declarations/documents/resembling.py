"""Declarations on record that a document may repeat: the same document, or another with its results."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select, true
from sqlmodel import Session, col

from registry.changes.feed import head
from registry.changes.reading import Point, many
from registry.declarations.dataset import Dataset
from registry.declarations.documents.content import contents, openepd_id
from registry.declarations.documents.sameness import ordered
from registry.declarations.models import DeclarationContentRow
from registry.declarations.preflight.copies import print_of
from registry.declarations.preflight.view import KnownTable
from registry.declarations.service import DECLARATION
from registry.kit.reading.folded import fold

MOST = 20  # of each way to find them: a finding names the first


@dataclass(frozen=True, slots=True)
class _Content:
    """One recorded content as its row finds it."""

    seq: int
    declaration_id: UUID
    uuid: UUID | None
    version: str | None
    number_folded: str | None
    openepd_id: str | None
    exact: str | None
    shape: str | None


_ROW = DeclarationContentRow
_ASKED = select(
    col(_ROW.seq),
    col(_ROW.declaration_id),
    col(_ROW.uuid),
    col(_ROW.version),
    col(_ROW.number_folded),
    col(_ROW.openepd_id),
    col(_ROW.table_exact),
    col(_ROW.table_shape),
)


def known_tables(session: Session, dataset: Dataset) -> tuple[KnownTable, ...]:
    """Every version on record under the document's UUID, and other documents' tables of the same shape.

    What is this very document by its open-xpd-uuid, its number or its whole content is no other document.
    Both ways go through an index, however many declarations there are.
    """
    own, as_of = print_of(dataset), head(session).seq
    same = () if dataset.uuid is None else _found(session, col(_ROW.uuid) == dataset.uuid)
    alike = _found(session, _of_another(dataset) & (col(_ROW.table_shape) == own.shape)) if own.shape else ()
    others = (one for one in alike if not _is_this(session, one, dataset, as_of))
    unique = {one.seq: one for one in (*same, *others)}
    return tuple(_labelled(session, unique.values(), as_of))


def _found(session: Session, condition: ColumnElement[bool]) -> tuple[_Content, ...]:
    """The newest records that meet a condition."""
    rows = session.execute(_ASKED.where(condition).order_by(col(_ROW.seq).desc()).limit(MOST))
    return tuple(_Content(*row) for row in rows)


def _of_another(dataset: Dataset) -> ColumnElement[bool]:
    uuid = col(_ROW.uuid)
    return true() if dataset.uuid is None else uuid.is_(None) | (uuid != dataset.uuid)


def _is_this(session: Session, one: _Content, dataset: Dataset, as_of: int) -> bool:
    """Whether a record is of this document; nodes give the same document different UUIDs, with one number."""
    identifier, number = openepd_id(dataset), fold(dataset.number or "")
    if (identifier and one.openepd_id == identifier) or (number and one.number_folded == number):
        return True
    told_apart = (one.uuid, dataset.uuid), (one.number_folded, number), (one.openepd_id, identifier)
    return not any(all(pair) for pair in told_apart) and _same_content(session, one, dataset, as_of)


def _same_content(session: Session, one: _Content, dataset: Dataset, as_of: int) -> bool:
    """Whether a record states the same in every field, whatever numbers either goes under."""
    kept = contents(session, one.declaration_id, as_of=as_of)
    found = next(known.fact.dataset for known in kept if known.header.seq == one.seq)
    return _unnumbered(found) == _unnumbered(dataset)


def _unnumbered(dataset: Dataset) -> Dataset:
    return ordered(
        dataset.model_copy(update={"uuid": None, "version": None, "number": None, "identifiers": ()})
    )


def _labelled(session: Session, found: Iterable[_Content], as_of: int) -> Iterator[KnownTable]:
    rows = sorted(found, key=lambda one: -one.seq)
    facts = many(session, DECLARATION, {one.declaration_id for one in rows}, Point(date.max, as_of))
    for one in rows:
        known = facts.get(one.declaration_id)
        number = known.fact.number if known else ""
        label = f"{known.fact.code} {number}".strip() if known else str(one.uuid or "–")
        yield KnownTable(label, one.uuid, one.version, one.exact or "", one.shape or "")
