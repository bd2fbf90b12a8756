"""The read interface of soda4LCA: other software asks us as it asks any node, without knowing us."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from uuid import UUID

import orjson
from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import select
from sqlmodel import Session, col

from registry.access.http import May
from registry.access.permissions import Act
from registry.changes import feed
from registry.changes.http import state_position
from registry.changes.models import PublicCode
from registry.changes.reading import Point, point
from registry.declarations.node import answers, documents
from registry.declarations.node.answers import Node
from registry.declarations.node.asked import Format, ListingQuery
from registry.declarations.node.documents import Found
from registry.declarations.node.entries import entry_of
from registry.declarations.node.listing import listing
from registry.declarations.node.stocks import REGISTER, STOCKS, Stock, stock_of
from registry.declarations.service import DECLARATION
from registry.kit.clock import TodayDep
from registry.kit.db import ReadDep
from registry.kit.errors import NotFound
from registry.kit.etags import NOT_MODIFIED, Conditional, http_date
from registry.kit.problems import PROBLEMS

router = APIRouter(
    prefix="/resource", tags=["node"], route_class=Conditional, dependencies=[Depends(May(Act.READ))]
)
XML, JSON, ZIP = "application/xml", "application/json", "application/zip"
_TEXT: dict[str, Any] = {"schema": {"type": "string"}}
_BINARY: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
_OBJECT: dict[str, Any] = {"schema": {"type": "object"}}
Folder = Literal["flows", "flowproperties", "unitgroups", "contacts", "sources", "lciamethods"]
StockPath = Annotated[str, Path(max_length=80, description="UUID or short name of a stock")]
FilePath = Annotated[str, Path(max_length=400, description="A file's name")]
DataSet = Annotated[UUID, Path(description="UUID of the data set")]


def _answers(*types: str) -> dict[int | str, dict[str, Any]]:
    content = {one: {ZIP: _BINARY, JSON: _OBJECT}.get(one, _TEXT) for one in types}
    return {**PROBLEMS, **NOT_MODIFIED, 200: {"description": "As soda4LCA answers", "content": content}}


class DocumentQuery(BaseModel):
    """Which version of a data set, and how it is written."""

    model_config = ConfigDict(extra="ignore")

    version: str | None = Field(None, max_length=40, description="`NN.NN.NNN`; the newest where left out")
    format: str = Field(
        "", max_length=8, description="xml, JSON, or html for our page; browsers get the page"
    )
    view: str = Field("", max_length=12, description="`overview`, or the whole data set")


@dataclass(frozen=True, slots=True)
class Asked:
    """What every answer needs of a request."""

    session: Session
    node: Node
    at: Point
    wants_page: bool


def _asked(request: Request, session: ReadDep, today: TodayDep) -> Asked:
    public: str = getattr(request.app.state, "public_url", "")
    base = (public or str(request.base_url)).rstrip("/")
    node = Node(urlsplit(base).hostname or "greenmat", f"{base}/resource", feed.head(session).feed)
    return Asked(session, node, point(session, today), "text/html" in request.headers.get("accept", ""))


AskedDep = Annotated[Asked, Depends(_asked)]
StocksFormat = Annotated[Format, Query(alias="format", description="xml or JSON")]
Whole = Annotated[DocumentQuery, Query()]
Search = Annotated[ListingQuery, Query()]


@router.get("/datastocks", response_class=Response, responses=_answers(XML, JSON))
def read_stocks(asked: AskedDep, form: StocksFormat = "xml") -> Response:
    """The stocks of this node, each of which can be listed by itself."""
    return _stocks(STOCKS, asked.node, form)


@router.get("/datastocks/{stock}", response_class=Response, responses=_answers(XML, JSON))
def read_stock(asked: AskedDep, stock: StockPath, form: StocksFormat = "xml") -> Response:
    """One stock of this node."""
    return _stocks((stock_of(stock, asked.node.feed),), asked.node, form)


@router.get("/processes", response_class=Response, responses=_answers(XML, JSON))
def read_processes(asked: AskedDep, search: Search) -> Response:
    """Every process, or those a search finds, in pages of at most 500."""
    return _listing(asked, search, REGISTER)


@router.get("/datastocks/{stock}/processes", response_class=Response, responses=_answers(XML, JSON))
def read_processes_of_stock(asked: AskedDep, stock: StockPath, search: Search) -> Response:
    """The processes of one stock, or those a search finds in it."""
    return _listing(asked, search, stock_of(stock, asked.node.feed))


@router.get("/processes/{uuid}", response_class=Response, responses=_answers(XML, JSON))
def read_process(asked: AskedDep, uuid: DataSet, wanted: Whole) -> Response:
    """One process: the whole data set, with its unit resolved in JSON."""
    form = wanted.format.lower() or ("html" if asked.wants_page else "xml")
    whole = documents.process(asked.session, uuid, wanted.version, at=asked.at)
    if form == "html":
        return RedirectResponse(_page(asked.session, whole), status_code=303)
    if form not in ("xml", "json"):
        raise NotFound("node-format-unknown", format=wanted.format)
    if wanted.view.lower() == "overview":
        return _overview(whole, asked.node, form)
    written = documents.WRITERS[form](whole.dataset)
    return _file(written.content, written.media_type, whole)


@router.get("/datastocks/{stock}/processes/{uuid}", response_class=Response, responses=_answers(XML, JSON))
def read_process_of_stock(asked: AskedDep, stock: StockPath, uuid: DataSet, wanted: Whole) -> Response:
    """One process below the address of a stock."""
    stock_of(stock, asked.node.feed)
    return read_process(asked, uuid, wanted)


@router.get("/processes/{uuid}/zipexport", response_class=Response, responses=_answers(ZIP))
def read_process_archive(asked: AskedDep, uuid: DataSet, wanted: Whole) -> Response:
    """One process with every data set it refers to, as an ILCD archive."""
    whole = documents.process(asked.session, uuid, wanted.version, at=asked.at)
    answer = _file(documents.WRITERS["zip"](whole.dataset).content, ZIP, whole)
    answer.headers["Content-Disposition"] = f'attachment; filename="{uuid}.zip"'
    return answer


@router.get("/processes/{uuid}/epd", response_class=Response, responses=_answers("application/pdf"))
def read_process_document(asked: AskedDep, uuid: DataSet, wanted: Whole) -> Response:
    """Always refused: we keep what a document states, not the document; where that is stands in the facts."""
    whole = documents.process(asked.session, uuid, wanted.version, at=asked.at)
    original = whole.dataset.original
    raise NotFound("node-no-document", where=(original.uri if original else None) or "–")


@router.get("/nodeinfo", response_class=Response, responses=_answers(XML))
def read_node(asked: AskedDep) -> Response:
    """Who this node is."""
    return Response(answers.node_xml(asked.node), media_type=XML)


@router.get("/authenticate/status", response_class=Response, responses=_answers(XML))
def read_sign_in() -> Response:
    """Whether somebody is signed in: nobody is, everything here is public."""
    return Response(answers.status_xml(), media_type=XML)


@router.get("/{folder}/{uuid}", response_class=Response, responses=_answers(XML))
def read_part(session: ReadDep, folder: Folder, uuid: DataSet) -> Response:
    """A data set that processes refer to: flow, flow property, unit group, contact, source or method."""
    content, recorded_at = documents.part(session, folder, uuid)
    return Response(content, media_type=XML, headers={"Last-Modified": http_date(recorded_at)})


@router.get("/sources/{uuid}/{file}", response_class=Response, responses=_answers("application/octet-stream"))
def read_digital_file(session: ReadDep, uuid: DataSet, file: FilePath) -> Response:
    """Always refused: of a source that we know we keep no file."""
    documents.part(session, "sources", uuid)
    raise NotFound("node-no-document", where=file)


def _stocks(stocks: tuple[Stock, ...], node: Node, form: str) -> Response:
    if form == "json":
        return _json(answers.stocks_json(stocks, node))
    return Response(answers.stocks_xml(stocks, node), media_type=XML)


def _listing(asked: Asked, search: ListingQuery, stock: Stock) -> Response:
    part = listing(asked.session, search, stock, at=asked.at)
    answer = (
        _json(answers.listing_json(part, asked.node, search.lang))
        if search.format == "json"
        else Response(answers.listing_xml(part, asked.node, search.lang), media_type=XML)
    )
    state_position(asked.session, asked.at.as_of, answer)
    return answer


def _overview(whole: Found, node: Node, form: str) -> Response:
    entry = entry_of(whole.dataset)
    if form == "json":
        return _json(answers.line_json(entry, node, None))
    return _file(answers.overview_xml(entry, node), XML, whole)


def _file(content: bytes, media_type: str, whole: Found) -> Response:
    return Response(content, media_type=media_type, headers={"Last-Modified": http_date(whole.recorded_at)})


def _json(found: Any) -> Response:
    return Response(orjson.dumps(found), media_type=JSON)


def _page(session: Session, whole: Found) -> str:
    asked = select(col(PublicCode.code)).where(
        col(PublicCode.kind) == DECLARATION.name, col(PublicCode.key) == whole.declaration_id
    )
    return f"/v/{session.execute(asked).scalar_one()}"
