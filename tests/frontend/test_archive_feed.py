"""The feed of a kept search: exactly the products that differ from then, and nothing else is read for it."""

import xml.etree.ElementTree as ET
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from catalogue.archive import store
from catalogue.searches import interface
from catalogue.searches.kept import KeptSearch
from catalogue.searches.news import Item, news
from registry.certificates.facts import State
from registry.certificates.kind import CERTIFICATE
from registry.changes.feed import Draft
from registry.changes.reading import point
from registry.dossiers.load import load
from registry.kit.atom import MEDIA_TYPE
from registry.kit.clock import civil_day
from registry.kit.db import read_session
from registry.products.service import PRODUCT
from search.engine.ports import SearchRequest
from tests.factories import NOW, certificate, product, scope_row
from tests.frontend.kept import ask, change, document, press
from tests.frontend.reading import Page
from tests.frontend.register import DAY, EXPIRED, LAST, case
from tests.frontend.test_limits_kept import FORM, OWN, PATH

ATOM = "{http://www.w3.org/2005/Atom}"
LANGS = ("zh", "en")


def feed(site: TestClient, address: str) -> ET.Element:
    answer = site.get(f"{address}.atom")
    assert (answer.status_code, answer.headers["content-type"]) == (200, MEDIA_TYPE), answer.text
    return ET.fromstring(answer.content)


def entries(root: ET.Element) -> dict[str, str]:
    """The sort of each difference by the entry's title."""
    found = {}
    for entry in root.findall(f"{ATOM}entry"):
        term = entry.find(f"{ATOM}category")
        assert term is not None
        found[entry.findtext(f"{ATOM}title") or ""] = term.attrib["term"]
    return found


def some_changes(site: TestClient) -> None:
    before = case(2).certificate
    assert before is not None
    suspended = before.model_copy(update={"state": State.SUSPENDED})
    removed = case(3).product.model_copy(update={"removed": True, "removal_reason": "示例"})
    renamed = case(1).product.model_copy(update={"name_zh": "改名水泥（虚构）"})
    new = product(700, performance="42.5", name_zh="新增水泥\u0001（虚构）")
    held = certificate(700, rows=(scope_row(product_n=700),))
    drafts = [Draft(PRODUCT, one.id, DAY, one) for one in (removed, renamed, new)]
    change(site, [*drafts, *(Draft(CERTIFICATE, one.id, DAY, one) for one in (suspended, held))])


@pytest.mark.parametrize("lang", LANGS)
def test_it_has_what_rfc_4287_asks_for_and_bears_the_mark(site: TestClient, lang: str) -> None:
    address = press(site, "kind=cement", lang)
    root, sealed = feed(site, address), document(site, address)
    assert not root.findall(f"{ATOM}entry"), "nothing has changed"
    assert root.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == lang
    for name in ("id", "title", "updated"):
        assert len(root.findall(f"{ATOM}{name}")) == 1
    title = root.findtext(f"{ATOM}title") or ""
    assert sealed["number"] in title
    assert sealed["notice"][lang] in title
    assert UUID((root.findtext(f"{ATOM}id") or "").removeprefix("urn:uuid:"))
    assert datetime.fromisoformat(root.findtext(f"{ATOM}updated") or "").tzinfo is not None
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    links = {one.attrib["rel"]: one.attrib["href"] for one in root.findall(f"{ATOM}link")}
    assert links == {"self": f"{address}.atom", "alternate": address}
    assert f"{address}.atom" in Page(site.get(address).text).links


def test_it_names_who_has_come_and_who_is_gone_and_since_when(own_site: TestClient) -> None:
    address = press(own_site, "kind=cement")
    asked = ask(own_site, "kind=cement&status=valid")
    some_changes(own_site)
    new, gone, removed = product(700).code, case(2).product.code, case(3).product.code
    for where in (address, asked["page"], address.replace("/zh/", "/en/")):
        root = feed(own_site, where)
        told = entries(root)
        assert sorted(told.values()) == ["gone", "gone", "new"]
        for number, kind in ((new, "new"), (gone, "gone"), (removed, "gone")):
            assert [sort for title, sort in told.items() if number in title] == [kind]
        ids = [one.findtext(f"{ATOM}id") for one in root.findall(f"{ATOM}entry")]
        assert len(set(ids)) == 3
    root = feed(own_site, address)
    assert "新增水泥\ufffd（虚构）" in "".join(entries(root)), "a character that XML cannot carry"
    summaries = " ".join(one.findtext(f"{ATOM}summary") or "" for one in root.findall(f"{ATOM}entry"))
    assert f"自 {civil_day(NOW)} 起有变化" in summaries
    assert "证书已暂停" in summaries
    assert "已移出名录" in summaries
    assert asked["feed"] == f"{asked['page']}.atom"


