"""What we write as ILCD+EPD comes back as it was, or the report says what did not; others read it too."""

import io
import logging
import re
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import lcax  # type: ignore[import-untyped]
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from ilcdlib.epd.reader import IlcdEpdReader
from ilcdlib.medium.archive import ZipIlcdReader

from registry.declarations.comparable import Generation
from registry.declarations.dataset import Dataset
from registry.declarations.facts import PartialDay, Precision
from registry.declarations.formats.files import read_file
from registry.declarations.formats.ilcd import write_json, write_xml, write_zip
from registry.declarations.formats.reading import Written
from registry.kit.errors import Invalid
from registry.kit.messages import say
from tests import declaration_strategies as drawn
from tests.oracles.leaf_oracle import differing
from tests.registry import shared_files

Write = Callable[[Dataset], Written]
WRITERS = (write_xml, write_json, write_zip)
REAL = [*shared_files.found("ilcd-json/*.json"), *shared_files.found("ilcd-xml/*.zip")]
# Shrinking a declaration takes minutes; the example is printed as it was drawn.
patient = settings(
    max_examples=25, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.explicit, Phase.generate]
)


def back(written: Written) -> Dataset:
    (reading,) = read_file(written.content, written.file_name)
    return reading.dataset


def within(path: str, place: str) -> bool:
    return path == place or path.startswith((f"{place}.", f"{place}["))


@pytest.mark.parametrize("write", WRITERS)
def test_what_the_report_names_is_exactly_what_differs(write: Write) -> None:
    @patient
    @given(drawn.datasets())
    def look(dataset: Dataset) -> None:
        written = write(dataset)
        differs = differing(dataset.model_dump(mode="json"), back(written).model_dump(mode="json"))
        named = {remark.place for remark in written.remarks}
        assert {path for path in differs if not any(within(path, name) for name in named)} == set()
        assert {name for name in named if not any(within(path, name) for path in differs)} == set()

    look()


@pytest.mark.parametrize("write", WRITERS)
def test_what_was_read_is_written_and_read_the_same(write: Write) -> None:
    @patient
    @given(drawn.datasets())
    def look(dataset: Dataset) -> None:
        once = back(write(dataset))
        assert back(write(once)) == once
        assert write(once).remarks == ()

    look()


@pytest.mark.parametrize("write", [write_json, write_zip])
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem[:20])
def test_a_real_file_comes_back_whole(path: object, write: Write) -> None:
    file = shared_files.FOLDER / str(path)
    (reading,) = read_file(file.read_bytes(), file.name)
    again = back(write(reading.dataset))
    stated = reading.dataset.declared.stated  # `qm` is written as m2
    declared = again.declared.model_copy(update={"stated": stated})
    assert again.model_copy(update={"declared": declared}) == reading.dataset


def test_values_with_their_scenarios_and_marks_survive_every_notation() -> None:
    @patient
    @given(drawn.datasets())
    def look(dataset: Dataset) -> None:
        for write in WRITERS:
            rows = {row.code or str(row.uuid): row for row in back(write(dataset)).indicators}
            for row in dataset.indicators:
                cells = [(one.module, one.scenario, one.amount, one.mark) for one in row.values]
                again = rows[row.code or str(row.uuid)].values
                assert [(one.module, one.scenario, one.amount, one.mark) for one in again] == cells

    look()


@pytest.mark.parametrize("write", WRITERS)
def test_the_same_declaration_gives_the_same_bytes(write: Write) -> None:
    @settings(patient, max_examples=5)
    @given(drawn.datasets())
    def look(dataset: Dataset) -> None:
        assert write(dataset).content == write(dataset).content

    look()


@pytest.mark.parametrize("write", WRITERS)
def test_a_footprint_report_is_not_dressed_up_as_an_epd(write: Write) -> None:
    @settings(patient, max_examples=5)
    @given(drawn.footprint_reports())
    def look(dataset: Dataset) -> None:
        with pytest.raises(Invalid) as refused:
            write(dataset)
        assert refused.value.key == "declaration-only-epds"
        assert dataset.document.value in say(refused.value.key, "en", refused.value.facts)

    look()


def with_what_lcax_demands(dataset: Dataset) -> Dataset:
    """It reads no document without both years, nor one that names no set of rules."""
    until = dataset.valid_to or PartialDay(day=date(2031, 1, 1), precision=Precision.YEAR)
    return dataset.model_copy(update={"reference_year": dataset.reference_year or 2025, "valid_to": until})


def test_lcax_reads_our_json() -> None:
    @patient
    @given(drawn.datasets(generations=[Generation.EN15804_A2, Generation.EN15804_A1]))
    def look(drawn_: Dataset) -> None:
        dataset = with_what_lcax_demands(drawn_)
        found = lcax.convert_ilcd(write_json(dataset).content.decode())
        assert found.id == str(back(write_json(dataset)).uuid)

    look()


def test_ilcdlib_reads_our_zip(caplog: pytest.LogCaptureFixture) -> None:
    @patient
    @given(drawn.datasets())
    def look(dataset: Dataset) -> None:
        written = write_zip(dataset)
        with caplog.at_level(logging.CRITICAL):
            reader = IlcdEpdReader(None, None, ZipIlcdReader(io.BytesIO(written.content)))
            found: Any = reader.to_openepd_declaration("en")
        assert str(back(written).uuid) in str(found.alt_ids)

    look()


def test_every_reference_in_the_zip_resolves() -> None:
    @settings(patient, max_examples=15)
    @given(drawn.datasets())
    def look(dataset: Dataset) -> None:
        with zipfile.ZipFile(io.BytesIO(write_zip(dataset).content)) as archive:
            files = {
                name.rpartition("/")[2].split("_")[0].removesuffix(".xml") for name in archive.namelist()
            }
            wanted = {
                uuid
                for name in archive.namelist()
                for kind, uuid in _references(archive.read(name).decode())
                if kind != "process data set"  # earlier versions are other declarations
            }
        assert wanted - files == set()

    look()


def _references(text: str) -> list[tuple[str, str]]:
    return re.findall(r'type="([^"]+ data set)" refObjectId="([^"]+)"', text)
