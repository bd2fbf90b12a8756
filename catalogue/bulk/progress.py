"""Where product lists stand: verdicts counted, and the application that each was handed in as."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import Session, col

from registry.applications.list_row import Verdict
from registry.applications.models import ApplicationRow, ListedProductRow, ProductListRow
from registry.applications.states import State


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a list stands; `counts` are of the rows that have a verdict."""

    kept: ProductListRow
    counts: Mapping[Verdict, int]
    application: tuple[str, str] | None  # its number and state

    @property
    def is_open(self) -> bool:
        """Whether it may be checked and handed in; one that was withdrawn may be again."""
        return self.application is None or self.application[1] == State.WITHDRAWN

    @property
    def sound(self) -> int:
        return self.counts.get(Verdict.OK, 0) + self.counts.get(Verdict.WARNING, 0)


def progress(session: Session, kept: ProductListRow) -> Progress:
    return progress_of(session, [kept])[0]


def progress_of(session: Session, lists: Sequence[ProductListRow]) -> list[Progress]:
    """Where each list stands, in their order; two queries, however many lists they are."""
    counts: dict[UUID, dict[Verdict, int]] = {one.id: {} for one in lists}
    counted = session.execute(
        select(col(ListedProductRow.list_id), col(ListedProductRow.verdict), func.count())
        .where(col(ListedProductRow.list_id).in_(counts), col(ListedProductRow.verdict).is_not(None))
        .group_by(col(ListedProductRow.list_id), col(ListedProductRow.verdict))
    )
    for list_id, found, count in counted:
        counts[list_id][Verdict(found)] = count
    cases = {one.application_id for one in lists if one.application_id}
    named = session.execute(
        select(col(ApplicationRow.id), col(ApplicationRow.number), col(ApplicationRow.state)).where(
            col(ApplicationRow.id).in_(cases)
        )
    )
    applications = {key: (number, state) for key, number, state in named}
    return [
        Progress(one, counts[one.id], applications.get(one.application_id) if one.application_id else None)
        for one in lists
    ]
