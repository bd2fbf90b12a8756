"""Surveillance rounds and recognition as the office runs them by machine."""

from datetime import date, timedelta

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from registry.access.http import May
from registry.access.permissions import Act
from registry.kit.db import write_session
from registry.kit.types import NO_NUL
from registry.supervision import recognition, rounds
from registry.supervision.facts import OutcomeFact, RecognitionFact, Result, RoundFact
from registry.supervision.http import RESPONSES, CallDep

router = APIRouter(prefix="/api/v1", tags=["supervision"], responses=RESPONSES)
_RUN = [Depends(May(Act.RUN_SURVEILLANCE))]
_FIND = [Depends(May(Act.RECORD_OUTCOME))]
_RECOGNISE = [Depends(May(Act.DECIDE_RECOGNITION))]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class RoundIn(_In):
    """A round as planned; the list is made and frozen when this is recorded."""

    name_zh: str = Field(max_length=200, pattern=NO_NUL)
    name_en: str = Field(max_length=200, pattern=NO_NUL)
    kind: str | None = Field(
        None, max_length=64, pattern=NO_NUL, description="Material kind with all below it"
    )
    region: str | None = Field(
        None, pattern=r"^[0-9]{6}$", description="GB/T 2260 code of a province or city"
    )
    scope_on: date
    size: int = Field(ge=1, le=rounds.MOST_CANDIDATES)
    seed_source: str = Field(max_length=200, pattern=NO_NUL, description="Where the seed will come from")
    seed_day: date

    def planned(self) -> rounds.Planned:
        scope = rounds.Scope(self.scope_on, self.kind, self.region)
        return rounds.Planned(self.name_zh, self.name_en, scope, self.size, self.seed_source, self.seed_day)


class SeedIn(_In):
    """The seed exactly as its source gives it, and where anybody can look it up."""

    seed: str = Field(min_length=1, max_length=200, pattern=NO_NUL)
    reference: str = Field(min_length=1, max_length=200, pattern=NO_NUL)


class FoundIn(_In):
    """What was found on one drawn product."""

    product: str = Field(max_length=40, pattern=NO_NUL, description="登记号, as drawn")
    result: Result
    found_on: date
    report_number: str | None = Field(None, max_length=200, pattern=NO_NUL)
    laboratory: str | None = Field(None, max_length=200, pattern=NO_NUL)


class ReasonIn(_In):
    reason: str = Field(min_length=1, max_length=200, pattern=NO_NUL, description="Public; name no person")


class RecognitionIn(_In):
    """What is to be recognised; without a day the period is the site's own convention."""

    product: str = Field(max_length=40, pattern=NO_NUL)
    evidence: str = Field(
        max_length=40, pattern=NO_NUL, description="登记号 of its certificate or test report"
    )
    catalogue_zh: str = Field(max_length=200, pattern=NO_NUL)
    catalogue_en: str = Field(max_length=200, pattern=NO_NUL)
    notice_until: date | None = Field(None, description="Last day of the notice, where a document sets it")
    notice_basis: str | None = Field(
        None, max_length=200, pattern=NO_NUL, description="That document, clause, day"
    )


@router.post("/surveillance-rounds", status_code=201, dependencies=_RUN)
def announce_surveillance_round(call: CallDep, given: RoundIn) -> RoundFact:
    """Freeze the list of candidates and name the seed's source."""
    with write_session(call.engine) as session:
        return rounds.announce(session, given.planned(), call.by())


@router.post("/surveillance-rounds/{code}/draw", dependencies=_RUN)
def draw_surveillance_round(call: CallDep, code: str, given: SeedIn) -> RoundFact:
    """Enter the seed; the sample follows from it."""
    with write_session(call.engine) as session:
        return rounds.draw_lots(session, code, call.by(), seed=given.seed, reference=given.reference)


@router.post("/surveillance-rounds/{code}/outcomes", status_code=201, dependencies=_FIND)
def record_surveillance_outcome(call: CallDep, code: str, given: FoundIn) -> OutcomeFact:
    """Record or correct one outcome, until the round is closed."""
    found = rounds.Found(given.product, given.result, given.found_on, given.report_number, given.laboratory)
    with write_session(call.engine) as session:
        return rounds.find(session, code, found, call.by())


@router.post("/surveillance-rounds/{code}/close", dependencies=_RUN)
def close_surveillance_round(call: CallDep, code: str) -> RoundFact:
    """Close a round whose every drawn product has its outcome."""
    with write_session(call.engine) as session:
        return rounds.close(session, code, call.by())


@router.post("/surveillance-rounds/{code}/annul", dependencies=_RUN)
def annul_surveillance_round(call: CallDep, code: str, given: ReasonIn) -> RoundFact:
    """End a round that cannot be carried out."""
    with write_session(call.engine) as session:
        return rounds.annul(session, code, call.by(), reason=given.reason)


@router.post("/recognitions", status_code=201, dependencies=_RECOGNISE)
def announce_recognition(call: CallDep, given: RecognitionIn) -> RecognitionFact:
    """Begin the notice period."""
    until = given.notice_until or call.today + timedelta(days=call.desk.notice_days)
    proposed = recognition.Proposed(
        given.product, given.evidence, given.catalogue_zh, given.catalogue_en, until, given.notice_basis
    )
    with write_session(call.engine) as session:
        return recognition.announce(session, proposed, call.by())


@router.post("/recognitions/{code}/enter", dependencies=_RECOGNISE)
def enter_recognition(call: CallDep, code: str) -> RecognitionFact:
    """Enter it once the notice is over and no objection stands in the way."""
    with write_session(call.engine) as session:
        return recognition.enter(session, code, call.by())


@router.post("/recognitions/{code}/refuse", dependencies=_RECOGNISE)
def refuse_recognition(call: CallDep, code: str, given: ReasonIn) -> RecognitionFact:
    """End the notice without entry."""
    with write_session(call.engine) as session:
        return recognition.refuse(session, code, call.by(), reason=given.reason)


@router.post("/recognitions/{code}/remove", dependencies=_RECOGNISE)
def remove_recognition(call: CallDep, code: str, given: ReasonIn) -> RecognitionFact:
    """Take out what was entered, with a public reason."""
    with write_session(call.engine) as session:
        return recognition.remove(session, code, call.by(), reason=given.reason)
