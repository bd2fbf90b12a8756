"""Taking a document's tree apart: what is carried is taken out, and what remains is the loss report.

A tree is what soda4LCA's JSON parses to; XML is brought into the same form. Every function here removes
what it answers, so that nothing can be carried twice and nothing be lost without being seen.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from registry.declarations.dataset import Party, Reference, Words
from registry.declarations.formats import made
from registry.declarations.formats.reading import Person, Remark, Weight

Node = dict[str, Any]
UNDETERMINED = "und"
_LANGUAGES = frozenset({"de", "en", "es", "fr", "it", "zh", "da", "no", "nl", "pt"})
SHORT = 15  # decimal digits that every double gives back as they were written


class Inexact(Exception):
    """A bare JSON number has more digits than a double holds for certain: parse again without doubles."""


@dataclass(slots=True)
class Taking:
    """What is found out about one document on the way; `base` goes before every place."""

    base: str
    exact: bool = True
    remarks: list[Remark] = field(default_factory=list)
    origins: dict[str, str] = field(default_factory=dict)
    persons: list[Person] = field(default_factory=list)

    def doubt(self, key: str, place: str, **facts: str) -> None:
        self._add(Weight.DOUBT, key, place, facts=facts)

    def defaulted(self, key: str, place: str, **facts: str) -> None:
        self._add(Weight.DEFAULTED, key, place, facts=facts)

    def lost(self, key: str, place: str, **facts: str) -> None:
        self._add(Weight.NOT_CARRIED, key, place, facts=facts)

    def _add(self, weight: Weight, key: str, place: str, *, facts: dict[str, str]) -> None:
        self.remarks.append(made.remark(weight, key, self.base + place, facts=facts))

    def person(self, role: str, name: str, place: str) -> None:
        self.persons.append(Person(role=role, name=name, place=self.base + place))

    def figure(self, value: object) -> Decimal | None:
        """A number of any kind; a bare one by the shortest form of its double, which is what was written."""
        if isinstance(value, str):
            return made.figure(value.strip())
        if isinstance(value, Decimal):
            return made.figure(str(value))
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return None
        text = repr(value)
        if not self.exact and isinstance(value, float) and len(text) > SHORT:
            raise Inexact
        return made.figure(text)


def branch(node: Node, *keys: str) -> Node:
    """The node under a path; an empty one where there is none. Nothing is taken."""
    for key in keys:
        found = node.get(key)
        if isinstance(found, list) and len(found) == 1:
            found = found[0]
        if not isinstance(found, dict):
            return {}
        node = found
    return node


def many(value: object) -> list[Any]:
    """A list, or the list of one; JSON nodes differ in whether they unpack lists of one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def nodes(parent: Node, key: str) -> list[Node]:
    """The repeated nodes under a key, left where they are."""
    return [one for one in many(parent.get(key)) if isinstance(one, dict)]


def text(parent: Node, key: str) -> str | None:
    """A single text, number or truth as text; None where it is missing, blank or no scalar."""
    value = parent.get(key)
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, dict) and value.keys() == {"value"}:
        value = value.get("value")
    if isinstance(value, bool):
        value = "true" if value else "false"
    if not isinstance(value, (str, int, float, Decimal)):
        return None
    del parent[key]
    return str(value).strip() or None


def truth(parent: Node, key: str) -> bool | None:
    value = parent.get(key)
    known = {True: True, False: False, "true": True, "false": False, "1": True, "0": False}
    found = known.get(value) if isinstance(value, (bool, str)) else None
    if found is not None:
        del parent[key]
    return found


def words(parent: Node, key: str) -> Words:
    """Texts by language; a second text of one language stays behind."""
    value = parent.get(key)
    if value is None:
        return {}
    found: Words = {}
    if value.__class__ is list and _all_usual(value, found):
        del parent[key]
        return found
    found = {}
    left = [one for one in many(value) if not _taken(one, found)]
    if left:
        parent[key] = left
    else:
        del parent[key]
    return found


