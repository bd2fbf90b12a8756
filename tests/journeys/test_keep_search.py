"""A buyer keeps proof of a search for the file in at most four steps, and has it as a PDF."""

import hashlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.journeys.conftest import Visits
from tests.journeys.driving import DESK, everywhere

MOST_STEPS = 4
NAMES = {
    "zh": ("预拌混凝土 C30", "存档这次检索", "打印或另存为 PDF", "检索存档", "复制地址"),
    "en": (
        "Ready-mixed concrete C30", "Keep this search", "Print or save as PDF", "Kept search",
        "Copy the address",
    ),
}  # fmt: skip
CRITERIA = {
    "zh": ("预拌混凝土", "C30", "证书有效"),
    "en": ("Ready-mixed concrete", "C30", "Certificate valid"),
}
pytestmark = pytest.mark.browser


@everywhere
def test_a_search_becomes_proof_for_the_file(visits: Visits, lang: str, width: int, scripts: bool) -> None:
    popular, keep, print_it, title, copy = NAMES[lang]
    visitor = visits(width=width, most=MOST_STEPS, scripts=scripts)
    visitor.starts(f"/{lang}/")
    visitor.follows(popular)
    total = re.search(r"\d+", visitor.page.locator("#found").inner_text())
    assert total is not None
    visitor.presses(keep)
    number = visitor.heading.removeprefix(title).strip()
    assert re.fullmatch(r"S-\d{4}-[0-9A-Z]{6}-[0-9A-Z]", number)
    assert visitor.sees(copy) is scripts
    visitor.follows(print_it)
    shown = visitor.page.get_by_role("main").inner_text()
    assert all(word in shown for word in (number, *CRITERIA[lang]))
    assert re.search(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", shown)
    assert visitor.page.locator("table tbody tr").count() == int(total[0])
    visitor.page.go_back()
    visitor.page.reload()
    assert number in visitor.heading, "back and reload keep it, and keep nothing twice"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_its_pdf_holds_number_time_criteria_digest_and_last_row(
    visits: Visits, lang: str, tmp_path: Path
) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    _, keep, *_ = NAMES[lang]
    visitor = visits(width=DESK, most=MOST_STEPS)
    visitor.starts(f"/{lang}/products?kind=concrete.ready-mixed&performance=C30&province=330000&sort=gwp")
    visitor.presses(keep)
    address = visitor.page.url
    document = visitor.page.request.get(f"{address}.json")
    visitor.page.goto(f"{address}?print=1")
    visitor.page.pdf(path=tmp_path / "kept.pdf", format="A4")
    told = subprocess.run(
        ["pdftotext", "-raw", tmp_path / "kept.pdf", "-"], capture_output=True, check=True, timeout=60
    ).stdout.decode()
    read = re.sub(r"\s+", "", told)
    sealed = document.json()
    rows = sealed["content"]["rows"]
    assert len(rows) > 5
    wanted = [sealed["number"], address, hashlib.sha256(document.body()).hexdigest(), "演示数据·无效凭证"]
    wanted += [rows[-1]["number"], rows[-1]["maker"][lang], rows[-1]["certificate"]["number"]]
    wanted += [one["said"][lang] for one in sealed["content"]["filters"]]
    assert [word for word in wanted if re.sub(r"\s+", "", word) not in read] == []
    assert re.search(r"\d{4}-\d\d-\d\d\d\d:\d\d:\d\d", read), "the time, to the second"
