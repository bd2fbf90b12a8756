"""What the pages of an application print."""

from dataclasses import dataclass

from frontend.views.charts import Stacked
from frontend.views.parts import Badge, Fact, Field, FieldError, FileField, Link, Notice, Option


@dataclass(frozen=True, slots=True)
class Box:
    """One field of a part: `kind` is text, textarea, select or ticks; `reason` is why it came back.

    `suggested` names a list of the page that the browser offers while somebody types; `others` puts a field
    for further items below the ticks; `marked` is off where the heading says that all may stay blank.
    """

    name: str
    label: str
    kind: str = "text"
    value: str = ""
    hint: str = ""
    error: str = ""
    warning: str = ""
    reason: str = ""
    options: tuple[Option, ...] = ()
    suggested: str = ""
    input_mode: str = ""
    required: bool = False
    marked: bool = True
    others: bool = False

    @property
    def described_by(self) -> str:
        said = (
            ("hint", self.hint),
            ("reason", self.reason),
            ("warning", self.warning),
            ("error", self.error),
        )
        return " ".join(f"{self.name}-{end}" for end, text in said if text)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a part's table; a new one has nothing to remove."""

    number: int
    legend: str
    boxes: tuple[Box, ...]
    removable: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """A part's table; an empty `add` means that no row may be added."""

    name: str
    legend: str
    error: str
    rows: tuple[Row, ...]
    add: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    id: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class PinnedLine:
    """A file with the place it is pinned to; an empty `unpin` means that it stays."""

    name: str
    size: str
    place: str
    href: str
    unpin: str


@dataclass(frozen=True, slots=True)
class Papers:
    """The files of a part; `field` is None where none may be added."""

    lines: tuple[PinnedLine, ...]
    field: FileField | None = None
    place: Field | None = None


@dataclass(frozen=True, slots=True)
class PartView:
    number: str
    title: str
    place: str
    action: str
    seen: str
    back: str
    errors: tuple[FieldError, ...]
    notices: tuple[Notice, ...]
    boxes: tuple[Box, ...]
    group: str
    grouped: tuple[Box, ...]
    rows: Rows | None
    closed: tuple[Fact, ...]
    papers: Papers
    suggestions: tuple[Suggestions, ...]
    paste: Field | None
    reuse: str


@dataclass(frozen=True, slots=True)
class Line:
    """One application in the list; `left` says what is still to be done."""

    number: str
    name: str
    subject: str
    state: Badge
    since: str
    left: str
    action: Link


@dataclass(frozen=True, slots=True)
class Choice:
    """One subject to start: the button, what it is for, and the papers to have at hand."""

    value: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class ListView:
    """`about` asks for the registered product that some subjects need."""

    organisation: str
    lines: tuple[Line, ...]
    action: str
    about: Field | None
    with_product: tuple[Choice, ...]
    without: tuple[Choice, ...]
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """One part with its status in words; what needs nobody is plain, everything else is tagged."""

    label: str
    status: str
    done: bool
    note: str
    link: Link | None


@dataclass(frozen=True, slots=True)
class TasksView:
    number: str
    name: str
    subject: str
    state: Badge
    saved: str
    clock: str
    progress: str
    notices: tuple[Notice, ...]
    tasks: tuple[Task, ...]
    papers: tuple[str, ...]
    go_on: Link | None
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A filled field on the check page; `read` is given where the text is read as something shorter."""

    label: str
    value: str
    read: str
    warning: str
    error: str
    change: Link | None


@dataclass(frozen=True, slots=True)
class Answers:
    title: str
    answers: tuple[Answer, ...]
    files: tuple[str, ...]
    stages: Stacked | None = None


@dataclass(frozen=True, slots=True)
class CheckView:
    """`action` is empty where it may not be handed in."""

    number: str
    back: str
    action: str
    revision: int
    errors: tuple[Link, ...]
    warnings: int
    notices: tuple[Notice, ...]
    parts: tuple[Answers, ...]


@dataclass(frozen=True, slots=True)
class ReceiptView:
    number: str
    facts: tuple[Fact, ...]
    next_steps: tuple[str, ...]
    back: str


@dataclass(frozen=True, slots=True)
class Act:
    at: str
    what: str
    who: str
    detail: str


@dataclass(frozen=True, slots=True)
class HistoryView:
    number: str
    back: str
    acts: tuple[Act, ...]


@dataclass(frozen=True, slots=True)
class WithdrawView:
    number: str
    name: str
    action: str
    revision: int
    back: str


@dataclass(frozen=True, slots=True)
class Both:
    """A field that two people changed: what was just sent, and what was saved meanwhile."""

    label: str
    mine: str
    saved: str


@dataclass(frozen=True, slots=True)
class ConflictView:
    number: str
    title: str
    who: str
    at: str
    action: str
    seen: str
    both: tuple[Both, ...]
    hidden: tuple[tuple[str, str], ...]
    keep: str
