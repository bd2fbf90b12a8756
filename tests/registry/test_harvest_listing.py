"""Listings of other nodes: counted by what came, and never taken for empty where they are none."""

import httpx
import pytest

from registry.declarations.harvest.fetching import Manners, NodeAway, connected
from registry.declarations.harvest.nodes import Stock
from registry.declarations.harvest.openepd import OpenEpd
from registry.declarations.harvest.soda import Soda
from tests import declared

BASE = "https://node.example/resource"


def uuid(n: int) -> str:
    return str(declared.UUIDS[n])


LINE = {"uuid": uuid(1), "version": "01.00.000", "name": "示例"}


@pytest.mark.parametrize(
    "body",
    [
        b"<html>", b"[]", b"{}", b'{"data": {}, "totalCount": 1}', b'{"data": [], "totalCount": "1"}',
        b'{"data": [], "totalCount": -1}', b'{"payload": [], "meta": {}}', b'{"payload": [], "meta": []}',
    ],
)  # fmt: skip
def test_what_is_no_listing_is_refused_and_never_taken_for_an_empty_one(body: bytes) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=body))
    with connected(Manners(0, inside=True), transport=transport) as fetcher:
        for node in (Soda.at(BASE), OpenEpd.at(BASE)):
            with pytest.raises(NodeAway):
                list(node.pages(fetcher, ""))


def test_pages_are_counted_by_what_came_and_the_total_is_read_anew() -> None:
    """A node may give fewer lines than were asked for, lines without an id, and move while it is listed."""
    given = {
        0: [LINE, {"uuid": "none"}, {**LINE, "uuid": uuid(2)}],
        3: [{**LINE, "metaDataOnly": True, "uri": "u"}],
    }
    starts: list[int] = []

    def answer(request: httpx.Request) -> httpx.Response:
        starts.append(int(request.url.params["startIndex"]))
        total = 3 if starts == [0] else 5
        return httpx.Response(200, json={"data": given.get(starts[-1], []), "totalCount": total + 1})

    with connected(Manners(0, inside=True), transport=httpx.MockTransport(answer)) as fetcher:
        pages = list(Soda.at(BASE).pages(fetcher, "s"))
    assert starts == [0, 3, 4]
    assert [one.id for page in pages for one in page.items] == [uuid(1), uuid(2), uuid(1)]
    assert pages[1].items[0].elsewhere == "u"
    assert [page.total for page in pages] == [4, 6, 6]


def test_stocks_are_read_with_their_terms() -> None:
    name = [{"lang": "en", "value": "Example"}]
    stocks = {
        "dataStocks": [{"uuid": "u", "shortName": "s", "description": name}, {"uuid": "v", "name": name}, 1]
    }
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=stocks))
    with connected(Manners(0, inside=True), transport=transport) as fetcher:
        found = Soda.at("https://node.example").stocks(fetcher)
    assert found == [Stock("u", "s", "Example"), Stock("v", "Example", "")]
