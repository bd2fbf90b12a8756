"""Batches as lines: in a list of their own and on the page of their product."""

from dataclasses import dataclass

from frontend.views.parts import Badge, Link


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One batch in a list; `state` only where it was withdrawn."""

    number: Link
    code: str
    plant: str
    made: str
    amount: str
    state: Badge | None


@dataclass(frozen=True, slots=True)
class BatchesPart:
    """The latest batches of a product, and where all of them stand."""

    lines: tuple[BatchLine, ...]
    text: str
    more: Link | None = None
