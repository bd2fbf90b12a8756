"""Checks by the interface: from upload to replay, wrong inputs refused by name, nothing half saved."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import func, select
from sqlmodel import col

from catalogue.checks.models import CheckRow, ReportRow
from registry.kit.db import read_session
from registry.kit.problems import MEDIA_TYPE
from tests.frontend import check_site
from tests.frontend.check_site import LIKELY, NOBODY, PACK, PROVEN, SERVICE, bill
from tests.seeded import TODAY as DAY
from tests.seeded import Seeded

CHECKS = "/api/v1/checks"
UNKNOWN = f"{CHECKS}/not-a-check"


@pytest.fixture(scope="module")
def api(seeded: Seeded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with check_site.opened(seeded, tmp_path_factory.mktemp("api")) as client:
        yield client


def upload(api: TestClient, content: bytes, name: str = "清单.csv", **fields: str) -> Response:
    return api.post(CHECKS, data={"pack": PACK, **fields}, files={"file": (name, content)})


def started(api: TestClient, *lines: tuple[str, ...]) -> dict[str, Any]:
    answer = upload(api, bill(*(lines or (PROVEN, LIKELY, SERVICE))), project="示例中学（虚构）")
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def settled(api: TestClient, *lines: tuple[str, ...]) -> dict[str, Any]:
    check = started(api, *lines)
    return said(api.put(f"{check['href']}/columns", json={"revision": check["revision"]}))


def said(answer: Response, status: int = 200) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


def refused(answer: Response, status: int, code: str) -> dict[str, Any]:
    assert answer.headers["content-type"] == MEDIA_TYPE
    found = said(answer, status)
    assert (found["code"], found["status"]) == (code, status)
    return found


def decide(api: TestClient, check: dict[str, Any], *decisions: dict[str, Any]) -> Response:
    body = {"revision": check["revision"], "decisions": list(decisions)}
    return api.post(f"{check['href']}/decisions", json=body)


def lines_of(api: TestClient, check: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = said(api.get(f"{check['href']}/lines"))["lines"]
    return found


def kept(api: TestClient) -> tuple[int, int]:
    """How many checks and reports the database holds."""
    with read_session(api.app.state.engine) as session:  # type: ignore[attr-defined]
        counts = [session.scalar(select(func.count()).select_from(row)) for row in (CheckRow, ReportRow)]
    return counts[0] or 0, counts[1] or 0


def test_a_bill_goes_from_upload_to_a_report_that_replays(api: TestClient) -> None:
    check = started(api)
    assert (check["pack"], check["day"], check["project"]) == (PACK, DAY.isoformat(), "示例中学（虚构）")
    columns = said(api.get(f"{check['href']}/columns"))["sheets"][0]
    assert {one["role"] for one in columns["columns"]} >= {"name", "unit", "quantity", "certificate"}
    assert columns["missing"] == []
    check = said(api.put(f"{check['href']}/columns", json={"revision": check["revision"]}))
    proven, likely, service = lines_of(api, check)
    assert (proven["standing"], likely["standing"], service["standing"]) == (
        "proven", "open", "not_a_material",
    )  # fmt: skip
    best = likely["candidates"][0]
    check = said(decide(api, check, {"line": likely["line"], "choice": best["product_id"]}))
    assert check["lines"]["confirmed"] == 1
    made = said(api.post(f"{check['href']}/reports", json={"revision": check["revision"]}), 201)
    report = api.get(made["href"])
    assert hashlib.sha256(report.content).hexdigest() == made["sha256"]
    assert [one["outcome"] for one in report.json()["lines"]] == ["pass", "fail", None]
    assert said(api.post(f"{made['href']}/replay")) == {
        "number": made["number"], "same": True, "sha256": made["sha256"],
    }  # fmt: skip
    assert said(api.get(check["href"]))["reports"] == [made["number"]]


def test_the_same_lines_under_another_rule_make_a_further_report_and_keep_the_first(api: TestClient) -> None:
    check = settled(api)
    first = said(api.post(f"{check['href']}/reports", json={"revision": check["revision"]}), 201)
    before = api.get(first["href"]).content
    asked = {"revision": first["revision"], "pack": "chengdu-2024", "day": "2026-06-30", "choices": {}}
    check = said(api.put(f"{check['href']}/settings", json=asked))
    second = said(api.post(f"{check['href']}/reports", json={"revision": check["revision"]}), 201)
    assert second["number"] != first["number"]
    assert api.get(second["href"]).json()["input"]["pack_id"] == "chengdu-2024"
    assert api.get(first["href"]).content == before


def test_columns_are_settled_as_they_are_named(api: TestClient) -> None:
    check = started(api, PROVEN)
    named = {"A": "name", "B": "spec", "C": "unit", "D": "quantity"}
    body = {"revision": check["revision"], "sheets": [{"sheet": "清单", "columns": named}]}
    sheet = said(api.get(f"{check['href']}/columns"))["sheets"][0]["sheet"]
    body["sheets"][0]["sheet"] = sheet
    check = said(api.put(f"{check['href']}/columns", json=body))
    [line] = lines_of(api, check)
    assert line["quantity"] == "800"
    assert line["standing"] == "open", "without maker and number nothing is proven"


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"A": "name", "B": "name", "C": "unit", "D": "quantity"}, "column-role-twice"),
        ({"A": "name", "C": "unit"}, "bom.columns.no-quantity"),
    ],
)
def test_columns_that_cannot_be_read_change_nothing(
    api: TestClient, columns: dict[str, str], code: str
) -> None:
    check = started(api, PROVEN)
    sheet = said(api.get(f"{check['href']}/columns"))["sheets"][0]["sheet"]
    body = {"revision": check["revision"], "sheets": [{"sheet": sheet, "columns": columns}]}
    refused(api.put(f"{check['href']}/columns", json=body), 422, code)
    assert said(api.get(check["href"])) == check


def test_a_sheet_that_is_not_there_is_named(api: TestClient) -> None:
    check = started(api, PROVEN)
    body = {"revision": check["revision"], "sheets": [{"sheet": "没有这张"}]}
    found = refused(api.put(f"{check['href']}/columns", json=body), 404, "check-sheet-not-found")
    assert found["facts"] == {"sheet": "没有这张"}


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"pack": "no-such-rule"}, 404, "rule-pack-not-found"),
        ({"day": "2026/13/40"}, 422, "check-day-unreadable"),
        ({"day": "1999-01-01"}, 404, "rule-pack-not-found"),
    ],
)
def test_an_upload_with_wrong_fields_leaves_nothing(
    api: TestClient, fields: dict[str, str], status: int, code: str
) -> None:
    before = kept(api)
    refused(upload(api, bill(PROVEN), **fields), status, code)
    assert kept(api) == before


def test_a_file_that_cannot_be_read_leaves_nothing(api: TestClient) -> None:
    before = kept(api)
    found = said(upload(api, b"\x00\x01\x02", "bill.xlsx"), 422)
    assert found["code"].startswith("bom.read.")
    refused(api.post(CHECKS, data={"pack": PACK}), 422, "check-file-missing")
    refused(upload(api, b"x" * (12 * 1024 * 1024)), 413, "too-large")
    assert kept(api) == before


def test_unknown_checks_and_reports_are_not_found(api: TestClient) -> None:
    body = {"revision": 0}
    for answer in (
        api.get(UNKNOWN),
        api.delete(UNKNOWN),
        api.get(f"{UNKNOWN}/columns"),
        api.put(f"{UNKNOWN}/columns", json=body),
        api.get(f"{UNKNOWN}/lines"),
        api.post(f"{UNKNOWN}/decisions", json={**body, "decisions": []}),
        api.post(f"{UNKNOWN}/reports", json=body),
        api.get(f"{UNKNOWN}/reports/R-1"),
        api.post(f"{UNKNOWN}/reports/R-1/replay"),
    ):
        refused(answer, 404, "check-not-found")
    check = started(api, PROVEN)
    refused(api.get(f"{check['href']}/reports/R-1"), 404, "report-not-found")


def test_the_report_of_one_check_is_not_read_through_another(api: TestClient) -> None:
    check, other = settled(api, PROVEN), settled(api, PROVEN)
    made = said(api.post(f"{check['href']}/reports", json={"revision": check["revision"]}), 201)
    refused(api.get(f"{other['href']}/reports/{made['number']}"), 404, "report-not-found")


def test_of_two_people_at_once_the_second_is_refused_and_nothing_of_it_is_saved(api: TestClient) -> None:
    check = settled(api, LIKELY)
    [line] = lines_of(api, check)
    first = said(decide(api, check, {"line": line["line"], "choice": "none"}))
    refused(decide(api, check, {"line": line["line"], "quantity": "7"}), 409, "check-changed-meanwhile")
    stale = {"revision": check["revision"]}
    refused(api.post(f"{check['href']}/reports", json=stale), 409, "check-changed-meanwhile")
    asked = {**stale, "pack": "chengdu-2024", "day": "2026-06-30"}
    refused(api.put(f"{check['href']}/settings", json=asked), 409, "check-changed-meanwhile")
    refused(api.put(f"{check['href']}/columns", json=stale), 409, "check-changed-meanwhile")
    assert said(api.get(check["href"])) == first
    assert lines_of(api, check)[0]["quantity"] == line["quantity"]


@pytest.mark.parametrize(
    ("wrong", "status", "code"),
    [
        ({"line": "没有!9"}, 404, "check-line-not-found"),
        ({"choice": "not-an-id"}, 422, "check-choice-unreadable"),
        ({"choice": "00000000-0000-0000-0000-000000000000"}, 404, "code-not-found"),
        ({"ratio_kind": "Q9z"}, 422, "check-ratio-kind-unknown"),
        ({"material_kind": "no-such-kind"}, 422, "check-kind-unknown"),
        ({"unit": "no-such-unit"}, 422, "line.unit-unknown"),
        ({"quantity": "-1"}, 422, "not-understood"),
        ({"quantity": "NaN"}, 422, "not-understood"),
        ({"colour": "green"}, 422, "not-understood"),
    ],
)
def test_one_wrong_decision_refuses_them_all(
    api: TestClient, wrong: dict[str, str], status: int, code: str
) -> None:
    check = settled(api, LIKELY, NOBODY)
    first, second = lines_of(api, check)
    good = {"line": first["line"], "choice": "none"}
    refused(decide(api, check, good, {"line": second["line"], **wrong}), status, code)
    assert said(api.get(check["href"])) == check


def test_a_plant_of_another_product_is_refused(api: TestClient) -> None:
    check = settled(api, LIKELY)
    [line] = lines_of(api, check)
    wrong = {
        "line": line["line"],
        "choice": line["candidates"][0]["product_id"],
        "plant_id": "00000000-0000-0000-0000-000000000000",
    }
    refused(decide(api, check, wrong), 422, "check-plant-unknown")
    assert said(api.get(check["href"])) == check


def test_corrections_are_laid_over_those_made_before(api: TestClient) -> None:
    check = settled(api, LIKELY)
    [line] = lines_of(api, check)
    check = said(decide(api, check, {"line": line["line"], "quantity": "12.5"}))
    check = said(decide(api, check, {"line": line["line"], "delivery": "2026-05-01"}))
    [line] = lines_of(api, check)
    assert (line["quantity"], line["delivery"]) == ("12.5", "2026-05-01")


@pytest.mark.parametrize("choices", [{"unused_group": "no-such"}, {"no_such_point": "x"}])
def test_an_answer_the_rule_does_not_offer_is_refused(api: TestClient, choices: dict[str, str]) -> None:
    check = settled(api, PROVEN)
    asked = {"revision": check["revision"], "pack": PACK, "day": "2026-06-30", "choices": choices}
    refused(api.put(f"{check['href']}/settings", json=asked), 422, "check-answer-unknown")
    assert said(api.get(check["href"])) == check


def test_no_report_before_the_columns_are_settled(api: TestClient) -> None:
    check = started(api, PROVEN)
    before = kept(api)
    body = {"revision": check["revision"]}
    refused(api.post(f"{check['href']}/reports", json=body), 409, "check-not-ready")
    assert kept(api) == before


def test_deleting_a_check_deletes_its_reports(api: TestClient) -> None:
    check = settled(api, PROVEN)
    made = said(api.post(f"{check['href']}/reports", json={"revision": check["revision"]}), 201)
    assert said(api.delete(check["href"])) == {"reports": 1}
    refused(api.get(made["href"]), 404, "check-not-found")
    with read_session(api.app.state.engine) as session:  # type: ignore[attr-defined]
        left = session.scalars(select(ReportRow).where(col(ReportRow.number) == made["number"])).all()
    assert left == []


def test_sentences_come_in_the_language_that_is_asked_for(api: TestClient) -> None:
    assert "没有找到" in said(api.get(UNKNOWN), 404)["title"]
    assert "was not found" in said(api.get(f"{UNKNOWN}?lang=en"), 404)["title"]
