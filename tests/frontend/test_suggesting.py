"""Suggestions offer each thing once, in the reader's language, with no count but a true one."""

import pytest
from fastapi.testclient import TestClient

from tests.frontend.register import LAST, case


def offered(site: TestClient, lang: str, typed: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = site.get(f"/{lang}/suggest", params={"q": typed}).json()["suggestions"]
    return found


@pytest.mark.parametrize(
    ("lang", "typed", "text", "detail"),
    [
        ("zh", "水泥", "水泥", "材料种类"),
        ("en", "ceme", "Cement", "Material kind"),
        ("zh", "ceme", "水泥", "Cement、材料种类"),
        ("en", "水泥", "Cement", "Material kind"),
    ],
)
def test_a_kind_is_offered_once(site: TestClient, lang: str, typed: str, text: str, detail: str) -> None:
    url = f"/{lang}/products?kind=cement"
    kinds = [one for one in offered(site, lang, typed) if one.get("url") == url]
    assert kinds == [{"text": text, "detail": detail, "url": url}]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_name_is_offered_once(site: TestClient, lang: str) -> None:
    texts = [one["text"] for one in offered(site, lang, case(1).product.name_zh[:2])]
    assert len(texts) == len(set(texts)) > 0


def test_products_of_one_name_are_not_offered_by_their_other_name(site: TestClient) -> None:
    names = {(case(n).product.name_zh, case(n).product.name_en) for n in range(1, LAST + 1)}
    texts = [one["text"] for one in site.get("/api/v1/suggest?q=example&limit=20").json()["suggestions"]]
    assert not [pair for pair in names if set(pair) <= set(texts) and pair[0] != pair[1]]


def test_only_a_number_says_how_many_products_it_names(site: TestClient) -> None:
    for typed in ("水泥", "示例", case(1).certificate.number[:-1]):  # type: ignore[union-attr]
        for one in site.get("/api/v1/suggest", params={"q": typed}).json()["suggestions"]:
            if one["kind"] != "number":
                assert one["count"] is None
                continue
            found = site.get("/api/v1/search", params={"q": one["text"]}).json()
            assert one["count"] == found["total"]
