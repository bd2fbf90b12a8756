"""A product list in front of its reviewers: counts, a sample, rows found, and rows sent back."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests import product_files
from tests.frontend.reading import Page
from tests.officers import CASES, Office, office, post, shown
from tests.product_files import row, rows

BULK = "/zh/account/maker/bulk"
COUNT = 60


@pytest.fixture
def site(empty_database: Engine, tmp_path: Path) -> Iterator[Office]:
    with office(empty_database, tmp_path) as opened:
        yield opened


def handed_in(site: Office) -> tuple[str, str]:
    """A list of sixty rows and one more in error: its page and its number."""
    data = product_files.as_csv([*rows(COUNT), row(99, unit="?")])
    maker = site["maker"]
    address = str(maker.post(BULK, files={"file": ("清单.csv", data)}).headers["location"])
    maker.post(f"{address}/check", data={})
    maker.post(f"{address}/commit", data={"rows": str(COUNT)})
    found = re.search(r"D-2026-[0-9A-Z-]+", shown(maker, address))
    assert found is not None
    return address, found[0]


def shown_rows(site: Office, address: str) -> list[str]:
    """The paths of the rows on a page of the officer who took the case, in their order."""
    page = Page(site["first"].get(address).text)
    return [one.attributes["value"] for one in page.all("input") if one.attributes.get("name") == "path"]


def test_an_officer_sees_counts_a_sample_and_the_rows_of_each_sort(site: Office) -> None:
    _, number = handed_in(site)
    case = f"{CASES}/{number}"
    assert "清单.csv" in shown(site["first"], "/zh/account/review/queue")
    text = shown(site["first"], case)
    assert "可提交 60 行，其中有提示 0 行；有错误 1 行" in text
    assert "需修改" not in text, "no form before the case is taken"
    assert post(site["first"], number, "take").status_code == 303
    assert len(set(shown_rows(site, case))) == 20
    assert shown_rows(site, case) == shown_rows(site, case), "the sample stays the same"
    assert shown_rows(site, f"{case}?words=批量 0004") == [f"rows.{n}" for n in range(41, 51)]
    assert shown_rows(site, f"{case}?words=b-7") == ["rows.8"]
    assert shown_rows(site, f"{case}?words=%25") == []
    every = shown_rows(site, f"{case}?rows=every")
    assert every == [f"rows.{n}" for n in range(2, 42)]
    assert "rows=every&amp;row=42" in site["first"].get(f"{case}?rows=every").text
    assert shown_rows(site, f"{case}?rows=every&row=42") == [f"rows.{n}" for n in range(42, COUNT + 2)]
    assert shown_rows(site, f"{case}?row=60") == ["rows.60", "rows.61"]
    assert shown_rows(site, f"{case}?rows=nothing&row=x&words=") == shown_rows(site, case)
    assert "没有这样的行" in shown(site["first"], f"{case}?row=900000")


def test_rows_are_sent_back_with_a_note_each_and_the_maker_reads_them(site: Office) -> None:
    address, number = handed_in(site)
    assert post(site["first"], number, "take").status_code == 303
    refused = post(site["first"], number, "return", **{"path": "rows.9", "note:rows.8": "型号不清"})
    assert refused.status_code == 422
    assert {"rows.8", "rows.9"} <= set(re.findall(r'value="(rows\.\d+)" checked', refused.text))
    unknown = post(site["first"], number, "return", path="rows.62", reason="演示退回")
    assert unknown.status_code == 422, "a row that was in error was not handed in"
    given = {"path": "rows.9", "note:rows.8": "型号不清", "reason": "演示退回"}
    assert post(site["first"], number, "return", **given).status_code == 303
    page = shown(site["maker"], address)
    assert all(
        text in page for text in ("审核退回", "演示退回", "第 8 行", "型号不清", "第 9 行", "撤回申报")
    )
    listed = shown(site["maker"], "/zh/account/maker")
    assert "清单.csv" in listed
    assert site["maker"].get(f"/zh/account/maker/{number}").headers["location"] == address
    assert site["maker"].get(f"/zh/account/maker/{number}/check").headers["location"] == address
    for part in ("receipt", "history", "withdraw"):
        assert number in shown(site["maker"], f"/zh/account/maker/{number}/{part}")


def test_two_officers_publish_a_list_and_it_can_be_taken_out(site: Office) -> None:
    address, number = handed_in(site)
    for name, step in (("first", "approve"), ("second", "publish")):
        assert post(site[name], number, "take").status_code == 303
        assert post(site[name], number, step).status_code == 303
    assert "已公开" in shown(site["maker"], address)
    assert post(site["first"], number, "remove", reason="演示移出").status_code == 303
    assert "已移出" in shown(site["maker"], address)


def test_a_page_of_rows_stays_small(site: Office) -> None:
    _, number = handed_in(site)
    post(site["first"], number, "take")
    answer = site["first"].get(f"{CASES}/{number}?rows=every", headers={"accept-encoding": "gzip"})
    assert int(answer.headers["content-length"]) < 15_000


def test_rows_in_english_name_their_fields_in_english(site: Office) -> None:
    _, number = handed_in(site)
    text = shown(site["first"], f"{CASES}/{number}?row=8".replace("/zh/", "/en/"))
    assert "Row 8" in text
    assert "Strength class: 42.5" in text
    assert "All rows handed in (60)" in text
    assert "Rows with hints" not in text, "no tab that leads to nothing"
