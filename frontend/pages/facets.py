"""The filters beside the results: every option with its count, also those that find nothing just now."""

import re
from collections.abc import Sequence
from dataclasses import replace

from catalogue.comparison.percentiles import FEWEST
from catalogue.naming import STARS, basis_label
from frontend.pages.asking import Asked, shows_groups
from frontend.pages.criteria import EVERY_STATUS, USUAL_STATUS, Criteria, Level
from frontend.pages.finding import Counts
from frontend.pages.reference import Reference
from frontend.pages.words import Words, figure
from frontend.views import formats
from frontend.views.parts import Choice, Facet, Option
from registry.certificates.facts import Scheme
from registry.declarations.facts import Verification
from search.documents.fields import Field
from search.documents.product import DataKind, Evidence, Status
from search.text import pinyin

KINDS_SHOWN = 8


def facets(
    asked: Asked, counts: Counts, everything: Counts, known: Reference, words: Words
) -> tuple[Facet, ...]:
    """In the order a buyer narrows down: what it is, how strong, how low, from where, on what proof."""
    made = _Maker(asked.criteria, counts, everything, words)
    provinces = [code for code, _ in everything[Field.PROVINCE]]
    found = [
        _kinds(made, everything, known),
        _performance(made, asked, known),
        _groups(made, everything, known),
        *_carbon(made, asked, known),
        made.facet(
            Field.PROVINCE, [(code, known.region(code, words)) for code in provinces], most_first=True
        ),
        _status(made),
        made.facet(Field.STAR, [(star, words.say(f"star.{star}")) for star in STARS]),
        made.facet(
            Field.EVIDENCE, [(one, words.say(f"evidence.{one.replace('_', '-')}")) for one in Evidence]
        ),
        made.folded(Field.SCHEME, [(one, words.say(f"scheme.{one.replace('_', '-')}")) for one in Scheme]),
        made.facet(Field.DATA_KIND, [(one, words.say(f"data.{one}")) for one in DataKind]),
        made.folded(
            Field.VERIFICATION,
            [(one, words.say(f"verification.{one.replace('_', '-')}")) for one in Verification],
        ),
    ]
    return tuple(one for one in found if one is not None)


def grade(kind: str | None, value: str, known: Reference, words: Words) -> str:
    """A class as its chip says it: with units where one kind is chosen."""
    return known.grade(kind, value, words) if kind else words.grade(value)


