"""A bill on its way from upload to deletion: what is taken in, what is refused, what is kept."""

from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select, update
from sqlmodel import col

from catalogue.checks.models import CheckRow, ReportRow
from frontend.pages.check_desk import MOST_FIELDS
from registry.kit import clock
from registry.kit.db import read_session, write_session
from tests.frontend.check_site import (
    HEAD,
    LIKELY,
    PROVEN,
    SERVICE,
    Visitor,
    bill,
    filled,
    page,
    places,
)

DEMO_BILL = Path("frontend/static/demo-bill.xlsx")


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


