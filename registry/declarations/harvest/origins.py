"""Where a declaration was harvested from: kept beside the feed, as known now, whatever day is asked about."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session, col

from registry.declarations.harvest.models import HarvestItemRow, HarvestSourceRow


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one version of a document was harvested, under which terms, and whether it is listed there still.

    `version` is as the source lists it. `terms` and `licence` are empty where none are stated.
    """

    source_id: UUID
    name: str
    address: str
    url: str
    version: str
    terms: str
    licence: str
    fetched_at: datetime
    not_listed_since: date | None


def origins(session: Session, declaration_id: UUID) -> list[Origin]:
    """Every place a declaration was harvested from, newest first."""
    rows = session.execute(
        select(HarvestItemRow, HarvestSourceRow)
        .join(HarvestSourceRow, col(HarvestSourceRow.id) == col(HarvestItemRow.source_id))
        .where(col(HarvestItemRow.declaration_id) == declaration_id)
        .order_by(
            col(HarvestItemRow.fetched_at).desc(),
            col(HarvestItemRow.source_id),
            col(HarvestItemRow.version).desc(),
        )
    )
    return [
        Origin(
            source_id=source.id,
            name=source.name,
            address=source.address,
            url=row.url or source.address,
            version=row.version,
            terms=source.terms,
            licence=source.licence,
            fetched_at=row.fetched_at,
            not_listed_since=row.not_listed_since,
        )
        for row, source in rows
        if row.fetched_at is not None
    ]
