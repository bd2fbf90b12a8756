"""The interface of product lists: the whole way by machine, hostile files, and nothing for third parties."""

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from registry.access.actors import ANONYMOUS, Actor
from registry.access.http import current_actor
from registry.applications.http import Desk
from registry.kit.clock import asked_now
from registry.kit.db import write_session
from tests import applicants, factories, product_files
from tests.applicants import BODY_OFFICER, FIRST, MAKER, NOW, OTHER_MAKER, SECOND
from tests.interface import interface
from tests.product_files import row, rows

ROOT = "/api/v1/bulk"
As = Callable[[Actor], TestClient]


@pytest.fixture
def ask(engine: Engine, tmp_path: Path) -> Iterator[As]:
    """A client that speaks as whoever is named."""
    with write_session(engine) as session:
        applicants.registered(session)
    with interface(engine, tmp_path) as client:
        app: Any = client.app
        app.dependency_overrides[asked_now] = lambda: NOW
        app.state.applications = Desk(tmp_path / "evidence", 10, 1)

        def speak(actor: Actor) -> TestClient:
            app.dependency_overrides[current_actor] = lambda: actor
            return client

        yield speak


def sent(client: TestClient, data: bytes, name: str = "清单.xlsx") -> Any:
    return client.post(ROOT, files={"file": (name, data)})


def stands(answer: Any) -> dict[str, Any]:
    assert answer.status_code in (200, 201), answer.text
    found: dict[str, Any] = answer.json()
    return found


def step(client: TestClient, number: str, name: str, case: dict[str, Any], **given: Any) -> dict[str, Any]:
    address = f"/api/v1/applications/{number}/{name}"
    return stands(client.post(address, json={"revision": case["revision"], **given}))


def test_the_whole_way_by_machine(ask: As) -> None:
    maker = ask(MAKER)
    data = product_files.as_xlsx([*rows(5), row(6, strength="7")])
    kept = stands(sent(maker, data))
    at = f"{ROOT}/{kept['id']}"
    assert (kept["rows"], kept["checked"], kept["application"]) == (6, 0, None)
    kept = stands(maker.post(f"{at}/check", json={}))
    assert (kept["checked"], kept["counts"]) == (6, {"ok": 5, "warning": 0, "error": 1})
    bad = stands(maker.get(f"{at}/rows?verdict=error"))["items"]
    assert [(one["row"], one["findings"][0]["path"]) for one in bad] == [(7, "product.attributes.strength")]
    kept = stands(maker.post(f"{at}/commit", json={"rows": 5}))
    assert stands(sent(maker, data))["application"] == kept["application"]
    assert [one["id"] for one in stands(maker.get(ROOT))["items"]] == [kept["id"]]
    number = kept["application"]
    case = {"revision": stands(ask(FIRST).get(f"/api/v1/applications/{number}"))["revision"]}
    assert len(stands(ask(FIRST).get(f"{at}/rows?sample=true"))["items"]) == 5
    case = step(ask(FIRST), number, "take", case)
    case = step(ask(FIRST), number, "approve", case, looks=[])
    case = step(ask(SECOND), number, "take", case)
    assert step(ask(SECOND), number, "publish", case, looks=[])["state"] == "published"
    names = [one["product"]["name_zh"] for one in stands(ask(ANONYMOUS).get("/api/v1/products"))["items"]]
    assert sum("批量" in name for name in names) == 5


def test_pages_of_rows_join_without_a_gap(ask: As) -> None:
    maker = ask(MAKER)
    kept = stands(sent(maker, product_files.as_csv(rows(7)), "list.csv"))
    seen, after = [], 0
    while after is not None:
        page = stands(maker.get(f"{ROOT}/{kept['id']}/rows?limit=3&after={after}"))
        seen += [one["row"] for one in page["items"]]
        after = page["next_after"]
    assert seen == list(range(2, 9))


def test_a_filled_in_template_comes_through_and_its_annotated_copy_can_be_sent_again(ask: As) -> None:
    maker = ask(MAKER)
    answer = maker.get(f"{ROOT}/template?kind={factories.CEMENT}&lang=en")
    assert answer.status_code == 200
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    assert {"Material kind*", "Fineness (m²/kg)"} <= set(heads)
    assert "42.5,52.5" in str([one.formula1 for one in sheet.data_validations.dataValidation])
    filled = dict(zip(product_files.ENGLISH, row(1, name_en="=1+1"), strict=True))
    for place, head in enumerate(heads, 1):
        sheet.cell(2, place, "").value = filled.get(str(head).replace("*", "").replace(" (m²/kg)", ""))
        sheet.cell(2, place).data_type = "s"
    content = io.BytesIO()
    book.save(content)
    kept = stands(sent(maker, content.getvalue()))
    kept = stands(maker.post(f"{ROOT}/{kept['id']}/check", json={}))
    assert kept["counts"] == {"ok": 1, "warning": 0, "error": 0}
    copy = maker.get(f"{ROOT}/{kept['id']}/file").content
    cells = [cell for line in openpyxl.load_workbook(io.BytesIO(copy)).active.iter_rows() for cell in line]  # type: ignore[union-attr]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}, "no cell is a formula"
    assert "=1+1" in [cell.value for cell in cells]
    again = stands(sent(maker, copy))
    assert again["unread_columns"] == ["行号", "检查结果", "检查说明"]
    assert stands(maker.post(f"{ROOT}/{again['id']}/check", json={}))["counts"]["ok"] == 1


def bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"<c>" + bytes(60_000_000))
    return content.getvalue()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.xlsx"),
        (b"%PDF-1.7\n", "a.xlsx"),
        (b"PK\x03\x04 broken", "a.xlsx"),
        (bomb(), "a.xlsx"),
        (b"\x00\xff" * 500, "a.csv"),
        (b'"open,quote\n' * 50, "a.csv"),
        (product_files.as_csv([row(1)]).replace("材料种类".encode(), b""), "a.csv"),
        (product_files.as_csv(rows(10_001)), "a.csv"),
    ],
)
def test_a_hostile_or_useless_file_is_refused_with_a_sentence_and_leaves_nothing(
    ask: As, data: bytes, name: str
) -> None:
    answer = sent(ask(MAKER), data, name)
    assert answer.status_code in (413, 422), answer.text
    assert answer.json()["title"]
    assert stands(ask(MAKER).get(ROOT))["items"] == []


def test_signs_that_no_database_keeps_are_told_row_by_row(ask: As) -> None:
    data = product_files.as_csv([row(1, name_en="a\x00b", gtin="1\x002"), row(2, name_zh="x" * 5000)])
    answer = sent(ask(MAKER), data, "a\x00.csv")
    if answer.status_code == 422:
        assert answer.json()["code"].startswith("bom.read.")
        return
    kept = stands(ask(MAKER).post(f"{ROOT}/{stands(answer)['id']}/check", json={}))
    assert kept["counts"] == {"ok": 0, "warning": 0, "error": 2}


def test_a_list_is_deleted_until_it_is_handed_in(ask: As) -> None:
    maker = ask(MAKER)
    first = stands(sent(maker, product_files.as_csv(rows(1)), "a.csv"))
    second = stands(sent(maker, product_files.as_csv(rows(2)), "b.csv"))
    for stranger, status in ((OTHER_MAKER, 404), (FIRST, 404), (BODY_OFFICER, 404), (ANONYMOUS, 401)):
        assert ask(stranger).delete(f"{ROOT}/{first['id']}").status_code == status
    left = stands(ask(MAKER).delete(f"{ROOT}/{first['id']}"))
    assert [one["id"] for one in left["items"]] == [second["id"]]
    assert ask(MAKER).delete(f"{ROOT}/{first['id']}").status_code == 404
    assert ask(MAKER).get(f"{ROOT}/{first['id']}").status_code == 404
    at = f"{ROOT}/{second['id']}"
    stands(ask(MAKER).post(f"{at}/check", json={}))
    number = stands(ask(MAKER).post(f"{at}/commit", json={"rows": 2}))["application"]
    refused = ask(MAKER).delete(at)
    assert (refused.status_code, refused.json()["code"]) == (409, "bulk-handed-in")
    assert number in refused.json()["title"]
    assert stands(ask(MAKER).get(at))["application"] == number


def test_others_see_nothing_and_learn_nothing(ask: As) -> None:
    kept = stands(sent(ask(MAKER), product_files.as_csv(rows(2)), "list.csv"))
    for address in ("", "/rows", "/file"):
        at = f"{ROOT}/{kept['id']}{address}"
        assert ask(ANONYMOUS).get(at).status_code == 401
        missing = f"{ROOT}/{factories.key('no list')}{address}"
        for actor in (OTHER_MAKER, FIRST, BODY_OFFICER):
            assert ask(actor).get(at).json() == ask(actor).get(missing).json()
            assert ask(actor).get(at).status_code == 404
    for name in ("check", "commit"):
        given = {"rows": 2} if name == "commit" else {}
        assert ask(OTHER_MAKER).post(f"{ROOT}/{kept['id']}/{name}", json=given).status_code == 404
    assert sent(ask(BODY_OFFICER), product_files.as_csv(rows(1)), "a.csv").status_code == 403
    assert sent(ask(ANONYMOUS), product_files.as_csv(rows(1)), "a.csv").status_code == 401
