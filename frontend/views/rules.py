"""A rule pack in full: how it reckons, what it counts, what it leaves open, and a bill worked through."""

from dataclasses import dataclass

from frontend.views.parts import Badge, Fact, Link
from frontend.views.report import UnitBlock


@dataclass(frozen=True, slots=True)
class PackCard:
    title: str
    href: str
    status: Badge
    text: str


@dataclass(frozen=True, slots=True)
class RulesView:
    cards: tuple[PackCard, ...]


@dataclass(frozen=True, slots=True)
class RuledKind:
    name: str
    units: str
    clause: str
    score: str = ""


@dataclass(frozen=True, slots=True)
class RuledGroup:
    name: str
    points: str
    kinds: tuple[RuledKind, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A threshold or a gate: what must be reached, what it earns, and where the rule says so."""

    percent: str
    earns: str
    clause: str
    confidence: Badge


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer to an open point and what the example comes to under it."""

    answer: str
    used: bool
    result: str


@dataclass(frozen=True, slots=True)
class Question:
    """A point the text leaves open; `clause` is where the rule touches it."""

    title: str
    clause: str
    answers: tuple[Answered, ...]


@dataclass(frozen=True, slots=True)
class BillLine:
    """One line of the invented bill; `proof` says what stands behind it."""

    id: str
    number: str
    kind: str
    material: str
    quantity: str
    proof: Badge


@dataclass(frozen=True, slots=True)
class SourceRow:
    document: str
    clause: str
    dated: str
    status: Badge
    confidence: Badge


@dataclass(frozen=True, slots=True)
class RemarkRow:
    text: str
    confidence: Badge


@dataclass(frozen=True, slots=True)
class PackView:
    title: str
    crumbs: tuple[Link, ...]
    status: Badge
    facts: tuple[Fact, ...]
    steps: tuple[str, ...]
    bars: tuple[Bar, ...]
    groups: tuple[RuledGroup, ...]
    evidence: tuple[Fact, ...]
    questions: tuple[Question, ...]
    bill: tuple[BillLine, ...]
    reckoning: UnitBlock
    sources: tuple[SourceRow, ...]
    remarks: tuple[RemarkRow, ...]
    check_href: str
    json_href: str
