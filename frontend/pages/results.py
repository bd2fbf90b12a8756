"""The answer of the product search as a view: cards, chips, orders, pages, and what to do with nothing."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from urllib.parse import quote, urlencode

from catalogue.comparison.percentiles import Distribution
from catalogue.naming import basis_label, filter_label
from catalogue.searches.kept import MOST_ROWS
from frontend.forms import with_only, without
from frontend.pages import cards, carried, facets, hints, nearby, typed
from frontend.pages.answered import Answer, Chips, Count, clear
from frontend.pages.asking import FIGURE_SORTS, Asked
from frontend.pages.criteria import CARRIED, EVERY_STATUS
from frontend.pages.limit_asked import REFUSED
from frontend.pages.paging import pager
from frontend.pages.reference import Reference
from frontend.pages.words import Words, figure
from frontend.views import formats, histogram
from frontend.views.charts import Caption, Strip
from frontend.views.parts import Chip, Link, Pager
from frontend.views.search import LimitField, ResultCard, SearchView
from frontend.views.search import Sort as SortLink
from registry.kit.types import plain
from search.documents.fields import Field
from search.engine.ports import DEEPEST, QUANTITY, Histogram, SearchRequest, Sort
from search.query.limits import LOWER, UPPER, is_attribute

SORTS = (Sort.RELEVANCE, Sort.GWP, Sort.VALID_TO_DOWN, Sort.NAME)


def view(answer: Answer, shown: tuple[ResultCard, ...], count_without: Count) -> SearchView:
    """`count_without` says how many there would be with one filter removed."""
    asked, words = answer.asked, answer.words
    criteria, total = asked.criteria, answer.found.total
    named = chips(answer)
    return SearchView(
        query=criteria.text,
        count=_count(total, words),
        active=len(named),
        facets=facets.facets(asked, answer.counts, answer.everything, answer.known, words),
        chips=tuple(chip for _, chip in named),
        clear_href=answer.href(clear(answer)),
        sorts=_sorts(answer),
        cards=shown,
        pager=_pager(answer),
        downloads=_downloads(answer),
        kept=criteria.only(("sort", Field.MAKER_ID, *carried.UNFIELDED)),
        on_day=carried.day_field(asked, words),
        limit=_limit(answer),
        hints=hints.hints(answer, named),
        distribution=_distribution(answer) if shown else None,
        threshold=_threshold(answer),
        keeping=_keeping(answer),
        empty=None if total else hints.empty(answer, named, count_without),
    )


def _keeping(answer: Answer) -> tuple[tuple[str, str], ...] | None:
    """The query without its page; a search that finds nothing may be kept too."""
    if answer.found.total > MOST_ROWS:
        return None
    return tuple(pair for pair in answer.asked.criteria.pairs if pair[0] != "page")


def _count(total: int, words: Words) -> str:
    if total > DEEPEST:
        return words.say("search.count-many", count=formats.number(DEEPEST))
    return words.say("search.count-one" if total == 1 else "search.count", count=formats.number(total))


def chips(answer: Answer) -> Chips:
    """Every filter in force with the address that removes it; the usual state is one of them."""
    criteria, words = answer.asked.criteria, answer.words
    found: Chips = []
    for field, values in criteria.chosen.items():
        for value in values:
            if field is Field.STATUS and len(values) == 1:
                query = with_only(criteria.pairs, field, EVERY_STATUS)
            else:
                query = without(criteria.pairs, field, value)
            label = filter_label(field, value, answer.known, words)
            if field is Field.PERFORMANCE:
                label = facets.grade(criteria.kind, value, answer.known, words)
            found.append((field, Chip(label, answer.href(query))))
    wanted = answer.asked.parsed.near
    if wanted is not None and Field.PLANT in answer.asked.request.filters:
        made_near = nearby.chip(criteria, wanted, answer.path, (answer.known, words))
        found.append((Field.PLANT, made_near))
    return found + typed.chips(answer) + carried.chips(answer) + _figure_chips(answer)


def _figure_chips(answer: Answer) -> Chips:
    """Limits on figures, and the basis they hold the search to; none without a basis."""
    criteria, words, basis = answer.asked.criteria, answer.words, answer.asked.basis
    if basis is None or not answer.asked.compares:
        return []
    found: Chips = []
    if criteria.level is not None:
        chip = Chip(words.say(f"level.{criteria.level}"), answer.href(without(criteria.pairs, "level")))
        found.append(("level", chip))
    if criteria.limit is not None:
        text = words.say("chip.limit", value=figure(criteria.limit), unit=_unit(answer))
        found.append(("max", Chip(text, answer.href(without(criteria.pairs, "max")))))
    kept = [pair for pair in criteria.pairs if pair[0] not in ("level", "max", "sort")]
    text = words.say("chip.basis", basis=basis_label(basis.basis, answer.known, words))
    found.append(("basis", Chip(text, answer.href(without(kept, "basis")))))
    return found


def _unit(answer: Answer) -> str:
    basis = answer.asked.basis
    return answer.words.per(basis.basis.split("|")[2]) if basis else ""


def _sorts(answer: Answer) -> tuple[SortLink, ...]:
    """By footprint only where one basis makes the figures comparable."""
    criteria = answer.asked.criteria
    current = answer.asked.request.sort
    return tuple(
        SortLink(
            answer.words.say(f"sort.{sort.strip('-')}"),
            answer.href(with_only(criteria.pairs, "sort", "" if sort is Sort.RELEVANCE else sort)),
            sort is current,
        )
        for sort in SORTS
        if sort not in FIGURE_SORTS or answer.asked.basis is not None
    )


def _pager(answer: Answer) -> Pager:
    parsed, pairs = answer.asked.parsed, answer.asked.criteria.pairs
    last = -(-min(answer.found.total, DEEPEST) // parsed.per_page)

    def href(page: int) -> str:
        return answer.href(with_only(pairs, "page", str(page) if page > 1 else ""))

    return pager(parsed.page, last, href)


def _downloads(answer: Answer) -> tuple[Link, ...]:
    query = without(answer.asked.criteria.pairs, "page")
    return tuple(
        Link(name.upper(), f"{answer.path}.{name}" + (f"?{query}" if query else ""))
        for name in ("csv", "xlsx")
    )


def _limit(answer: Answer) -> LimitField | None:
    criteria = answer.asked.criteria
    if answer.asked.basis is None:
        return None
    error = answer.words.say("search.limit-unreadable") if criteria.limit_wrong else ""
    return LimitField(criteria.limit_text, _unit(answer), error)


def _distribution(answer: Answer) -> Strip | None:
    """The class as registered and valid; the filters narrow the list, never the base."""
    basis, words = answer.asked.basis, answer.words
    if basis is None or not basis.n:
        return None
    return cards.strip(basis, class_caption(basis, answer.known, words, on=answer.on))


def spread(answer: Answer, found: Histogram | None) -> histogram.Histogram | None:
    """A picture of the found figures from two products on; one alone has no spread."""
    if found is None or sum(found.counts) < 2:
        return None
    words, unit = answer.words, _unit(answer)
    most = max(range(len(found.counts)), key=lambda place: found.counts[place])
    said = words.say(
        "facet.spread.said",
        n=formats.number(sum(found.counts)),
        low=figure(found.bounds[0]),
        high=figure(found.bounds[-1]),
        unit=unit,
        most=formats.number(found.counts[most]),
        lower=figure(found.bounds[most]),
        upper=figure(found.bounds[most + 1]),
    )
    caption = Caption("spread", words.say("facet.spread"), unit)
    return histogram.histogram(found.bounds, found.counts, caption, said=said)


def _threshold(answer: Answer) -> Link | None:
    """Where one kind is chosen a limit may be set; filters go along to be named as left out."""
    kind, basis = answer.asked.criteria.kind, answer.asked.basis
    if kind is None or kind not in answer.known.kinds:
        return None
    held = [("basis", basis.basis)] if basis else []
    limit = answer.asked.criteria.limit
    asked = [("max", plain(limit))] if limit is not None and basis else []
    filters = [pair for pair in answer.asked.criteria.pairs if pair[0] in REFUSED]
    query = urlencode([*held, *asked, *filters])
    path = f"/{answer.words.lang}/thresholds/{quote(kind)}"
    return Link(answer.words.say("limit.set"), f"{path}?{query}" if query else path)


def class_caption(basis: Distribution, known: Reference, words: Words, *, on: date) -> Caption:
    """What a class is called, and the base of its percentiles: how many, of which year, which boundary."""
    kind, performance, unit, family, indicator = basis.basis.split("|")
    name = " ".join(
        part for part in (known.kind(kind, words), known.grade(kind, performance.strip("-"), words)) if part
    )
    note = words.say(
        "chart.base", n=basis.n, year=str(on.year), family=family, indicator=words.indicator(indicator)
    )
    return Caption("class", words.say("chart.class", name=name), words.per(unit), note)


def request_without(asked: Asked, field: Field | str) -> Mapping[str, object]:
    """What of a request changes when one filter is taken away."""
    request = asked.request
    if isinstance(field, Field):
        return {"filters": request.without(field).filters}
    if is_attribute(field):
        return _without_attribute(request, field.removeprefix(QUANTITY))
    if field in CARRIED:
        return {"ranges": carried.without_limit(request.ranges, field)}
    return {"ranges": replace(request.ranges, gwp_max=None)}


def _without_attribute(request: SearchRequest, name: str) -> Mapping[str, object]:
    """Its chosen values, or both of its limits."""
    number = name.removesuffix(LOWER).removesuffix(UPPER)
    return {
        "attributes": request.without_attribute(name).attributes,
        "ranges": request.ranges.without(f"{QUANTITY}{number}"),
    }
