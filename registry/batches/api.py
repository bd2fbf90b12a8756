"""Batches as machines state, list and find them; each is its maker's own word."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, Field
from sqlalchemy import Engine, Select, select
from sqlmodel import Session, col

from registry.access.actors import Actor
from registry.access.http import ActorDep, May
from registry.access.permissions import Act
from registry.batches import finding, service
from registry.batches.facts import PRINTABLE, BatchFact
from registry.batches.identifiers import Scheme, same
from registry.batches.kind import BATCH
from registry.batches.models import BatchRow
from registry.batches.service import By
from registry.batches.stating import KEY, BatchIn
from registry.changes import feed
from registry.changes.answers import MANY, ONE, PageOut, PointOut, RecordOut, place
from registry.changes.codes import by_code, optional_key
from registry.changes.http import CallDep, CodePath, ListQuery, PointDep, page, state_version
from registry.changes.kinds import Known
from registry.changes.listing import Wanted
from registry.changes.reading import Point
from registry.kit.clock import NowDep, TodayDep
from registry.kit.db import ReadDep, write_session
from registry.kit.etags import Conditional
from registry.kit.problems import problems
from registry.parties.service import PLANT
from registry.products.gtin import NoGtin, read_gtin
from registry.products.service import PRODUCT

router = APIRouter(prefix="/api/v1", tags=["batches"], route_class=Conditional)
_WRITE = problems(400, 403, 404, 409, 422)


@dataclass(frozen=True, slots=True)
class Writing:
    """What recording needs of the request."""

    engine: Engine
    actor: Actor
    now: datetime
    today: date


def _writing(request: Request, actor: ActorDep, now: NowDep, today: TodayDep) -> Writing:
    return Writing(request.app.state.engine, actor, now, today)


WritingDep = Annotated[Writing, Depends(_writing)]


class BatchOut(RecordOut):
    """A batch as its maker states it (self-stated); whether a certificate covered it stands elsewhere."""

    batch: BatchFact


class StatementIn(BatchIn):
    """A batch with the client's own key: sent again with the same key, nothing is recorded twice."""

    client_key: str = Field(pattern=KEY, description="8 to 64 letters, figures, dots, dashes of your own")


class StatedOut(BaseModel):
    """The batch as recorded; `recorded` is false where this key had recorded it before."""

    recorded: bool
    batch: BatchFact


class WithdrawIn(BaseModel):
    """Why a statement is taken back."""

    reason: str = Field(min_length=1, max_length=200, pattern=PRINTABLE)


class ThingOut(BaseModel):
    """Something an identifier names, and by what it was found."""

    kind: str
    code: str = Field(description="Our 登记号")
    scheme: Scheme
    withdrawn: bool


class FoundOut(BaseModel):
    """Everything an identifier names; `gtin` is its form of fourteen figures where it is one."""

    point: PointOut
    id: str
    gtin: str | None
    items: list[ThingOut]


class BatchesQuery(ListQuery):
    product: str | None = Field(None, max_length=40, description="登记号 of the product")
    plant: str | None = Field(None, max_length=40, description="登记号 of the plant")
    number: str | None = Field(
        None, min_length=1, max_length=80, pattern=PRINTABLE, description="The producer's own number"
    )
    gtin: str | None = Field(None, max_length=40, description="The GTIN it is packed under, in any length")
    withdrawn: bool | None = Field(None, description="Only withdrawn ones, or only those that are not")


def batch_out(known: Known[BatchFact], _at: Point) -> BatchOut:
    return BatchOut(**place(known), batch=known.fact)


def _wanted(session: Session, asked: BatchesQuery) -> Wanted[BatchFact]:
    product = optional_key(session, asked.product, PRODUCT)
    plant = optional_key(session, asked.plant, PLANT)
    number = None if asked.number is None else same(asked.number)
    gtin = None if asked.gtin is None else _fourteen(asked.gtin)

    def keeps(known: Known[BatchFact], _at: Point) -> bool:
        fact = known.fact
        return (
            product in (None, fact.product_id)
            and plant in (None, fact.plant_id)
            and number in (None, same(fact.number))
            and gtin in (None, fact.gtin)
            and asked.withdrawn in (None, fact.withdrawn)
        )

    named = {"product_id": product, "plant_id": plant, "number_folded": number, "gtin": gtin}
    among: list[Select[Any]] = [
        select(col(BatchRow.id)).where(col(getattr(BatchRow, name)) == value)
        for name, value in named.items()
        if value is not None
    ]
    return Wanted(BATCH, keeps, among)


def _fourteen(text: str) -> str:
    """A GTIN as it is compared; what is none finds nothing."""
    read = read_gtin(text)
    return "" if isinstance(read, NoGtin) else read


@router.get("/batches", dependencies=[Depends(May(Act.READ))], responses=MANY)
def list_batches(call: CallDep, asked: Annotated[BatchesQuery, Query()]) -> PageOut[BatchOut]:
    """Batches in pages, by product, plant, number or GTIN; each is its maker's own statement."""
    return page(call, asked, _wanted(call.session, asked), out=batch_out)


@router.get("/batches/{code}", dependencies=[Depends(May(Act.READ))], responses=ONE)
def read_batch(code: CodePath, session: ReadDep, at: PointDep, response: Response) -> BatchOut:
    """One batch by our 登记号."""
    return batch_out(state_version(by_code(session, code, BATCH, at), response), at)


@router.get("/find", dependencies=[Depends(May(Act.READ))], responses=ONE)
def find_identifier(
    session: ReadDep,
    at: PointDep,
    identifier: Annotated[
        str, Query(alias="id", min_length=1, max_length=finding.LONGEST, examples=["9521000000018"])
    ],
) -> FoundOut:
    """What an identifier names: 登记号, GTIN of any length, 工业互联网标识, batch or serial number."""
    found = finding.find(session, identifier, at)
    return FoundOut(
        point=PointOut.of(at),
        id=identifier,
        gtin=_fourteen(identifier) or None,
        items=[
            ThingOut(kind=one.kind, code=one.code, scheme=one.scheme, withdrawn=one.withdrawn)
            for one in found
        ],
    )


@router.post(
    "/products/{code}/batches",
    status_code=201,
    dependencies=[Depends(May(Act.RECORD_BATCH))],
    responses={**_WRITE, 200: {"model": StatedOut, "description": "Recorded before under this key"}},
)
def state_batch(writing: WritingDep, response: Response, code: CodePath, given: StatementIn) -> StatedOut:
    """State a batch of a product, once for each key; a name that is taken is refused, naming the first."""
    with write_session(writing.engine) as session:
        stated = service.state(session, code, given, By(writing.actor, writing.today, given.client_key))
        feed.append(session, stated.drafts, actor=str(writing.actor), now=writing.now)
    if not stated.drafts:
        response.status_code = 200
    return StatedOut(recorded=bool(stated.drafts), batch=stated.fact)


@router.post("/batches/{code}/withdraw", dependencies=[Depends(May(Act.RECORD_BATCH))], responses=_WRITE)
def withdraw_batch(writing: WritingDep, code: CodePath, given: WithdrawIn) -> StatedOut:
    """Take a statement back; its page stays and says so, and its identifiers are free again."""
    with write_session(writing.engine) as session:
        drafts = service.withdraw(
            session, code, reason=given.reason, actor=writing.actor, today=writing.today
        )
        feed.append(session, drafts, actor=str(writing.actor), now=writing.now)
    return StatedOut(recorded=True, batch=BatchFact.model_validate(drafts[-1].fact))
