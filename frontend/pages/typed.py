"""Typed attributes of the one kind that is looked at: their filters beside the results, and their chips."""

from collections.abc import Iterator
from dataclasses import replace

from frontend.forms import with_only, without
from frontend.pages.answered import Answer, Chips
from frontend.pages.asking import Asked, kindly
from frontend.pages.compared import applied, text_without
from frontend.pages.reference import Reference
from frontend.pages.words import Words
from frontend.site import Site
from frontend.views import formats
from frontend.views.parts import Chip, Choice, Facet, RangeField
from registry.categories.facts import AttributeSpec, AttributeType, MaterialKindFact
from registry.kit.types import plain
from search.documents.fields import Field
from search.engine.ports import QUANTITY, Sort, Span
from search.feeding.typed import specs
from search.query.limits import LOWER, UPPER, is_attribute

_VALUES = {AttributeType.BOOL: ("true", "false")}
_WRONG = {
    "search.not-a-number": "search.limit-unreadable",
    "search.limits-crossed": "facet.number.crossed",
}
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
    boxes |= {f"{one.name}{side}" for facet in shown for one in facet.ranges for side in (LOWER, UPPER)}
    boxes |= {one.parameter for one in applied(answer.asked.criteria)}  # said among the words
    carried = [pair for pair in in_force(answer.asked) if pair[0] not in boxes]
    further = answer.asked.criteria.chosen.get(Field.REGION, ())[1:]  # its list holds one choice
    return (*carried, *((Field.REGION.value, code) for code in further))


def in_force(asked: Asked) -> list[tuple[str, str]]:
    """The typed filters that the search was held to; what could not be read or be true is none."""
    request, spans = asked.request, asked.request.ranges.spans()

    def holds(name: str, value: str) -> bool:
        number, side = limit_of(name)
        if not side:
            return value.strip() in request.attributes.get(name.removeprefix(QUANTITY), ())
        span = spans.get(number, Span())
        limit = span.lower if side == LOWER else span.upper
        return limit is not None and plain(limit) == kindly(value)

    typed = [pair for pair in asked.criteria.pairs if is_attribute(pair[0])]
    typed += [(one.parameter, plain(one.value)) for one in applied(asked.criteria)]
    return [(name, value) for name, value in typed if holds(name, value)]


def limit_of(name: str) -> tuple[str, str]:
    """The number a parameter limits, and the side; of a value no side."""
    side = next((one for one in (LOWER, UPPER) if name.endswith(one)), "")
    return name.removesuffix(side), side


def chips(answer: Answer) -> Chips:
    """Every typed filter in force with the address that removes it."""
    criteria, found = answer.asked.criteria, list[tuple[Field | str, Chip]]()
    among_words = {one.parameter: one for one in applied(criteria)}
    for name, value in in_force(answer.asked):
        said = among_words.get(name)
        kept = with_only(criteria.pairs, "q", text_without(criteria, said)) if said else ""
        href = answer.href(kept if said else without(criteria.pairs, name, value))
        found.append((name, Chip(_label(name, value.strip(), answer), href)))
    return found


def _facets(site: Site, answer: Answer, kind: MaterialKindFact) -> Iterator[Facet]:
    listed = [spec for spec in kind.attributes if _choices(spec) and kind.performance != (spec.name,)]
    held = replace(
        answer.asked.request.uncounted(),
        attribute_facets=tuple(spec.name for spec in listed),
        sort=Sort.RELEVANCE,
        offset=0,
        limit=1,
        relax=answer.found.relaxed,
    )
    counted = site.search.search(held).attribute_facets if listed else {}
    for spec in listed:
        counts = dict(counted[spec.name])
        chosen = answer.asked.request.attributes.get(spec.name, ())
        if counts or chosen:
            yield _facet(spec, counts, chosen, answer.words)
    named = specs([kind], answer.known.kinds.values())
    numbers = [
        _range(name, spec, answer) for name, spec in named.items() if spec.type is AttributeType.DECIMAL
    ]
    if numbers:
        used = any(one.lower or one.upper for one in numbers)
        yield Facet("numbers", answer.words.say("facet.numbers"), (), open=used, ranges=tuple(numbers))


def _range(searched: str, spec: AttributeSpec, answer: Answer) -> RangeField:
    """Limits as typed; what of them is not in force has its reason beside it."""
    name, words, criteria = f"{QUANTITY}{searched}", answer.words, answer.asked.criteria
    typed = {key: value.strip() for key, value in reversed(criteria.pairs)}
    wrong = {one.key for one in answer.asked.parsed.problems if limit_of(one.name)[0] == name}
    error = next((words.say(said) for key, said in _WRONG.items() if key in wrong), "")
    label, unit = words.pick(spec.label_zh, spec.label_en), words.measure(spec.unit or "1")
    return RangeField(
        name=name,
        label=words.say("facet.number", label=label, unit=unit) if unit else label,
        lower=typed.get(f"{name}{LOWER}", ""),
        upper=typed.get(f"{name}{UPPER}", ""),
        error=error,
    )


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
    number, side = limit_of(parameter)
    name = number.removeprefix(QUANTITY)
    spec = _spec(name, answer.asked.criteria.kind, answer.known)
    words = answer.words
    value = kindly(value) if side else value
    shown = words.attribute(spec, value) if spec else value
    label = words.pick(spec.label_zh, spec.label_en) if spec else name
    return words.say(f"chip.attribute{side.replace('_', '-')}", label=label, value=shown)


def _spec(name: str, kind: str | None, known: Reference) -> AttributeSpec | None:
    """As the kind looked at has it, else as any kind has it."""
    every = known.kinds.values()
    return specs([known.kinds[kind]] if kind in known.kinds else every, every).get(name)
