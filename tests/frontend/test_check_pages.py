"""A bill on its way from upload to deletion: what is taken in, what is refused, what is kept."""

from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select, update
from sqlmodel import col

from catalogue.checks.models import CheckRow, ReportRow
from frontend.pages.check_desk import MOST_FIELDS
from registry.kit import clock
from registry.kit.db import read_session, write_session
from tests.frontend.check_site import (
    LIKELY,
    PROVEN,
    SERVICE,
    Visitor,
    bill,
    filled,
    page,
    places,
    workbook,
)


def kept(site: TestClient) -> int:
    with read_session(site.app.state.engine) as session:  # type: ignore[attr-defined]
        return session.scalar(select(func.count(col(CheckRow.id)))) or 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_bill_goes_from_upload_to_report_in_three_forms(checks: TestClient, lang: str) -> None:
    visitor = Visitor(checks, lang)
    start = visitor.page(f"/{lang}/check")
    assert start.one("input", name="file").attributes["accept"] == ".xlsx,.csv"
    uploaded = visitor.upload(bill(PROVEN, LIKELY, SERVICE))
    settled = visitor.send(uploaded.headers["location"])
    match = settled.headers["location"]
    reported = visitor.send(match, then="report")
    assert reported.status_code == 303
    number = reported.headers["location"].rpartition("/")[2]
    assert number.startswith("R-")
    assert number in checks.get(reported.headers["location"]).text
    assert f"{match.removesuffix('match')}report/{number}" in visitor.page(match).links


def test_the_address_that_is_kept_leads_to_the_next_step(checks: TestClient) -> None:
    visitor = Visitor(checks)
    columns = visitor.columns(LIKELY)
    kept_address = columns.removesuffix("/columns")
    assert checks.get(kept_address).headers["location"] == columns
    assert checks.get(f"{kept_address}/match").headers["location"] == columns
    match = visitor.send(columns).headers["location"]
    assert checks.get(kept_address).headers["location"] == match


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (None, "", "没有选择文件"),
        (b"", "清单.csv", "空"),
        (b"%PDF-1.7 ...", "清单.xlsx", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "清单.xls", ""),
        (b"1,2,3\n" * (30 << 20 >> 3), "清单.csv", "10"),
    ],
    ids=["no file", "empty", "pdf renamed", "old excel", "too large"],
)
def test_a_file_that_cannot_be_used_is_refused_in_words_and_leaves_nothing(
    checks: TestClient, content: bytes | None, name: str, said: str
) -> None:
    before = kept(checks)
    answer = Visitor(checks).upload(content, name)
    assert answer.status_code in {413, 422}
    assert said in page(answer, answer.status_code).words
    assert kept(checks) == before


def test_a_file_too_large_brings_the_form_back(checks: TestClient) -> None:
    answer = Visitor(checks).upload(b"1,2,3\n" * (2 << 20))
    shown = page(answer, 413)
    assert shown.one("input", name="file")
    assert "10 MB" in shown.one("p", id="file-error").text


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"pack": "no-such-pack"}, "pack"),
        ({"day": "下个月"}, "day"),
        ({"day": "2026-02-30"}, "day"),
        ({"day": ""}, "day"),
        ({"day": "2010-01-01"}, "day"),
        ({"project": "长" * 121}, "project"),
    ],
)
def test_settings_that_cannot_be_read_are_named_and_what_was_typed_stays(
    checks: TestClient, fields: dict[str, str], field: str
) -> None:
    before = kept(checks)
    shown = page(Visitor(checks).upload(bill(LIKELY), **fields), 422)
    assert shown.one("p", id=f"{field}-error").text.removeprefix("错误：") in shown.words
    assert f"#{field}" in shown.links
    if field != "pack":
        assert filled(shown)[field] == fields[field]
    assert kept(checks) == before


def test_a_bill_in_the_old_chinese_encoding_reads_the_same(checks: TestClient) -> None:
    visitor = Visitor(checks)
    answer = visitor.upload(bill(LIKELY).decode().replace("㎡", "m2").encode("gbk"))
    shown = visitor.page(answer.headers["location"])
    assert "预拌混凝土" in shown.words


def test_a_bill_without_a_quantity_column_asks_for_it(checks: TestClient) -> None:
    visitor = Visitor(checks)
    head = ("材料名称", "规格型号", "单位", "用", "生产厂家", "证书编号", "供货日期")
    columns = visitor.columns(LIKELY, head=head)
    changes = {name: "" for name, role in filled(visitor.page(columns)).items() if role == "quantity"}
    refused = page(visitor.send(columns, **changes), 422)
    assert "请指出“数量”在哪一列" in refused.words
    settled = visitor.send(columns, **{"role-0-3": "quantity"})
    assert settled.status_code == 303
    assert "200 m³" in visitor.page(settled.headers["location"]).words


def test_columns_that_make_no_sense_are_named_and_nothing_is_saved(checks: TestClient) -> None:
    visitor = Visitor(checks)
    columns = visitor.columns(LIKELY)
    for changes, said in (
        ({"role-0-0": "quantity"}, "只能对应一列"),
        ({"header-0": "第三行"}, "不是行号"),
        ({"header-0": "9-1"}, "不是行号"),
    ):
        refused = page(visitor.send(columns, **changes), 422)
        assert said in refused.words
        assert filled(refused)[next(iter(changes))] == next(iter(changes.values()))
    none = {name: value for name, value in filled(visitor.page(columns)).items() if name != "use-0"}
    assert "请至少勾选一张" in page(checks.post(columns, data=none), 422).words
    assert checks.get(columns.replace("/columns", "/match")).headers["location"] == columns


