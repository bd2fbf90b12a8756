"""Anyone types a number into the front page and reads the verdict as the first words, in one step."""

import pytest

from seeds.demo.cases import CASES
from tests.journeys.conftest import Visits
from tests.journeys.driving import PHONE, everywhere

MOST_STEPS = 1
FIELDS = {"zh": "登记号或证书编号", "en": "Registry or certificate number"}
VERDICTS = {
    CASES["lowest-zhejiang-c30"].records["product_lowest"].code: "登记信息：证书有效，有效期至",
    CASES["lowest-zhejiang-c30"].records["certificate_suspended"].code: "登记信息：证书自2026年9月15日起暂停",
    CASES["withdrawn"].records["certificate"].code: "登记信息：证书已于2026年6月18日撤销",
    CASES["cancelled"].records["certificate"].code: "登记信息：证书已于2026年8月3日注销",
    CASES["expired"].records["certificate"].code: "登记信息：证书已过期，有效期止于2026年10月31日",
    "演示-2099-9999999": "本库没有登记这个编号",
}
IDS = ("valid", "suspended", "withdrawn", "cancelled", "expired", "unknown")
pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("number", "verdict"), VERDICTS.items(), ids=IDS)
def test_the_verdict_comes_first(visits: Visits, number: str, verdict: str) -> None:
    visitor = visits(width=PHONE, most=MOST_STEPS)
    visitor.starts("/zh/")
    visitor.fills(FIELDS["zh"], number)
    assert visitor.heading.startswith(verdict)
    assert number in visitor.page.get_by_role("main").inner_text()


@everywhere
def test_the_box_is_found_at_every_width(visits: Visits, lang: str, width: int, scripts: bool) -> None:
    number = CASES["lowest-zhejiang-c30"].records["certificate_lowest"].code
    visitor = visits(width=width, most=MOST_STEPS, scripts=scripts)
    visitor.starts(f"/{lang}/")
    visitor.fills(FIELDS[lang], number)
    assert "证书有效" in visitor.heading
    assert "certificate valid" in visitor.heading


def test_a_mistyped_number_leads_to_the_near_one(visits: Visits) -> None:
    number = CASES["lowest-zhejiang-c30"].records["product_lowest"].code
    letter = "7" if number[6] != "7" else "8"
    visitor = visits(width=PHONE, most=MOST_STEPS + 1)
    visitor.starts("/zh/verify")
    visitor.fills(FIELDS["zh"], number[:6] + letter + number[7:])
    visitor.follows(number)
    assert "证书有效" in visitor.heading
