"""The hits of one page in their order: narrow tiers first, so that few of many matches are ever scored."""

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from search.engine.attempts import Rung
from search.engine.leaves import Asked
from search.engine.ports import SearchRequest, Sort
from search.engine.query_builder import STANDINGS
from search.engine.schema import NAME_ORDER, PLACE, PLACE_BITS
from search.engine.snapshot import Snapshot

if TYPE_CHECKING:
    import tantivy

WINDOW = 500  # equal scores are re-ordered inside each window, so pages never repeat a hit
# Apart from names, an order is called as the number it goes by, with a minus for the greatest first.
_ORDERS = {sort: (sort.removeprefix("-"), not sort.startswith("-")) for sort in Sort}
_ORDERS[Sort.NAME] = (NAME_ORDER, True)
Row = tuple[Any, "tantivy.DocAddress"]


class Page(NamedTuple):
    rows: list[Row]
    total: int | None  # None where it was not needed to find them


def page(snapshot: Snapshot, request: SearchRequest, attempt: Rung) -> Page:
    """The windows that hold the page, each with its equals in tie order, cut to the page."""
    first = request.offset // WINDOW * WINDOW
    last = -(-(request.offset + max(1, request.limit)) // WINDOW) * WINDOW
    # limit=0 panics inside tantivy: `last` is always above `first`
    if request.sort is Sort.RELEVANCE:
        found = best(snapshot, request, attempt, places=(first, last))
    else:
        matching = snapshot.queries.words(attempt, Asked.COUNTED)
        matching = snapshot.queries.filtered(matching, request)
        found = _sorted(snapshot, matching, _ORDERS[request.sort], places=(first, last))
    rows = _in_tie_order(snapshot, found.rows)[request.offset - first :][: request.limit]
    return Page(rows, found.total)


def best(snapshot: Snapshot, request: SearchRequest, attempt: Rung, *, places: tuple[int, int]) -> Page:
    """The hits from one place to another by relevance; equals in the index's own order."""
    first, last = places
    queries = snapshot.queries
    if not attempt.query.words:
        return _by_standing(snapshot, request, attempt, places=places)
    for tier in queries.tiers(attempt) if attempt.is_whole else ():
        matching = queries.filtered(tier, request)
        rows = snapshot.searcher.search(matching, limit=last - first, offset=first, count=False).hits
        if len(rows) == last - first:
            return Page(rows, None)
    everything = queries.filtered(queries.everything(attempt), request)
    found = snapshot.searcher.search(everything, limit=last - first, offset=first)
    return Page(found.hits, int(found.count))  # type: ignore[attr-defined]  # its stub forgets `count`


def _by_standing(
    snapshot: Snapshot, request: SearchRequest, attempt: Rung, *, places: tuple[int, int]
) -> Page:
    """Without words nothing is scored: by standing, then by the hash of the id."""
    matching = snapshot.queries.filtered(snapshot.queries.words(attempt), request)
    found = _sorted(snapshot, matching, (PLACE, True), places=places)
    rows = [(STANDINGS[int(key) >> PLACE_BITS], address) for key, address in found.rows]
    return Page(rows, found.total)


def _sorted(
    snapshot: Snapshot,
    matching: "tantivy.Query",
    order: tuple[str, bool],
    *,
    places: tuple[int, int],
) -> Page:
    import tantivy  # noqa: PLC0415  already loaded by the snapshot

    (first, last), (name, ascending) = places, order
    found = snapshot.searcher.search(
        matching,
        limit=last - first,
        offset=first,
        order_by_field=name,
        order=tantivy.Order.Asc if ascending else tantivy.Order.Desc,
    )
    return Page(found.hits, int(found.count))  # type: ignore[attr-defined]  # its stub forgets `count`


def _in_tie_order(snapshot: Snapshot, rows: list[Row]) -> list[Row]:
    """Equals by the hash of their id, whatever their standing: by figures no certificate comes first."""
    places = snapshot.searcher.fast_field_values(PLACE, [address for _, address in rows])
    ties = [int(place or 0) % 2**PLACE_BITS for place in places]
    ordered: list[Row] = []
    for start in range(0, len(rows), WINDOW):
        window = list(zip(rows[start : start + WINDOW], ties[start : start + WINDOW], strict=True))
        for _, equals in groupby(window, key=lambda item: item[0][0]):
            ordered += [row for row, _ in sorted(equals, key=itemgetter(1))]
    return ordered
