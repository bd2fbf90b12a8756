"""What products are stated to do, side by side: thickness, strength, heat transfer, each with its unit."""

from collections.abc import Iterator, Sequence

from frontend.pages.words import Words
from registry.categories.facts import AttributeSpec
from registry.dossiers.dossier import Dossier


def rows(dossiers: Sequence[Dossier], words: Words) -> Iterator[tuple[str, list[str]]]:
    """A label and a text for each product, for every attribute one of them states, in the kinds' order."""
    specs: dict[str, AttributeSpec] = {}
    for one in dossiers:
        for spec in one.kind.attributes:
            if spec.name in one.product.fact.attributes:
                specs.setdefault(spec.name, spec)
    for name, spec in specs.items():
        label = words.pick(spec.label_zh, spec.label_en)
        yield label, [_stated(one, name, words) for one in dossiers]


def _stated(one: Dossier, name: str, words: Words) -> str:
    """Each product's own kind says what the name means there; another kind may not know it."""
    spec = next((spec for spec in one.kind.attributes if spec.name == name), None)
    value = one.product.fact.attributes.get(name)
    if spec is None:
        return "—"
    return words.say("not-stated") if value is None else words.attribute(spec, value)
