"""What the parts and fields of an application are called, and what their values mean."""

from dataclasses import dataclass

from frontend.pages.maker.words import read_as
from frontend.pages.words import Named, Words
from registry.applications.application import Application
from registry.applications.fields import Field, label_key
from registry.applications.parts import SECTIONS
from registry.applications.reference import Reference
from registry.applications.typed import lines
from registry.kit.messages import catalogue

_ATTRIBUTES = "product.attributes."
# Named by codes of our own, which tell an officer nothing.
_OWN_CODES = frozenset({"product.kind", "certificate.category"})
# Where the words of a closed list stand.
_CODED = {
    "carbon.document": "document",
    "carbon.data_kind": "data",
    "carbon.verification": "proof",
    "report.sample_type": "sample",
    "certificate.star": "star",
    "certificate.scheme": "review.scheme",
    "honour.kind": "honour.kind",
    "honour.level": "honour.level",
    "energy.product": "energy.product",
    "energy.unit": "energy.unit",
    "disclosure.verification": "proof",
}


@dataclass(frozen=True, slots=True)
class Labels:
    """The names of one application's fields in one language."""

    application: Application
    reference: Reference
    words: Words

    def of(self, path: str) -> str:
        """A field with the row it stands in; a part by its name."""
        words, head = self.words, path.partition(".")[0]
        if path in SECTIONS:
            return words.say(f"review.part.{path}")
        if path.startswith(_ATTRIBUTES):
            return self._attribute(path.removeprefix(_ATTRIBUTES))
        key = label_key(path)
        name = words.say(key) if key in catalogue(words.lang) else words.say(f"review.part.{head}")
        row = next((piece for piece in path.split(".") if piece.isdigit()), None)
        return name if row is None else words.say("review.in-row", row=row, field=name)

    def value(self, path: str, text: str) -> str:
        """The names behind the codes of a value where all of them name something, else the text as typed."""
        key = f"{_CODED.get(path, '')}.{text.strip()}"
        if key in catalogue(self.words.lang):
            return self.words.say(key)
        named = self._names(path, text)
        return self.words.listed(name for name in named if name) if named and all(named) else text

    def note(self, path: str, asked: Field | None, text: str) -> str:
        """The 登记号 behind the names, the names of those that have one, or what a text was read as."""
        named = self._names(path, text)
        if named and all(named):
            return "" if path in _OWN_CODES else self.words.listed(lines(text))
        if any(named):
            return self.words.listed(name for name in named if name)
        return read_as(asked, text, self.words) if asked else ""

    def _names(self, path: str, text: str) -> list[str | None]:
        """For every line the name of what it is the code of; None where it names nothing known."""
        known = self.reference
        named: dict[str, Named] = {**known.plants, **known.organisations, **known.products}
        if path == "product.kind":
            named = dict(known.kinds)
        elif path == "certificate.category":
            named = dict(known.categories)
        elif path.endswith(".region"):
            named = dict(known.regions)
        found = [named.get(one) for one in lines(text)]
        return [self.words.name(one) if one else None for one in found]

    def _attribute(self, name: str) -> str:
        kind = self.reference.kinds.get(self.application.typed.get("product.kind", ""))
        specs = {spec.name: spec for spec in kind.attributes} if kind else {}
        spec = specs.get(name)
        return self.words.pick(spec.label_zh, spec.label_en) if spec else name
