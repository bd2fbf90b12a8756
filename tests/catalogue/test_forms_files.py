"""Official forms as files: cited, marked, printable, and offered only where the rule has them."""

import io
from collections.abc import Iterator

import docx
import pytest
from docx.enum.section import WD_ORIENTATION
from docx.oxml.ns import qn
from fastapi.testclient import TestClient
from python_calamine import CalamineWorkbook

from seeds.demo.bill import FILE
from tests.catalogue.forms_reading import FORMS, STAMP, UNITS, content, formulas, reported, sheets, table
from tests.catalogue.test_checks_api import said, settled, started, upload
from tests.frontend import check_site
from tests.frontend.check_site import PROVEN
from tests.seeded import Seeded


@pytest.fixture(scope="module")
def api(seeded: Seeded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with check_site.opened(seeded, tmp_path_factory.mktemp("forms")) as client:
        yield client


@pytest.fixture(scope="module")
def href(api: TestClient) -> str:
    """The report of the example bill: three units, green lines, failing ones, open ones."""
    check = upload(api, FILE.read_bytes(), "demo.xlsx", project="示例中学（虚构）").json()
    check = said(api.put(f"{check['href']}/columns", json={"revision": check["revision"]}))
    return reported(api, check)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_cites_its_place_and_says_that_it_is_a_demonstration(
    api: TestClient, href: str, form: str
) -> None:
    for grid in sheets(api, href, form, "裙房"):
        top = [str(row[0]) for row in grid[:3]]
        assert top[0] == STAMP
        assert "四川省建筑工程绿色建材应用比例核算技术细则（试行）" in top[2]
        assert ("附录" in top[2]) is (form in {"planned", "completed"})
    paper = docx.Document(io.BytesIO(content(api, href, form, "docx", "裙房")))
    assert paper.sections[0].header.paragraphs[0].text == STAMP


@pytest.mark.parametrize("form", FORMS)
def test_the_document_says_what_the_workbook_says(api: TestClient, href: str, form: str) -> None:
    paper = docx.Document(io.BytesIO(content(api, href, form, "docx", "1号楼")))
    bodies = [one for one in paper.tables if one.rows[0]._tr.trPr is not None]
    grids = sheets(api, href, form, "1号楼")
    assert len(bodies) == len(grids)
    for body, grid in zip(bodies, grids, strict=True):
        first = body.rows[0].cells[0].text
        start = next(place for place, row in enumerate(grid) if row[0] == first)
        assert [cell.text for cell in body.rows[0].cells] == grid[start]
        for row, values in zip(list(body.rows)[1:], grid[start + 1 :], strict=False):
            said_here = [cell.text for cell in row.cells]
            alike = [
                (text, value)
                for text, value in zip(said_here, values, strict=True)
                if isinstance(value, str) and value
            ]
            assert all(text == value for text, value in alike)
            figures = [
                (text, value)
                for text, value in zip(said_here, values, strict=True)
                if isinstance(value, float)
            ]
            assert all(_figure(text) == pytest.approx(value, abs=0.0005) for text, value in figures)


def _figure(text: str) -> float:
    return float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)


def test_the_document_is_a4_across_in_song_with_repeating_headings_and_page_numbers(
    api: TestClient, href: str
) -> None:
    paper = docx.Document(io.BytesIO(content(api, href, "completed", "docx", "1号楼")))
    page = paper.sections[0]
    assert page.orientation == WD_ORIENTATION.LANDSCAPE
    assert page.page_width is not None
    assert (round(page.page_width.mm), round((page.page_height or 0) / 36_000)) == (297, 210)
    fonts = paper.styles["Normal"].element.rPr.rFonts
    assert (fonts.get(qn("w:eastAsia")), fonts.get(qn("w:ascii"))) == ("宋体", "SimSun")
    fields = [one.get(qn("w:instr")) for one in page.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    repeating = [table for table in paper.tables if table.rows[0]._tr.findall(f".//{qn('w:tblHeader')}")]
    assert len(repeating) == 2


def test_a_rule_without_annexed_forms_offers_none(api: TestClient) -> None:
    check = settled(api, PROVEN)
    asked = {"revision": check["revision"], "pack": "chengdu-2024", "day": "2026-06-30", "choices": {}}
    check = said(api.put(f"{check['href']}/settings", json=asked))
    made = reported(api, check)
    assert said(api.get(f"{made}/forms")) == {"pack": "chengdu-2024", "forms": []}
    assert said(api.get(f"{made}/forms/planned.xlsx"), 404)["code"] == "form-not-found"


def test_a_unit_may_stay_unnamed_only_where_there_is_one(api: TestClient, href: str) -> None:
    assert said(api.get(f"{href}/forms/planned.xlsx"), 404)["code"] == "unit-not-found"
    assert said(api.get(f"{href}/forms/planned.xlsx?unit=9"), 404)["facts"]["units"] == ", ".join(UNITS)
    assert said(api.get(f"{href}/forms/nonsense.xlsx?unit=1"), 404)["code"] == "form-not-found"
    assert said(api.get(f"{href}/forms/planned.pdf"), 404)["code"] == "not-found"
    single = reported(api, settled(api, PROVEN))
    listed = said(api.get(f"{single}/forms"))["forms"]
    assert [one["form"] for one in listed] == list(FORMS)
    for one in listed:
        assert [unit["unit"] for unit in one["units"]] == ["—"]
        assert all(api.get(address).status_code == 200 for address in one["units"][0]["files"].values())
    assert api.get(f"{single}/forms/planned.docx").status_code == 200


def test_words_of_a_bill_never_become_a_formula(api: TestClient) -> None:
    check = started(api, ("=1+1", "@SUM(A1)", "m3", "5", "", "", ""))
    check = said(api.put(f"{check['href']}/columns", json={"revision": check["revision"]}))
    raw = content(api, reported(api, check), "supply", "xlsx", "—")
    [row] = table(CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0).to_python(), "清单行")
    assert (row["材料名称"], row["规格型号"]) == ("=1+1", "@SUM(A1)")
    assert formulas(raw) == []
