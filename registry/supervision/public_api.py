"""What supervision makes public, as machines read it: findings, rounds, outcomes, recognition."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import PlainTextResponse
from pydantic import Field

from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.answers import MANY, ONE, PageOut, PointOut, RecordOut, place
from registry.changes.codes import by_code, optional_key
from registry.changes.http import CallDep, CodePath, ListQuery, PointDep, agrees, page, state_version
from registry.changes.kinds import Known
from registry.changes.listing import Wanted
from registry.changes.reading import Point
from registry.kit.db import ReadDep
from registry.kit.etags import Conditional
from registry.products.service import PRODUCT
from registry.supervision import draw
from registry.supervision.facts import (
    Allegation,
    FindingFact,
    Outcome,
    OutcomeFact,
    RecognitionFact,
    RecognitionState,
    Result,
    RoundFact,
    RoundState,
)
from registry.supervision.kinds import FINDING, OUTCOME, RECOGNITION, ROUND

router = APIRouter(prefix="/api/v1", tags=["supervision"], route_class=Conditional)
_READ = [Depends(May(Act.READ))]


class FindingOut(RecordOut):
    """A decided complaint as it was recorded."""

    finding: FindingFact


class RoundLineOut(RecordOut):
    """A round without its list, which `/surveillance-rounds/{code}` gives."""

    code: str
    name_zh: str
    name_en: str
    state: RoundState
    scope_on: date
    candidates: int = Field(description="How many may be drawn")
    candidates_sha256: str
    size: int
    seed_source: str
    seed_day: date
    seed: str | None
    drawn: tuple[str, ...]


class RoundOut(RecordOut):
    """A round with everything that the draw is recomputed from."""

    point: PointOut
    round: RoundFact


class OutcomeOut(RecordOut):
    """The outcome of one drawn product."""

    outcome: OutcomeFact


class RecognitionOut(RecordOut):
    """A recognition in the state it has."""

    recognition: RecognitionFact


class FindingsQuery(ListQuery):
    subject_code: str | None = Field(None, max_length=40, description="登记号 of what they are about")
    allegation: Allegation | None = Field(None, description="Only this class")
    outcome: Outcome | None = Field(None, description="Only with this outcome")


class RoundsQuery(ListQuery):
    state: RoundState | None = Field(None, description="Only rounds in this state")


class OutcomesQuery(ListQuery):
    round_code: str | None = Field(None, max_length=40, description="登记号 of the round")
    product: str | None = Field(None, max_length=40, description="登记号 of the product")
    result: Result | None = Field(None, description="Only with this result")


class RecognitionsQuery(ListQuery):
    product: str | None = Field(None, max_length=40, description="登记号 of the product")
    state: RecognitionState | None = Field(None, description="Only in this state")


@router.get("/findings", dependencies=_READ, responses=MANY)
def list_findings(call: CallDep, asked: Annotated[FindingsQuery, Query()]) -> PageOut[FindingOut]:
    """Decided complaints, in pages."""

    def keeps(known: Known[FindingFact], _at: Point) -> bool:
        return agrees(asked, known.fact, "subject_code", "allegation", "outcome")

    def out(known: Known[FindingFact], _at: Point) -> FindingOut:
        return FindingOut(**place(known), finding=known.fact)

    return page(call, asked, Wanted(FINDING, keeps), out=out)


@router.get("/surveillance-rounds", dependencies=_READ, responses=MANY)
def list_surveillance_rounds(call: CallDep, asked: Annotated[RoundsQuery, Query()]) -> PageOut[RoundLineOut]:
    """Surveillance rounds, in pages, without their lists."""

    def keeps(known: Known[RoundFact], _at: Point) -> bool:
        return agrees(asked, known.fact, "state")

    def out(known: Known[RoundFact], _at: Point) -> RoundLineOut:
        fields = known.fact.model_dump(include=set(RoundLineOut.model_fields) - {"candidates"})
        return RoundLineOut(**place(known), **fields, candidates=len(known.fact.candidates))

    return page(call, asked, Wanted(ROUND, keeps), out=out)


@router.get("/surveillance-rounds/{code}", dependencies=_READ, responses=ONE)
def read_surveillance_round(code: CodePath, session: ReadDep, at: PointDep, response: Response) -> RoundOut:
    """One round with its frozen list, seed and sample."""
    known = state_version(by_code(session, code, ROUND, at), response)
    return RoundOut(**place(known), point=PointOut.of(at), round=known.fact)


@router.get(
    "/surveillance-rounds/{code}/candidates",
    dependencies=_READ,
    response_class=PlainTextResponse,
    responses=ONE
    | {200: {"description": "One 登记号 a line", "content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def read_surveillance_candidates(
    code: CodePath, session: ReadDep, at: PointDep, response: Response
) -> PlainTextResponse:
    """The frozen list as the file whose SHA-256 was published."""
    known = state_version(by_code(session, code, ROUND, at), response)
    return PlainTextResponse(draw.listed(known.fact.candidates), headers=dict(response.headers))


@router.get("/surveillance-outcomes", dependencies=_READ, responses=MANY)
def list_surveillance_outcomes(
    call: CallDep, asked: Annotated[OutcomesQuery, Query()]
) -> PageOut[OutcomeOut]:
    """What surveillance found, in pages."""
    product = optional_key(call.session, asked.product, PRODUCT)

    def keeps(known: Known[OutcomeFact], _at: Point) -> bool:
        return product in (None, known.fact.product_id) and agrees(asked, known.fact, "round_code", "result")

    def out(known: Known[OutcomeFact], _at: Point) -> OutcomeOut:
        return OutcomeOut(**place(known), outcome=known.fact)

    return page(call, asked, Wanted(OUTCOME, keeps), out=out)


@router.get("/recognitions", dependencies=_READ, responses=MANY)
def list_recognitions(call: CallDep, asked: Annotated[RecognitionsQuery, Query()]) -> PageOut[RecognitionOut]:
    """采信: announced, entered, refused and removed, in pages."""
    product = optional_key(call.session, asked.product, PRODUCT)

    def keeps(known: Known[RecognitionFact], _at: Point) -> bool:
        return product in (None, known.fact.product_id) and agrees(asked, known.fact, "state")

    def out(known: Known[RecognitionFact], _at: Point) -> RecognitionOut:
        return RecognitionOut(**place(known), recognition=known.fact)

    return page(call, asked, Wanted(RECOGNITION, keeps), out=out)
