"""A buyer finds the lowest-carbon valid C30 concrete of Zhejiang in at most six steps."""

import pytest

from seeds.demo.cases import CASES
from tests.journeys.conftest import Visits
from tests.journeys.driving import PHONE, everywhere

CASE = CASES["lowest-zhejiang-c30"]
MOST_STEPS = 6
NAMES = {
    "zh": ("预拌混凝土 C30", "筛选条件", "浙江省", "应用筛选", "碳足迹从低到高", "示例预拌混凝土 C30"),
    "en": (
        "Ready-mixed concrete C30", "Filters", "Zhejiang", "Apply filters", "Lowest footprint",
        "Sample ready-mixed concrete C30",
    ),
}  # fmt: skip
pytestmark = pytest.mark.browser


@everywhere
def test_the_lowest_valid_product_of_a_province(visits: Visits, lang: str, width: int, scripts: bool) -> None:
    popular, filters, province, apply, lowest, product = NAMES[lang]
    visitor = visits(width=width, most=MOST_STEPS, scripts=scripts)
    visitor.starts(f"/{lang}/")
    visitor.follows(popular)
    if width == PHONE:
        visitor.unfolds(filters)
    visitor.chooses(province)
    if visitor.sees(apply):
        visitor.presses(apply)
    visitor.follows(lowest)
    visitor.follows(product)
    assert visitor.path == f"/{lang}/products/{CASE.records['product_lowest'].code}"
    assert CASE.numbers["lowest"] in visitor.page.get_by_role("main").inner_text()
