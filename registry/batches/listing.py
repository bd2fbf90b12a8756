"""Batches as they stand at a point, picked, ordered and counted by the database: a page reads one page."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Subquery, func, select
from sqlmodel import Session, col

from registry.batches.facts import BatchFact
from registry.batches.identifiers import Scheme
from registry.batches.kind import BATCH
from registry.batches.models import BatchIdentifierRow, BatchRow
from registry.changes.kinds import Known
from registry.changes.models import ChangeRow
from registry.changes.reading import Point, many

Wanted = Sequence[ColumnElement[bool]]


def standing(
    session: Session, wanted: Wanted, at: Point, *, most: int, skip: int = 0
) -> list[Known[BatchFact]]:
    """Batches whose version in force is wanted: withdrawn ones last, else the latest production first."""
    row = BatchRow
    found = (
        select(col(row.id))
        .where(col(row.seq).in_(select(_in_force(wanted, at).c.seq)), *wanted)
        .order_by(col(row.withdrawn), col(row.made_to).desc(), col(row.seq).desc())
        .limit(most)
        .offset(skip)
    )
    keys = list(session.scalars(found))
    known = many(session, BATCH, keys, at)
    return [known[key] for key in keys]


def products_of(session: Session, wanted: Wanted, at: Point, *, most: int) -> list[UUID]:
    """Products whose batches' versions in force are wanted."""
    rows = col(BatchRow.seq).in_(select(_in_force(wanted, at).c.seq))
    return list(session.scalars(select(col(BatchRow.product_id)).where(rows, *wanted).distinct().limit(most)))


def of_product(
    session: Session, product_id: UUID, at: Point, *, most: int, skip: int = 0
) -> list[Known[BatchFact]]:
    return standing(session, [col(BatchRow.product_id) == product_id], at, most=most, skip=skip)


def counts(session: Session, product_ids: Collection[UUID], at: Point) -> Mapping[UUID, int]:
    """How many batches products have at a point; a batch never changes its product."""
    product = col(BatchRow.product_id)
    counted = (
        select(product, func.count(col(BatchRow.id).distinct()))
        .join(ChangeRow, col(ChangeRow.seq) == col(BatchRow.seq))
        .where(product.in_(product_ids), *_up_to(at))
        .group_by(product)
    )
    found = {key: count for key, count in session.execute(counted)}  # noqa: C416 - rows are no pairs
    return {key: found.get(key, 0) for key in product_ids}


def marked(scheme: Scheme, values: Collection[str]) -> ColumnElement[bool]:
    """Whose version carries one of these marks."""
    marks = BatchIdentifierRow
    return col(BatchRow.seq).in_(
        select(col(marks.seq)).where(col(marks.scheme) == scheme, col(marks.value).in_(values))
    )


def _in_force(wanted: Wanted, at: Point) -> Subquery:
    """The one version of each batch that counts, of batches of which any version is wanted."""
    row, change = BatchRow, ChangeRow
    named: Select[Any] = select(col(row.id)).where(*wanted).correlate(None)
    newest = (col(change.effective_on).desc(), col(change.seq).desc())
    ranked = (
        select(col(row.seq), func.row_number().over(partition_by=col(row.id), order_by=newest).label("place"))
        .join(change, col(change.seq) == col(row.seq))
        .where(*_up_to(at), col(row.id).in_(named))
        .subquery()
    )
    return select(ranked.c.seq).where(ranked.c.place == 1).subquery()


def _up_to(at: Point) -> Wanted:
    return (col(ChangeRow.effective_on) <= at.on, col(ChangeRow.seq) <= at.as_of)