def natural(text: str) -> list[tuple[int, str]]:
    """C5 before C30."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"(\d+)", text)]


class _Maker:
    """Facets of one answer: the same criteria, counts and words for all."""

    def __init__(self, criteria: Criteria, counts: Counts, everything: Counts, words: Words) -> None:
        self.criteria, self.counts, self.everything, self.words = criteria, counts, everything, words

    def facet(
        self, field: Field, options: Sequence[tuple[str, str]], *, most_first: bool = False, legend: str = ""
    ) -> Facet:
        counted = dict(self.counts.get(field, ()))
        chosen = self.criteria.chosen.get(field, ())
        ordered = sorted(options, key=lambda one: -counted.get(one[0], 0)) if most_first else options
        choices = tuple(
            Choice(value, text, formats.number(counted.get(value, 0)), value in chosen)
            for value, text in ordered
        )
        return Facet(field.value, legend or self.words.say(f"facet.{field}"), choices)

    def folded(self, field: Field, options: Sequence[tuple[str, str]], *, most_first: bool = False) -> Facet:
        """One that few readers need: open only while something of it is chosen."""
        found = self.facet(field, options, most_first=most_first)
        return replace(found, open=field in self.criteria.chosen)


def _kinds(made: _Maker, everything: Counts, known: Reference) -> Facet:
    """Those with the most products now, and the chosen; all others, and those without any, in a list."""
    words, chosen = made.words, made.criteria.chosen.get(Field.KIND, ())
    filed = [code for code, _ in everything[Field.KIND] if code in known.kinds and not _gathers(code, known)]
    named = [(code, known.kind(code, words)) for code in dict.fromkeys((*filed, *chosen))]
    every = made.facet(Field.KIND, named, most_first=True)
    top = every.choices[:KINDS_SHOWN]
    top = tuple(choice for choice in top if choice.count != "0") or top
    first = [choice for choice in every.choices if choice in top or choice.chosen]
    others = (choice for choice in every.choices if choice not in first)
    rest = sorted(others, key=lambda one: pinyin.sort_key(one.label))
    every = replace(every, choices=tuple(first))
    if not rest:
        return every
    listed = [Option(one.value, words.say("facet.more", name=one.label, count=one.count)) for one in rest]
    none = Option("", words.say("facet.more.none"))
    return replace(every, more=(none, *listed), more_label=words.say("facet.kind.more", count=len(rest)))


def _groups(made: _Maker, everything: Counts, known: Reference) -> Facet | None:
    """The outermost kinds, until one kind is chosen."""
    if not shows_groups(made.criteria):
        return None
    filed = dict.fromkeys(code for code, _ in everything[Field.GROUP])
    named = [(code, known.kind(code, made.words)) for code in filed]
    return made.folded(Field.GROUP, named, most_first=True)


def _gathers(code: str, known: Reference) -> bool:
    """A kind that only gathers others holds no products of its own."""
    return (
        any(kind.parent == code for kind in known.kinds.values()) and known.kinds[code].declared_unit is None
    )


def _performance(made: _Maker, asked: Asked, known: Reference) -> Facet | None:
    kind = asked.criteria.kind
    if kind is None or kind not in known.kinds:
        return None
    values = {value for value, _ in made.counts.get(Field.PERFORMANCE, ())}
    values |= asked.classes | set(asked.criteria.chosen.get(Field.PERFORMANCE, ()))
    ordered = sorted(values - {""}, key=natural)
    if not ordered:
        return None
    legend = made.words.performance(known.kinds[kind])
    return made.facet(
        Field.PERFORMANCE, [(value, known.grade(kind, value, made.words)) for value in ordered], legend=legend
    )


def _status(made: _Maker) -> Facet:
    """One choice of five: left out of the address it is the valid ones."""
    words, chosen = made.words, made.criteria.chosen.get(Field.STATUS, ())
    counted = dict(made.counts.get(Field.STATUS, ()))
    usual = chosen == (USUAL_STATUS,)
    total = formats.number(sum(counted.values()))
    choices = [
        Choice("", words.say("standing.valid"), formats.number(counted.get(USUAL_STATUS, 0)), usual),
        Choice(EVERY_STATUS, words.say("facet.status.all"), total, not chosen),
    ]
    choices += [
        Choice(
            status,
            words.say(f"standing.{status}"),
            formats.number(counted.get(status, 0)),
            status in chosen and not usual,
        )
        for status in Status
        if status is not Status.VALID
    ]
    return Facet(Field.STATUS, words.say("facet.status"), tuple(choices), single=True)


def _carbon(made: _Maker, asked: Asked, known: Reference) -> list[Facet]:
    """Levels and bases; without one class there is nothing to compare, and the hint says what to choose."""
    words = made.words
    if asked.basis is None:
        hint = "facet.level.kind-first" if asked.criteria.kind is None else "facet.level.class-first"
        return [Facet("level", words.say("facet.level"), (), hint=words.say(hint))]
    unit = words.per(asked.basis.basis.split("|")[2])
    cuts = {Level.P20: asked.basis.p20, Level.P50: asked.basis.p50, Level.P80: asked.basis.p80}
    levels = [Choice("", words.say("facet.level.any"), "", asked.criteria.level is None)]
    levels += [
        Choice(level, words.say(f"level.{level}"), f"≤ {figure(value)}", asked.criteria.level is level)
        for level, value in cuts.items()
        if value is not None
    ]
    few = (
        words.say("facet.level.too-few", n=asked.basis.n, least=FEWEST)
        if len(levels) == 1
        else words.say("facet.level.unit", unit=unit)
    )
    found = [Facet("level", words.say("facet.level"), tuple(levels), single=True, hint=few)]
    if len(asked.bases) > 1:
        counted = dict(made.counts.get(Field.GWP_BASIS, ()))  # none while no figures are compared
        bases = sorted(asked.bases.values(), key=lambda one: (-one.n, one.basis))
        choices = tuple(
            Choice(
                one.basis if place else "",  # the largest is what an address without a basis means
                basis_label(one.basis, known, words),
                formats.number(counted[one.basis]) if counted else "",
                one.basis == asked.basis.basis,
            )
            for place, one in enumerate(bases)
        )
        found.append(Facet("basis", words.say("facet.basis"), choices, single=True))
    return found
