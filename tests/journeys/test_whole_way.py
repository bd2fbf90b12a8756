"""From a maker's first click to the public record and through every act of a body, in browsers alone."""

import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from seeds.demo.applications import PLANT
from tests import evidence_files
from tests.journeys.conftest import Visits
from tests.journeys.driving import DESK, PHONE, Visitor
from tests.seeded import TODAY

pytestmark = pytest.mark.browser
MOST = (
    18  # pages sent and links followed by the maker, signing in and the mending of three mistakes among them
)
SECONDS = 5.0  # until what was decided is public
NAME = "示例预拌混凝土 全程（虚构）"
PRODUCT = {
    "product.kind": "concrete.ready-mixed",
    "product.name_zh": NAME,
    "product.name_en": "Sample ready-mixed concrete, the whole way (fictional)",
    "product.models": "C30\nC35",
    "product.unit": "m³",
    "product.density_kg_m3": "2400",
}
CERTIFICATE = {
    "certificate.number": "演示-2026-9100001",
    "certificate.scheme": "graded",
    "certificate.star": "3",
    "certificate.standards": "演示标准 1-2026",
    "certificate.issued_on": "2026-03-01",
    "certificate.valid_from": "2026-03-01",
    "certificate.valid_to": "2031-02-28",
}
MENDED_NUMBER = CERTIFICATE["certificate.number"] + "-A"
ROWS = (
    {"unit_name": "普通混凝土", "product_name": "预拌混凝土", "models": "C30"},
    {"unit_name": "普通混凝土", "product_name": "预拌混凝土", "models": "C35"},
)
MISTAKES = {
    "carbon.modules.A1-A3": "约209.1",
    "carbon.declared_amount": "一",
    "carbon.valid_to": "2030-02-30",
}
MENDED = {"carbon.modules.A1-A3": "209.1", "carbon.declared_amount": "1", "carbon.valid_to": "2030-06-30"}
CARBON = {
    "carbon.document": "footprint_report",
    "carbon.number": "演示-碳足迹-2026-91001",
    "carbon.standard": "GB/T 24067-2024",
    "carbon.indicator": "GWP-total",
    "carbon.declared_unit": "m³",
    "carbon.data_kind": "specific",
    "carbon.verification": "none",
    "carbon.valid_from": "2026-01-01",
}
LOOK = {"platform": "演示平台（虚构）", "checked_on": "2026-11-20", "result": "agrees"}
ACTS = (  # what is read first after each act of the body, and whether an objection is told beside it
    ("暂停", "暂停", False), ("登记异议", "暂停", True), ("异议处理完毕", "暂停", False),
    ("恢复", "有效", False), ("变更换证", "有效", False), ("撤销", "撤销", False),
)  # fmt: skip


People = Callable[..., Visitor]


@pytest.fixture
def people(visits: Visits, town: str) -> People:
    """One browser for each person, signed in by the button of the demonstration."""

    def person(label: str, *, most: int = 99) -> Visitor:
        visitor = visits(width=DESK, most=most)
        visitor.site = town
        visitor.starts("/zh/account/sign-in")
        visitor.presses(f"以示例{label}登录")
        return visitor

    return person


def fill(visitor: Visitor, texts: Mapping[str, str]) -> None:
    """Fields of one page, by their names; nothing is sent."""
    for name, text in texts.items():
        field = visitor.page.locator(f'[name="{name}"]:visible').first
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(text)
        else:
            field.fill(text)


def text(visitor: Visitor) -> str:
    return str(visitor.page.get_by_role("main").inner_text())


def within(seconds: float, holds: Callable[[], bool]) -> None:
    begun = time.monotonic()
    while not holds():
        assert time.monotonic() - begun < seconds
        time.sleep(0.1)


def paper(folder: Path) -> Path:
    file = folder / "证明文件.pdf"
    file.write_bytes(evidence_files.pdf())
    return file


