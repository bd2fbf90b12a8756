"""The read interface of openEPD: one document, lists, search and statistics, as its clients ask for them."""

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Path, Query, Response
from sqlmodel import Session

from catalogue.openepd.finding import Collection, FoundPart, Page, count, find, one
from catalogue.openepd.omf import LONGEST, parsed
from catalogue.openepd.shapes import (
    MaterialFilterOut,
    SearchOut,
    StatisticsMeta,
    StatisticsOut,
    StatisticsPayload,
)
from catalogue.openepd.sorts import told
from catalogue.openepd.statistics import statistics
from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.http import state_position
from registry.changes.reading import Point, point
from registry.declarations.dataset import Dataset, Identifier
from registry.declarations.formats import openepd
from registry.declarations.node.documents import every, found
from registry.kit.clock import TodayDep
from registry.kit.db import ReadDep
from registry.kit.errors import NotFound
from registry.kit.etags import NOT_MODIFIED, Conditional, http_date
from registry.kit.problems import problems

router = APIRouter(
    prefix="/api/openepd", tags=["node"], route_class=Conditional, dependencies=[Depends(May(Act.READ))]
)
MOST, USUAL = 250, 100  # what the protocol's own clients expect
MOST_VALUES = 5_000
SCHEME = "openepd"
JSON = "application/json"
REFUSALS = problems(400, 404, 422)
_DOCUMENT: dict[int | str, dict[str, Any]] = {
    **REFUSALS,
    **NOT_MODIFIED,
    200: {"description": "An openEPD document", "content": {JSON: {"schema": {"type": "object"}}}},
}
_DOCUMENTS: dict[int | str, dict[str, Any]] = {
    **REFUSALS,
    **NOT_MODIFIED,
    200: {
        "description": "openEPD documents; their number stands in `X-Total-Count`",
        "content": {JSON: {"schema": {"type": "array", "items": {"type": "object"}}}},
    },
}
Omf = Annotated[str, Query(max_length=LONGEST, description="Open material filter; empty finds everything")]
Number = Annotated[int, Query(ge=1, le=10**6, alias="page_number", description="The first page is 1")]
Size = Annotated[int, Query(ge=1, le=MOST, alias="page_size", description="Documents on a page")]
IdPath = Annotated[str, Path(max_length=40, description="open-xpd-uuid in any spelling, or a UUID")]
Fields = Annotated[str, Query(max_length=2000, description="Only these, with commas between them")]


@dataclass(frozen=True, slots=True)
class Asked:
    """What every answer needs of a request."""

    session: Session
    at: Point

    def answer(self, content: bytes) -> Response:
        """JSON that says for which feed position it speaks."""
        found = Response(content, media_type=JSON)
        state_position(self.session, self.at.as_of, found)
        return found


def _asked(session: ReadDep, today: TodayDep) -> Asked:
    return Asked(session, point(session, today))


def _page(number: Number = 1, size: Size = USUAL) -> Page:
    return Page(number, size)


AskedDep = Annotated[Asked, Depends(_asked)]
PageDep = Annotated[Page, Depends(_page)]


@router.get("/v2/epds/search", response_model=SearchOut, responses={**REFUSALS, **NOT_MODIFIED})
def search_epds(asked: AskedDep, page: PageDep, omf: Omf = "") -> Response:
    """What an open material filter finds among the documents of products, in pages."""
    wanted = parsed(omf)
    part = find(asked.session, wanted, Collection.PRODUCTS, at=asked.at, page=page)
    paging = {"total_count": part.total, "total_pages": _pages(part, page), "page_size": page.size}
    meta = {"paging": paging, "material_filter": MaterialFilterOut.of(wanted).model_dump(), "warnings": None}
    payload = orjson.Fragment(_listed(asked.session, part))
    return asked.answer(orjson.dumps({"payload": payload, "meta": meta}))


@router.get("/v2/epds/statistics", responses={**REFUSALS, **NOT_MODIFIED})
def read_epd_statistics(asked: AskedDep, response: Response, omf: Omf = "") -> StatisticsOut:
    """Percentiles of what a filter finds; refused where the values are unlike or too few."""
    wanted, session, at = parsed(omf), asked.session, asked.at
    state_position(session, at.as_of, response)
    part = find(session, wanted, Collection.PRODUCTS, at=at, page=Page(1, MOST_VALUES))
    found_beside = [count(session, wanted, one, at=at) for one in (Collection.AVERAGES, Collection.GENERICS)]
    values = statistics(told(session, part, at), at.on)
    return StatisticsOut(
        payload=StatisticsPayload.of(values, *found_beside),
        meta=StatisticsMeta(material_filter=MaterialFilterOut.of(wanted)),
    )


@router.get("/{collection}", response_class=Response, responses=_DOCUMENTS)
def read_documents(asked: AskedDep, collection: Collection, page: PageDep, omf: Omf = "") -> Response:
    """Every document of a collection in pages: products, industry averages or generic estimates."""
    part = find(asked.session, parsed(omf), collection, at=asked.at, page=page)
    answer = asked.answer(_listed(asked.session, part))
    answer.headers["X-Total-Count"] = str(part.total)
    answer.headers["X-Total-Pages"] = str(_pages(part, page))
    answer.headers["X-Page-Size"] = str(page.size)
    return answer


@router.get("/{collection}/{key}", response_class=Response, responses=_DOCUMENT)
def read_document(asked: AskedDep, collection: Collection, key: IdPath, fields: Fields = "") -> Response:
    """One document by its id in openEPD, or by the UUID of its data set."""
    part = one(asked.session, key, collection, at=asked.at)
    if part is None:
        raise NotFound("openepd-unknown", id=key)
    whole = found(asked.session, part.places[0])
    content = openepd.write(_identified(whole.dataset, part.ids[0])).content
    answer = Response(_only(content, fields) if fields else content, media_type=JSON)
    answer.headers["Last-Modified"] = http_date(whole.recorded_at)
    return answer


def _listed(session: Session, part: FoundPart) -> bytes:
    written = (
        openepd.write(_identified(one.dataset, own)).content
        for one, own in zip(every(session, part.places), part.ids, strict=True)
    )
    return b"[" + b",".join(written) + b"]"


def _identified(dataset: Dataset, openxpd_id: str) -> Dataset:
    """With the id it has here in front; another's of the same scheme would hide it."""
    others = tuple(one for one in dataset.identifiers if one.scheme != SCHEME)
    return dataset.model_copy(update={"identifiers": (Identifier(scheme=SCHEME, value=openxpd_id), *others)})


def _only(content: bytes, fields: str) -> bytes:
    """Some fields of a document; what a reader needs to know it for one stays."""
    wanted = {"id", "doctype", "openepd_version", *(one.strip() for one in fields.split(","))}
    document = json.loads(content, parse_float=Decimal)
    return orjson.dumps({name: value for name, value in document.items() if name in wanted}, default=_digits)


def _digits(number: Decimal) -> orjson.Fragment:
    """A number keeps all its digits on the way through."""
    return orjson.Fragment(str(number))


def _pages(part: FoundPart, page: Page) -> int:
    return -(-part.total // page.size)
