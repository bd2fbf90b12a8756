"""Asking the search engine on behalf of pages: what there is in all, and what a request finds."""

from collections.abc import Mapping
from threading import Lock
from weakref import WeakKeyDictionary

from frontend.site import Site
from search.documents.fields import PUBLIC_FACETS, Field
from search.engine.ports import SearchEngine, SearchRequest

Counts = Mapping[Field, tuple[tuple[str, int], ...]]
FACETS = (*PUBLIC_FACETS, Field.MAKER_ID, Field.GROUP, Field.REGION)

_lock = Lock()
_kept: WeakKeyDictionary[SearchEngine, tuple[str, Counts]] = WeakKeyDictionary()


def universe(site: Site) -> Counts:
    """Counts of every public facet over all products, kept until the index changes."""
    generation = site.search.generation()
    with _lock:
        held = _kept.get(site.search)
    if held is not None and held[0] == generation:
        return held[1]
    found = site.search.search(SearchRequest(facets=FACETS, limit=1))
    with _lock:
        _kept[site.search] = (found.generation, found.facets)
    return found.facets
