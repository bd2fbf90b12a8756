"""What goes through review counts in a bill of materials for what it proves, and for no more."""

from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any

import httpx
import pytest

from seeds.demo.applications import PLANT, RETURNED
from seeds.demo.keys import code
from tests import evidence_files
from tests.journeys import applying
from tests.seeded import TODAY

LOOK = {"platform": "演示平台（虚构）", "checked_on": TODAY.isoformat(), "result": "agrees"}
SECOND_PLANT = {
    "plant.name_zh": "示例第三工厂（虚构）", "plant.name_en": "Sample third plant (fictional)",
    "plant.region": "500000", "plant.delivery_radius_km": "40",
}  # fmt: skip
CERTIFICATE = {
    "certificate.body": code("organisation", "body-0"), "certificate.number": "演示-2026-9200001",
    "certificate.scheme": "graded", "certificate.category": "gbm-06", "certificate.star": "2",
    "certificate.standards": "演示标准 1-2026", "certificate.issued_on": "2026-03-01",
    "certificate.valid_from": "2026-03-01", "certificate.valid_to": "2031-02-28",
    "certificate.rows.1.unit_name": "普通混凝土", "certificate.rows.1.product_name": "预拌混凝土",
    "certificate.rows.1.plant": PLANT,
}  # fmt: skip
REPORT = {
    "report.laboratory": code("organisation", "laboratory-0"), "report.number": "演示报告-9200001",
    "report.sample_type": "drawn", "report.models": "C35", "report.plant": PLANT,
    "report.tested_on": "2026-06-01", "report.demand_standard": "绿色建筑和绿色建材政府采购需求标准",
    "report.within_cma_scope": "是",
    "report.indicators.1.name_zh": "示例指标一", "report.indicators.1.name_en": "Sample indicator 1",
    "report.indicators.1.comparator": "<=", "report.indicators.1.limit": "1.0",
    "report.indicators.1.value": "0.6", "report.indicators.1.unit": "mg/m³",
    "report.indicators.2.name_zh": "示例指标二", "report.indicators.2.name_en": "Sample indicator 2",
    "report.indicators.2.comparator": "<=", "report.indicators.2.limit": "2.0",
    "report.indicators.2.unit": "mg/m³",
}  # fmt: skip
CLAIM = {
    "self_declaration.declared_on": "2026-05-01", "self_declaration.claim_zh": "示例声明（虚构）",
    "self_declaration.claim_en": "Sample claim (fictional)",
}  # fmt: skip
WITH_PAPERS = ("certificate", "report")


class Registry:
    """A maker and two officers at the interface; what they publish is public."""

    def __init__(self, people: ExitStack, site: str) -> None:
        self.maker, self.first, self.second = (
            people.enter_context(applying.signed_in(site, role))
            for role in ("manufacturer", "registry_officer", "registry_officer-2")
        )

    def publishes(self, subject: str, *parts: Mapping[str, str]) -> dict[str, str]:
        """The codes of what an application became, by its parts."""
        case = applying.started(self.maker, subject)
        for typed in parts:
            case = applying.typed_in(self.maker, case, typed)
            part = next(iter(typed)).partition(".")[0]
            if part in WITH_PAPERS:
                case = _with_paper(self.maker, case, part)
        case = applying.step(self.maker, case, "submit")
        looks = [
            {**LOOK, "part": part} for part in WITH_PAPERS for typed in parts if f"{part}.number" in typed
        ]
        for officer, decision in ((self.first, "approve"), (self.second, "publish")):
            case = applying.step(officer, case, "take")
            case = applying.step(officer, case, decision, looks=looks)
        return {one["part"]: one["code"] for one in case["published"]}


def _with_paper(maker: httpx.Client, case: dict[str, Any], part: str) -> dict[str, Any]:
    answer = maker.post(
        f"{applying.API}/{case['number']}/files",
        data={"path": part, "revision": str(case["revision"])},
        files={"file": ("证明.pdf", evidence_files.pdf(), "application/pdf")},
    )
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _product(name: str, *plants: str) -> dict[str, str]:
    return {
        **RETURNED, "product.name_zh": f"示例预拌混凝土 {name}（虚构）", "product.density_kg_m3": "2400",
        "product.plants": "\n".join(plants),
    }  # fmt: skip


@pytest.fixture(scope="module")
def codes(town: str) -> dict[str, str]:
    """One product for each kind of evidence, and the plant that no certificate names."""
    with ExitStack() as people:
        registry = Registry(people, town)
        plant = registry.publishes("plant", SECOND_PLANT)["plant"]
        certified = registry.publishes("new_product", _product("有证", PLANT, plant), CERTIFICATE)
        tested = registry.publishes("new_product", _product("有报告", PLANT), REPORT)
        claimed = registry.publishes("new_product", _product("自我声明", PLANT), CLAIM)
    named = {"certified": certified, "tested": tested, "claimed": claimed}
    return {"plant": plant} | {name: found["product"] for name, found in named.items()}


def test_a_certificate_counts_for_its_plant_a_gap_decides_nothing_a_claim_never_counts(
    town: str, codes: dict[str, str]
) -> None:
    wanted = (
        ("certified", PLANT, "pass"), ("certified", codes["plant"], "fail"),
        ("tested", PLANT, "undecided"), ("claimed", PLANT, "fail"),
    )  # fmt: skip
    rows = "".join(f"预拌混凝土 C35,C35,m3,{100 + n}\n" for n in range(len(wanted)))
    with httpx.Client(base_url=town, timeout=60) as client:
        bill = ("bill.csv", f"材料名称,规格型号,单位,数量\n{rows}".encode(), "text/csv")
        form = {"pack": "chengdu-2024", "day": TODAY.isoformat()}
        check = client.post("/api/v1/checks", files={"file": bill}, data=form).json()["href"]
        settled = client.put(f"{check}/columns", json={"revision": 0}).json()
        lines = client.get(f"{check}/lines").json()["lines"]
        decisions = [
            {
                "line": line["line"],
                "choice": _id(client, "products", codes[name]),
                "plant_id": _id(client, "plants", plant),
                "model": "C35",
            }
            for line, (name, plant, _) in zip(lines, wanted, strict=True)
        ]
        said = {"revision": settled["revision"], "decisions": decisions}
        decided = client.post(f"{check}/decisions", json=said)
        assert decided.status_code == 200, decided.text
        made = client.post(f"{check}/reports", json={"revision": decided.json()["revision"]}).json()
        report = client.get(f"{check}/reports/{made['number']}").json()
    assert [line["outcome"] for line in report["lines"]] == [outcome for *_, outcome in wanted]


def _id(client: httpx.Client, kind: str, code: str) -> str:
    found = client.get(f"/api/v1/{kind}/{code}").json()
    return str(found[kind.removesuffix("s")]["id"])
