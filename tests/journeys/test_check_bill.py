"""A contractor takes the messy example bill to its report: eight steps, and one for each line to confirm."""

import re

import pytest

from tests.journeys.conftest import Visits
from tests.journeys.driving import twice
from tests.journeys.places import BILL, RULE

MOST_STEPS = 8
NAMES = {
    "zh": (
        "核对清单", "材料清单", "核算规则", "上传并继续", "保存并逐行匹配", "保存并生成报告",
        "绿色建材应用比例核算报告",
    ),
    "en": (
        "Check a bill", "Bill of materials", "Rule", "Upload and continue", "Save and match the lines",
        "Save and make the report", "Green material application ratio report",
    ),
}  # fmt: skip
pytestmark = pytest.mark.browser


@twice
def test_the_messy_bill_to_its_report(visits: Visits, lang: str, width: int, scripts: bool) -> None:
    check, bill, rule, upload, match, report, title = NAMES[lang]
    visitor = visits(width=width, most=MOST_STEPS, scripts=scripts)
    visitor.starts(f"/{lang}/")
    visitor.follows(check)
    visitor.attaches(bill, BILL)
    visitor.selects(rule, RULE)
    visitor.presses(upload)
    visitor.presses(match)
    settled = visitor.settles_every_line()
    visitor.presses(report)
    assert settled > 10, "the bill is messy"
    assert visitor.heading == title
    shown = visitor.page.get_by_role("main").inner_text()
    assert re.search(r"R-\d{8}-[0-9A-F]{8}-1", shown)
    for building in ("1号楼", "2号楼", "裙房"):
        assert building in shown
