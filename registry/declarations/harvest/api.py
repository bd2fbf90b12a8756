"""How a declaration came here: the file it was read from with its loss report, and where it was harvested."""

from datetime import date
from typing import Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.answers import ONE, Instant
from registry.changes.codes import by_code
from registry.changes.http import CodePath, PointDep
from registry.declarations.documents.content import content_of
from registry.declarations.documents.kept_readings import KeptReading, reading_of
from registry.declarations.documents.uploads_api import RemarkOut, remark_out
from registry.declarations.harvest.origins import Origin, origins
from registry.declarations.service import DECLARATION
from registry.kit.db import ReadDep
from registry.kit.etags import Conditional
from registry.kit.problems import wanted_language

router = APIRouter(prefix="/api/v1", tags=["evidence"], route_class=Conditional)


class FileReadOut(BaseModel):
    """The file that the content in force at the point was read from, and what did not come across."""

    format: str
    format_version: str | None
    member: str | None = Field(description="Name of the file inside a ZIP")
    file_name: str
    sha256: str
    read_by: Literal["person", "machine"]
    read_at: Instant
    source_url: str | None = Field(description="Where the file was fetched, if it was")
    licence: str | None = Field(description="Terms of re-use as they were known when it was fetched")
    remarks: list[RemarkOut] = Field(description="The loss report, whole")
    places: dict[str, str] = Field(description="Where in the file each field stood")

    @classmethod
    def of(cls, kept: KeptReading, lang: str) -> "FileReadOut":
        return cls(
            format=kept.source.format,
            format_version=kept.source.version,
            member=kept.source.member,
            file_name=kept.file.name,
            sha256=kept.file.sha256,
            read_by=kept.file.read_by,
            read_at=kept.read_at,
            source_url=kept.file.source_url,
            licence=kept.file.licence,
            remarks=[remark_out(one, lang) for one in kept.remarks],
            places=kept.origins,
        )


class HarvestedOut(BaseModel):
    """One version of the document at one source; nothing here is part of the feed."""

    source: str = Field(description="What the source calls itself or its stock; may be empty")
    address: str = Field(description="Of the source")
    url: str = Field(description="Of the document at the source")
    dataset_version: str = Field(description="As the source lists it; may be empty")
    terms: str | None = Field(description="Terms of re-use as the source states them")
    licence: str | None = Field(description="Terms of re-use as whoever harvested found them")
    fetched_at: Instant
    not_listed_since: date | None = Field(
        description="Day from which the source no longer lists it; what was fetched stays on record"
    )

    @classmethod
    def of(cls, one: Origin) -> "HarvestedOut":
        return cls(
            source=one.name,
            address=one.address,
            url=one.url,
            dataset_version=one.version,
            terms=one.terms or None,
            licence=one.licence or None,
            fetched_at=one.fetched_at,
            not_listed_since=one.not_listed_since,
        )


class CameOut(BaseModel):
    """How a declaration came here, as known now."""

    code: str = Field(description="登记号 of the declaration")
    read: FileReadOut | None = Field(description="Null where no file stood behind it, or none is known here")
    harvested: list[HarvestedOut] = Field(description="Newest first; empty where it was not harvested")


@router.get("/declarations/{code}/origins", dependencies=[Depends(May(Act.READ))], responses=ONE)
def read_origins(request: Request, code: CodePath, session: ReadDep, at: PointDep) -> CameOut:
    """The file a declaration was read from with its loss report, and the sources it was harvested from."""
    known = by_code(session, code, DECLARATION, at)
    content = content_of(session, known.fact.id, at)
    kept = reading_of(session, content.header.seq) if content is not None else None
    return CameOut(
        code=known.fact.code,
        read=FileReadOut.of(kept, wanted_language(request)) if kept is not None else None,
        harvested=[HarvestedOut.of(one) for one in origins(session, known.fact.id)],
    )
