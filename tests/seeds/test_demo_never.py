"""What the demonstration must never show (practice, section 5), looked for in every invented record."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from registry.kit.types import Fact
from seeds.demo.cases import CASES
from seeds.demo.register import Register
from tests.seeds.demo_fixtures import register

# Names of bodies, platforms and ministries that our policy notes mention, and words of real offices.
REAL_NAMES = (
    "CABR", "CQC", "CTC", "建研院", "建筑科学研究院", "中国质量认证", "国检", "中天检验", "认e云",
    "CNCA", "CNAS", "市场监管总局",
    "住房和城乡建设部", "工业和信息化部", "财政部", "生态环境部", "发展改革委",
    "构力", "PKPM", "海螺", "北新", "东方雨虹", "南玻", "信义", "中国建材", "华新水泥", "立邦", "三棵树",
    "圣戈班", "Saint-Gobain", "Knauf", "LafargeHolcim", "Environdec", "EPD Norge", "IBU", "China EPD",
)  # fmt: skip
# Number patterns of real bodies and offices: CGP certificates, 〔2024〕 documents, ICP and 公安备案.
REAL_PATTERNS = (
    r"CGP", r"〔\d{4}〕", r"ICP", r"公安备案", r"公网安备", r"EPD-IES-\d+", r"S-P-\d{5}", r"EPD\d{4}",
)  # fmt: skip
PERSONAL = (
    r"1[3-9]\d{9}(?!\d)",
    r"[\w.]+@[\w.]+",
    r"\d{17}[\dXx](?!\w)",
    r"(先生|女士|经理|联系人|手机|电话)",
)
MARKS = ("虚构", "示例", "演示")


def _facts(made: Register) -> Iterator[Fact]:
    yield from made.organisations
    yield from made.plants
    yield from made.products
    for certified in made.certificates:
        yield certified.fact
        for act in certified.acts:
            yield certified.fact.model_copy(update={"act_reason": act.reason})
    yield from made.reports
    yield from made.self_declarations
    yield from made.declarations


def _texts(value: Any) -> Iterator[str]:
    """Every text in a payload; ids, digests and check-character codes are machine-made and left out."""
    if isinstance(value, dict):
        for name, member in value.items():
            if name not in ("code", "credit_code") and not name.endswith(("id", "ids", "sha256")):
                yield from _texts(member)
    elif isinstance(value, list):
        for member in value:
            yield from _texts(member)
    elif isinstance(value, str):
        yield value


@pytest.fixture(scope="module")
def texts() -> frozenset[str]:
    return frozenset(text for fact in _facts(register()) for text in _texts(fact.model_dump(mode="json")))


@pytest.mark.parametrize("name", REAL_NAMES)
def test_no_real_name_stands_in_the_register(texts: frozenset[str], name: str) -> None:
    assert [text for text in texts if name.casefold() in text.casefold()] == []


@pytest.mark.parametrize("pattern", REAL_PATTERNS)
def test_no_number_follows_a_real_pattern(texts: frozenset[str], pattern: str) -> None:
    assert [text for text in texts if re.search(pattern, text)] == []


@pytest.mark.parametrize("pattern", PERSONAL)
def test_no_person_and_no_contact_stands_in_the_register(texts: frozenset[str], pattern: str) -> None:
    assert [text for text in texts if re.search(pattern, text)] == []


def test_every_organisation_and_plant_says_that_it_is_invented() -> None:
    for organisation in register().organisations:
        assert organisation.invented
        assert organisation.name_zh.startswith("示例")
        assert organisation.name_zh.endswith("（虚构）")
        assert organisation.name_en.startswith("Sample")
        assert organisation.name_en.endswith("(fictional)")
    for plant in register().plants:
        assert plant.name_zh.startswith("示例")
        assert "（虚构）" in plant.name_zh


def test_credit_codes_stand_in_an_unassigned_region() -> None:
    assert {organisation.credit_code[2:4] for organisation in register().organisations} == {"99"}


def test_products_brands_controllers_and_operators_are_marked() -> None:
    made = register()
    for product in made.products:
        assert product.name_zh.startswith("示例")
        assert product.name_en.startswith("Sample")
        assert (product.brand or "示例").startswith("示例")
        assert all(dealer.endswith("（虚构）") for dealer in product.dealers)
        assert product.gtin is None or product.gtin.startswith("952"), "GS1 keeps 952 for demonstrations"
    controllers = {o.controller for o in made.organisations if o.controller}
    operators = {d.operator for d in made.declarations if d.operator}
    assert controllers
    assert operators
    assert all("示例" in name and "虚构" in name for name in controllers | operators)


def test_numbers_start_with_the_demonstration_mark() -> None:
    made = register()
    numbers = [certified.fact.number for certified in made.certificates]
    numbers += [report.number for report in made.reports]
    numbers += [declaration.number for declaration in made.declarations]
    assert all(number.startswith("演示-") for number in numbers)


def test_reasons_notes_and_claims_are_marked() -> None:
    made = register()
    said = [act.reason for _, act in made.acts]
    said += [declaration.claim_zh for declaration in made.self_declarations]
    said += [c.fact.known_by.note for c in made.certificates if c.fact.known_by.note]
    said += [case.numbers["controller"] for case in CASES.values() if "controller" in case.numbers]
    assert all(any(mark in text for mark in MARKS) for text in said)


def test_the_scan_would_find_what_it_looks_for() -> None:
    planted = register().organisations[0].model_copy(update={"name_zh": "CABR 13812345678"})
    found = set(_texts(planted.model_dump(mode="json")))
    assert any("CABR" in text for text in found)
    assert any(re.search(PERSONAL[0], text) for text in found)
