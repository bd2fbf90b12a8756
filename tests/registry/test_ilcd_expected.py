"""Real ILCD+EPD files give the values a right reader finds; what is none is refused with the reason."""

import csv
from collections.abc import Mapping
from decimal import Decimal

import pytest

from registry.declarations.comparable import Generation
from registry.declarations.facts import Precision
from registry.declarations.formats.files import read_file
from registry.declarations.formats.reading import Reading, Unreadable, Weight
from registry.declarations.values import How, a1_a3, gwp
from tests.registry import shared_files
from tests.registry.shared_files import FOLDER, found

pytestmark = shared_files.needed
TABLE = FOLDER / "EXPECTED.csv"
ROWS = list(csv.DictReader(TABLE.read_text("utf-8").splitlines())) if TABLE.is_file() else []
STANDARDS = {"EN15804+A1": Generation.EN15804_A1, "EN15804+A2(EF3.0)": Generation.EN15804_A2}
UNITS = {"pcs": "piece"}


def read(name: str) -> Reading:
    path = FOLDER / name
    (reading,) = read_file(path.read_bytes(), path.name)
    return reading


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_a_real_file_gives_the_expected_values(row: Mapping[str, str]) -> None:
    dataset = read(row["file"]).dataset
    assert (str(dataset.uuid), dataset.version) == (row["uuid"], row["version"])
    assert row["name"].strip() in dataset.names.values()
    assert dataset.owner is not None
    assert row["owner"] in dataset.owner.names.values()
    assert dataset.generation is STANDARDS[row["standard"]]
    assert f"{dataset.subtype} dataset" == row["subtype"]
    assert dataset.declared.amount == Decimal(row["declared_amount"])
    assert dataset.declared.unit == UNITS.get(row["declared_unit"], row["declared_unit"])
    assert (dataset.number or "") == row["registration_number"]
    assert ";".join(one.name for one in dataset.scenarios) == row["scenarios"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_a_real_file_gives_the_expected_a1_to_a3(row: Mapping[str, str]) -> None:
    found = gwp(read(row["file"]).dataset)
    assert found is not None
    value = a1_a3(found)
    assert value.how is (How.DECLARED if row["gwp_how"] == "declared" else How.SUMMED)
    assert value.amount is not None
    if value.how is How.DECLARED:
        assert value.amount == Decimal(row["gwp_a1a3"])
    else:  # the table holds the sum of doubles
        assert float(value.amount) == pytest.approx(float(row["gwp_a1a3"]), rel=1e-14)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_a_real_file_gives_the_expected_days(row: Mapping[str, str]) -> None:
    dataset = read(row["file"]).dataset
    assert dataset.valid_to is not None
    assert dataset.valid_to.day.year == int(row["valid_until_year"])
    day = dataset.valid_to.day.isoformat() if dataset.valid_to.precision is Precision.DAY else ""
    assert day == row["valid_until_day_if_stated"]
    assert (dataset.published.day.isoformat() if dataset.published else "") == row["published"]


def test_every_row_of_the_table_is_looked_at() -> None:
    assert len(ROWS) == 13


def test_the_broken_file_is_refused_for_what_it_lacks() -> None:
    (path,) = found("ilcd-json-broken/*.json")
    with pytest.raises(Unreadable) as refused:
        read_file(path.read_bytes(), path.name)
    assert (refused.value.key, refused.value.facts) == (
        "declaration-part-missing",
        {"part": "processInformation"},
    )


@pytest.mark.parametrize("path", found("tiangong/*/*.xml"), ids=lambda path: path.stem[:8])
def test_plain_ilcd_is_refused_as_what_it_is(path: object) -> None:
    file = FOLDER / str(path)
    with pytest.raises(Unreadable) as refused:
        read_file(file.read_bytes(), file.name)
    kind = "declaration-not-an-epd" if file.parent.name == "processes" else "declaration-not-a-process"
    assert refused.value.key == kind


@pytest.mark.parametrize("path", found("indata/sample_data/processes/*.xml"), ids=lambda path: path.stem[:12])
def test_the_official_samples_are_read(path: object) -> None:
    file = FOLDER / str(path)
    (reading,) = read_file(file.read_bytes(), file.name)
    assert reading.dataset.indicators
    assert "ilcd.unit-not-in-file" in {remark.key for remark in reading.remarks}


def test_the_sample_of_version_1_3_is_read_whole_and_its_contradiction_seen() -> None:
    reading = read("indata/sample_data/processes/EPDv1.3_example_57a4ae65-d305-421e-b21f-a3f0c35b8abe.xml")
    dataset = reading.dataset
    assert reading.source.version == "1.3"
    assert [one.scheme for one in dataset.identifiers] == ["gtin", "gtin", "gtin", "gmn"]
    assert dataset.service_life_years == 100
    assert [one.name for one in dataset.scenarios if one.default] == ["Transport to Gdansk", "100% recycling"]
    assert [one.ids["olc"] for one in dataset.plants] == ["9F28WXR4+FW2"]
    assert [one.cas for one in dataset.components if one.cas] == ["20109-59-5"]
    assert dataset.replaces is not None
    doubts = {remark.key: remark.facts for remark in reading.remarks if remark.weight is Weight.DOUBT}
    assert doubts["ilcd.year-and-day-differ"] == {"year": "2025", "day": "2024-05-08"}
    assert [person.role for person in reading.persons] == ["verifier"]
    assert dataset.verifiers == ()


def test_ep_freshwater_in_phosphate_is_flagged_and_not_converted() -> None:
    flagged = [
        row["file"]
        for row in ROWS
        for remark in read(row["file"]).remarks
        if remark.key == "ilcd.unit-does-not-fit" and remark.facts["code"] == "EP-freshwater"
    ]
    assert len(flagged) >= 1
