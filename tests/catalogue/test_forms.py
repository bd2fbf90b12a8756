"""Official forms of a finished report hold its own figures, and blanks where nobody knows."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import ROUND_DOWN, Decimal
from typing import Any

import pytest
from fastapi.testclient import TestClient

from seeds.demo.bill import FILE
from tests.catalogue.forms_reading import TO_FILL, UNITS, content, formulas, reported, sheets, table
from tests.catalogue.test_checks_api import said, upload
from tests.frontend import check_site
from tests.seeded import Seeded


@pytest.fixture(scope="module")
def api(seeded: Seeded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    with check_site.opened(seeded, tmp_path_factory.mktemp("forms")) as client:
        yield client


@pytest.fixture(scope="module")
def href(api: TestClient) -> str:
    """The report of the example bill: three units, green lines, failing ones, open ones."""
    check = upload(api, FILE.read_bytes(), "demo.xlsx", project="示例中学（虚构）").json()
    check = said(api.put(f"{check['href']}/columns", json={"revision": check["revision"]}))
    return reported(api, check)


@pytest.fixture(scope="module")
def report(api: TestClient, href: str) -> dict[str, Any]:
    return said(api.get(href))


def lines_of(report: dict[str, Any], unit: str) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    pairs = zip(report["input"]["lines"], report["lines"], strict=True)
    return [(given, out) for given, out in pairs if given["building"] == unit and out["outcome"] is not None]


def green_by_unit(report: dict[str, Any], unit: str) -> dict[str, Decimal]:
    """Green quantities of the unit, added up from the stored lines and nothing else."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for given, out in lines_of(report, unit):
        if given["ratio_kind"] and out["outcome"] == "pass":
            found[out["unit"]] += Decimal(out["quantity"])
    return dict(found)


def groups_of(report: dict[str, Any], unit: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = next(one for one in report["units"] if one["unit_id"] == unit)["breakdown"][
        "groups"
    ]
    return found


@pytest.mark.parametrize("unit", UNITS)
def test_quantities_of_the_completion_form_are_those_of_the_lines(
    api: TestClient, href: str, report: dict[str, Any], unit: str
) -> None:
    rows = table(sheets(api, href, "completed", unit)[0], "材料类别（一级）")
    products = [row for row in rows if row["规格型号"] != "小计" and isinstance(row["绿色建材应用量"], float)]
    symbols = {"m3": "m³", "m2": "m²", "t": "吨", "m": "米", "piece": "件", "set": "套", "kg": "千克"}
    found: dict[str, Decimal] = defaultdict(Decimal)
    for row in products:
        found[row["计量单位"]] += Decimal(str(row["绿色建材应用量"]))
    expected = {symbols[code]: value for code, value in green_by_unit(report, unit).items()}
    assert {measure: value for measure, value in found.items() if value} == expected
    assert expected, "the unit has something green, or the comparison says nothing"
    assert all(row["绿色建材应用量"] <= row["建筑材料应用总量"] for row in products)


@pytest.mark.parametrize("unit", UNITS)
def test_shares_are_cut_and_scores_add_up_to_the_ratio(
    api: TestClient, href: str, report: dict[str, Any], unit: str
) -> None:
    groups = groups_of(report, unit)
    scores = [Decimal(group["score"]["lower"]) for group in groups]
    shares = [
        (Decimal(part["green"]) / Decimal(part["total"])).quantize(Decimal("0.0001"), ROUND_DOWN)
        for group in groups
        for kind in group["kinds"]
        for part in kind["parts"]
        if part["comparable"]
    ]
    planned = sheets(api, href, "planned", unit)[0]
    rows = table(planned, "一级指标")
    printed = [
        Decimal(str(row["拟采用绿色建材应用比例"]))
        for row in rows
        if isinstance(row["拟采用绿色建材应用比例"], float)
    ]
    assert sorted(shares) == sorted(printed)[-len(shares) :]
    assert [row["分项分值"] for row in rows if row["分项分值"] != ""] == [float(score) for score in scores]
    ratio = next(row for row in planned if row[0] == "绿色建材应用比例")[2]
    assert Decimal(str(ratio)) * 100 == sum(scores)


def test_a_kind_of_several_products_lists_each_and_ends_with_its_sum(api: TestClient, href: str) -> None:
    rows = table(sheets(api, href, "completed", "1号楼")[0], "材料类别（一级）")
    concrete = [row for row in rows if row["材料类别（二级）"] == "预拌混凝土"]
    assert [row["规格型号"] for row in concrete] == ["C30", "C30", "小计"]
    assert [row["绿色建材应用量"] for row in concrete] == [800, 0, 800]
    assert [row["建筑材料应用总量"] for row in concrete] == [800, 200, 1000]
    assert [row["绿色建材应用比例"] for row in concrete] == ["", "", 0.8]
    assert [row["绿色建材认证等级"] for row in concrete] == ["二星级", "—", ""]


def test_just_below_the_share_never_reads_as_reached(api: TestClient, href: str) -> None:
    rows = table(sheets(api, href, "completed", "2号楼")[1], "一级指标")
    concrete = next(row for row in rows if row["二级指标"] == "预拌混凝土")
    assert (concrete["应用比例要求"], concrete["实际应用比例"], concrete["实际核算分值"]) == (
        "≥80%",
        0.7999,
        0,
    )


def test_the_completion_form_has_every_kind_of_the_rule(api: TestClient, href: str) -> None:
    rows = table(sheets(api, href, "completed", "裙房")[0], "材料类别（一级）")
    named = {str(row["材料类别（二级）"]).split("：")[0] for row in rows}
    pack = said(api.get("/api/v1/packs/sichuan-2024"))["pack"]
    assert named == {kind["name_zh"] for kind in pack["kinds"]}
    assert len(pack["kinds"]) == 42


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(("form", "least"), [("planned", 1), ("completed", 10)])
def test_formulas_give_the_values_kept_beside_them(
    api: TestClient, href: str, form: str, least: int, unit: str
) -> None:
    found = formulas(content(api, href, form, "xlsx", unit))
    assert len(found) >= least
    assert [f"{value:.9f}" for _, value in found] == [one for one, _ in found]


def test_supply_names_the_proof_of_lines_that_count_and_of_no_other(
    api: TestClient, href: str, report: dict[str, Any]
) -> None:
    for unit in UNITS:
        rows = table(sheets(api, href, "supply", unit)[0], "清单行")
        judged = lines_of(report, unit)
        assert len(rows) == len(judged)
        for row, (given, out) in zip(rows, judged, strict=True):
            assert row["清单行"] == f"{given['sheet']} {given['row']}"
            assert row["合同或发票编号"] == ""
            proven = {one["number"] for one in out["findings"] if one["evidence"] == out["evidence"]}
            assert {row["证明编号"]} == (proven or {TO_FILL})
            assert (row["官方查询平台"] == TO_FILL) is (row["查询日期"] == TO_FILL)
            assert (row["产品"], row["制造商"]) == (out["product_name"] or TO_FILL, out["maker"] or TO_FILL)


def test_site_columns_are_blank_and_say_so(api: TestClient, href: str) -> None:
    for form in ("acceptance", "retest"):
        grid = sheets(api, href, form, "1号楼")[0]
        start = next(place for place, row in enumerate(grid) if row[0] == "清单行")
        by_hand = [place for place, title in enumerate(grid[start]) if str(title).endswith(f"（{TO_FILL}）")]
        assert len(by_hand) >= 7
        rows = table(grid, "清单行")
        assert rows
        assert {row[place] for row in grid[start + 1 : start + 1 + len(rows)] for place in by_hand} == {""}
