"""What the parts and fields of an application are called, and what their values mean."""

from dataclasses import dataclass

from frontend.pages.words import Named, Words
from registry.applications.application import Application
from registry.applications.fields import label_key
from registry.applications.parts import SECTIONS
from registry.applications.reference import Reference
from registry.applications.typed import lines
from registry.kit.messages import catalogue

_ATTRIBUTES = "product.attributes."
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
        """The text as typed; a code of a closed list in words."""
        key = f"{_CODED.get(path, '')}.{text.strip()}"
        return self.words.say(key) if key in catalogue(self.words.lang) else text

    def meaning(self, path: str, text: str) -> str:
        """The names behind the 登记号 or code of a value; empty where it names nothing."""
        known = self.reference
        if path == "product.kind" and text in known.kinds:
            return self.words.name(known.kinds[text])
        if path.endswith(".region") and text in known.regions:
            return self.words.name(known.regions[text])
        named: dict[str, Named] = {**known.plants, **known.organisations, **known.products}
        return self.words.listed(self.words.name(named[one]) for one in lines(text) if one in named)

    def _attribute(self, name: str) -> str:
        kind = self.reference.kinds.get(self.application.typed.get("product.kind", ""))
        specs = {spec.name: spec for spec in kind.attributes} if kind else {}
        spec = specs.get(name)
        return self.words.pick(spec.label_zh, spec.label_en) if spec else name
