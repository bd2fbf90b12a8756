"""The small parts every written tree is made of: texts, references, numbers, days."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import orjson

from registry.declarations.dataset import Party, Reference, Words
from registry.declarations.formats.ilcd.taking import UNDETERMINED, Node
from registry.kit.types import plain

SOURCE, CONTACT, PROCESS = "source data set", "contact data set", "process data set"
FLOW, METHOD, UNITS = "flow data set", "LCIA method data set", "unit group data set"


@dataclass(frozen=True, slots=True)
class Notation:
    """JSON writes days in milliseconds and numbers bare; a ZIP gives every reference a UUID to resolve by."""

    json: bool = False
    resolve: bool = False

    def day(self, day: date) -> object:
        if not self.json:
            return day.isoformat()
        return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1000

    def number(self, value: Decimal) -> object:
        """Every digit as it is, never through a double."""
        return orjson.Fragment(plain(value)) if self.json else plain(value)

    def reference(self, one: Reference, kind: str) -> Node:
        uuid = one.uuid or (named_uuid(kind, one.names, one.uri) if self.resolve else None)
        return self._made(one.names, kind, uuid, version=one.version, uri=one.uri)

    def original(self, one: Reference) -> Node:
        """The document itself: a server lists where its file lies, a ZIP keeps that in the source."""
        found = self.reference(one, SOURCE)
        if self.json and one.uri:
            found["resourceURLs"] = [found.pop("uri")]
        return found

    def party(self, one: Party) -> Node:
        uuid = one.uuid or (named_uuid(CONTACT, one.names, None) if self.resolve else None)
        return self._made(one.names, CONTACT, uuid)

    def _made(
        self,
        names: Words,
        kind: str,
        uuid: UUID | None,
        *,
        version: str | None = None,
        uri: str | None = None,
    ) -> Node:
        found: Node = {"shortDescription": texts(names), "type": kind}
        return found | stated(refObjectId=str(uuid) if uuid else None, version=version, uri=uri)


def texts(words: Words) -> list[Node]:
    """As soda4LCA lists them; `und`, undetermined, where no language is named: none would mean English."""
    return [{"value": text, "lang": lang or UNDETERMINED} for lang, text in words.items()]


def stated(**fields: Any) -> Node:
    """Only what is there: an absent key says that nothing is stated."""
    return {key: value for key, value in fields.items() if value not in (None, [], {}, ())}


def anies(*named: tuple[str, Any]) -> Node:
    """The content of `other`, as named values."""
    return {
        "anies": [{"name": name, "value": value} for name, value in named if value not in (None, [], {}, ())]
    }


def named_uuid(kind: str, names: Words, uri: str | None) -> UUID:
    """The same UUID for the same names on every day: two files of one register do not disagree."""
    return uuid5(
        NAMESPACE_URL, "|".join((kind, uri or "", *(f"{lang}={names[lang]}" for lang in sorted(names))))
    )
