"""What the pages of product lists print."""

from dataclasses import dataclass

from frontend.views.parts import Fact, FieldError, FileField, Link, Notice, Option


@dataclass(frozen=True, slots=True)
class ListLine:
    name: str
    href: str
    progress: str
    application: str


@dataclass(frozen=True, slots=True)
class BulkView:
    """The upload, the template's kinds and the lists so far."""

    file: FileField
    errors: tuple[FieldError, ...]
    kinds: tuple[Option, ...]
    lines: tuple[ListLine, ...]


@dataclass(frozen=True, slots=True)
class RowLine:
    row: str
    name: str
    verdict: str
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class ListView:
    """One list; an empty label means that the step is not open now."""

    name: str
    action: str
    facts: tuple[Fact, ...]
    notices: tuple[Notice, ...]
    remarks: tuple[Fact, ...]
    links: tuple[Link, ...]
    check: str
    again: str
    commit: str
    sound: str
    delete: str
    lost: str
    file_href: str
    tabs: tuple[Tab, ...]
    lines: tuple[RowLine, ...]
    more_href: str
