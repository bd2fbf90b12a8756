"""What every answer about facts shares: the point it speaks for, a version's place in the feed, and pages."""

from datetime import date, datetime
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from registry.changes.kinds import Known
from registry.changes.reading import Point
from registry.kit.etags import NOT_MODIFIED
from registry.kit.problems import PROBLEMS
from registry.kit.types import instant_text

Instant = Annotated[
    datetime,
    PlainSerializer(instant_text, return_type=str, when_used="json"),
    Field(description="UTC, always with microseconds: the text that is hashed"),
]


class PointOut(BaseModel):
    """The point an answer speaks for."""

    on: date = Field(description="Civil day in Asia/Shanghai that the law looks at")
    as_of: int = Field(description="Feed position: what was known")

    @classmethod
    def of(cls, at: Point) -> "PointOut":
        return cls(on=at.on, as_of=at.as_of)


class RecordOut(BaseModel):
    """One version of one fact: its place in the feed and the day from which it counts."""

    seq: int = Field(
        description="Feed position of this version; the same record stands in the feed and the dump"
    )
    version: int = Field(description="1 for the first version of this fact")
    effective_on: date = Field(description="Day from which this version counts")
    recorded_at: Instant


def place(known: Known[Any]) -> dict[str, Any]:
    """The fields of a `RecordOut` for a known fact."""
    header = known.header
    return {name: getattr(header, name) for name in ("seq", "version", "effective_on", "recorded_at")}


T = TypeVar("T", bound=BaseModel)


class PageOut(BaseModel, Generic[T]):
    """Part of a list at a fixed point, in the order of the facts' keys."""

    # The parametrised models do not inherit the docstring.
    model_config = ConfigDict(json_schema_extra={"description": "Part of a list, at a point that is fixed"})

    point: PointOut
    items: list[T] = Field(description="At most `limit`; may be fewer, even none, before the list ends")
    next: str | None = Field(description="Address of the next page; null where the list ends")


def _header(text: str, sort: str = "string") -> dict[str, Any]:
    return {"description": text, "schema": {"type": sort}}


_KEPT = {
    "ETag": _header("Send it back in `If-None-Match`; an unchanged answer is 304 without content"),
    "Last-Modified": _header("When the newest record behind this answer was recorded"),
    "X-Feed-Position": _header("The feed position this answer speaks for", "integer"),
}
_PAGED = {
    "Link": _header('The next page with `rel="next"`, where there is one'),
    "X-Limit": _header("The limit that was used", "integer"),
    "X-Limit-Most": _header("The largest limit that may be asked for", "integer"),
}
ONE: dict[int | str, dict[str, Any]] = {**PROBLEMS, **NOT_MODIFIED, 200: {"headers": _KEPT}}
MANY: dict[int | str, dict[str, Any]] = {**PROBLEMS, **NOT_MODIFIED, 200: {"headers": _KEPT | _PAGED}}
