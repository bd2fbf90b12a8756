"""A contractor finds why a line does not count, takes another product, and sees what that changed."""

import re

import pytest

from tests.journeys.conftest import Visits
from tests.journeys.driving import twice
from tests.journeys.places import BILL, RULE

MOST_STEPS = 5
TO_REPORT = 8
ROW = 20  # boards of a maker who only declares them itself
NAMES = {
    "zh": (
        "核对清单", "材料清单", "核算规则", "上传并继续", "保存并逐行匹配", "保存并生成报告",
        "第 {row} 行",
    ),
    "en": (
        "Check a bill", "Bill of materials", "Rule", "Upload and continue", "Save and match the lines",
        "Save and make the report", "Row {row}",
    ),
}  # fmt: skip
MEND = {"zh": "处理第 {row} 行", "en": "Mend Row {row}"}
SAID = {
    "zh": (
        "先做哪几步",
        "还差什么",
        "与上一份报告相比",
        r"第 20 行.*换成",
        "1号楼：应用比例由 41%–59.3% 变为",
    ),
    "en": (
        "What to do first",
        "What is missing",
        "Compared with the report before",
        r"Row 20.*was swapped for",
        "1号楼: the ratio went from 41%–59.3% to ",
    ),
}
pytestmark = pytest.mark.browser


@twice
def test_a_line_that_does_not_count_is_mended(visits: Visits, lang: str, width: int, scripts: bool) -> None:
    check, bill, rule, upload, match, report, row = NAMES[lang]
    first, missing, compared, swapped, ratio = SAID[lang]
    visitor = visits(width=width, most=TO_REPORT, scripts=scripts)
    visitor.starts(f"/{lang}/")
    visitor.follows(check)
    visitor.attaches(bill, BILL)
    visitor.selects(rule, RULE)
    visitor.presses(upload)
    visitor.presses(match)
    visitor.settles_every_line()
    visitor.presses(report)
    said = visitor.page.get_by_role("main").inner_text()
    assert said.index(first) < said.index(missing)
    assert compared not in said

    visitor.steps.clear()
    visitor.most = MOST_STEPS
    visitor.follows(MEND[lang].format(row=ROW))
    visitor.takes_another(row.format(row=ROW))
    visitor.presses(report)
    changed = visitor.page.get_by_role("main").inner_text()
    assert compared in changed
    assert re.search(swapped, changed), "the old choice stands beside the new one"
    assert ratio in changed
    assert re.search(r"R-\d{8}-[0-9A-F]{8}-2", changed)