def _all_usual(value: list[Any], found: Words) -> bool:
    """The form nearly every text of every file has, taken without looking at each part of it alone."""
    for one in value:
        if one.__class__ is not dict or len(one) != 2:
            return False
        text, lang = one.get("value"), one.get("lang")
        if text.__class__ is not str or lang.__class__ is not str or lang not in _LANGUAGES or lang in found:
            return False
        plain = text.strip()
        if plain:
            found[lang] = plain
    return True


def _taken(one: object, found: Words) -> bool:
    """Whether one of the spellings of a text was understood and put down."""
    if isinstance(one, str):
        return _put("", one, found)
    if not isinstance(one, dict):
        return False
    if "lstrings" in one:  # a single value with all its languages beside it
        plain = {"value", "defaultValue", "lang", "lstrings"}
        return one.keys() <= plain and all(_taken(text, found) for text in many(one["lstrings"]))
    lang, value = one.get("lang"), one.get("value")
    if not one.keys() <= {"value", "lang"} or not isinstance(lang, (str, type(None))):
        return False
    return value is None or (isinstance(value, str) and _put(lang or "", value, found))


def _put(lang: str, value: str, found: Words) -> bool:
    plain = value.strip()
    if not plain:
        return True
    short = lang.replace("_", "-").split("-")[0].strip().casefold()
    short = "" if short == UNDETERMINED else short
    return found.setdefault(short, plain) == plain


def identifier(parent: Node, key: str) -> UUID | None:
    """A UUID, which stays behind where it is none."""
    value = parent.get(key)
    if not isinstance(value, str):
        return None
    try:
        found = UUID(value.strip())
    except ValueError:
        return None
    if str(found) != value.strip().casefold():
        return None  # braces, urn: and missing dashes would not come back as they were
    del parent[key]
    return found


def reference(node: Node, kind: str) -> Reference | None:
    """A reference to a source or an earlier dataset; None where nothing is stated."""
    if node.get("type") == kind:
        del node["type"]
    names = words(node, "shortDescription")
    uuid = identifier(node, "refObjectId")
    if "versionAsString" in node:  # the form of references inside extensions of soda4LCA
        node.pop("version", None)
        node["version"] = node.pop("versionAsString")
    _repeated(node, uuid)
    version = text(node, "version")
    uri = _uri(node)
    if not (names or uuid or uri):
        return None
    return Reference(names=names, uuid=uuid, version=version, uri=uri)


def _repeated(node: Node, uuid: UUID | None) -> None:
    """soda4LCA writes the UUID of such references a second time."""
    again = node.get("uuid")
    if uuid is not None and isinstance(again, dict) and again == {"uuid": str(uuid)}:
        del node["uuid"]


def _uri(node: Node) -> str | None:
    """The address of the document itself; a relative path only says where a dataset lay on its server."""
    addresses = node.get("resourceURLs")
    if isinstance(addresses, list) and addresses and isinstance(addresses[0], str):
        found: str = addresses.pop(0)
        return found.strip() or None
    uri = node.get("uri")
    if isinstance(uri, str) and uri.strip().startswith(("http://", "https://")):
        del node["uri"]
        return uri.strip()
    return None


def references(parent: Node, key: str, kind: str) -> tuple[Reference, ...]:
    found = (reference(node, kind) for node in nodes(parent, key))
    return tuple(one for one in found if one is not None)


def party(node: Node) -> Party | None:
    """An organisation named by a reference to a contact."""
    if node.get("type") == "contact data set":
        del node["type"]
    names = words(node, "shortDescription")
    uuid = identifier(node, "refObjectId")
    return Party(names=names, uuid=uuid) if names or uuid else None


def extensions(parent: Node) -> Node:
    """What stands under `other`, by name; every name holds a list."""
    other = parent.get("other")
    if not isinstance(other, dict) or not isinstance(other.get("anies"), list):
        return {}
    found: Node = {}
    for one in other["anies"]:
        if not isinstance(one, dict):
            found.setdefault("anies", []).append(one)
        elif isinstance(one.get("name"), str) and "value" in one:
            name = one.pop("name")
            value = one.pop("value")
            found.setdefault(name, []).append({"value": value, **one} if one else value)
        else:
            for key, value in one.items():
                found.setdefault(key, []).extend(many(value))
    del other["anies"]
    parent["other"] = other | found if other else found
    return parent["other"]  # type: ignore[no-any-return]
