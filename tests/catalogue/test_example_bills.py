"""Three large bills from file to report: columns guessed, no row lost, kinds known, and in good time."""

import json
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

import frontend
from catalogue.bom.columns import ListForm, guess_columns
from catalogue.bom.headers import REQUIRED
from catalogue.bom.lines import SuppliedBy
from catalogue.checks import service, store
from catalogue.checks.inputs import Standing
from catalogue.checks.state import CheckState
from registry.changes import feed
from registry.changes.reading import Point
from registry.kit.db import write_session
from registry.kit.sheets import read
from seeds.demo.bills.plan import BillPlan, Entry, FormName, SheetPlan, entries, plans
from seeds.demo.bills.writing import FOLDER, STAMP, write_all
from tests.frontend import check_site
from tests.frontend.check_site import PACK
from tests.seeded import NOW, Seeded
from tests.seeded import TODAY as DAY
from tests.seeds.demo_fixtures import register

BILLS = {bill.id: bill for bill in plans()}
FORMS = {
    FormName.SUMMARY: ListForm.LABOUR_MATERIAL_PLANT,
    FormName.MAIN: ListForm.MAIN_MATERIALS,
    FormName.WORKS: ListForm.WORK_ITEMS,
    FormName.OWNER_PLAIN: ListForm.OWNER_SUPPLIED,
    FormName.OWNER_2013: ListForm.OWNER_SUPPLIED,
    FormName.OWNER_2024: ListForm.OWNER_SUPPLIED,
    FormName.CONTRACTOR_2013: ListForm.CONTRACTOR_SUPPLIED,
    FormName.CONTRACTOR_2024: ListForm.CONTRACTOR_SUPPLIED,
    FormName.PROVISIONAL_2013: ListForm.PROVISIONAL_PRICE,
    FormName.PROVISIONAL_2024: ListForm.PROVISIONAL_PRICE,
}
LEAST_KNOWN = 0.9
SECONDS = 10


@dataclass(frozen=True, slots=True)
class Walked:
    """A bill on its way: its state with lines matched, its report, and the processor seconds both took."""

    bill: BillPlan
    state: CheckState
    report: dict[str, Any]
    same: bool
    seconds: float


def content(bill: BillPlan) -> bytes:
    return (FOLDER / bill.file_name).read_bytes()


def planned(bill: BillPlan) -> list[tuple[SheetPlan, tuple[Entry, ...]]]:
    return [(sheet, lines) for sheet, lines in entries(bill) if sheet.form is not FormName.WORKS]


