"""Limits that a reader types among the words: taken out of them, said by a chip, and removable."""

from collections.abc import Mapping
from dataclasses import replace

from frontend.pages.criteria import Criteria
from registry.categories.facts import MaterialKindFact
from search.query.comparisons import Comparison, comparisons, is_compared, numbers, unused, without
from search.query.reading import Problem
from search.text.analyze import key


def with_comparisons(criteria: Criteria, known: Mapping[str, MaterialKindFact]) -> Criteria:
    """The criteria with the limits that the text names; numbers are those of the one kind, or of any."""
    if not is_compared(criteria.text):
        return criteria
    every, one_kind = known.values(), known.get(criteria.kind or "")
    looked_at = every if one_kind is None else [one_kind]
    named = {key(word) for one in every for word in (one.name_zh, one.name_en, *one.synonyms)}
    limited = numbers(looked_at, every)
    read = (*comparisons(criteria.text, limited, named), *unused(criteria.text, limited, named))
    found = replace(criteria, compared=read)
    used = applied(found)
    problems = [_not_used(one) for one in found.compared if one not in used]
    return replace(found, problems=(*criteria.problems, *problems))


def applied(criteria: Criteria) -> tuple[Comparison, ...]:
    """A limit stands once: what the address says wins, then what the text says first."""
    given = {name for name, _ in criteria.pairs}
    usable = [one for one in criteria.compared if not one.unused and one.parameter not in given]
    first = {one.parameter: one for one in reversed(usable)}
    return tuple(one for one in criteria.compared if first.get(one.parameter) is one)


def text_without(criteria: Criteria, one: Comparison) -> str:
    """What is left in the search box when its limit is taken away."""
    return without(criteria.text, [one])


def _not_used(one: Comparison) -> Problem:
    key = one.unused or "search.compared-twice"
    return Problem(key, one.parameter or "q", {"name": one.parameter or "q", "said": one.said})
