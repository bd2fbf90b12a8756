"""From criteria to one search: which basis figures may compare in, which cut-off a level means."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from catalogue.comparison.percentiles import Distribution
from frontend.forms import Unreadable, read_decimal
from frontend.pages.compared import applied
from frontend.pages.criteria import CARRIED, FIGURE_LIMITS, PLACE, Criteria, Level
from registry.kit.types import plain
from search.documents.fields import PUBLIC_FACETS, Field
from search.engine.ports import GWP, Ranges, SearchRequest, Sort
from search.query.limits import LOWER, UPPER, is_attribute
from search.query.parse import ParsedQuery, parse

FIGURE_SORTS = (Sort.GWP, Sort.GWP_DOWN)
NAMED_BY_BASIS = (Field.KIND, Field.PERFORMANCE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as it runs; `bases` are those the choice leaves open, `basis` the one in force.

    `classes` are all performance classes of the kind, chosen or not.
    """

    criteria: Criteria
    parsed: ParsedQuery
    bases: Mapping[str, Distribution]
    basis: Distribution | None
    classes: frozenset[str]

    @property
    def request(self) -> SearchRequest:
        return self.parsed.request

    @property
    def wider(self) -> SearchRequest | None:
        """For counting kinds and classes: a basis names one of each, so their counts are not held to it."""
        if not self.compares:
            return None
        kept: dict[Field, tuple[str, ...]] = {
            field: values for field, values in self.request.filters.items() if field is not Field.GWP_BASIS
        }
        ranges = without_figures(self.request.ranges)
        return replace(
            self.request,
            filters=kept,
            ranges=ranges,
            sort=Sort.RELEVANCE,
            facets=NAMED_BY_BASIS,
            offset=0,
            limit=1,
        )

    def on_page(self, page: int) -> "Asked":
        """The same search on another page."""
        request = replace(self.request, offset=(page - 1) * self.parsed.per_page)
        return replace(self, parsed=replace(self.parsed, request=request, page=page))

    def all_at_once(self, most: int) -> "Asked":
        """The same search as one long page, for a file; the kinds are counted, to say what is hidden."""
        request = replace(self.request, offset=0, limit=most, facets=(Field.KIND,))
        return replace(self, parsed=replace(self.parsed, request=request, page=1, per_page=most))

    @property
    def compares(self) -> bool:
        """Whether the search is held to the basis, because figures are compared."""
        return self.basis is not None and self.criteria.wants_figures


def ask(criteria: Criteria, known: Mapping[str, Distribution]) -> Asked:
    """`known` are the distributions of the one kind chosen; empty where none or several are."""
    open_bases = {
        key: found
        for key, found in known.items()
        if performance_of(key) in criteria.chosen.get(Field.PERFORMANCE, (performance_of(key),))
    }
    basis = basis_in_force(criteria, open_bases)
    parsed = parse(_parameters(criteria, basis), facets=_facets(criteria))
    return Asked(criteria, parsed, open_bases, basis, frozenset(map(performance_of, known)))


def performance_of(basis: str) -> str:
    """The performance class a basis key names; empty where the kind has none."""
    named = basis.split("|")[1]
    return "" if named == "-" else named


def basis_in_force(criteria: Criteria, found: Mapping[str, Distribution]) -> Distribution | None:
    """The one asked for, else the largest of one class; classes are never mixed or guessed."""
    if criteria.basis in found:
        return found[criteria.basis]
    if not found or len({performance_of(key) for key in found}) > 1:
        return None
    return min(found.values(), key=lambda one: (-one.n, one.basis))


def _facets(criteria: Criteria) -> tuple[Field, ...]:
    """The group of one kind is known; without one kind there is no class."""
    found = [*PUBLIC_FACETS, Field.SCHEME, Field.VERIFICATION]
    found += [Field.PERFORMANCE] if criteria.kind else []
    found += [Field.GROUP] if shows_groups(criteria) else []
    return tuple(found)


def shows_groups(criteria: Criteria) -> bool:
    return criteria.kind is None or Field.GROUP in criteria.chosen


def _parameters(criteria: Criteria, basis: Distribution | None) -> dict[str, list[str]]:
    params: dict[str, list[str]] = {field: list(values) for field, values in criteria.chosen.items()}
    params["q"] = [criteria.words]
    for place in PLACE:
        params[place] = [value for name, value in criteria.pairs if name == place]
    for name, value in criteria.pairs:
        if is_attribute(name):
            params.setdefault(name, []).append(kindly(value) if name.endswith((LOWER, UPPER)) else value)
    for one in applied(criteria):
        params[one.parameter] = [plain(one.value)]
    for name, value in criteria.pairs:
        if name in CARRIED and (basis is not None or name not in FIGURE_LIMITS):
            params[name] = [kindly(value)]
    params["page"] = [value for name, value in criteria.pairs if name == "page"]
    if criteria.sort not in FIGURE_SORTS:
        params["sort"] = [criteria.sort]
    if basis is None or not criteria.wants_figures:
        return params
    params["gwp_basis"] = [basis.basis]
    params["sort"] = [criteria.sort]
    limit = upper_limit(criteria, basis)
    if limit is not None:
        params["gwp_max"] = [plain(limit)]
    return params


def without_figures(ranges: Ranges) -> Ranges:
    """The same limits but for those on footprints, whatever they are stated for."""
    for name in ranges.spans():
        ranges = ranges.without(name) if name.startswith(GWP) else ranges
    return ranges


def upper_limit(criteria: Criteria, basis: Distribution) -> Decimal | None:
    """The lower of the limit typed and what the level stands for on a basis; None without either."""
    limits = [value for value in (criteria.limit, cut(basis, criteria.level)) if value is not None]
    return min(limits, default=None)


def kindly(typed: str) -> str:
    """A number as people type it, as the interface takes it; what is no number stays, and is said."""
    try:
        value = read_decimal(typed)
    except Unreadable:
        return typed
    return typed if value is None else plain(value)


def cut(basis: Distribution, level: Level | None) -> Decimal | None:
    """The value a level stands for; None without a level or with too few products."""
    return {None: None, Level.P20: basis.p20, Level.P50: basis.p50, Level.P80: basis.p80}[level]