@pytest.fixture(scope="module")
def checks(seeded: Seeded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with check_site.opened(seeded, tmp_path_factory.mktemp("bills")) as client:
        yield client


@pytest.fixture(scope="module", params=BILLS)
def walked(request: pytest.FixtureRequest, checks: TestClient) -> Walked:
    """By the service alone, the columns left as they were guessed."""
    bill = BILLS[request.param]
    site = checks.app.state  # type: ignore[attr-defined]
    started = time.process_time()
    state = service.start(content(bill), bill.file_name, service.settings_for(bill.project, PACK, DAY))
    with write_session(site.engine) as session:
        at = Point(DAY, feed.head(session).seq)
        state = service.settle_columns(session, site.desk.search, state, state.columns, at=at)
        token = store.create(session, state, now=NOW, days=1)
        kept, number = service.make_report(session, store.get(session, token, now=NOW), now=NOW)
        seconds = time.process_time() - started
        text = store.report(session, kept, number).report
        same = service.replay(session, text)
        store.remove(session, kept)
    return Walked(bill, state, json.loads(text), same, seconds)


@pytest.mark.parametrize("name", BILLS)
def test_every_column_of_every_form_is_guessed(name: str) -> None:
    bill = BILLS[name]
    sheets = {sheet.name: sheet for sheet in read(content(bill), bill.file_name).visible}
    for plan, _ in entries(bill):
        found = guess_columns(sheets[plan.tab])
        assert found.form is FORMS[plan.form]
        assert found.missing == ()
        assert all(choice.header for choice in found.choices if choice.role in REQUIRED)
        assert found.confidence >= Decimal("0.6")


def test_the_bill_is_read_from_its_lists_and_not_from_its_work_items(walked: Walked) -> None:
    in_use = [columns.sheet for columns in walked.state.columns]
    assert in_use == [sheet.tab for sheet, _ in planned(walked.bill)]


def test_no_line_is_lost_changed_or_made_up(walked: Walked) -> None:
    wanted = [(sheet.tab, line) for sheet, lines in planned(walked.bill) for line in lines]
    read_back = [line.line for line in walked.state.lines]
    assert len(read_back) == len(wanted)
    for line, (tab, entry) in zip(read_back, wanted, strict=True):
        assert (line.sheet, line.name, line.spec) == (tab, entry.item.name, entry.spec)
        assert (line.quantity, line.building) == (entry.quantity, entry.building)
        assert line.unit is not None
        assert line.problems == ()
        if line.loss_rate is not None:
            assert line.loss_rate * 100 == entry.item.loss
    assert any(line.loss_rate is not None for line in read_back) is (walked.bill.id != "hospital")
    assert sum(len(lines) for _, lines in planned(BILLS["school"])) == 400


def test_every_row_is_a_line_or_skipped_with_a_reason(walked: Walked) -> None:
    sheets = {sheet.name: sheet for sheet in read(content(walked.bill), walked.bill.file_name).visible}
    seen = {(line.line.sheet, line.line.row) for line in walked.state.lines}
    seen |= {(row.sheet, row.row) for row in walked.state.skipped}
    used = [columns.sheet for columns in walked.state.columns]
    assert seen == {(name, row.number) for name in used for row in sheets[name].rows}


def test_nine_of_ten_materials_have_a_kind(walked: Walked) -> None:
    materials = [line for line in walked.state.lines if line.standing is not Standing.NOT_A_MATERIAL]
    known = [line for line in materials if line.material_kind is not None]
    assert len(known) >= LEAST_KNOWN * len(materials), Counter(
        line.line.name for line in materials if line.material_kind is None
    )


def test_who_buys_is_read_from_the_form_or_the_column(walked: Walked) -> None:
    owners = {sheet.tab for sheet, _ in planned(walked.bill) if FORMS[sheet.form] is ListForm.OWNER_SUPPLIED}
    for line in walked.state.lines:
        if line.line.sheet in owners:
            assert line.line.supplied_by is SuppliedBy.OWNER
    assert owners


def test_the_report_has_a_unit_for_each_building_and_replays(walked: Walked) -> None:
    buildings = {entry.building for _, lines in planned(walked.bill) for entry in lines}
    assert {unit["unit_id"] for unit in walked.report["units"]} == buildings
    assert len(walked.report["lines"]) == len(walked.state.lines)
    assert walked.same


def test_it_is_matched_in_good_time(walked: Walked) -> None:
    assert walked.seconds <= SECONDS, f"{len(walked.state.lines)} lines took {walked.seconds:.1f} s"


@pytest.mark.parametrize("name", BILLS)
def test_the_shipped_files_are_what_the_register_gives(name: str, tmp_path: Path) -> None:
    write_all(register(), tmp_path)
    bill = BILLS[name]
    assert (tmp_path / bill.file_name).read_bytes() == content(bill)
    assert (Path(frontend.__file__).parent / "static" / bill.file_name).read_bytes() == content(bill)
    assert len(content(bill)) <= 200_000


@pytest.mark.parametrize("name", BILLS)
def test_every_sheet_says_that_it_is_a_demonstration(name: str) -> None:
    bill = BILLS[name]
    for sheet in read(content(bill), bill.file_name).visible:
        assert any(STAMP in str(cell) for row in sheet.rows[:3] for cell in row.cells)
