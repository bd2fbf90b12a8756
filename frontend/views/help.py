"""Help: an index, and one page for each error code that the interface can answer with."""

from dataclasses import dataclass

from frontend.views.parts import Link


@dataclass(frozen=True, slots=True)
class ErrorEntry:
    code: str
    status: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class HelpIndexView:
    errors: tuple[ErrorEntry, ...]


@dataclass(frozen=True, slots=True)
class HelpErrorView:
    """One error: what it means and what to do; `example` is a problem document as JSON text."""

    code: str
    status: str
    title: str
    meaning: str
    remedies: tuple[str, ...]
    example: str = ""


@dataclass(frozen=True, slots=True)
class ApiExample:
    title: str
    command: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ApiView:
    """The interface in a few commands; `references` lead to the schema and the dumps."""

    base_url: str
    examples: tuple[ApiExample, ...]
    references: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class PrivacyView:
    """Days after which an unsaved check, a reported problem and an ended complaint are deleted."""

    check_days: int
    problem_days: int
    complaint_days: int
