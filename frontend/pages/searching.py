"""One product search as a reader means it: all words first, then what a filter hides, then fewer words."""

from dataclasses import dataclass, replace

from frontend.pages.asking import Asked, without_figures
from frontend.pages.criteria import USUAL_STATUS
from frontend.pages.finding import Counts
from frontend.pages.reference import Reference
from frontend.site import Site
from search.documents.fields import Field
from search.engine.ports import DEEPEST, GWP, Histogram, SearchResult, Sort
from search.query.answer import meant
from search.text.analyze import key


@dataclass(frozen=True, slots=True)
class Hidden:
    """Products the words mean that the usual filter on valid certificates leaves out.

    `kind` is theirs where only they are hidden, not everything.
    """

    count: int
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Unvalued:
    """Of `total` products within the other filters, how many have no figure on the basis in force."""

    count: int
    total: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a search found, and what stands behind a list that is short or empty.

    `elsewhere` counts, where nothing is listed, the products outside the filters that have all the words.
    """

    asked: Asked
    found: SearchResult
    elsewhere: int = 0
    hidden: Hidden | None = None
    unvalued: Unvalued | None = None


def run(site: Site, asked: Asked, known: Reference) -> Outcome:
    """A page behind the last one is answered with the last one, never with an empty list."""
    answered = meant(site.search, asked.request)
    if answered.found.total and not answered.found.hits:
        asked = asked.on_page(-(-min(answered.found.total, DEEPEST) // asked.parsed.per_page))
        answered = meant(site.search, asked.request)
    found = answered.found
    hidden = _hidden(site, asked, found, known=known)
    return Outcome(asked, found, answered.elsewhere, hidden, _unvalued(site, asked, found))


def _hidden(site: Site, asked: Asked, found: SearchResult, *, known: Reference) -> Hidden | None:
    """The words are looked for without the usual filter, which nobody chose."""
    request = asked.request
    if not request.text.strip() or request.filters.get(Field.STATUS) != (USUAL_STATUS,):
        return None
    named = [] if Field.KIND in request.filters else _named(request.text, known)
    here = dict(found.facets[Field.KIND])
    if found.total and (not named or any(here.get(kind) for kind in named)):
        return None
    filters: dict[Field, tuple[str, ...]] = {
        field: values for field, values in request.filters.items() if field is not Field.STATUS
    }
    wide = replace(
        request, filters=filters, sort=Sort.RELEVANCE, facets=(Field.KIND,), offset=0, limit=1, relax=False
    )
    every = site.search.search(wide)
    if not found.total:
        return Hidden(every.total) if every.total else None
    counts = dict(every.facets[Field.KIND])
    best = max(named, key=lambda kind: counts.get(kind, 0))
    return Hidden(counts[best], best) if counts.get(best) else None


def _named(text: str, known: Reference) -> list[str]:
    """The kinds that a text names as a whole: 水泥, but not 水泥砖."""
    typed = key(text)
    return [
        code
        for code, kind in known.kinds.items()
        if typed in {key(word) for word in (kind.name_zh, kind.name_en, *kind.synonyms)}
    ]


def _unvalued(site: Site, asked: Asked, found: SearchResult) -> Unvalued | None:
    """Sorting by a figure leaves out what has none on that basis; that must not pass without a word."""
    if asked.wider is None:
        return None
    total = site.search.search(replace(asked.wider, facets=(), relax=False)).total
    valued = found.total
    unlimited = without_figures(asked.request.ranges)
    if unlimited != asked.request.ranges:
        every = replace(asked.request, ranges=unlimited, facets=(), offset=0, limit=1, relax=False)
        valued = site.search.search(every).total
    return Unvalued(total - valued, total) if total > valued else None


def spread(site: Site, outcome: Outcome) -> Histogram | None:
    """How the figures of what is found lie on the basis in force, limits on them left aside."""
    asked = outcome.asked
    if asked.basis is None:
        return None
    filters = {**asked.request.filters, Field.GWP_BASIS: (asked.basis.basis,)}
    held = replace(
        asked.request.uncounted().without_number(GWP),
        filters=filters,
        sort=Sort.RELEVANCE,
        histograms=(GWP,),
        offset=0,
        limit=1,
        relax=outcome.found.relaxed,
    )
    return site.search.search(held).histograms[GWP]


def counts(site: Site, outcome: Outcome) -> Counts:
    """What each option would find; the chosen ones agree with the list, which a figure may narrow."""
    asked, own = outcome.asked, outcome.found.facets
    if asked.wider is None:
        return own
    merged = dict(own)
    for field, values in site.search.search(replace(asked.wider, relax=False)).facets.items():
        chosen, held = asked.criteria.chosen.get(field, ()), dict(own.get(field, ()))
        merged[field] = tuple(
            (value, held.get(value, 0) if value in chosen else count) for value, count in values
        )
    return merged
