"""Error pages: what happened, why, and where to go next."""

from dataclasses import dataclass

from frontend.views.parts import FieldError, Link


@dataclass(frozen=True, slots=True)
class ErrorView:
    """`code` is the stable name from the problem document; `reference` finds the request in the log."""

    status: int
    code: str
    title: str
    text: str
    steps: tuple[Link, ...]
    errors: tuple[FieldError, ...] = ()
    reference: str = ""
