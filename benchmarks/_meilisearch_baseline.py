"""The other baseline of the search benchmark: Meilisearch as it is usually set up, given plain documents.

Our own use of Meilisearch (`search/engine/meilisearch.py`) is another thing. Pinyin, trade names and sounds
are left out here, as Meilisearch has no means for them.
"""

import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import httpx

from search.documents.fields import Field, Text, filtered, searched
from search.documents.product import ProductDocument
from search.engine.ports import LISTED, SearchRequest, SearchResult, Sort

KEY = "GREENMAT_MEILISEARCH_KEY"
_FILE = "server.json"  # in the folder: where the index is
_TEXTS = (Text.NAME, Text.NAME_EN, Text.VALUE, Text.CODE, Text.TAG, Text.MAKER, Text.DESCRIPTION)
_KIND_WORDS = "kind_words"
_FILTERED = (
    *(Field.KIND, Field.PROVINCE, Field.STATUS, Field.STAR, Field.EVIDENCE, Field.DATA_KIND),
    *(Field.CATEGORY, Field.MAKER),
)
_BATCH = 20_000
_SETTINGS = {
    "searchableAttributes": [*_TEXTS[:5], _KIND_WORDS, *_TEXTS[5:]],
    "filterableAttributes": [*_FILTERED, "gwp"],
    "sortableAttributes": ["gwp"],
    "pagination": {"maxTotalHits": 100_000_000},
    "faceting": {"maxValuesPerFacet": LISTED},
}


class RawMeilisearch:
    """The same questions; every word must be there, as with FTS5."""

    def __init__(self, folder: Path) -> None:
        self._server = json.loads((folder / _FILE).read_text())
        self._client = _client(self._server["url"])

    def search(self, request: SearchRequest) -> SearchResult:
        """The page with what no own filter touches, and each filtered facet, all in one call."""
        facets = [
            field for field in request.facets if not request.disjunctive or field not in request.filters
        ]
        page = {"page": request.offset // request.limit + 1, "hitsPerPage": request.limit}
        sort = {"sort": ["gwp:asc"]} if request.sort is Sort.GWP else {}
        asked = [self._query(request, None, facets) | page | sort]
        apart = [field for field in request.facets if field not in facets]
        asked += [self._query(request, field, [field]) | {"page": 1, "hitsPerPage": 0} for field in apart]
        answers = _sent(self._client, "POST", "multi-search", {"queries": asked})["results"]
        counts = {name: found for one in answers for name, found in one.get("facetDistribution", {}).items()}
        return SearchResult(
            hits=(),
            total=answers[0]["totalHits"],
            facets={field: tuple(counts[field].items()) for field in request.facets},
            widened=None,
            generation="",
        )

    def _query(
        self, request: SearchRequest, without: Field | None, facets: Sequence[Field]
    ) -> dict[str, object]:
        return {
            "indexUid": self._server["index"],
            "q": request.text,
            "matchingStrategy": "all",
            "filter": list(_filters(request, without)),
            "facets": facets,
            "attributesToRetrieve": ["id"],
        }


def build(folder: Path, url: str, documents: Iterable[ProductDocument]) -> None:
    """One batch after the other, so that nothing is indexed while the benchmark's clock stands."""
    index, client = f"greenmat-plain-{folder.name}", _client(url)
    _done(client, _sent(client, "DELETE", f"indexes/{index}"))
    before = _used(client)
    _done(client, _sent(client, "POST", "indexes", {"uid": index, "primaryKey": "id"}))
    _done(client, _sent(client, "PATCH", f"indexes/{index}/settings", _SETTINGS))
    rest = iter(documents)
    while batch := [_plain(one) for one in islice(rest, _BATCH)]:
        _done(client, _sent(client, "POST", f"indexes/{index}/documents", batch))
    told = {"url": url, "index": index, "bytes": _used(client) - before}
    (folder / _FILE).write_text(json.dumps(told))


def change(folder: Path, document: ProductDocument) -> None:
    """Returns when the change is found by every search that begins afterwards."""
    told = json.loads((folder / _FILE).read_text())
    client = _client(told["url"])
    _done(client, _sent(client, "POST", f"indexes/{told['index']}/documents", [_plain(document)]))


def size(folder: Path) -> int:
    """Bytes by which the index made the server's databases grow, as `/stats` tells."""
    return int(json.loads((folder / _FILE).read_text())["bytes"])


def take_away(folder: Path) -> None:
    told = json.loads((folder / _FILE).read_text())
    client = _client(told["url"])
    _done(client, _sent(client, "DELETE", f"indexes/{told['index']}"))


def version(url: str) -> str:
    return str(_sent(_client(url), "GET", "version")["pkgVersion"])


def _client(url: str) -> httpx.Client:
    """A connection for each call, as the official client has it: 1.50 waits 40 ms on one that stays open."""
    headers = {"Authorization": f"Bearer {os.environ.get(KEY, '')}", "Connection": "close"}
    return httpx.Client(base_url=url, headers=headers, timeout=60)


def _sent(client: httpx.Client, method: str, path: str, body: object = None) -> dict[str, Any]:
    answer = client.request(method, path, json=body)
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    return found


def _done(client: httpx.Client, task: Mapping[str, Any]) -> None:
    """Waits until a task has ended; only the taking away of what is not there may fail."""
    while (found := _sent(client, "GET", f"tasks/{task['taskUid']}"))["status"] in ("enqueued", "processing"):
        time.sleep(0.01)
    if found["status"] != "succeeded" and found["error"]["code"] != "index_not_found":
        raise RuntimeError(found["error"]["message"])


def _used(client: httpx.Client) -> int:
    return int(_sent(client, "GET", "stats")["usedDatabaseSize"])


def _plain(document: ProductDocument) -> dict[str, object]:
    texts, values = searched(document), filtered(document)
    return {
        "id": document.id,
        **{text.value: texts[text] for text in _TEXTS},
        _KIND_WORDS: document.kind_words,
        **{field.value: values[field] for field in _FILTERED},
        "gwp": None if document.gwp is None else float(document.gwp),
    }


def _filters(request: SearchRequest, without: Field | None) -> Iterator[str]:
    for field, values in request.filters.items():
        if field is not without:
            yield f"{field.value} IN {json.dumps(values)}"
    if request.ranges.gwp_max is not None:
        yield f"gwp <= {request.ranges.gwp_max}"
