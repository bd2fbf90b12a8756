"""A kept search after the register has changed: the same to the byte; what has changed since, on demand."""

from datetime import date

from fastapi.testclient import TestClient

from registry.certificates.facts import State
from registry.certificates.kind import CERTIFICATE
from registry.changes.feed import Draft
from registry.products.service import PRODUCT
from tests.factories import key, product
from tests.frontend.kept import change, document, numbers, page, press
from tests.frontend.reading import Page
from tests.frontend.register import DAY, LAST, case

TODAY = {"aria-labelledby": "today"}


def test_a_later_change_of_the_register_changes_nothing_that_was_kept(own_site: TestClient) -> None:
    address = press(own_site, "kind=cement")
    asked = [
        address,
        f"{address}?print=1",
        f"{address}.json",
        f"{address}.csv",
        address.replace("/zh/", "/en/"),
    ]
    before = [own_site.get(one).content for one in asked]
    renamed = case(1).product.model_copy(
        update={"name_zh": "改名水泥（虚构）", "name_en": "Renamed (invented)"}
    )
    certificate = case(2).certificate
    assert certificate is not None
    suspended = certificate.model_copy(update={"state": State.SUSPENDED})
    removed = case(3).product.model_copy(update={"removed": True, "removal_reason": "示例"})
    new = product(700, performance="42.5", name_zh="新增水泥（虚构）")
    drafts = [Draft(PRODUCT, one.id, DAY, one) for one in (renamed, removed, new)]
    change(own_site, [*drafts, Draft(CERTIFICATE, suspended.id, DAY, suspended)])
    assert "改名水泥" in own_site.get("/zh/products?kind=cement&status=all").text, "the search has changed"
    assert [own_site.get(one).content for one in asked] == before
    said = page(own_site, f"{address}?today=1")
    changed = said.one("section", **TODAY)
    assert case(2).product.code in changed.text
    assert "不再符合" in changed.text


def test_the_comparison_with_today_names_new_gone_restated_and_other_states(own_site: TestClient) -> None:
    address = press(own_site, "kind=cement&status=all")
    assert "完全相同" in page(own_site, f"{address}?today=1").one("section", **TODAY).text
    certificate = case(2).certificate
    assert certificate is not None
    renamed = case(1).product.model_copy(update={"name_zh": "改名水泥（虚构）"})
    glass = case(4).product.model_copy(update={"kind": "glass", "performance": None, "attributes": {}})
    new = product(700, performance="42.5", name_zh="新增水泥（虚构）")
    change(
        own_site,
        [
            *(Draft(PRODUCT, one.id, DAY, one) for one in (renamed, glass, new)),
            Draft(
                CERTIFICATE, certificate.id, DAY, certificate.model_copy(update={"state": State.SUSPENDED})
            ),
        ],
    )
    today = page(own_site, f"{address}?today=1").one("section", **TODAY)
    titles = [one.text for one in today.below("h3")]
    assert titles == ["新增 1 个", "不再符合 1 个", "证书状态改变 1 个", "其他登记内容改变 1 个"]
    lists = [one.text for one in today.below("ul")]
    for text, code in zip(lists, (new.code, glass.code, case(2).product.code, renamed.code), strict=True):
        assert code in text
    assert "现为：证书已暂停" in lists[2]


def test_a_long_list_comes_in_pages_and_whole_on_paper(own_site: TestClient) -> None:
    more = [product(n, performance="42.5", name_zh=f"示例水泥 {n}（虚构）") for n in range(701, 751)]
    change(own_site, [Draft(PRODUCT, one.id, DAY, one) for one in more])
    address = press(own_site, "status=all&kind=cement")
    total = len(numbers(document(own_site, address)))
    assert total == LAST - 1 + len(more)

    def codes(query: str) -> list[str]:
        rows = page(own_site, address + query).one("table").below("tr")[1:]
        return [row.below("a")[0].attributes["href"].split("/")[3].partition("?")[0] for row in rows]

    pages = codes("") + codes("?page=2")
    assert (len(codes("")), pages) == (50, numbers(document(own_site, address)))
    assert codes("?print=1") == pages
    assert codes("?page=99") == codes("?page=2")


def test_the_frame_of_the_page_speaks_for_what_was_kept(own_site: TestClient) -> None:
    address = press(own_site)
    position = document(own_site, address)["as_of"]
    change(
        own_site, [Draft(PRODUCT, key("product", 700), date(2026, 6, 1), product(700, performance="42.5"))]
    )
    foot = page(own_site, address).one("footer").text
    assert f"变更序号{position}" in foot.replace(" ", "")


def test_an_address_has_its_share_for_a_day(own_site: TestClient) -> None:
    shelf = own_site.app.state.shelf  # type: ignore[attr-defined]
    own_site.app.state.shelf = type(shelf)(shelf.search, 2)  # type: ignore[attr-defined]
    addresses = {press(own_site), press(own_site)}
    assert len(addresses) == 2
    answer = own_site.post("/zh/archive", data={"kind": "cement"})
    assert answer.status_code == 429
    assert "2" in Page(answer.text).title
