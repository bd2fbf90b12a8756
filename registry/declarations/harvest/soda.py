"""soda4LCA as a source: stocks, the listing of processes in pages, one process with its flow resolved."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from registry.declarations.harvest.fetching import Answer, Fetcher, NodeAway
from registry.declarations.harvest.nodes import (
    LONGEST_VERSION,
    MOST_PAGES,
    PAGE,
    Listed,
    Page,
    Stock,
    count,
    mapping,
    parsed,
    text,
)

RESOURCE = "/resource"
_STOCKS = ("dataStocks", "dataStock", "dataStockList")


@dataclass(frozen=True, slots=True)
class Soda:
    """A node by the address of its `resource` folder."""

    base: str

    @classmethod
    def at(cls, address: str) -> "Soda":
        """The node of an address, with or without `/resource` at its end."""
        bare = address.rstrip("/")
        return cls(bare if bare.endswith(RESOURCE) else bare + RESOURCE)

    def stocks(self, fetcher: Fetcher) -> Sequence[Stock]:
        """The stocks that anybody may read."""
        answer = fetcher.get(f"{self.base}/datastocks", {"format": "JSON"})
        found = mapping(parsed(answer), answer.url)
        lists = [one for one in map(found.get, _STOCKS) if isinstance(one, list)]
        return [
            Stock(text(one.get("uuid")), text(one.get("shortName")) or text(one.get("name")), _terms(one))
            for one in (lists[0] if lists else [])
            if isinstance(one, Mapping)
        ]

    def pages(self, fetcher: Fetcher, stock: str) -> Iterator[Page]:
        """The listing, newest versions only, until the node's own total is reached or a page is empty."""
        within = f"/datastocks/{quote(stock, safe='')}" if stock else ""
        start = 0
        for _ in range(MOST_PAGES):
            asked = {
                "search": "true", "startIndex": str(start), "pageSize": str(PAGE),
                "sortBy": "name", "format": "JSON",
            }  # fmt: skip
            answer = fetcher.get(f"{self.base}{within}/processes", asked)
            page = _page(mapping(parsed(answer), answer.url), start, answer.url)
            yield page
            start += page.length
            if page.length == 0 or start >= page.total:
                return
        raise NodeAway("harvest-endless-listing", url=self.base, pages=MOST_PAGES)

    def document(self, fetcher: Fetcher, item: Listed, known: Mapping[str, str]) -> Answer:
        """One process as JSON in which the declared unit is resolved."""
        asked = {"format": "JSON", "view": "extended"} | ({"version": item.version} if item.version else {})
        return fetcher.get(f"{self.base}/processes/{item.id}", asked, known)


def _page(found: Mapping[str, object], start: int, url: str) -> Page:
    lines, total = found.get("data"), count(found.get("totalCount"))
    if not isinstance(lines, list) or total is None:
        raise NodeAway("harvest-not-a-listing", url=url)
    items = [_listed(one) for one in lines if isinstance(one, Mapping)]
    return Page(start, total, tuple(one for one in items if one is not None), len(lines))


def _listed(line: Mapping[str, object]) -> Listed | None:
    try:
        uuid = str(UUID(str(line.get("uuid"))))
    except ValueError:
        return None
    elsewhere = text(line.get("uri")) if line.get("metaDataOnly") is True else None
    return Listed(uuid, text(line.get("version"), LONGEST_VERSION), text(line.get("name"), 400), elsewhere)


def _terms(stock: Mapping[str, object]) -> str:
    return text(stock.get("description"), 4000)
