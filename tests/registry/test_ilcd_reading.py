"""The results tables of ILCD+EPD in small invented files: numbers, marks, modules, units."""

from decimal import Decimal

import pytest

from registry.declarations.dataset import Mark
from registry.declarations.formats.reading import Weight
from registry.declarations.values import How, a1_a3, gwp
from tests.registry import ilcd_files as files
from tests.registry.ilcd_reading import cells, keys, read


def test_a_right_file_is_read_without_doubt() -> None:
    reading = read(files.tree())
    assert keys(reading) == set()
    assert reading.dataset.declared.amount == 1
    assert (reading.dataset.declared.unit, reading.dataset.declared.stated) == ("m3", "m3")
    assert cells(reading)["A1-A3", None].amount == Decimal("12.5")
    assert (
        reading.origins["number"] == "/administrativeInformation/publicationAndOwnership/registrationNumber"
    )


@pytest.mark.parametrize(
    ("value", "mark"),
    [
        (None, Mark.MND),
        ("", Mark.MND),
        ("ND", Mark.ND),
        ("MNR", Mark.MNR),
        ("INA", Mark.INA),
        ("-", Mark.MND),
    ],
)
def test_what_is_not_declared_is_a_mark_and_never_zero(value: str | None, mark: Mark) -> None:
    cell = cells(read(files.tree(("A1-A3", "1"), ("B1", value))))["B1", None]
    assert (cell.amount, cell.mark) == (None, mark)


def test_zero_is_zero_and_no_mark() -> None:
    cell = cells(read(files.tree(("A1-A3", "0"))))["A1-A3", None]
    assert (cell.amount, cell.mark) == (Decimal(0), None)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("1.050007470821E-06", "0.000001050007470821"),
        ("-764.0695889049085", "-764.0695889049085"),
        ("7e3", "7000"),
    ],
)
def test_every_digit_of_an_amount_is_kept(written: str, amount: str) -> None:
    assert cells(read(files.tree(("A1-A3", written))))["A1-A3", None].amount == Decimal(amount)


def test_a_bare_number_longer_than_a_double_keeps_its_digits() -> None:
    data = files.json(files.tree(("A1-A3", 1.5))).replace(b"1.5}", b"0.1234567890123456789012}")
    assert cells(read(data))["A1-A3", None].amount == Decimal("0.1234567890123456789012")


def test_a_decimal_comma_is_read_and_doubted() -> None:
    reading = read(files.tree(("A1-A3", "12,75")))
    assert cells(reading)["A1-A3", None].amount == Decimal("12.75")
    assert keys(reading) == {"ilcd.decimal-comma"}


@pytest.mark.parametrize(
    "written", ["1.234,5", "about 5", "NaN", "1e999", "1_000", "9" * 200, {"x": 1}, True]
)
def test_what_is_no_number_is_reported_and_not_guessed(written: object) -> None:
    reading = read(files.tree(("A1-A3", written), ("A4", "1")))
    assert ("A1-A3", None) not in cells(reading)
    assert "ilcd.no-number" in keys(reading, Weight.NOT_CARRIED)
    assert any(
        remark.place.endswith("other/anies/value") or "anies/value/" in remark.place
        for remark in reading.remarks
    )


def test_the_same_cell_twice_keeps_the_first() -> None:
    reading = read(files.tree(("A1-A3", "1"), ("A1-A3", "2")))
    assert cells(reading)["A1-A3", None].amount == 1
    assert keys(reading) == {"ilcd.cell-twice"}


def test_a_scenario_nobody_declared_is_kept_and_doubted() -> None:
    tree = files.tree()
    tree["LCIAResults"]["LCIAResult"][0]["other"]["anies"].append(
        {"module": "D", "scenario": "S2", "value": "-1.2"}
    )
    reading = read(tree)
    assert cells(reading)["D", "S2"].amount == Decimal("-1.2")
    assert keys(reading) == {"ilcd.scenario-undeclared"}


def test_only_the_parts_are_summed_later_and_never_at_reading() -> None:
    reading = read(files.tree(("A1", "1"), ("A2", "2"), ("A3", "3.5")))
    row = gwp(reading.dataset)
    assert row is not None
    assert ("A1-A3", None) not in cells(reading)
    assert (a1_a3(row).amount, a1_a3(row).how) == (Decimal("6.5"), How.SUMMED)


def test_a1_alone_is_never_a1_to_a3() -> None:
    row = gwp(read(files.tree(("A1", "1"), ("A3", "2"))).dataset)
    assert row is not None
    assert (a1_a3(row).amount, a1_a3(row).how) == (None, How.INCOMPLETE)


@pytest.mark.parametrize(("total", "doubted"), [("6.55", False), ("6.575", True), ("6.425", True)])
def test_parts_further_than_one_per_cent_from_the_sum_are_doubted(total: str, *, doubted: bool) -> None:
    reading = read(files.tree(("A1-A3", total), ("A1", "1.001"), ("A2", "2.001"), ("A3", "3.498")))
    assert ("ilcd.parts-and-sum-differ" in keys(reading)) is doubted
    assert cells(reading)["A1-A3", None].amount == Decimal(total)


@pytest.mark.parametrize(
    "amount",
    [
        {"value": {"module": "A4", "amount": 1.2}},
        {"value": [{"module": "A4", "value": "1.2"}]},
        {"value": {"module": "A4", "value": 1.2, "scenario": None}},
    ],
)
def test_amounts_wrapped_by_other_servers_are_read(amount: object) -> None:
    tree = files.tree()
    tree["LCIAResults"]["LCIAResult"][0]["other"]["anies"] = [amount]
    assert cells(read(tree))["A4", None].amount == Decimal("1.2")


@pytest.mark.parametrize(
    ("spelled", "module"), [("A1 – A3", "A1-A3"), ("A1A2A3", "A1-A3"), ("d1", "D"), ("c3", "C3")]
)
def test_modules_in_other_spellings_are_known(spelled: str, module: str) -> None:
    assert (module, None) in cells(read(files.tree((spelled, "1"))))


def test_an_unknown_module_is_reported_with_its_name() -> None:
    reading = read(files.tree(("A1-A3", "1"), ("Z9", "2")))
    (remark,) = [one for one in reading.remarks if one.key == "ilcd.module-unknown"]
    assert remark.facts == {"module": "Z9"}


@pytest.mark.parametrize("label", ["kg CO2 eqv.", "kg CO_(2)-Äq.", "kg CO2-Äqv.", "kg CO₂ eq"])
def test_a_unit_in_another_spelling_fits(label: str) -> None:
    tree = files.tree()
    tree["LCIAResults"]["LCIAResult"][0]["other"] = files.amounts(("A1-A3", "1"), unit=label)
    assert keys(read(tree)) == set()


def test_a_unit_of_something_else_is_doubted_and_nothing_is_converted() -> None:
    tree = files.tree()
    tree["LCIAResults"]["LCIAResult"][0]["other"] = files.amounts(("A1-A3", "1"), unit="t CO2 eqv.")
    reading = read(tree)
    assert keys(reading) == {"ilcd.unit-does-not-fit"}
    assert cells(reading)["A1-A3", None].amount == 1