def hand_in(maker: Visitor, folder: Path) -> str:
    """A product, its certificate with two rows and its footprint; three mistakes are mended. The number."""
    maker.starts("/zh/")
    maker.follows("账户")
    maker.follows("申报")
    maker.presses("申报新产品")
    maker.follows("继续：产品信息")
    fill(maker, PRODUCT)
    for plant in maker.page.locator('[name="product.plants"][type=checkbox]').all():
        plant.check()
    maker.presses("保存并继续")
    fill(maker, {"product.attributes.strength": "C30"})
    maker.presses("保存并继续")
    maker.follows("填写 认证证书")
    body = maker.page.locator('[name="certificate.body"] option', has_text="示例认证机构甲").first
    fill(maker, CERTIFICATE | {"certificate.body": str(body.get_attribute("value"))})
    category = maker.page.locator('[name="certificate.category"] option', has_text="预拌混凝土").first
    fill(maker, {"certificate.category": str(category.get_attribute("value"))})
    fill(maker, {f"certificate.rows.1.{name}": said for name, said in ROWS[0].items()})
    fill(maker, {"certificate.rows.1.plant": PLANT})
    maker.page.get_by_label("添加证明文件").set_input_files(paper(folder))
    maker.presses("再加一行")
    fill(maker, {f"certificate.rows.2.{name}": said for name, said in ROWS[1].items()})
    fill(maker, {"certificate.rows.2.plant": PLANT})
    maker.presses("保存并继续")
    maker.follows("填写 碳足迹声明")
    fill(maker, CARBON | MISTAKES)
    maker.page.get_by_label("添加证明文件").set_input_files(paper(folder))
    maker.presses("保存并继续")
    assert "有 3 处需要修改" in maker.page.get_by_role("alert").inner_text()
    fill(maker, MENDED)
    maker.presses("保存并继续")
    maker.presses("提交申报")
    assert maker.heading == "已提交"
    return maker.path.split("/")[-2]


def decide(officer: Visitor, number: str, button: str) -> None:
    """Take the case, look each copied document up, approve or publish."""
    officer.starts(f"/zh/account/review/cases/{number}")
    if officer.sees("领取此件"):
        officer.presses("领取此件")
    for part in ("certificate", "report"):
        if officer.page.locator(f'[name="look-{part}-platform"]').count():
            fill(officer, {f"look-{part}-{name}": said for name, said in LOOK.items()})
    officer.presses(button)


def test_from_the_first_click_to_the_last_act(
    people: People, visits: Visits, town: str, tmp_path: Path
) -> None:
    maker = people("制造商", most=MOST)
    number = hand_in(maker, tmp_path)
    first, second = people("登记审核员"), people("登记审核员（第 2 人）")
    first.starts(f"/zh/account/review/cases/{number}")
    first.presses("领取此件")
    first.ticks("需修改：证书编号")
    fill(first, {"reason": "请核对证书编号"})
    first.presses("退回修改")
    mend(maker)
    decide(first, number, "初审通过")
    assert "复核须由另一人领取" in text(first)
    decide(second, number, "复核通过并公开")
    public = visits(width=PHONE, most=99)
    public.site = town
    within(SECONDS, lambda: counted(public))
    public.follows(NAME)
    assert "证书有效" in text(public)
    assert said(public) == ("有效", False)
    body = people("认证机构")
    for name, state, disputed in ACTS:
        act(body, name)
        begun = time.monotonic()
        while (counted(public), said(public)) != (state == "有效", (state, disputed)):
            assert time.monotonic() - begun < SECONDS, name
        assert ("演示原因：暂停" in text(public)) == (state == "暂停")


def mend(maker: Visitor) -> None:
    """Only the returned field is open."""
    maker.most += 5
    maker.starts("/zh/account/maker")
    maker.follows(f"修改 {NAME}")
    boxes = maker.page.locator("form[novalidate] input:not([type=hidden]):not([type=file])").all()
    assert [one.get_attribute("name") for one in boxes] == ["certificate.number"]
    fill(maker, {"certificate.number": MENDED_NUMBER})
    maker.presses("保存并继续")
    maker.presses("提交申报")
    assert maker.heading == "已提交"


def counted(public: Visitor) -> bool:
    """Whether the search of valid products finds it."""
    public.starts(f"/zh/products?q={NAME}")
    return NAME in text(public)


def said(public: Visitor) -> tuple[str, bool]:
    """The first words for whoever types the number into the front page, and whether an objection is open."""
    public.starts("/zh/")
    public.fills("登记号或证书编号", MENDED_NUMBER)
    states = [word for word in ("有效", "暂停", "撤销") if word in public.heading.partition("，")[0]]
    return states[0], "另有异议在办" in text(public)


def act(body: Visitor, name: str) -> None:
    """An act on its own certificate, looked at before it is recorded."""
    body.starts(f"/zh/account/body/certificates?q={MENDED_NUMBER}")
    body.follows(MENDED_NUMBER)
    body.follows(name)
    fill(body, {"on": TODAY.isoformat(), "reason": f"演示原因：{name}", "evidence": "演示决定书（虚构）"})
    body.sends("下一步")
    body.presses(f"确认登记：{name}")
