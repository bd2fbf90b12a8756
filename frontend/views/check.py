"""A bill of materials on its way to a report: upload, columns, matching, deletion."""

from dataclasses import dataclass

from frontend.views.parts import Badge, Field, FieldError, FileField, Link, Notice, Option, Pager


@dataclass(frozen=True, slots=True)
class UploadView:
    """`days` is how long a check is kept; `examples` are bills to try it with, none in production."""

    file: FileField
    fields: tuple[Field, ...]
    days: int
    errors: tuple[FieldError, ...] = ()
    examples: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnPick:
    """One column of a sheet: its letter and header, the role guessed or chosen, its first cells."""

    id: str
    name: str
    letter: str
    header: str
    samples: tuple[str, ...]
    options: tuple[Option, ...]
    error: str = ""
    sure: Badge | None = None


@dataclass(frozen=True, slots=True)
class SheetPick:
    """One sheet of the file; an unused one keeps its columns, so that it can be taken up."""

    id: str
    name: str
    label: str
    detail: str
    used: bool
    hidden: bool
    header_field: Field
    columns: tuple[ColumnPick, ...]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ColumnsView:
    file_name: str
    action: str
    revision: str
    sheets: tuple[SheetPick, ...]
    notes: tuple[str, ...]
    delete_href: str
    errors: tuple[FieldError, ...] = ()
    conflict: Notice | None = None


@dataclass(frozen=True, slots=True)
class CandidateView:
    """A product offered for a line; the radio's `value` names it, plant and model are picked beside it."""

    value: str
    name: str
    code: str
    maker: str
    reasons: str
    chosen: bool
    plant_name: str = ""
    plants: tuple[Option, ...] = ()
    model_name: str = ""
    models: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True)
class Search:
    """The search field of the one line that asked for it, and what it found in words."""

    name: str
    value: str
    found: str = ""


@dataclass(frozen=True, slots=True)
class MatchLine:
    """One line in the file's own words, with what may be decided about it."""

    id: str
    place: str
    name: str
    spec: str
    meta: tuple[str, ...]
    state: Badge
    needs_work: bool
    radio_name: str
    candidates: tuple[CandidateView, ...]
    none_chosen: bool
    undo: bool
    undo_chosen: bool
    other: bool
    other_chosen: bool
    fields: tuple[Field, ...]
    problems: tuple[str, ...]
    same_name: str
    same_count: str
    same_ticked: bool
    kind_note: str = ""
    search: Search | None = None
    search_value: str = ""
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    place: str
    reason: str
    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    text: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class MatchView:
    """`summary` counts the lines of the whole file, whatever page is shown."""

    action: str
    revision: str
    summary: str
    filters: tuple[Filter, ...]
    lines: tuple[MatchLine, ...]
    hidden: tuple[tuple[str, str], ...]
    pager: Pager
    others: tuple[Skipped, ...]
    skipped: tuple[Skipped, ...]
    settings: tuple[str, ...]
    reports: tuple[Link, ...]
    columns_href: str
    delete_href: str
    undecided: str
    errors: tuple[FieldError, ...] = ()
    notices: tuple[Notice, ...] = ()
    title_page: str = ""
    unsaved: bool = False
