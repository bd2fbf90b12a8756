"""A bill judged line by line: nothing that stands in it leaves the ratio unseen."""

from decimal import Decimal
from typing import Any

import pytest

from catalogue.checks.inputs import Standing
from catalogue.checks.report import Report
from catalogue.compliance.verdicts import Outcome
from tests.catalogue.check_cases import line, nobodys, report

KEEL: dict[str, Any] = {
    "material_kind": "keel.light-steel",
    "ratio_kind": None,
    "ratio_kind_open": True,
    "quantity": Decimal(9),
    "unit": "t",
}


def bounds(found: Report) -> tuple[str, str]:
    breakdown = found.units[0].breakdown
    assert breakdown.lower is not None
    assert breakdown.upper is not None
    return str(breakdown.lower.printed), str(breakdown.upper.printed)


@pytest.mark.parametrize(
    ("unread", "lower", "upper"),
    [
        ({"quantity": None}, "0.0", "45.0"),
        ({"unit": None, "unit_text": "车"}, "0.0", "45.0"),
        (KEEL, "22.5", "45.0"),
        ({**KEEL, "standing": Standing.OPEN}, "22.5", "80.0"),
        ({"material_kind": None, "ratio_kind": None}, "45.0", "45.0"),
    ],
    ids=["no quantity", "no unit", "failed, open kind", "unconfirmed, open kind", "no material"],
)
def test_the_lower_bound_stands_whatever_an_uncountable_line_turns_out_to_be(
    unread: dict[str, Any], lower: str, upper: str
) -> None:
    found = report(line(1), nobodys(2, **unread))
    assert bounds(found) == (lower, upper)
    assert found.units[0].breakdown.undecided_ids == ("S!2",)
    assert found.lines[1].counted


def test_a_fee_makes_no_calculation_unit_of_its_own() -> None:
    fee = nobodys(2, standing=Standing.NOT_A_MATERIAL, name="运输费")
    assert [unit.unit_id for unit in report(line(1, building="1号楼"), fee).units] == ["1号楼"]


def test_a_line_the_rule_does_not_count_is_listed_and_burdens_nothing() -> None:
    cement = nobodys(2, material_kind="cement", ratio_kind=None, quantity=None)
    found = report(line(1), cement)
    assert bounds(found) == ("45.0", "45.0")
    assert found.units[0].breakdown.uncounted_ids == ("S!2",)
    assert not found.lines[1].counted


@pytest.mark.parametrize(
    ("other", "outcome"), [(line(2, unit="bag"), "pass"), (nobodys(2, unit="bag"), "fail")]
)
def test_a_foreign_unit_is_no_doubt_about_the_proof(other: Any, outcome: str) -> None:
    found = report(other)
    assert found.lines[0].outcome == outcome
    assert found.units[0].breakdown.groups[0].kinds[0].outcome is Outcome(outcome)
