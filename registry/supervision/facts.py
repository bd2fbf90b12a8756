"""What supervision makes public: findings, rounds, outcomes, recognition; no person and no free accusation.

A finding is made of closed lists and days alone, so that no name can slip into a feed that forgets nothing.
The words of a complaint, of the reply and of the decision stay with those whom they concern.
"""

import re
from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import Field, model_validator

from registry.kit.types import NO_NUL, Fact
from registry.supervision import draw

Words = Annotated[str, Field(min_length=1, max_length=200, pattern=NO_NUL)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
LOT = r"^[A-Za-z0-9][A-Za-z0-9 ./_-]{0,39}$"


def is_lot(text: str) -> bool:
    """A lot as it is printed on goods: it has a figure, which people's names have not."""
    return re.fullmatch(LOT, text, re.ASCII) is not None and any(one.isdigit() for one in text)


class SubjectKind(StrEnum):
    """What a complaint may be about; a lot that is no registered batch is named beside its product."""

    PRODUCT = "product"
    BATCH = "batch"
    CERTIFICATE = "certificate"
    DECLARATION = "declaration"
    ORGANISATION = "organisation"
    RECOGNITION = "recognition"


class Allegation(StrEnum):
    """Classes of what somebody says is wrong."""

    NOT_AS_DECLARED = "not_as_declared"
    QUALITY = "quality"
    FALSE_EVIDENCE = "false_evidence"
    MARK_MISUSED = "mark_misused"
    CARBON_FIGURE = "carbon_figure"
    CONDUCT = "conduct"
    AGAINST_RECOGNITION = "against_recognition"
    OTHER = "other"


class Outcome(StrEnum):
    UPHELD = "upheld"
    PARTLY = "partly_upheld"
    NOT_UPHELD = "not_upheld"


class Measure(StrEnum):
    """What follows from a decision; the certificate's state is its body's alone."""

    CORRECT_RECORD = "correct_record"
    REMOVE_RECORD = "remove_record"
    TOLD_TO_BODY = "told_to_body"
    TOLD_TO_AUTHORITY = "told_to_authority"
    NEXT_ROUND = "next_round"


class FindingFact(Fact):
    """A decided complaint: about what, of which class, whether it was answered, and what came of it."""

    id: UUID
    code: str
    subject_kind: SubjectKind
    subject_id: UUID
    subject_code: str
    organisation_id: UUID
    lot: str | None = Field(None, pattern=LOT)
    allegation: Allegation
    received_on: date
    reply_due: date
    replied_on: date | None = None
    decided_on: date
    revised_on: date | None = None
    outcome: Outcome
    measures: tuple[Measure, ...] = ()
    appeal_until: date | None = None

    @model_validator(mode="after")
    def _parts_agree(self) -> "FindingFact":
        last = self.revised_on or self.decided_on
        days = (self.received_on, self.replied_on or self.received_on, self.decided_on, last)
        if list(days) != sorted(days):
            raise ValueError("the days run backwards")
        if self.replied_on is None and self.decided_on <= self.reply_due:
            raise ValueError("decided before the time to reply was over")
        if self.lot is not None and not is_lot(self.lot):
            raise ValueError("a lot has a figure in it")
        if self.measures and self.outcome is Outcome.NOT_UPHELD:
            raise ValueError("nothing follows from a complaint that is not upheld")
        if self.appeal_until is not None and self.appeal_until < last:
            raise ValueError("the time to appeal ends before the decision")
        return self


class RoundState(StrEnum):
    ANNOUNCED = "announced"
    DRAWN = "drawn"
    CLOSED = "closed"
    ANNULLED = "annulled"


class RoundFact(Fact):
    """A surveillance round 监督抽查: its frozen list, where its seed comes from, and what was drawn.

    `kind`, `region` and `scope_on` say how the list came about; the list itself is what counts.
    """

    id: UUID
    code: str
    name_zh: Words
    name_en: Words
    organisation_id: UUID
    kind: str | None = Field(None, max_length=64, pattern=NO_NUL)
    region: str | None = Field(None, max_length=6, pattern=NO_NUL)
    scope_on: date
    size: int = Field(ge=1)
    candidates: tuple[str, ...]
    candidates_sha256: Sha256
    seed_source: Words
    seed_day: date
    state: RoundState = RoundState.ANNOUNCED
    seed: Words | None = None
    seed_reference: Words | None = None
    drawn: tuple[str, ...] = ()
    reason: Words | None = None

    @model_validator(mode="after")
    def _parts_agree(self) -> "RoundFact":
        """What each reading can afford to ask; the list and the draw are checked when it is recorded."""
        if self.size > len(self.candidates):
            raise ValueError("there are fewer candidates than are drawn")
        if (self.seed is None) != (self.seed_reference is None):
            raise ValueError("a seed is published with the place where it can be looked up")
        if self.state in (RoundState.DRAWN, RoundState.CLOSED) and self.seed is None:
            raise ValueError("nothing is drawn without a seed")
        if self.state is RoundState.ANNOUNCED and self.seed is not None:
            raise ValueError("a seed that is known draws at once")
        if len(self.drawn) != (0 if self.seed is None else self.size):
            raise ValueError("the sample is not as large as announced")
        if (self.state is RoundState.ANNULLED) != (self.reason is not None):
            raise ValueError("a round is annulled with a reason, and with no other")
        return self

    @property
    def is_recomputed(self) -> bool:
        """Whether the list is sorted and has this digest, and its seed draws this sample: 20,000 hashes."""
        if list(self.candidates) != sorted(set(self.candidates)):
            return False
        expected = draw.drawn(self.seed, self.candidates, self.size) if self.seed is not None else ()
        return self.drawn == expected and self.candidates_sha256 == draw.digest(self.candidates)


class Result(StrEnum):
    """What came of one drawn product."""

    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    NOT_FOUND = "not_found"
    REFUSED = "refused"


TESTED = frozenset({Result.PASS, Result.FAIL})


class OutcomeFact(Fact):
    """The outcome of one drawn product; a tested one names its report and laboratory."""

    id: UUID
    round_id: UUID
    round_code: str
    product_id: UUID
    product_code: str
    result: Result
    found_on: date
    report_number: Words | None = None
    laboratory: Words | None = None

    @model_validator(mode="after")
    def _tested_or_not(self) -> "OutcomeFact":
        stated = {self.report_number is not None, self.laboratory is not None}
        if stated != {self.result in TESTED}:
            raise ValueError("a product that was tested has a report and a laboratory, and no other")
        return self


class RecognitionState(StrEnum):
    """采信: announced for its notice period, then entered or refused; what was entered may be removed."""

    NOTICE = "notice"
    ENTERED = "entered"
    REFUSED = "refused"
    REMOVED = "removed"


class RecognitionFact(Fact):
    """A product's evidence recognised in a catalogue; whether it counts anywhere, a rule pack says."""

    id: UUID
    code: str
    product_id: UUID
    product_code: str
    catalogue_zh: Words
    catalogue_en: Words
    organisation_id: UUID
    evidence_code: str
    notice_from: date
    notice_until: date
    notice_basis: Words | None = None
    state: RecognitionState = RecognitionState.NOTICE
    since: date
    reason: Words | None = None

    @model_validator(mode="after")
    def _parts_agree(self) -> "RecognitionFact":
        if not self.notice_from <= self.notice_until or self.since < self.notice_from:
            raise ValueError("the days run backwards")
        if self.state is RecognitionState.ENTERED and self.since <= self.notice_until:
            raise ValueError("entered before the notice period was over")
        ended = self.state in (RecognitionState.REFUSED, RecognitionState.REMOVED)
        if ended != (self.reason is not None):
            raise ValueError("a refusal and a removal have a reason, and nothing else has")
        return self
