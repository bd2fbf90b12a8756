"""Two reports of one check side by side: what was changed is said, and nothing else."""

from decimal import Decimal

from catalogue.checks.changes import Setting, changes
from catalogue.compliance.verdicts import Outcome
from catalogue.ratios.model import Bounds
from tests.catalogue.check_cases import CHENGDU, line, nobodys, report

NONE = nobodys(2)


def test_the_same_report_twice_has_no_changes() -> None:
    found = changes(report(line(), NONE), report(line(), NONE))
    assert (found.settings, found.units, found.lines) == ((), (), ())


def test_a_swapped_product_stands_beside_the_one_before_with_both_outcomes() -> None:
    old, new = report(line(), NONE), report(line(), line(2))
    (one,) = changes(old, new).lines
    assert (one.place, one.swapped) == (1, True)
    assert one.outcomes == (Outcome.FAIL, Outcome.PASS)
    assert (one.before[0].product_id, one.after[0].product_id) == (None, line().product_id)
    (unit,) = changes(old, new).units
    assert unit.before is not None
    assert unit.after is not None
    assert unit.before.lower < unit.after.lower


def test_a_mended_quantity_is_a_change_but_no_swap() -> None:
    (one,) = changes(report(line()), report(line(quantity=Decimal(90)))).lines
    assert (one.swapped, one.outcomes) == (False, (Outcome.PASS, Outcome.PASS))


def test_rule_day_and_data_are_named_where_they_differ() -> None:
    old = report(line())
    moved = old.model_copy(
        update={
            "input": old.input.model_copy(
                update={"report_day": old.input.report_day.replace(day=30), "as_of": 99}
            )
        }
    )
    assert changes(old, moved).settings == (Setting.DAY, Setting.DATA)
    other = old.model_copy(update={"input": old.input.model_copy(update={"pack_id": CHENGDU.id})})
    assert changes(old, other).settings == (Setting.RULE,)
    answered = old.model_copy(
        update={"input": old.input.model_copy(update={"choices": {"other_kinds": "as_one"}})}
    )
    assert changes(old, answered).settings == (Setting.ANSWERS,)


def test_a_building_that_came_or_went_is_named_with_nothing_on_its_other_side() -> None:
    found = changes(report(line(building="1#")), report(line(building="2#")))
    assert [(one.unit_id, one.before is None, one.after is None) for one in found.units] == [
        ("1#", False, True), ("2#", True, False),
    ]  # fmt: skip
    assert isinstance(found.units[0].before, Bounds)


def test_lines_that_only_one_report_has_are_counted() -> None:
    found = changes(report(line(), line(2)), report(line(2), line(3), line(4)))
    assert (found.came, found.went, found.lines) == (2, 1, ())
