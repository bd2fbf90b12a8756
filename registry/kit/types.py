"""Exact column and field types: decimals without float, instants in UTC, canonical fact models."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, PlainSerializer
from sqlalchemy import Dialect, String
from sqlalchemy.types import TypeDecorator


def plain(value: Decimal) -> str:
    """The one text form of a decimal: no exponent, no trailing zeros, no negative zero."""
    if value == 0:
        return "0"
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


# PostgreSQL stores no NUL character; text that goes into a column is refused before it gets there.
NO_NUL = r"^[^\x00]*$"


# "1E+999999999" is ten characters to send and a gigabyte to write out in full.
LARGEST_POWER = 30


def is_writable(value: Decimal) -> bool:
    """Whether a decimal is finite and short enough to be written out in full."""
    return value.is_finite() and (value == 0 or abs(value.adjusted()) <= LARGEST_POWER)


def _finite(value: Decimal) -> Decimal:
    if not is_writable(value):
        raise ValueError("must be a finite number between 1E-30 and 1E+31")
    return Decimal(plain(value))


Exact = Annotated[Decimal, AfterValidator(_finite), PlainSerializer(plain, return_type=str, when_used="json")]


class Fact(BaseModel):
    """Base of every payload and its parts: closed, frozen, canonical when dumped."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class ExactDecimal(TypeDecorator[Decimal]):
    """A decimal kept as text, because SQLite stores Decimal as REAL (0.399999999999 became 0.4)."""

    impl = String(64)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else plain(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        return None if value is None else Decimal(value)


class UtcInstant(TypeDecorator[datetime]):
    """An instant as sortable ISO text in UTC with microseconds, the same on both databases."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else instant_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else datetime.fromisoformat(value)


def instant_text(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    # Not strftime: it writes the year 999 in three digits, which would sort after 2026.
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
