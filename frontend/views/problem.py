"""The form for reporting a problem, and the answer that it was taken."""

from dataclasses import dataclass

from frontend.views.parts import Field, FieldError, Link, Notice


@dataclass(frozen=True, slots=True)
class ProblemFormView:
    """`about` links to what the problem is about where that is known; `days` is how long it is kept.

    `complain_href` leads to the other way in, for who wants a decision.
    """

    action: str
    about: Link | None
    fields: tuple[Field, ...]
    errors: tuple[FieldError, ...]
    days: int
    complain_href: str
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class ProblemTakenView:
    number: str
    days: int
