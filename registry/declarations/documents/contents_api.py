"""What declarations' documents state, as machines read it, found by the documents' own numbers."""

from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from pydantic import Field
from sqlalchemy import select
from sqlmodel import Session, col

from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.answers import MANY, ONE, PageOut, RecordOut, place
from registry.changes.codes import key_of_code
from registry.changes.http import CallDep, CodePath, ListQuery, PointDep, page, state_version
from registry.changes.kinds import Known
from registry.changes.listing import Wanted
from registry.changes.models import PublicCode
from registry.changes.reading import Point
from registry.declarations.documents.content import (
    DECLARATION_CONTENT,
    ContentFact,
    content_of,
    normal,
    openepd_id,
)
from registry.declarations.formats.reading import Written
from registry.declarations.formats.writers import WRITERS, written
from registry.declarations.models import DeclarationContentRow
from registry.declarations.service import DECLARATION
from registry.kit.db import ReadDep
from registry.kit.errors import NotFound
from registry.kit.etags import Conditional
from registry.kit.ids import parse_code
from registry.kit.problems import PROBLEMS
from registry.kit.reading.folded import fold

router = APIRouter(prefix="/api/v1", tags=["evidence"], route_class=Conditional)


class ContentPlaceOut(RecordOut):
    """Which document stands behind a declaration; the document itself is asked for by the 登记号."""

    code: str = Field(description="登记号 of the declaration")
    uuid: UUID | None = Field(description="Of the document's data set (ILCD)")
    dataset_version: str | None = Field(description="Of the document, as it states it")
    number: str | None = Field(description="Registration number as printed")
    openepd_id: str | None = Field(description="open-xpd-uuid")
    source_format: str | None = Field(description="Format of the file it was read from")


class ContentOut(RecordOut):
    """Everything a declaration's document states; what it does not state is null or absent, never 0."""

    content: ContentFact


class ContentsQuery(ListQuery):
    uuid: UUID | None = Field(None, description="Only this data set")
    number: str | None = Field(None, max_length=120, description="Only documents with this number")
    openepd_id: str | None = Field(None, max_length=80, description="Only this open-xpd-uuid")


def _place(session: Session, known: Known[ContentFact]) -> ContentPlaceOut:
    asked = select(col(PublicCode.code)).where(
        col(PublicCode.kind) == DECLARATION.name, col(PublicCode.key) == known.fact.declaration_id
    )
    dataset = known.fact.dataset
    return ContentPlaceOut(
        **place(known),
        code=session.execute(asked).scalar_one(),
        uuid=dataset.uuid,
        dataset_version=dataset.version,
        number=dataset.number,
        openepd_id=openepd_id(dataset),
        source_format=known.fact.source_format,
    )


@router.get("/declaration-contents", dependencies=[Depends(May(Act.READ))], responses=MANY)
def list_contents(call: CallDep, asked: Annotated[ContentsQuery, Query()]) -> PageOut[ContentPlaceOut]:
    """Declarations on record with their documents, in pages."""
    row = DeclarationContentRow
    number = fold(asked.number) if asked.number is not None else None
    wanted = normal(asked.openepd_id) if asked.openepd_id is not None else None
    narrowed: dict[Any, set[Any]] = {
        col(row.uuid): {asked.uuid},
        col(row.number_folded): {number},
        col(row.openepd_id): {wanted, asked.openepd_id},  # as older rows hold it
    }
    among = tuple(
        select(col(row.declaration_id)).where(column.in_(values))
        for column, values in narrowed.items()
        if None not in values
    )

    def keeps(known: Known[ContentFact], _at: Point) -> bool:
        dataset = known.fact.dataset
        return (
            asked.uuid in (None, dataset.uuid)
            and number in (None, fold(dataset.number or ""))
            and wanted in (None, openepd_id(dataset))
        )

    return page(
        call,
        asked,
        Wanted(DECLARATION_CONTENT, keeps, among),
        out=lambda known, _at: _place(call.session, known),
    )


@router.get("/declaration-contents/{code}", dependencies=[Depends(May(Act.READ))], responses=ONE)
def read_content(code: CodePath, session: ReadDep, at: PointDep, response: Response) -> ContentOut:
    """What the document of one declaration states, by the declaration's 登记号."""
    known = content_of(session, key_of_code(session, code, DECLARATION.name), at)
    if known is None:
        raise NotFound("declaration-without-document", code=code[:40])
    return ContentOut(**place(state_version(known, response)), content=known.fact)


_FILES: dict[int | str, dict[str, Any]] = {
    **PROBLEMS,
    200: {
        "description": "The document; `X-Not-Held` counts what the format could not hold",
        "content": {
            media_type: {} for media_type in ("application/json", "application/xml", "application/zip")
        },
    },
}


@router.get(
    "/declarations/{code}/file",
    dependencies=[Depends(May(Act.READ))],
    responses=_FILES,
    response_class=Response,
)
def read_declaration_file(
    code: CodePath,
    session: ReadDep,
    at: PointDep,
    ending: Annotated[
        str, Query(alias="format", max_length=20, description="Format", examples=list(WRITERS))
    ],
) -> Response:
    """The document of a declaration in one of the formats we write."""
    known = content_of(session, key_of_code(session, code, DECLARATION.name), at)
    if known is None:
        raise NotFound("declaration-without-document", code=code[:40])
    return file_answer(written(known.fact.dataset, ending), f"{parse_code(code)}.{ending}")


def file_answer(found: Written, name: str) -> Response:
    """A written document as a download."""
    return Response(
        found.content,
        media_type=found.media_type,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
            "X-Not-Held": str(len(found.remarks)),
        },
    )
