"""The links of a trade item or batch, as an RFC 9264 linkset in the relations of the GS1 Web Vocabulary.

Every link has its address, title and, but for the default, language and media type. The default link is one
alone without them, as GS1-Conformant Resolver 1.2.0 asks; `defaultLinkMulti` says it once for each language.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

VOCABULARY = "https://ref.gs1.org/voc/"
# As it was spelled before GS1 moved it, and as a prefix.
PREFIXES = (VOCABULARY, "https://gs1.org/voc/", "https://www.gs1.org/voc/", "gs1:")
DEFAULT, DEFAULT_MULTI = "defaultLink", "defaultLinkMulti"
MEDIA_TYPE = "application/linkset+json"
CONTEXT = (
    "<https://ref.gs1.org/standards/resolver/linkset-context>; "
    'rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"'
)
HTML, JSON = "text/html", "application/json"


@dataclass(frozen=True, slots=True)
class Target:
    """Where one link leads: `hreflang` and `type` are empty for the default link."""

    href: str
    title: str
    hreflang: tuple[str, ...] = ()
    type: str = ""

    def out(self) -> dict[str, Any]:
        found: dict[str, Any] = {"href": self.href, "title": self.title}
        if self.type:
            found["type"] = self.type
        if self.hreflang:
            found["hreflang"] = list(self.hreflang)
        return found


@dataclass(frozen=True, slots=True)
class Level:
    """What is linked from one Digital Link: by the name of the relation in the vocabulary."""

    anchor: str
    description: str
    links: Mapping[str, Sequence[Target]]

    def out(self) -> dict[str, Any]:
        named = {VOCABULARY + name: [one.out() for one in targets] for name, targets in self.links.items()}
        return {"anchor": self.anchor, "description": self.description, **named}


def linkset(levels: Sequence[Level]) -> dict[str, Any]:
    """The finest level first, then each one above it up to the trade item."""
    return {"linkset": [level.out() for level in levels]}


def link_type(text: str) -> str | None:
    """The name of a relation that is asked for; None for one that is not of the vocabulary."""
    for prefix in PREFIXES:
        if text.startswith(prefix):
            return text.removeprefix(prefix)
    return text if text.isalnum() else None


def chosen(targets: Sequence[Target], *, accept: str, languages: Sequence[str]) -> Target | None:
    """The target that suits a reader: by media type, then by language, else the first."""
    if not targets:
        return None
    types = [one for one in _preferred(accept) if one not in ("*/*", "")]
    fitting = next((found for one in types if (found := [t for t in targets if t.type == one])), targets)
    for language in languages:
        for target in fitting:
            if any(one.split("-")[0] == language for one in target.hreflang):
                return target
    return fitting[0]


def wants_linkset(accept: str, asked: str | None) -> bool:
    """Asked for by the query, or as the media type that the reader prefers."""
    if asked in ("linkset", "all"):
        return True
    return next(_preferred(accept), "") == MEDIA_TYPE


def languages(accepted: str) -> tuple[str, ...]:
    """Primary languages in the reader's order."""
    return tuple(one.split("-")[0].lower() for one in _preferred(accepted) if one not in ("*", ""))


def _preferred(header: str) -> Iterator[str]:
    """The values of an Accept header, the most wanted first; what is refused by q=0 is left out."""
    weighed = []
    for part in header.split(","):
        value, *parameters = (one.strip() for one in part.split(";"))
        weight = next((one[2:] for one in parameters if one.lower().startswith("q=")), "1")
        try:
            quality = float(weight)
        except ValueError:
            quality = 0.0
        if quality > 0:
            weighed.append((value.lower(), quality))
    return (value for value, _ in sorted(weighed, key=lambda one: -one[1]))
