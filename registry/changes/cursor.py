"""The cursor of a list: a fixed point, the last key already given, and which list it belongs to."""

import base64
import binascii
import hashlib
from collections.abc import Mapping
from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from registry.changes.reading import Point
from registry.changes.record import canonical_json
from registry.kit.errors import Invalid

LONGEST = 400


class Cursor(BaseModel):
    """Where the next page starts; readers treat its text as opaque."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    as_of: int = Field(ge=0, le=2**53)
    on: date
    last: UUID
    list: str = Field(max_length=16)

    @property
    def at(self) -> Point:
        return Point(self.on, self.as_of)

    def text(self) -> str:
        return base64.urlsafe_b64encode(self.model_dump_json().encode()).decode().rstrip("=")


def read(text: str, *, of_list: str, head: int) -> Cursor:
    """A cursor we gave for this list; anything else is refused."""
    try:
        padded = text + "=" * (-len(text) % 4)
        cursor = Cursor.model_validate_json(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValidationError, binascii.Error, ValueError) as error:
        raise Invalid("cursor-unreadable") from error
    if cursor.as_of > head:  # a position that is still to come would let the list change under the reader
        raise Invalid("cursor-unreadable")
    if cursor.list != of_list:
        raise Invalid("cursor-of-another-list")
    return cursor


def list_id(kind: str, filters: Mapping[str, object]) -> str:
    """What tells one list from another: its kind and its filters."""
    stated = {name: str(value) for name, value in filters.items() if value is not None}
    return hashlib.sha256(canonical_json([kind, stated]).encode()).hexdigest()[:16]
