"""Limits of an address beside the fields: a day of validity, footprints, stars; each with its own chip."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from catalogue.searches.filters import limits
from frontend.forms import without
from frontend.pages.answered import Answer, Chips
from frontend.pages.asking import Asked
from frontend.pages.criteria import CARRIED, ON_DAY, Criteria
from frontend.pages.typed import limit_of
from frontend.pages.words import Words
from frontend.views.parts import Chip
from frontend.views.search import DayField
from search.documents.product import GwpUnit
from search.engine.ports import GWP, Ranges
from search.query.limits import LOWER

UNFIELDED = tuple(name for name in CARRIED if name != ON_DAY)


def chips(answer: Answer) -> Chips:
    """Those in force, named as a kept search names them."""
    words, pairs = answer.words, answer.asked.criteria.pairs
    found: Chips = []
    for one in limits(answer.asked.request, answer.known):
        if one.name in CARRIED:
            label, said = (said.in_language(words.lang) for said in (one.label, one.said))
            text = words.say("chip.attribute", label=label, value=said)
            found.append((one.name, Chip(text, answer.href(without(pairs, one.name)))))
    return found


def day_field(asked: Asked, words: Words) -> DayField:
    """The day as typed; what is no day has its reason beside it."""
    wrong = next((one for one in asked.parsed.problems if one.name == ON_DAY), None)
    return DayField(_typed(asked.criteria), words.say(wrong.key, **wrong.facts) if wrong else "")


def _typed(criteria: Criteria) -> str:
    return next((value.strip() for name, value in criteria.pairs if name == ON_DAY), "")


def without_limit(ranges: Ranges, name: str) -> Ranges:
    """The same limits but for one side of one number, or for a day or the stars."""
    number, side = limit_of(name)
    if number.removeprefix(f"{GWP}_") not in tuple(GwpUnit):
        change: Any = {name: None}
        return replace(ranges, **change)
    unit = GwpUnit(number.removeprefix(f"{GWP}_"))
    span = ranges.gwp_per[unit]
    left = replace(span, lower=None) if side == LOWER else replace(span, upper=None)
    per: Mapping[GwpUnit, Any] = {**ranges.gwp_per, unit: left}
    return replace(ranges, gwp_per={key: one for key, one in per.items() if not one.is_open})
