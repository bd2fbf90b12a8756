"""What the interface of product lists takes and gives."""

import json
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from catalogue.bulk.progress import Progress
from catalogue.bulk.service import findings_of
from registry.applications.list_row import Verdict
from registry.applications.models import ListedProductRow
from registry.applications.shapes import FindingOut
from registry.applications.typed import loaded


class CheckIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    again: bool = Field(default=False, description="Start from the first row, by today's register")


class CommitIn(BaseModel):
    model_config = ConfigDict(extra="forbid")

    rows: int = Field(ge=1, description="How many rows without error were shown: nothing else is handed in")


class RowsQuery(BaseModel):
    model_config = ConfigDict(extra="forbid")

    verdict: Verdict | None = Field(None, description="Only rows with this verdict")
    words: str = Field("", max_length=80, description="Only rows in which this stands")
    after: int = Field(0, ge=0, le=1_000_000, description="The place of the last row that was seen")
    limit: int = Field(100, ge=1, le=1000)
    sample: bool = Field(default=False, description="Twenty rows that neither side chose, instead of a page")


class CountsOut(BaseModel):
    ok: int
    warning: int
    error: int


class ListOut(BaseModel):
    """A list: `checked` of `rows` have a verdict; `application` is its number once handed in."""

    id: UUID
    name: str
    sha256: str
    received_at: datetime
    rows: int
    checked: int
    counts: CountsOut
    unread_columns: list[str]
    application: str | None
    state: str | None

    @classmethod
    def of(cls, found: Progress) -> "ListOut":
        kept, counts = found.kept, found.counts
        return cls(
            id=kept.id,
            name=kept.name,
            sha256=kept.sha256,
            received_at=kept.received_at,
            rows=kept.rows,
            checked=kept.checked,
            counts=CountsOut(**{str(one): counts.get(one, 0) for one in Verdict}),
            unread_columns=json.loads(kept.unread),
            application=found.application[0] if found.application else None,
            state=found.application[1] if found.application else None,
        )


class ListsOut(BaseModel):
    """The lists of one organisation, newest first."""

    items: list[ListOut]


class RowOut(BaseModel):
    """A row of the file; a finding names the field and what stands there."""

    place: int
    row: int = Field(description="The number at the edge of the sheet")
    verdict: Verdict | None
    typed: dict[str, str]
    findings: list[FindingOut]

    @classmethod
    def of(cls, row: ListedProductRow, lang: str) -> "RowOut":
        return cls(
            place=row.place,
            row=row.row,
            verdict=Verdict(row.verdict) if row.verdict else None,
            typed=loaded(row.typed),
            findings=[FindingOut.of(one, lang) for one in findings_of(row)],
        )


class RowsOut(BaseModel):
    """One page; `next_after` asks for the next one, null on the last."""

    items: list[RowOut]
    next_after: int | None
