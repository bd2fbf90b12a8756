"""Bad bills through the real site: each gets its sentence and remedy, and nothing of it is kept."""

import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import func, select
from sqlmodel import col

from catalogue.checks.models import CheckRow
from registry.kit.db import read_session
from registry.kit.messages import catalogue
from tests.catalogue import bom_files as files
from tests.catalogue.test_bom_zoo import ZOO
from tests.databases import environment_of
from tests.frontend.check_site import HEAD, LIKELY, PACK, Visitor, bill, line, page
from tests.frontend.reading import Page
from tests.seeded import TODAY as DAY
from tests.seeded import Seeded

MEASURED = f"""
import resource, sys
from pathlib import Path
from fastapi.testclient import TestClient
from frontend.app import create_app
from registry.kit.settings import load
folder = Path(sys.argv[1])
with TestClient(create_app(load()), follow_redirects=False) as site:
    with (folder / "large.xlsx").open("rb") as upload:
        fields = {{"pack": "{PACK}", "day": "{DAY}"}}
        answer = site.post("/zh/check", data=fields, files={{"file": ("large.xlsx", upload)}})
    assert answer.status_code == 303, answer.text
    assert site.get(answer.headers["location"]).status_code == 200
# the peak since exec: ru_maxrss would begin with the size of the process that started this one
print(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def kept(site: TestClient) -> int:
    with read_session(site.app.state.engine) as session:  # type: ignore[attr-defined]
        return session.scalar(select(func.count(col(CheckRow.id)))) or 0


def sentence(key: str, lang: str) -> re.Pattern[str]:
    """The sentence of a key with anything in the places of its facts."""
    return re.compile(re.sub(r"\\\{\w+\\\}", ".+", re.escape(catalogue(lang)[key])))


def said_beside_the_file(shown: Page) -> str:
    assert "#file" in shown.links, "the summary leads to the field"
    return shown.one("p", id="file-error").text


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", ZOO)
def test_a_bad_file_gets_its_sentence_and_leaves_nothing(checks: TestClient, name: str, lang: str) -> None:
    content, key, _ = ZOO[name]
    before = kept(checks)
    shown = page(Visitor(checks, lang).upload(content, "清单.xlsx"), 422)
    assert sentence(key, lang).search(said_beside_the_file(shown))
    assert shown.one("html").attributes["lang"].startswith(lang)
    assert kept(checks) == before
    assert checks.get("/healthz").json() == {"status": "ok"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_thirty_megabytes_are_refused_unread(checks: TestClient, lang: str) -> None:
    before = kept(checks)
    shown = page(Visitor(checks, lang).upload(b"1,2,3\n" * (30 * 2**20 // 6)), 413)
    assert sentence("check.upload-too-large", lang).search(said_beside_the_file(shown))
    assert kept(checks) == before


def row(number: int, *cells: str) -> str:
    """One row of sheet XML; a cell that begins with < is XML already, an empty one is left out."""
    written = [
        f'<c r="{"ABCDEFG"[place]}{number}"{cell or " "}'
        if cell.startswith((" ", ">"))
        else f'<c r="{"ABCDEFG"[place]}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
        for place, cell in enumerate(cells)
        if cell
    ]
    return f'<row r="{number}">{"".join(written)}</row>'


def sheet(*rows: tuple[str, ...], before: str = "") -> bytes:
    return files.raw_xlsx(
        f"{before}<sheetData>{''.join(row(n, *cells) for n, cells in enumerate(rows, 1))}</sheetData>"
    )


def test_a_stale_dimension_hides_no_row(checks: TestClient) -> None:
    """A sheet that says it ends at B2 and goes on for a thousand rows is read to its end."""
    content = sheet(HEAD, *[LIKELY] * 1000, before='<dimension ref="A1:B2"/>')
    visitor = Visitor(checks)
    columns = visitor.upload(content, "清单.xlsx").headers["location"]
    assert re.search(r"1,?001 行有内容", visitor.page(columns).words)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_workbook_with_macros_is_read_and_its_macros_are_named(checks: TestClient, lang: str) -> None:
    plain = sheet(HEAD, LIKELY)
    with zipfile.ZipFile(written := io.BytesIO(plain), "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")
    visitor = Visitor(checks, lang)
    shown = visitor.page(visitor.upload(written.getvalue(), "清单.xlsm").headers["location"])
    assert sentence("bom.note.macros-ignored", lang).search(shown.words)
    assert LIKELY[0] in shown.words


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_formula_counts_by_its_saved_result_and_is_named_without_one(checks: TestClient, lang: str) -> None:
    saved, unsaved = "><f>100+100</f><v>200</v></c>", "><f>100+100</f></c>"
    rows = [(*LIKELY[:3], quantity, *LIKELY[4:]) for quantity in (saved, unsaved)]
    visitor = Visitor(checks, lang)
    columns = visitor.upload(sheet(HEAD, *rows), "清单.xlsx").headers["location"]
    assert sentence("bom.note.formula-uncached", lang).search(visitor.page(columns).words)
    shown = visitor.page(visitor.send(columns).headers["location"])
    assert "200" in line(shown, 0).text
    found = sentence("bom.line.quantity-uncached", lang).search(line(shown, 1).text)
    assert found is not None
    assert re.search(r"第 3 行|[Rr]ow 3", found[0])


FAULTS = {
    "0": "bom.line.quantity-zero",
    "-5": "bom.line.quantity-negative",
    "": "bom.line.quantity-missing",
    "若干": "bom.line.quantity-not-a-number",
    "约五十": "bom.line.quantity-approximate",
    "10~20": "bom.line.quantity-range",
    "1,23": "bom.line.quantity-comma",
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("typed", FAULTS)
def test_a_quantity_that_cannot_count_is_named_with_its_row_and_remedy(
    checks: TestClient, typed: str, lang: str
) -> None:
    visitor = Visitor(checks, lang)
    shown = visitor.page(visitor.match(LIKELY, (*LIKELY[:3], typed, *LIKELY[4:])))
    found = sentence(FAULTS[typed], lang).search(line(shown, 1).text)
    assert found is not None
    assert re.search(r"第 3 行|[Rr]ow 3", found[0])


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("unit", "key"), [("斗", "bom.line.unit-unknown"), ("", "bom.line.unit-missing")])
def test_a_unit_that_is_not_known_is_named_with_its_row_and_remedy(
    checks: TestClient, unit: str, key: str, lang: str
) -> None:
    visitor = Visitor(checks, lang)
    shown = visitor.page(visitor.match(LIKELY, (*LIKELY[:2], unit, *LIKELY[3:])))
    found = sentence(key, lang).search(line(shown, 1).text)
    assert found is not None
    assert re.search(r"第 3 行|[Rr]ow 3", found[0])


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_a_bill_of_any_usual_encoding_is_read(checks: TestClient, encoding: str) -> None:
    visitor = Visitor(checks)
    content = bill(LIKELY).decode().encode(encoding)
    shown = visitor.page(visitor.upload(content).headers["location"])
    assert all(text in shown.words for text in (LIKELY[0], *HEAD[:4]))


def test_a_form_that_is_no_upload_is_refused_in_words(checks: TestClient) -> None:
    before = kept(checks)
    for answer in (
        checks.post("/zh/check", data={"file": "not a file", "pack": PACK, "day": DAY.isoformat()}),
        checks.post("/zh/check", content=b"\xff\xfe", headers={"Content-Type": "application/json"}),
        checks.post(
            "/zh/check", content=b"--x\r\n", headers={"Content-Type": "multipart/form-data; boundary=x"}
        ),
        checks.post("/zh/check", content=b"broken", headers={"Content-Type": "multipart/form-data"}),
    ):
        assert answer.status_code in {400, 413, 422}
        assert Page(answer.text).one("h1").text
    assert kept(checks) == before


def test_an_upload_from_another_site_is_refused(checks: TestClient) -> None:
    before = kept(checks)
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        answer = checks.post("/en/check", files={"file": ("a.csv", bill(LIKELY))}, headers=headers)
        assert answer.status_code == 403
        assert "another site" in Page(answer.text).title
    assert kept(checks) == before


@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss is in kilobytes on Linux")
def test_site_and_child_together_stay_under_600_megabytes(seeded: Seeded, tmp_path: Path) -> None:
    """A fresh process stands for the server: this one has written the register and carries other tests."""
    (tmp_path / "large.xlsx").write_bytes(files.xlsx([[f"材料名称{n}" for n in range(57)]] * 5000))
    with seeded.copy(tmp_path) as settings:
        told = subprocess.run(
            [sys.executable, "-c", MEASURED, str(tmp_path)],
            env=environment_of(settings),
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )
    assert told.returncode == 0, told.stderr[-2000:]
    own, child = map(int, told.stdout.split()[-2:])
    assert own + child < 600 * 1024
