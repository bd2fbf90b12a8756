"""The CSV of ÖKOBAUDAT: rows of one dataset together, decimal commas, both code pages, nothing untold."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings

from registry.declarations.comparable import Generation
from registry.declarations.dataset import Dataset, Indicator, Subtype
from registry.declarations.facts import Precision
from registry.declarations.formats import oekobaudat
from registry.declarations.formats.oekobaudat.columns import COLUMNS
from registry.declarations.formats.reading import Reading, Unreadable, Weight
from registry.declarations.indicators import indicators
from tests import declaration_strategies as drawn

SLOW = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
UUID = "3d0c1b5e-0000-4000-8000-000000000001"
BASE = {
    "UUID": UUID,
    "Version": "00.01.000",
    "Name (de)": "Dämmplatte (erfunden)",
    "Konformitaet": "EN 15804+A2 / ISO 14025",
    "Typ": "average dataset",
    "Gueltig bis": "2026",
    "Bezugsgroesse": "1000",
    "Bezugseinheit": "kg",
}


def table(*rows: dict[str, str], encoding: str = "utf-8", drop: str = "") -> bytes:
    whole = [{name: cell for name, cell in (BASE | row).items() if name != drop} for row in rows]
    names = list(dict.fromkeys(name for row in whole for name in row))
    lines = [names, *([row.get(name, "") for name in names] for row in whole)]
    return "\r\n".join(";".join(line) for line in lines).encode(encoding)


def read(*rows: dict[str, str], encoding: str = "utf-8") -> Reading:
    (found,) = oekobaudat.read(table(*rows, encoding=encoding))
    return found


def cells(indicator: Indicator) -> set[tuple[str, str | None, str]]:
    return {(one.module, one.scenario, str(one.amount)) for one in indicator.values}


def told(reading: Reading) -> list[str]:
    return [
        one.key.removeprefix("oekobaudat.") for one in reading.remarks if one.weight is not Weight.DEFAULTED
    ]


@SLOW
@given(drawn.datasets())
def test_a_dataset_comes_back_but_for_what_the_report_lists(dataset: Dataset) -> None:
    written = oekobaudat.write([dataset])
    listed = {remark.facts["field"] for remark in written.remarks}
    try:
        (reading,) = oekobaudat.read(written.content)
    except Unreadable:
        assert listed == set(Dataset.model_fields)
        return
    differing = {
        name for name in Dataset.model_fields if getattr(reading.dataset, name) != getattr(dataset, name)
    }
    assert differing == listed


def test_what_the_columns_can_say_comes_back_whole() -> None:
    dataset = read(
        {"Modul": "A1-A3", "GWPtotal (A2)": "1,43"}, {"Modul": "D", "GWPtotal (A2)": "-0,0479"}
    ).dataset
    written = oekobaudat.write([dataset])
    assert written.remarks == ()
    assert oekobaudat.read(written.content)[0].dataset == dataset


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_both_code_pages_are_read(encoding: str) -> None:
    assert read({"Modul": "A1-A3", "GWPtotal (A2)": "1"}, encoding=encoding).dataset.names == {
        "de": "Dämmplatte (erfunden)"
    }


def test_rows_of_one_dataset_stand_together_by_module_and_scenario() -> None:
    dataset = read(
        {"Modul": "A1-A3", "GWPtotal (A2)": "1250", "PERE": "1,5E-3"},
        {"Modul": "C4", "Szenario": "S1", "Szenariobeschreibung": "Deponie", "GWPtotal (A2)": "2"},
        {"Modul": "C4", "Szenario": "S2", "GWPtotal (A2)": "3"},
    ).dataset
    rows = {one.code: cells(one) for one in dataset.indicators}
    assert rows == {
        "GWP-total": {("A1-A3", None, "1250"), ("C4", "S1", "2"), ("C4", "S2", "3")},
        "PERE": {("A1-A3", None, "0.0015")},
    }
    assert [(one.name, one.words) for one in dataset.scenarios] == [("S1", {"": "Deponie"}), ("S2", {})]
    assert (str(dataset.declared.amount), dataset.declared.unit) == ("1000", "kg")
    assert (dataset.generation, dataset.subtype) == (Generation.EN15804_A2, Subtype.AVERAGE)
    assert dataset.valid_to is not None
    assert dataset.valid_to.precision is Precision.YEAR


def test_each_uuid_and_version_is_its_own_declaration() -> None:
    other = {"UUID": UUID.replace("0001", "0002"), "Modul": "A1-A3", "GWPtotal (A2)": "1"}
    newer = {"Version": "00.02.000", "Modul": "A1-A3", "GWPtotal (A2)": "2"}
    first = {"Modul": "A1-A3", "GWPtotal (A2)": "3"}
    found = oekobaudat.read(table(other, newer, first))
    assert [str(one.dataset.indicators[0].values[0].amount) for one in found] == ["1", "2", "3"]


def test_an_empty_cell_is_not_declared_and_zero_is_zero() -> None:
    (row,) = read(
        {"Modul": "A1-A3", "GWPtotal (A2)": "0"}, {"Modul": "C1", "GWPtotal (A2)": ""}
    ).dataset.indicators
    assert cells(row) == {("A1-A3", None, "0")}


def test_results_of_the_other_set_of_rules_are_told() -> None:
    reading = read({"Modul": "A1-A3", "GWP": "9", "GWPtotal (A2)": "1"})
    assert [one.code for one in reading.dataset.indicators] == ["GWP-total"]
    assert [(r.key, r.facts["column"]) for r in reading.remarks if r.weight is Weight.NOT_CARRIED] == [
        ("oekobaudat.not-carried", "GWP")
    ]


def test_without_a_conformity_the_filled_columns_tell_the_rules() -> None:
    dataset = read({"Konformitaet": "", "Modul": "A1-A3", "GWP": "9"}).dataset
    assert (dataset.generation, dataset.generation_by) == (Generation.EN15804_A1, "indicators")


@pytest.mark.parametrize(
    ("rows", "keys"),
    [
        ([{"Modul": "A1-A3", "GWPtotal (A2)": "n/a"}], ["no-number"]),
        ([{"Modul": "A9", "GWPtotal (A2)": "1"}], ["module-unknown"]),
        ([{"Modul": "D", "GWPtotal (A2)": "1"}, {"Modul": "D", "GWPtotal (A2)": "2"}], ["twice"]),
        ([{"Modul": "D", "Typ": "x"}], ["not-carried"]),
        ([{"Modul": "D", "Bezugseinheit": "Satz"}], ["unit-unknown"]),
        ([{"Modul": "D", "Gueltig bis": "bald"}], ["no-day"]),
        ([{"Modul": "D", "UUID": "x"}], ["no-uuid"]),
        ([{"Modul": "D", "Fremd": "x"}], ["not-carried"]),
        ([{"Modul": "D", "Typ": "generic dataset"}, {"Modul": "A4"}], ["rows-differ"]),
    ],
)
def test_whatever_is_left_is_told(rows: list[dict[str, str]], keys: list[str]) -> None:
    assert told(read(*rows)) == keys


def test_every_column_of_results_leads_to_a_row_of_our_table() -> None:
    table_of = indicators()
    unknown = [
        name
        for name, (code, rules) in COLUMNS.items()
        if table_of.of(code, rules or Generation.OTHER) is None
    ]
    assert (unknown, len(COLUMNS)) == ([], len({*COLUMNS.values()}))


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"a;b\n1;2", "declaration-oekobaudat-none"),
        (
            table(drop="x").split(b"\r\n")[0] + b";UUID;Modul;Bezugsgroesse;Bezugseinheit",
            "declaration-oekobaudat-empty",
        ),
        (b"", "declaration-oekobaudat-none"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(data: bytes, key: str) -> None:
    with pytest.raises(Unreadable) as refused:
        oekobaudat.read(data)
    assert refused.value.key == key


def test_numbers_with_signs_between_thousands_are_not_guessed() -> None:
    reading = read({"Modul": "A1-A3", "GWPtotal (A2)": "1.234,5"}, {"Modul": "D", "GWPtotal (A2)": "1,234"})
    assert reading.dataset.indicators[0].values[0].amount == Decimal("1.234")
    assert told(reading) == ["no-number"]
