"""What the pages of supervision print: a sheet of facts, tables, forms and acts; and the complaint's form."""

from dataclasses import dataclass

from frontend.views.parts import Badge, Fact, Field, FieldError, FileField, Link, Notice


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a table, which may lead somewhere or be a state in words; a number is kept on one line."""

    text: str = ""
    href: str = ""
    badge: Badge | None = None
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under their columns; the first cell of a row names it, `nothing` says why there is none."""

    ident: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    nothing: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tick:
    name: str
    value: str
    label: str
    ticked: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """One act: its fields, what follows from it, one button; `hidden` goes along as it is."""

    ident: str
    title: str
    action: str
    button: str
    fields: tuple[Field, ...] = ()
    ticks: tuple[Tick, ...] = ()
    ticks_label: str = ""
    hidden: tuple[tuple[str, str], ...] = ()
    consequence: str = ""
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """What somebody wrote, under what it is."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class ActLine:
    at: str
    what: str
    who: str


@dataclass(frozen=True, slots=True)
class SheetView:
    """One thing with everything about it; `private` pages are in no search engine."""

    title: str
    lead: str = ""
    code: str = ""
    state: Badge | None = None
    crumbs: tuple[Link, ...] = ()
    notices: tuple[Notice, ...] = ()
    errors: tuple[FieldError, ...] = ()
    facts: tuple[Fact, ...] = ()
    passages: tuple[Passage, ...] = ()
    tables: tuple[Table, ...] = ()
    forms: tuple[Form, ...] = ()
    acts: tuple[ActLine, ...] = ()
    links: tuple[Link, ...] = ()
    private: bool = False


@dataclass(frozen=True, slots=True)
class ComplainView:
    """The form of a complaint; `mistake` leads to the other way in, for what is merely recorded wrongly."""

    action: str
    about: Link | None
    fields: tuple[Field, ...]
    file: FileField
    errors: tuple[FieldError, ...]
    mistake: Link
    reply_days: int
    kept_days: int
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One line about a product or an organisation that supervision has made public; `brief` fits anywhere."""

    day: str
    text: str
    state: Badge
    href: str
    brief: str = ""
