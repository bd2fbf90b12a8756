"""An openEPD API as a source: the search lists everything, each EPD is fetched by its id."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from registry.declarations import openxpd
from registry.declarations.harvest.fetching import Answer, Fetcher, NodeAway
from registry.declarations.harvest.nodes import (
    LONGEST_VERSION,
    MOST_PAGES,
    Listed,
    Page,
    Stock,
    count,
    mapping,
    parsed,
    text,
)

PAGE = 100  # the interface's own default; 250 is the most it allows
EVERYTHING = '!EC3 search("ConstructionMaterials") !pragma oMF("1.0/1")'  # the root of EC3's categories


@dataclass(frozen=True, slots=True)
class OpenEpd:
    """An API by its base address; `query` is the open material filter that its search is asked with."""

    base: str
    query: str = EVERYTHING

    @classmethod
    def at(cls, address: str) -> "OpenEpd":
        return cls(address.rstrip("/"))

    def stocks(self, _fetcher: Fetcher) -> Sequence[Stock]:
        """The protocol knows no stocks."""
        return ()

    def pages(self, fetcher: Fetcher, _stock: str) -> Iterator[Page]:
        """The search, page by page."""
        start = 0
        for number in range(1, MOST_PAGES + 1):
            asked = {"omf": self.query, "page_number": str(number), "page_size": str(PAGE)}
            answer = fetcher.get(f"{self.base}/v2/epds/search", asked)
            page = _page(mapping(parsed(answer), answer.url), start, answer.url)
            yield page
            start += page.length
            if page.length == 0 or start >= page.total:
                return
        raise NodeAway("harvest-endless-listing", url=self.base, pages=MOST_PAGES)

    def document(self, fetcher: Fetcher, item: Listed, known: Mapping[str, str]) -> Answer:
        return fetcher.get(f"{self.base}/epds/{item.id}", None, known)


def _page(found: Mapping[str, object], start: int, url: str) -> Page:
    lines, meta = found.get("payload"), found.get("meta")
    paging = meta.get("paging") if isinstance(meta, Mapping) else None
    total = count(paging.get("total_count")) if isinstance(paging, Mapping) else None
    if not isinstance(lines, list) or total is None:
        raise NodeAway("harvest-not-a-listing", url=url)
    items = [_listed(one) for one in lines if isinstance(one, Mapping)]
    return Page(start, total, tuple(one for one in items if one is not None), len(lines))


def _listed(line: Mapping[str, object]) -> Listed | None:
    found = openxpd.parsed(str(line.get("id") or ""))
    version = line.get("version")
    if found is None:
        return None
    return Listed(
        found,
        text(version, LONGEST_VERSION) if version is not None else "",
        text(line.get("product_name"), 400),
    )
