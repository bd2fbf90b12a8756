"""Counts beside classes and bases where footprints are compared: what each lists when it is chosen alone."""

from collections.abc import Mapping
from dataclasses import replace

from catalogue.comparison.percentiles import Distribution
from frontend.pages.asking import ask, basis_in_force, performance_of
from frontend.pages.criteria import FIGURE_LIMITS
from frontend.pages.finding import Counts
from frontend.pages.searching import Outcome
from frontend.site import Site
from search.documents.fields import Field
from search.engine.ports import Ranges, SearchRequest, Sort

Bases = Mapping[str, Distribution]


def with_figures(site: Site, outcome: Outcome, counts: Counts, known: Bases) -> Counts:
    """`known` are all bases of the one kind. Without figures compared, a basis changes no list: no counts."""
    asked = outcome.asked
    chosen = asked.criteria.chosen.get(Field.PERFORMANCE, ())
    if not asked.criteria.wants_figures or not known or (asked.basis is None and len(chosen) > 1):
        return counts
    alone = {one: _alone(outcome, one, known) for one in sorted(asked.classes - {""})}
    in_force = {one: basis for one, basis in alone.items() if basis is not None}
    wanted = {one.basis: one for one in (*asked.bases.values(), *in_force.values())}
    found = _counted(site, outcome, wanted)
    classes = dict(counts.get(Field.PERFORMANCE, ())) | {
        one: found[basis.basis] for one, basis in in_force.items()
    }
    return {
        **counts,
        Field.PERFORMANCE: tuple(classes.items()),
        Field.GWP_BASIS: tuple((key, found[key]) for key in asked.bases),
    }


def _alone(outcome: Outcome, performance: str, known: Bases) -> Distribution | None:
    """The basis that one class alone would be compared on."""
    own = {key: one for key, one in known.items() if performance_of(key) == performance}
    return basis_in_force(outcome.asked.criteria, own)


def _counted(site: Site, outcome: Outcome, wanted: Bases) -> dict[str, int]:
    """One search counts them all, unless a level or a limit cuts each basis elsewhere."""
    criteria = outcome.asked.criteria
    if criteria.level is None and criteria.limit is None and not criteria.only(tuple(FIGURE_LIMITS)):
        held = replace(_held(outcome, outcome.asked.request.ranges), facets=(Field.GWP_BASIS,))
        found = dict(site.search.search(held).facets[Field.GWP_BASIS])
        return {key: found.get(key, 0) for key in wanted}
    return {key: site.search.search(_limited(outcome, one)).total for key, one in wanted.items()}


def _limited(outcome: Outcome, basis: Distribution) -> SearchRequest:
    """As the page would ask with that basis alone."""
    criteria = replace(outcome.asked.criteria, chosen={}, basis=basis.basis)
    held = _held(outcome, ask(criteria, {basis.basis: basis}).request.ranges)
    return replace(held, filters={**held.filters, Field.GWP_BASIS: (basis.basis,)})


def _held(outcome: Outcome, ranges: Ranges) -> SearchRequest:
    """What was run without its class and basis: a basis names a class of its own."""
    run = outcome.asked.request.uncounted().without(Field.PERFORMANCE).without(Field.GWP_BASIS)
    return replace(run, ranges=ranges, sort=Sort.RELEVANCE, offset=0, limit=1, relax=outcome.found.relaxed)
