"""The sealed document: what was kept, with number and time, as one canonical text that its digest covers."""

from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, JsonValue

from catalogue.archive.numbers import Kind
from registry.changes.record import canonical_json
from registry.kit.messages import say


class Part(BaseModel):
    """Base of what is kept: closed and frozen, and text stays as it was typed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Said(Part):
    """Words in both languages as they were at the time of keeping: names that change later change nothing."""

    zh: str
    en: str

    @classmethod
    def of(cls, key: str, **facts: object) -> Self:
        """A coded sentence."""
        return cls(zh=say(key, "zh", facts), en=say(key, "en", facts))

    def in_language(self, lang: str) -> str:
        return self.en or self.zh if lang == "en" else self.zh


class Sealed(Part):
    """`on` and `as_of` are the civil day and the feed position that the content was read at.

    `notice` says that the data are invented, where they are. The format's number is raised when a field
    changes its meaning; what was kept under another one stays as it is.
    """

    format: Literal[1] = 1
    number: str
    kind: Kind
    kept_at: str
    feed: str
    on: str
    as_of: int
    notice: Said | None
    content: JsonValue

    @property
    def text(self) -> str:
        """Canonical JSON (RFC 8785): whoever has the document can make the same bytes, and so the digest."""
        return canonical_json(self.model_dump(mode="json"))
