"""What the pages of a registry officer print: the queue and one case."""

from dataclasses import dataclass

from frontend.views.bulk import Tab
from frontend.views.parts import Badge, Fact, Field, FieldError, Link, Notice, Pager


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One waiting case; `waited` counts working days, `late` is a mark in words or empty."""

    number: str
    href: str
    name: str
    organisation: str
    subject: str
    state: Badge
    waited: str
    late: Badge | None
    hints: Badge
    owner: str


@dataclass(frozen=True, slots=True)
class Tick:
    name: str
    label: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class QueueView:
    """`nothing` says why no line is shown; `take_action` is empty where no case is free."""

    counts: str
    lines: tuple[QueueLine, ...]
    fields: tuple[Field, ...]
    ticks: tuple[Tick, ...]
    take_action: str
    nothing: str
    pager: Pager
    links: tuple[Link, ...]
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class FileLine:
    """A pinned file; without an address it may not be opened (yet), or it is lost."""

    name: str
    href: str
    note: str
    lost: bool = False


@dataclass(frozen=True, slots=True)
class SubmittedRow:
    """A field as submitted; `before` is what the register or the last round says, `remarks` stand open."""

    path: str
    label: str
    value: str
    note: str
    before: str
    findings: tuple[Badge, ...]
    remarks: tuple[str, ...]
    typed: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class SubmittedPart:
    path: str
    title: str
    files: tuple[FileLine, ...]
    rows: tuple[SubmittedRow, ...]
    missing: str
    ticked: bool
    whole: bool = True  # whether it may come back as a whole


@dataclass(frozen=True, slots=True)
class RowsNav:
    """Which rows of a product list to look at: a tab each, a row to go to, the next page, all as a file."""

    title: str
    tabs: tuple[Tab, ...]
    action: str
    jump: str
    value: str
    search: str
    words: str
    button: str
    file: Link
    more: Link | None


@dataclass(frozen=True, slots=True)
class CheckLine:
    """What an automatic check says, and where."""

    verdict: Badge
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    field: str
    before: str
    now: str
    change: str


@dataclass(frozen=True, slots=True)
class RemarkLine:
    where: str
    text: str
    at: str
    state: Badge
    settle_action: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    at: str
    what: str
    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class LookForm:
    """What this person found when looking one document up."""

    title: str
    document: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """A form with one button; none of it is shown where the step is not open."""

    action: str
    button: str
    fields: tuple[Field, ...] = ()
    looks: tuple[LookForm, ...] = ()
    consequence: str = ""


@dataclass(frozen=True, slots=True)
class CaseView:
    """One case; every decision carries the revision that it was made from."""

    number: str
    title: str
    state: Badge
    revision: str
    facts: tuple[Fact, ...]
    notices: tuple[Notice, ...]
    errors: tuple[FieldError, ...]
    checks: tuple[CheckLine, ...]
    parts: tuple[SubmittedPart, ...]
    with_register: tuple[DifferenceLine, ...]
    with_last_round: tuple[DifferenceLine, ...]
    remarks: tuple[RemarkLine, ...]
    history: tuple[HistoryLine, ...]
    published: tuple[Link, ...]
    phrases: tuple[str, ...]
    take: Decision | None = None
    send_back: Decision | None = None
    note: str = ""
    approve: Decision | None = None
    others: tuple[Decision, ...] = ()
    neighbours: tuple[Link, ...] = ()
    rows: RowsNav | None = None
