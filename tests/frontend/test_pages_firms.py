"""Honours, energy and disclosures on the pages of firms and plants, and behind their own numbers."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from frontend.app import create_app
from frontend.pages import firm_parts
from frontend.views.parts import Tone
from registry.changes import feed
from registry.changes.feed import Draft
from registry.declarations.facts import Verification
from registry.firms.judging import Verdict
from registry.firms.service import DISCLOSURE, ENERGY_RECORD, HONOUR
from registry.kit.clock import asked_today
from registry.kit.db import open_engine, write_session
from registry.policies.facts import BenchmarkFact
from registry.policies.service import BENCHMARK
from tests import databases, factories, firm_facts
from tests.factories import START, key
from tests.frontend.reading import Page
from tests.frontend.register import DAY

FIRM, PLANT = factories.organisation().code, factories.plant().code
OVER = firm_facts.honour(
    2, valid_to=date(2025, 12, 31), plant_id=key("plant", 1), address="https://example.invalid/a"
)
LIVE = firm_facts.honour(3, valid_from=date(2025, 1, 1), valid_to=date(2099, 12, 31))
SILENT = firm_facts.energy_record(2, value=None)
GONE = firm_facts.honour(4, removed=True, removed_reason="演示移出", authority="移出的主管部门")
VERIFIED = firm_facts.disclosure(
    2, verification=Verification.THIRD_PARTY, verifier_id=key("organisation", 950), scope1_t=Decimal(0),
    document_sha256="ab" * 32, year=2024,
)  # fmt: skip


TABLE = {
    "product_en": "cement clinker", "scope": None, "comparator": "<=", "unit": "kgce/t", "clause": "表 1",
    "date": "2023", "region": None, "status": "in-force",
}  # fmt: skip


def rows() -> Iterator[Draft]:
    """A benchmark and a base for clinker."""
    for n, (level, value) in enumerate((("benchmark", "100"), ("base", "117"))):
        one = BenchmarkFact(
            id=key("benchmark", n),
            table="energy-benchmark",
            row=f"b-{n}",
            data={**TABLE, "level": level, "value": value},
            source="演示标准（虚构）",
            confidence="low",
        )
        yield Draft(BENCHMARK, one.id, START, one)


@pytest.fixture(scope="module")
def site(empty_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder: Path = tmp_path_factory.mktemp("firms")
    with databases.copy_of(empty_database, folder) as settings:
        with open_engine(settings) as engine, write_session(engine) as session:
            feed.start(session, settings.mode)
            beside = [
                *(Draft(HONOUR, one.id, START, one) for one in (OVER, LIVE, GONE)),
                Draft(ENERGY_RECORD, SILENT.id, START, SILENT),
                Draft(DISCLOSURE, VERIFIED.id, START, VERIFIED),
            ]
            drafts = [*factories.world(), *firm_facts.drafts(), *rows(), *beside]
            factories.record(session, drafts)
        app = create_app(settings)
        app.dependency_overrides[asked_today] = lambda: DAY
        with TestClient(app, follow_redirects=False) as client:
            yield client


def section(site: TestClient, path: str, name: str) -> str:
    page = Page(site.get(path).text)
    return page.one("section", **{"aria-labelledby": name}).text


def test_a_firm_shows_its_own_and_its_plants_and_nothing_taken_out(site: TestClient) -> None:
    honours = section(site, f"/zh/organisations/{FIRM}", "honours")
    assert honours.count("国家级绿色工厂") == 3
    assert "未载明有效期" in honours
    assert "已过有效期" in honours
    assert "有效期内" in honours
    assert "移出的主管部门" not in honours
    assert "整个企业" in honours
    assert factories.plant().name_zh in honours


def test_a_plant_shows_only_what_is_about_it(site: TestClient) -> None:
    assert section(site, f"/zh/plants/{PLANT}", "honours").count("国家级绿色工厂") == 1
    page = Page(site.get(f"/zh/plants/{PLANT}").text)
    assert not [one for one in page.all("section") if one.attributes.get("aria-labelledby") == "disclosures"]
    other = Page(site.get(f"/zh/organisations/{factories.body().code}").text)
    assert "这些是企业或生产厂的情况" not in other.words


def test_energy_stands_with_its_verdict_its_limits_and_how_sure_they_are(site: TestClient) -> None:
    energy = section(site, f"/zh/plants/{PLANT}", "energy")
    assert "介于标杆与基准之间" in energy
    assert "104.5 kgce/t" in energy
    assert "标杆 ≤ 100 kgce/t，演示标准（虚构） 表 1，可信度低：不满足" in energy
    assert "基准 ≤ 117 kgce/t，演示标准（虚构） 表 1，可信度低：满足" in energy
    assert "无法判定：没有填报能耗" in energy


def test_what_is_not_stated_is_no_zero_and_zero_is_zero(site: TestClient) -> None:
    told = section(site, f"/zh/organisations/{FIRM}", "disclosures")
    assert "范围一 1200.5 tCO₂e，范围二 未说明" in told
    assert "范围一 0 tCO₂e，范围二 未说明" in told
    assert "第三方核查" in told
    assert "未核查" in told
    assert "ab" * 32 in told


def test_no_word_of_the_firm_itself_is_as_green_as_a_certificate(site: TestClient) -> None:
    told = section(site, f"/zh/organisations/{FIRM}", "disclosures")
    assert "企业自述：第三方核查 " in told
    assert set(firm_parts.TONES) == set(Verdict)
    assert Tone.GOOD not in firm_parts.TONES.values()
    page = Page(site.get(f"/zh/organisations/{FIRM}").text)
    [shown] = [one for one in page.all("section") if one.attributes.get("aria-labelledby") == "disclosures"]
    assert not [one for one in shown.below("span") if "good" in one.attributes.get("class", "").split()]


def test_the_english_page_says_the_same(site: TestClient) -> None:
    energy = section(site, f"/en/plants/{PLANT}", "energy")
    assert "Between benchmark and base" in energy
    assert "Cannot decide: no figure is stated" in energy
    assert "Out of term" in section(site, f"/en/organisations/{FIRM}", "honours")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (LIVE.code, ("企业或生产厂的荣誉，不是产品认证", "国家级绿色工厂", "不证明任何产品绿色或低碳")),
        (firm_facts.energy_record().code, ("介于标杆与基准之间", "104.5 kgce/t", "演示边界（虚构）")),
        (VERIFIED.code, ("企业填报的碳信息披露", "范围二 未说明", "ab" * 32)),
        (GONE.code, ("此项已移出本库",)),
    ],
)
def test_a_number_answers_what_it_is_and_that_it_proves_no_product(
    site: TestClient, code: str, words: tuple[str, ...]
) -> None:
    answer = site.get(f"/v/{code}")
    assert answer.status_code == 200
    assert all(one in Page(answer.text).words for one in words), Page(answer.text).words
    assert len(answer.content) < 20_000
