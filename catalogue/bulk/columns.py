"""The headings of a product file, in Chinese or English, and the fields their columns fill."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from registry.applications.fields import Field, FieldKind, Part, label_key
from registry.applications.parts import SECTIONS
from registry.categories.facts import AttributeSpec, MaterialKindFact
from registry.kit.messages import LANGUAGES, say

FIELDS = SECTIONS[Part.PRODUCT].fields
REQUIRED = tuple(field.name for field in FIELDS if field.required)
LISTS = frozenset({FieldKind.LINES, FieldKind.PLANTS})
ATTRIBUTE = "attributes."
MOST_TOLD = 40
# Behind the name in a heading and no part of it: a unit, a hint, the star of a needed column.
_BEHIND = re.compile(r"\([^()]*\)|\*")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which column fills which field: a field by its name, an attribute by all names it has in the kinds."""

    fields: Mapping[int, str]
    attributes: Mapping[int, str]
    unread: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(name for name in REQUIRED if name not in set(self.fields.values()))


def folded(text: str) -> str:
    """A heading without width, case, spaces, units and stars."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    bare = "".join(_BEHIND.sub("", plain).split())
    return bare or "".join(plain.split())


def field_label(name: str, lang: str) -> str:
    return say(label_key(f"{Part.PRODUCT}.{name}"), lang)


def attribute_label(spec: AttributeSpec, lang: str) -> str:
    return spec.label_zh if lang == "zh" else spec.label_en


def heading(field: Field, lang: str) -> str:
    """As a template prints it; a star for what must be filled."""
    return field_label(field.name, lang) + ("*" if field.required else "")


def columns_of(headings: Iterable[str], kinds: Mapping[str, MaterialKindFact]) -> Columns:
    """What each heading stands for; of two columns with one meaning the first is read."""
    known_fields, known_attributes = _field_words(), frozenset(_attribute_words(kinds.values()))
    fields: dict[int, str] = {}
    attributes: dict[int, str] = {}
    unread: list[str] = []
    for place, text in enumerate(headings):
        word = folded(text)
        name = known_fields.get(whole(text)) or known_fields.get(word)
        if not word:
            continue
        if name is not None and name not in fields.values():
            fields[place] = name
        elif name is None and word in known_attributes and word not in attributes.values():
            attributes[place] = word
        else:
            unread.append(text.strip()[:80])
    return Columns(fields, attributes, tuple(unread[:MOST_TOLD]))


def attribute_named(
    kind: MaterialKindFact | None, word: str, kinds: Iterable[MaterialKindFact]
) -> str | None:
    """The attribute a heading means in this kind; else its name elsewhere, for the check to refuse."""
    for one in (*([kind] if kind else []), *kinds):
        for spec in one.attributes:
            if word in _words_of(spec):
                return spec.name
    return None


def kinds_by_name(kinds: Iterable[MaterialKindFact]) -> dict[str, str]:
    """A kind's code by its code and its names; a name that two kinds bear says neither."""
    found: dict[str, str | None] = {}
    for kind in kinds:
        for word in {folded(text) for text in (kind.kind, kind.name_zh, kind.name_en)}:
            found[word] = kind.kind if found.get(word, kind.kind) == kind.kind else None
    return {word: code for word, code in found.items() if code is not None}


def _field_words() -> dict[str, str]:
    """Every way to head a field's column; the two languages of a name keep their brackets apart."""
    found: dict[str, str] = {}
    for field in FIELDS:
        labels = [field_label(field.name, lang) for lang in LANGUAGES]
        words = {folded(field.name), *(folded(label) for label in labels), *(whole(one) for one in labels)}
        for word in words:
            found[word] = "" if found.get(word, field.name) != field.name else field.name
    return {word: name for word, name in found.items() if name}


def whole(text: str) -> str:
    """A heading with what stands in its brackets: 产品名称（中文） is not 产品名称（英文）."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().replace("*", "").split())


def _attribute_words(kinds: Iterable[MaterialKindFact]) -> Iterator[str]:
    for kind in kinds:
        for spec in kind.attributes:
            yield from _words_of(spec)


def _words_of(spec: AttributeSpec) -> frozenset[str]:
    return frozenset(folded(text) for text in (spec.name, spec.label_zh, spec.label_en))
