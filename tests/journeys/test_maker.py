"""A maker declares a footprint after three mistakes, comes back to a half-done draft, answers a return."""

from pathlib import Path

import pytest

from seeds.demo.applications import HALF, PRODUCT, REMARK
from tests import evidence_files
from tests.journeys import applying
from tests.journeys.conftest import Visits
from tests.journeys.driving import Visitor, everywhere, twice

FIRST_TRY = {"zh": ("演示-EPD-2026-90099", "约209.1", "2026年1月", "2030-02-30")}
NAMES = {
    "zh": {
        "account": "账户", "role": "以示例制造商登录", "door": "申报", "product": "已登记的产品",
        "carbon": "申报碳足迹", "reuse": "沿用该产品上一份声明的固定内容", "number": "文件编号",
        "sum": "A1–A3 原材料、运输和生产", "from": "有效期起", "to": "有效期至", "file": "添加证明文件",
        "save": "保存并继续", "submit": "提交申报", "done": "已提交", "mine": "我的申报",
        "three": "有 3 处需要修改", "continue": "继续 示例预拌混凝土 C30", "part": "碳足迹声明",
        "density": "密度（kg/m³） （选填）", "correct": "修改 ",
    },
    "en": {
        "account": "Account", "role": "Sign in as example: manufacturer", "door": "Applications",
        "product": "Product in the register", "carbon": "Declare a carbon footprint",
        "reuse": "Take over what this product's last declaration said", "number": "Document number",
        "sum": "A1–A3 Raw materials, transport and production", "from": "Valid from", "to": "Valid to",
        "file": "Add a supporting document", "save": "Save and continue", "submit": "Hand in",
        "done": "Handed in", "mine": "My applications", "three": "There are 3 things to correct",
        "continue": "Continue Sample ready-mixed concrete C30", "part": "Carbon declaration",
        "density": "Density (kg/m³) (optional)", "correct": "Correct ",
    },
}  # fmt: skip
pytestmark = pytest.mark.browser


@twice
def test_a_footprint_is_declared_after_three_mistakes(
    visits: Visits, tmp_path: Path, lang: str, width: int, scripts: bool
) -> None:
    """Eighteen steps from the front page, signing in among them; nothing is typed a second time."""
    named = NAMES[lang]
    visitor = visits(width=width, most=18, scripts=scripts)
    visitor.starts(f"/{lang}/")
    visitor.follows(named["account"])
    visitor.presses(named["role"])
    visitor.follows(named["door"])
    visitor.selects(named["product"], PRODUCT)
    visitor.presses(named["carbon"])
    visitor.presses(named["reuse"])
    typed = dict(zip(("number", "sum", "from", "to"), FIRST_TRY["zh"], strict=True))
    for field, text in typed.items():
        visitor.types(named[field], text)
    visitor.presses(named["save"])
    assert _summary(visitor) == named["three"]
    kept = {field: visitor.page.get_by_label(named[field], exact=True).input_value() for field in typed}
    assert kept == typed
    visitor.types(named["sum"], "２０９．１")
    visitor.types(named["to"], "2030/6/30")
    paper = tmp_path / "declaration.pdf"
    paper.write_bytes(evidence_files.pdf())
    visitor.attaches(named["file"], paper)
    visitor.presses(named["save"])
    visitor.presses(named["submit"])
    assert visitor.heading == named["done"]
    number = visitor.path.split("/")[-2]
    assert number in visitor.page.get_by_role("main").inner_text()


@everywhere
def test_a_half_done_draft_goes_on_at_its_first_open_part(
    visits: Visits, lang: str, width: int, scripts: bool
) -> None:
    """Three steps from the account; the list says what is left."""
    named = NAMES[lang]
    visitor = _at_the_account(visits(width=width, most=2, scripts=scripts), lang)
    visitor.follows(named["door"])
    assert named["part"] in visitor.page.get_by_role("table").inner_text()
    visitor.follows(named["continue"])
    assert visitor.heading == named["part"]
    number = visitor.page.get_by_label(NAMES[lang]["number"], exact=True)
    assert number.input_value() == HALF["carbon.number"]


@twice
def test_a_return_is_answered(visits: Visits, live: str, lang: str, width: int, scripts: bool) -> None:
    """Five steps; one field is open, the reason stands beside it, and the rest is closed."""
    named, returned = NAMES[lang], applying.sent_back(live)
    name = returned["typed"]["product.name_zh"]
    visitor = _at_the_account(visits(width=width, most=5, scripts=scripts), lang)
    visitor.follows(named["door"])
    visitor.follows(named["correct"] + name)
    open_fields = visitor.page.locator("form[novalidate] input:not([type=hidden]):not([type=file])")
    assert [one.get_attribute("name") for one in open_fields.all()] == [applying.PATH]
    assert REMARK in visitor.page.locator("form[novalidate] .field").first.inner_text()
    visitor.types(named["density"], "2400")
    visitor.presses(named["save"])
    visitor.presses(named["submit"])
    assert visitor.heading == named["done"]


def _at_the_account(visitor: Visitor, lang: str) -> Visitor:
    """Signed in before the task begins."""
    visitor.starts(f"/{lang}/account/sign-in")
    visitor.page.locator("button[value=manufacturer]").click()
    visitor.page.wait_for_url("**/account")
    return visitor


def _summary(visitor: Visitor) -> str:
    """The title above all faults, which has the focus; the page's title says it too."""
    assert visitor.page.title().startswith(("错误：", "Error: "))
    summary = visitor.page.get_by_role("alert")
    return str(summary.get_by_role("heading").inner_text())
