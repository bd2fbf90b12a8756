"""Small values that several pages print; each macro under `templates/macros` takes one of them."""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How a word is dressed; the word itself always says it too."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    QUIET = "quiet"


class EvidenceKind(StrEnum):
    """Classes of evidence that never share a badge."""

    CERTIFICATE = "certificate"
    GREEN_PRODUCT = "green-product"
    TEST_REPORT = "test-report"
    SELF_DECLARATION = "self-declaration"
    LISTING = "listing"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Link:
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Badge:
    word: str
    tone: Tone = Tone.QUIET


@dataclass(frozen=True, slots=True)
class EvidenceTag:
    kind: EvidenceKind
    word: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One row of a key–value list; `copy` adds a button that copies the value, `href` leads from it."""

    label: str
    value: str
    note: str = ""
    copy: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    tone: Tone
    title: str
    text: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Empty:
    """Nothing to show, why, and what to do next; `steps` is never empty."""

    title: str
    text: str
    steps: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class FieldError:
    """One fault: the same words in the summary and beside the field."""

    field_id: str
    text: str


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class OptionGroup:
    """Options of a select under a heading of their own."""

    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled input; `kind` is a type of `<input>`, or `select` or `textarea`.

    A select's `groups` stand after its `options`.
    """

    name: str
    label: str
    value: str = ""
    hint: str = ""
    error: str = ""
    kind: str = "text"
    options: tuple[Option, ...] = ()
    groups: tuple[OptionGroup, ...] = ()
    suffix: str = ""
    input_mode: str = ""
    required: bool = False
    autocomplete: str = ""

    @property
    def described_by(self) -> str:
        ids = [f"{self.name}-hint"] * bool(self.hint) + [f"{self.name}-error"] * bool(self.error)
        return " ".join(ids)


@dataclass(frozen=True, slots=True)
class FileField:
    name: str
    label: str
    accept: str
    hint: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a facet; an option with count "0" stays and may still be ticked."""

    value: str
    label: str
    count: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class RangeField:
    """A number from … to …, both typed; `name` is the parameter without its side."""

    name: str
    label: str
    lower: str = ""
    upper: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """`more` are further options of the same name, in a list of their own; `ranges` are limits on numbers."""

    name: str
    legend: str
    choices: tuple[Choice, ...]
    single: bool = False
    hint: str = ""
    open: bool = True
    more: tuple[Option, ...] = ()
    more_label: str = ""
    ranges: tuple[RangeField, ...] = ()


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    remove_href: str


@dataclass(frozen=True, slots=True)
class Page:
    """A numbered page; an empty `label` is a gap."""

    label: str
    href: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class Pager:
    pages: tuple[Page, ...]
    previous_href: str = ""
    next_href: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code as an SVG data address, what it holds, and the same address as people read and follow it."""

    data_uri: str
    address: str
    shown: str
    href: str
