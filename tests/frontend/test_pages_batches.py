"""Batches on the site: the maker's own word on every page, found by every identifier, never certified."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from catalogue import tables
from frontend.pages import batch_files
from frontend.pages.words import Words
from tests import factories
from tests.frontend import batch_site
from tests.frontend.batch_site import BATCHES, COVERED, ELSEWHERE, GONE, ITEM, LOT, PLAIN, PRODUCT_CODE, TWIN
from tests.frontend.reading import Page
from tests.registry.batches import GTIN, HANDLE


@pytest.fixture(scope="module")
def shop(empty_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with batch_site.opened(empty_database, tmp_path_factory.mktemp("batches")) as client:
        yield client


def read(shop: TestClient, address: str, status: int = 200) -> Page:
    answer = shop.get(address)
    assert answer.status_code == status, answer.text
    return Page(answer.text)


@pytest.mark.parametrize("n", BATCHES)
@pytest.mark.parametrize("form", ["/zh/batches/{}", "/en/batches/{}", "/v/{}"])
def test_every_page_of_a_batch_says_whose_word_it_is_and_never_that_it_is_certified(
    shop: TestClient, n: int, form: str
) -> None:
    words = read(shop, form.format(BATCHES[n].code)).words
    for claim in ("批次已认证", "批次已通过认证", "certified batch", "batch is certified"):
        assert claim not in words
    if n == GONE:
        assert "撤回" in words or "withdrawn" in words
    else:
        assert "未经认证或核验" in words or "neither certified nor verified" in words
    assert "不覆盖批次" in words or "covers no batch" in words


@pytest.mark.parametrize(
    ("n", "zh", "en"),
    [
        (COVERED, "该产品、型号和生产厂在登记的证书", "were in the scope of recorded certificate"),
        (ELSEWHERE, "但不含这个生产厂", "but not this site"),
        (TWIN, "该产品、型号和生产厂在登记的证书", "were in the scope of recorded certificate"),
    ],
)
def test_the_page_says_what_covered_product_and_plant_that_day(
    shop: TestClient, n: int, zh: str, en: str
) -> None:
    assert zh in read(shop, f"/zh/batches/{BATCHES[n].code}").words
    assert en in read(shop, f"/en/batches/{BATCHES[n].code}").words
    assert zh in read(shop, f"/v/{BATCHES[n].code}").words


def test_the_page_shows_everything_stated_and_the_digital_link(shop: TestClient) -> None:
    words = read(shop, f"/zh/batches/{BATCHES[COVERED].code}").words
    for said in (LOT, ITEM, HANDLE, "S-1、S-2", "320", "48.2", "28 d 强度", "P·O 42.5"):
        assert said in words, said
    assert f"https://greenmat.example/01/{ITEM}/10/L%2F26%2605%2BA" in words


def test_a_batch_without_a_gtin_has_no_digital_link(shop: TestClient) -> None:
    page = shop.get(f"/zh/batches/{BATCHES[PLAIN].code}").text
    assert "/01/" not in page


def test_a_number_is_read_however_it_is_typed_and_has_one_address(shop: TestClient) -> None:
    code = BATCHES[COVERED].code
    moved = shop.get(f"/en/batches/{code.lower()}")
    assert (moved.status_code, moved.headers["location"]) == (301, f"/en/batches/{code}")
    assert shop.get("/zh/batches/YS-B00000-00000-0").status_code == 404
    assert shop.get(f"/zh/batches/{PRODUCT_CODE}").status_code == 404


def test_before_its_production_a_batch_is_not_known(shop: TestClient) -> None:
    code = BATCHES[COVERED].code
    assert shop.get(f"/zh/batches/{code}?on=2026-05-03").status_code == 404
    back = read(shop, f"/zh/batches/{code}?on=2026-05-04").words
    assert "您看的是2026年5月4日的情况" in back


def test_the_product_leads_to_its_batches_and_one_without_says_nothing(shop: TestClient) -> None:
    words = read(shop, f"/zh/products/{PRODUCT_CODE}").words
    assert LOT in words
    assert "共 3 个批次" in words
    listed = read(shop, f"/en/products/{PRODUCT_CODE}/batches").words
    assert listed.index(LOT) < listed.index("Withdrawn"), "withdrawn ones stand last"
    other = read(shop, f"/zh/products/{BATCHES[TWIN].code}/batches", 404)
    assert "共" not in other.title


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    ("typed", "there"),
    [
        (GTIN, f"products/{PRODUCT_CODE}"),
        (f" {ITEM} ", f"products/{PRODUCT_CODE}"),
        (HANDLE.lower(), f"batches/{BATCHES[COVERED].code}"),
        ("s-2", f"batches/{BATCHES[COVERED].code}"),
        (LOT.lower(), f"batches/{BATCHES[COVERED].code}"),
        (f"https://id.example.org/01/{ITEM}/10/L2", f"batches/{BATCHES[ELSEWHERE].code}"),
        (PRODUCT_CODE, f"products/{PRODUCT_CODE}"),
    ],
)
def test_what_one_thing_carries_leads_straight_to_it(
    shop: TestClient, lang: str, typed: str, there: str
) -> None:
    answer = shop.get(f"/{lang}/find?{urlencode({'id': typed})}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/{lang}/{there}")


def test_what_several_carry_is_a_choice(shop: TestClient) -> None:
    page = read(shop, "/zh/find?id=l2")
    assert all(BATCHES[n].code in page.words for n in (ELSEWHERE, TWIN))
    assert "有 2 条记录使用这个标识" in page.words
    moved = shop.get("/v/L2")
    assert (moved.status_code, moved.headers["location"]) == (303, "/zh/find?id=L2")


def test_an_unknown_identifier_says_so_and_a_wrong_check_digit_is_named(shop: TestClient) -> None:
    words = read(shop, "/zh/find?id=9521000000010", 404).words
    assert "校验位不对：前面的数字对应的校验位是 8" in words
    assert "没有登记不等于产品有问题" in words
    assert "check digit" not in read(shop, "/en/find?id=nothing", 404).words
    assert "请输入一个标识" in read(shop, "/zh/find?id=").words


@pytest.mark.parametrize("typed", [GTIN, HANDLE.upper(), BATCHES[COVERED].code.lower()])
def test_the_search_box_leads_to_what_cannot_be_mistaken(shop: TestClient, typed: str) -> None:
    moved = shop.get(f"/zh/products?{urlencode({'q': typed})}")
    assert moved.status_code == 303
    assert shop.get(moved.headers["location"]).status_code == 200


def test_a_batch_number_alone_stays_a_search(shop: TestClient) -> None:
    assert shop.get("/zh/products?q=L2").status_code == 200


def test_the_answer_for_a_phone_is_small_and_needs_no_script(shop: TestClient) -> None:
    sheet = Path("frontend/static/verify.css").read_bytes()
    for one in BATCHES.values():
        page = shop.get(f"/v/{one.code}").text
        assert "<script" not in page
        assert len(page.encode()) + len(sheet) <= 6_000


def test_what_is_typed_is_never_markup(shop: TestClient) -> None:
    typed = '<script>alert(1)</script>"'
    page = shop.get(f"/zh/find?id={quote(typed)}").text
    assert "<script>alert" not in page


def sheet(shop: TestClient, address: str) -> list[list[str]]:
    answer = shop.get(address)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf"), "a spreadsheet reads it as UTF-8"
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_batches_of_a_product_are_taken_away_with_everything_stated(shop: TestClient, lang: str) -> None:
    page = shop.get(f"/{lang}/products/{PRODUCT_CODE}/batches").text
    address = f"/{lang}/products/{PRODUCT_CODE}/batches.csv"
    assert f'href="{address}"' in page
    lines = sheet(shop, address)
    gap = lines.index([])
    assert "未经认证或核验" in str(lines[:gap]) or "neither certified nor verified" in str(lines[:gap])
    header, *rows = lines[gap + 1 :]
    assert {row[1] for row in rows[:2]} == {BATCHES[n].code for n in (COVERED, ELSEWHERE)}
    covered = dict(zip(header, next(row for row in rows if row[1] == BATCHES[COVERED].code), strict=True))
    values = list(covered.values())
    plant = factories.plant()
    unit = {"zh": "吨", "en": "t"}[lang]
    for said in (
        LOT, "P·O 42.5", plant.code, "2026-05-04", "320", unit, ITEM, HANDLE, "S-1\nS-2",
        "28 d 强度；48.2；MPa；；；；2026-06-01",
    ):  # fmt: skip
        assert said in values, said
    assert rows[-1][-1] == "演示：抄错", "what was taken back says why, and stands last"


def test_a_cell_that_looks_like_a_formula_is_text() -> None:
    evil = BATCHES[TWIN].model_copy(update={"number": "=1+1", "serials": ("@x",)})
    line = batch_files._line(evil, None, Words("zh"))
    assert tables.csv_bytes([line]).decode("utf-8-sig").startswith("'=1+1,")
    assert ",'@x," in tables.csv_bytes([line]).decode("utf-8-sig")


def test_a_long_list_comes_in_parts(shop: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch_files, "MOST_ROWS", 2)
    page = Page(shop.get(f"/zh/products/{PRODUCT_CODE}/batches").text)
    found = [one for one in page.all("a") if "batches.csv" in one.attributes["href"]]
    assert [one.text for one in found] == ["下载 CSV（第 1 至 2 个）", "下载 CSV（第 3 至 3 个）"]
    parts = [sheet(shop, one.attributes["href"]) for one in found]
    codes = [row[1] for lines in parts for row in lines[lines.index([]) + 2 :]]
    assert sorted(codes) == sorted(BATCHES[n].code for n in (COVERED, ELSEWHERE, GONE))
    assert "本表 2 行，共 3 个结果" in str(parts[0])
    assert shop.get(f"/zh/products/{BATCHES[TWIN].code}/batches.csv").status_code == 404