def test_entries_stay_the_same_and_a_reader_who_has_them_is_told_so(own_site: TestClient) -> None:
    address = press(own_site, "kind=cement")
    some_changes(own_site)
    first = own_site.get(f"{address}.atom")
    again = product(700, performance="42.5", name_zh="新增水泥 二（虚构）")
    before = {one.findtext(f"{ATOM}id") for one in ET.fromstring(first.content).findall(f"{ATOM}entry")}
    known = own_site.get(f"{address}.atom", headers={"If-None-Match": first.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    change(own_site, [Draft(PRODUCT, again.id, DAY, again)])
    root = feed(own_site, address)
    assert {one.findtext(f"{ATOM}id") for one in root.findall(f"{ATOM}entry")} == before
    assert "新增水泥 二（虚构）" in "".join(entries(root))


def test_only_what_differs_is_read_and_the_search_has_its_limit(
    own_site: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = press(own_site, "kind=cement")
    some_changes(own_site)
    engine, read, asked = own_site.app.state.site.search, [], []  # type: ignore[attr-defined]
    search = type(engine).search

    def loading(session: Any, ids: Any, *rest: Any, **named: Any) -> Any:
        read.extend(ids)
        return load(session, ids, *rest, **named)

    def searching(self: Any, request: SearchRequest) -> Any:
        asked.append(request.offset + request.limit)
        return search(self, request)

    monkeypatch.setattr("catalogue.searches.news.load", loading)
    monkeypatch.setattr("frontend.pages.gathering.dossiers", None)
    monkeypatch.setattr("catalogue.searches.interface.dossiers", None)
    monkeypatch.setattr(type(engine), "search", searching)
    feed(own_site, address)
    assert {one.hex for one in read} == {product(700).id.hex, case(2).product.id.hex, case(3).product.id.hex}
    assert max(asked) <= 2000


def test_what_began_or_ended_by_the_calendar_is_dated_by_its_day(site: TestClient) -> None:
    """Kept in February; the certificate ended in March."""
    token = press(site, "kind=cement&status=all").rpartition("/")[2]
    state = site.app.state.site  # type: ignore[attr-defined]
    with read_session(state.engine) as session:
        archived = store.get(session, token, now=datetime.now(NOW.tzinfo))
        at = point(session, DAY)
        earlier = archived.sealed.model_copy(update={"on": "2026-02-01"})
        kept = KeptSearch.model_validate(archived.sealed.content)
        then = store.Archived(
            earlier, archived.text, archived.sha256, archived.created_at, archived.kept_until
        )
        found = news(session, (then, kept), (), at=at, known=interface.reference(session, at))
    ended = next(one for one in found.items if one.number == case(EXPIRED).product.code)
    assert civil_day(since(ended)) == date(2026, 4, 1)
    assert not ended.is_new


def since(item: Item) -> datetime:
    assert item.since is not None
    return item.since


def test_the_latest_are_told_and_the_rest_counted(site: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    address = press(site, "kind=glass&star=1")
    monkeypatch.setattr("catalogue.searches.news.MOST_TOLD", 2)
    state = site.app.state.site  # type: ignore[attr-defined]
    monkeypatch.setattr(
        "frontend.pages.archive._sought",
        lambda visit, session, _kept: (
            state.search.search(SearchRequest(limit=100)),
            interface.reference(session, point(session, visit.today)),
            point(session, visit.today),
        ),
    )
    root = feed(site, address)
    assert len(root.findall(f"{ATOM}entry")) == 2
    assert f"另有 {LAST - 2} 个" in (root.findtext(f"{ATOM}subtitle") or "")


def test_too_much_to_compare_is_said_and_an_entry_like_any(
    site: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = press(site, "kind=cement", "en")
    monkeypatch.setattr("frontend.pages.archive.MOST_ROWS", 5)
    (entry,) = feed(site, address).findall(f"{ATOM}entry")
    assert "more than 5" in (entry.findtext(f"{ATOM}title") or "")
    assert UUID((entry.findtext(f"{ATOM}id") or "").removeprefix("urn:uuid:"))


def test_only_a_kept_search_has_one(own_site: TestClient) -> None:
    limit = str(own_site.post(PATH, data=FORM, headers=OWN).headers["location"])
    assert own_site.get(limit).status_code == 200
    for address in (limit, "/zh/archive/no-such-token", "/en/archive/%00"):
        assert own_site.get(f"{address}.atom").status_code == 404
