"""Complaints as machines send and read them; who sees only a part of one reads null for the rest."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from registry.changes.answers import Instant
from registry.kit.types import NO_NUL
from registry.supervision.complaint import Complaint, Event
from registry.supervision.facts import Allegation, Measure, Outcome, SubjectKind
from registry.supervision.handling import DECISION, Decision
from registry.supervision.intake import LONGEST_WORDS
from registry.supervision.states import Person, State, Step, open_steps


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class ComplaintIn(_In):
    """A complaint; every fault is told at once, with its field. A file can be added on the page alone."""

    about: str = Field(max_length=80, pattern=NO_NUL, description="登记号 of what it is about")
    allegation: str = Field(max_length=24, description="One of the classes of `Allegation`")
    words: str = Field(
        max_length=LONGEST_WORDS, pattern=NO_NUL, description="What happened, and why it is wrong"
    )
    lot: str = Field("", max_length=40, pattern=NO_NUL, description="Lot of the goods, as printed on them")
    contact: str = Field(
        "", max_length=120, pattern=NO_NUL, description="For the office alone; may be erased"
    )


class RevisionIn(_In):
    revision: int = Field(ge=0, le=2**31 - 1, description="As last read; an older one is refused")


class WordsIn(RevisionIn):
    words: str = Field(max_length=LONGEST_WORDS, pattern=NO_NUL)


class DecisionIn(WordsIn):
    """The words go to those concerned; outcome, measures and days become public."""

    outcome: Outcome
    measures: list[Measure] = Field(default_factory=list, max_length=len(Measure))
    appeal_until: date | None = None

    def decision(self) -> Decision:
        return Decision(self.outcome, self.measures, self.words, self.appeal_until)


class TakenOut(BaseModel):
    """Whoever knows the token may follow the complaint; it is told once and kept by its digest."""

    number: str
    token: str


class ActOut(BaseModel):
    """One act; the role tells in what capacity, an account never shows."""

    at: Instant
    act: str
    role: str
    words: str | None = Field(description="Null for readers whom they do not concern")


class ComplaintOut(BaseModel):
    """A complaint as far as the reader may see it."""

    number: str
    revision: int
    state: State
    subject_kind: SubjectKind
    subject_code: str
    allegation: Allegation
    lot: str | None
    words: str
    contact: str | None = Field(description="Null for everybody but the office")
    received_on: date
    reply_due: date | None
    forwarded: bool
    file_name: str | None = Field(description="Null where there is none, or for everybody but the office")
    acts: list[ActOut]
    open_steps: list[Step]


class ComplaintsOut(BaseModel):
    """Complaints that the reader may see, open ones first, then by age."""

    items: list["ComplaintLine"]


class ComplaintLine(BaseModel):
    number: str
    state: State
    subject_kind: SubjectKind
    subject_code: str
    allegation: Allegation
    received_on: date
    reply_due: date | None

    @classmethod
    def of(cls, one: Complaint) -> "ComplaintLine":
        return cls(
            number=one.number,
            state=one.state,
            subject_kind=one.subject_kind,
            subject_code=one.subject_code,
            allegation=one.allegation,
            received_on=one.day,
            reply_due=one.case.reply_due,
        )


def shown(
    one: Complaint, events: list[Event], seen: frozenset[str] | None, *, person: Person | None, today: date
) -> ComplaintOut:
    """What a reader gets: the office everything, others their part of it."""
    return ComplaintOut(
        number=one.number,
        revision=one.revision,
        state=one.state,
        subject_kind=one.subject_kind,
        subject_code=one.subject_code,
        allegation=one.allegation,
        lot=one.lot,
        words=one.words,
        contact=one.contact if seen is None else None,
        received_on=one.day,
        reply_due=one.case.reply_due,
        forwarded=one.case.forwarded,
        file_name=one.paper.name if one.paper and seen is None else None,
        acts=[
            ActOut(at=event.at, act=event.act, role=event.role, words=event.words if told(seen) else None)
            for event in events
        ],
        open_steps=sorted(open_steps(one.case, person, today=today)),
    )


def told(seen: frozenset[str] | None) -> bool:
    """Whether reply and decision are among what a reader sees."""
    return seen is None or DECISION in seen
