"""Typed attributes of the one kind that is looked at: their filters beside the results, and their chips."""

from collections.abc import Iterator
from dataclasses import replace

from frontend.forms import without
from frontend.pages.answered import Answer, Chips
from frontend.pages.reference import Reference
from frontend.pages.words import Words
from frontend.site import Site
from frontend.views import formats
from frontend.views.parts import Chip, Choice, Facet
from registry.categories.facts import AttributeSpec, AttributeType, MaterialKindFact
from search.documents.fields import Field
from search.engine.ports import QUANTITY, Sort
from search.query.limits import LOWER, UPPER, is_attribute

_VALUES = {AttributeType.BOOL: ("true", "false")}
_BEFORE = (Field.KIND, Field.PERFORMANCE)


def with_facets(site: Site, answer: Answer, shown: tuple[Facet, ...]) -> tuple[Facet, ...]:
    """The closed lists of the kind behind its class; those nobody has a value of are left out."""
    kind = answer.known.kinds.get(answer.asked.criteria.kind or "")
    if kind is None:
        return shown
    place = sum(one.name in _BEFORE for one in shown)
    return (*shown[:place], *_facets(site, answer, kind), *shown[place:])


def unshown(answer: Answer, shown: tuple[Facet, ...]) -> tuple[tuple[str, str], ...]:
    """What is in force without a box of its own: the form must carry it along."""
    boxes = {one.name for one in shown}
    pairs = answer.asked.criteria.pairs
    return tuple(pair for pair in pairs if is_attribute(pair[0]) and pair[0] not in boxes)


def chips(answer: Answer) -> Chips:
    """Every typed filter in force with the address that removes it."""
    criteria, found = answer.asked.criteria, list[tuple[Field | str, Chip]]()
    for name, value in criteria.pairs:
        if is_attribute(name):
            href = answer.href(without(criteria.pairs, name, value))
            found.append((name, Chip(_label(name, value.strip(), answer), href)))
    return found


def _facets(site: Site, answer: Answer, kind: MaterialKindFact) -> Iterator[Facet]:
    specs = [spec for spec in kind.attributes if _choices(spec) and kind.performance != (spec.name,)]
    held = replace(
        answer.asked.request.uncounted(),
        attribute_facets=tuple(spec.name for spec in specs),
        sort=Sort.RELEVANCE,
        offset=0,
        limit=1,
        relax=answer.found.relaxed,
    )
    counted = site.search.search(held).attribute_facets if specs else {}
    for spec in specs:
        counts = dict(counted[spec.name])
        chosen = answer.asked.request.attributes.get(spec.name, ())
        if counts or chosen:
            yield _facet(spec, counts, chosen, answer.words)


def _facet(spec: AttributeSpec, counts: dict[str, int], chosen: tuple[str, ...], words: Words) -> Facet:
    choices = tuple(
        Choice(value, words.attribute(spec, value), formats.number(counts.get(value, 0)), value in chosen)
        for value in _choices(spec)
    )
    return Facet(f"{QUANTITY}{spec.name}", words.pick(spec.label_zh, spec.label_en), choices)


def _choices(spec: AttributeSpec) -> tuple[str, ...]:
    return _VALUES.get(spec.type) or spec.values


def _label(parameter: str, value: str, answer: Answer) -> str:
    """A value with its attribute's label; of a limit also which way it goes."""
    name = parameter.removeprefix(QUANTITY)
    side = next((one for one in (LOWER, UPPER) if name.endswith(one)), "")
    spec = _spec(name.removesuffix(side), answer.asked.criteria.kind, answer.known)
    words = answer.words
    shown = words.attribute(spec, value) if spec else value
    label = words.pick(spec.label_zh, spec.label_en) if spec else name.removesuffix(side)
    return words.say(f"chip.attribute{side.replace('_', '-')}", label=label, value=shown)


def _spec(name: str, kind: str | None, known: Reference) -> AttributeSpec | None:
    """As the kind looked at has it, else as any kind has it."""
    kinds = [known.kinds[kind]] if kind in known.kinds else list(known.kinds.values())
    return next((spec for one in kinds for spec in one.attributes if spec.name == name), None)
