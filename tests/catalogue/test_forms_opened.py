"""LibreOffice, another program altogether, reads the forms as we wrote them: columns, rows, totals, words."""

import io
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import docx
import pytest
from python_calamine import CalamineWorkbook

from seeds.demo.bill import FILE
from tests.catalogue.forms_reading import FORMS, UNITS, Grid, content, reported
from tests.catalogue.test_checks_api import said, upload
from tests.frontend import check_site
from tests.seeded import Seeded

pytestmark = pytest.mark.skipif(shutil.which("soffice") is None, reason="soffice is not installed")

UNIT = UNITS[0]


@pytest.fixture(scope="module")
def written(seeded: Seeded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, bytes]]:
    """Every form of one unit of the example bill, both kinds of file, by file name."""
    with check_site.opened(seeded, tmp_path_factory.mktemp("forms")) as api:
        check = upload(api, FILE.read_bytes(), "demo.xlsx", project="示例中学（虚构）").json()
        check = said(api.put(f"{check['href']}/columns", json={"revision": check["revision"]}))
        href = reported(api, check)
        yield {
            f"{form}.{kind}": content(api, href, form, kind, UNIT)
            for form in FORMS
            for kind in ("xlsx", "docx")
        }


@pytest.fixture(scope="module")
def opened(written: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same files after LibreOffice opened them and saved them anew, workbooks and documents."""
    home, saved = tmp_path_factory.mktemp("office"), tmp_path_factory.mktemp("saved")
    for name, raw in written.items():
        (home / name).write_bytes(raw)
    for kind, wanted in (("xlsx", "xlsx"), ("docx", "txt:Text (encoded):UTF8"), ("docx", "pdf")):
        profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"  # two at once share none
        files = [str(home / f"{form}.{kind}") for form in FORMS]
        command = ["soffice", profile, "--headless", "--convert-to", wanted, "--outdir", str(saved), *files]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
    return saved


@pytest.mark.parametrize("form", FORMS)
def test_every_cell_of_the_workbook_arrives(written: Mapping[str, bytes], opened: Path, form: str) -> None:
    ours, theirs = grids(written[f"{form}.xlsx"]), grids((opened / f"{form}.xlsx").read_bytes())
    assert theirs.keys() == ours.keys()
    for name, grid in ours.items():
        found, wanted = filled(theirs[name]), filled(grid)
        assert found.keys() == wanted.keys()
        assert all(found[place] == pytest.approx(wanted[place]) for place in wanted)


@pytest.mark.parametrize("form", FORMS)
def test_every_word_of_the_document_arrives(written: Mapping[str, bytes], opened: Path, form: str) -> None:
    paper = docx.Document(io.BytesIO(written[f"{form}.docx"]))
    words = {
        text
        for table in paper.tables
        for row in table.rows
        for cell in row.cells
        for text in cell.text.split()
    }
    seen = (opened / f"{form}.txt").read_text("utf-8-sig")
    assert words
    assert [word for word in words if word not in seen] == []
    assert (opened / f"{form}.pdf").read_bytes().startswith(b"%PDF")


def grids(raw: bytes) -> dict[str, Grid]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def filled(grid: Grid) -> dict[tuple[int, int], object]:
    return {
        (down, across): cell for down, row in enumerate(grid) for across, cell in enumerate(row) if cell != ""
    }