def test_columns_settled_in_another_tab_are_not_overwritten(checks: TestClient) -> None:
    visitor = Visitor(checks)
    columns = visitor.columns(LIKELY)
    late = filled(visitor.page(columns)) | {"role-0-1": "remark"}
    assert visitor.send(columns).status_code == 303
    shown = page(checks.post(columns, data=late), 409)
    assert "这一页过时了" in shown.words
    assert filled(shown)["role-0-1"] == "remark"
    assert checks.post(columns, data=filled(shown)).status_code == 303


def test_a_sheet_taken_up_without_its_columns_is_read_by_the_guess_and_then_offers_them(
    checks: TestClient,
) -> None:
    visitor = Visitor(checks)
    columns = visitor.upload(workbook(6), "清单.xlsx").headers["location"]
    shown = visitor.page(columns)
    assert shown.all("select", name="role-0-0")
    assert not shown.all("select", name="role-5-0"), "only the first of many unused sheets are laid open"
    refused = page(visitor.send(columns, **{"use-5": "1"}), 422)
    assert "工作表“备注5”：请指出“数量”在哪一列。" in refused.words
    assert refused.all("select", name="role-5-0")


def test_a_check_never_made_deleted_or_expired_is_not_found(checks: TestClient) -> None:
    visitor = Visitor(checks)
    address = visitor.columns(LIKELY).removesuffix("/columns")
    for path in ("", "/columns", "/match", "/delete", "/report/R-1"):
        assert checks.get(f"/zh/check/no-such-check{path}").status_code == 404
    past = clock.now() - timedelta(seconds=1)
    with write_session(checks.app.state.engine) as session:  # type: ignore[attr-defined]
        newest = select(func.max(col(CheckRow.created_at))).scalar_subquery()
        session.execute(update(CheckRow).where(col(CheckRow.created_at) == newest).values(expires_at=past))
    assert checks.get(f"{address}/columns").status_code == 404
    assert "没有找到这次核对" in checks.get(address).text


def test_deleting_takes_the_reports_along(checks: TestClient) -> None:
    visitor = Visitor(checks)
    match = visitor.match(PROVEN)
    report = visitor.send(match, then="report").headers["location"]
    number = report.rpartition("/")[2]
    address = match.removesuffix("/match")
    asked = visitor.page(f"{address}/delete")
    assert "清单.csv" in asked.words
    done = checks.post(f"{address}/delete")
    assert done.headers["location"] == "/zh/check/deleted"
    assert "已删除" in visitor.page("/zh/check/deleted").words
    assert checks.get(match).status_code == checks.get(report).status_code == 404
    with read_session(checks.app.state.engine) as session:  # type: ignore[attr-defined]
        assert session.get(ReportRow, number) is None


def test_a_form_of_another_site_changes_nothing(checks: TestClient) -> None:
    address = Visitor(checks).columns(LIKELY).removesuffix("/columns")
    for path in ("/columns", "/match", "/delete"):
        answer = checks.post(address + path, headers={"sec-fetch-site": "cross-site"})
        assert answer.status_code == 403
    assert checks.get(f"{address}/columns").status_code == 200


def test_a_form_of_too_many_fields_or_bytes_is_refused(checks: TestClient) -> None:
    columns = Visitor(checks).columns(LIKELY)
    many = {f"f{n}": "" for n in range(MOST_FIELDS + 1)}
    parts = [(name, (None, value)) for name, value in many.items()]
    assert checks.post(columns, files=parts).status_code == 400
    assert checks.post(columns, data={"a": "1" * (3 << 20)}).status_code == 413
    assert checks.get(columns).status_code == 200


def test_half_characters_and_unknown_encodings_break_nothing(checks: TestClient) -> None:
    part = b'--x\r\nContent-Disposition: form-data; name="project"\r\n\r\n%s\r\n--x--\r\n'
    for value in (b"+2AA-", b"\xed\xa0\x80", b"\x00\xff"):  # half a character, in UTF-7 and in UTF-8
        for charset in ("", "; charset=utf-7", "; charset=no-such"):
            kind = f"multipart/form-data; boundary=x{charset}"
            answer = checks.post("/zh/check", content=part % value, headers={"content-type": kind})
            assert page(answer, 422).one("input", name="file")


def test_the_example_bill_is_on_the_page_and_reads_to_sixty_lines(checks: TestClient) -> None:
    visitor = Visitor(checks)
    example = next(link for link in visitor.page("/zh/check").links if "demo-bill.xlsx" in link)
    content = checks.get(example).content
    columns = visitor.upload(content, "示例.xlsx").headers["location"]
    match = visitor.send(columns).headers["location"]
    everything = visitor.page(f"{match}?show=all")
    assert "60 行" in everything.words
    assert len(places(everything)) == 25
    assert len(places(visitor.page(f"{match}?show=all&page=3"))) == 10
