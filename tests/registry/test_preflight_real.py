"""Real published declarations: everything the pre-flight says of them is true, and was looked up by hand."""

from datetime import date
from pathlib import Path
from typing import Final

import pytest

from registry.declarations.dataset import Dataset
from registry.declarations.formats.files import read_file
from registry.declarations.preflight.catalogue import preflight
from registry.declarations.preflight.model import Severity
from registry.declarations.preflight.view import Context
from tests.registry import shared_files
from tests.registry.shared_files import found

pytestmark = shared_files.needed
FILES: Final = (*found("ilcd-json/*.json"), *found("ilcd-xml/*.zip"))
# What is wrong in each file, by the first eight characters of its name's UUID; the others are in order.
TRUE: Final = {
    "0b4c397d": {"scenario-default-missing"},  # S1 and S2, neither marked as the default
    "0e85f255": {"density-too-low", "label-fresh-water"},  # 2.4 kg/m³ of concrete; kg P labelled as kg PO4
    "0e9fd868": {"uptake-differs"},  # carbon content 1.0, a placeholder, beside 1.8 kg CO₂ taken up
    "a6ef2d29": {"indicator-named-as-another"},  # the English name of POCP is that of AP, in German
    "daa1778e": {"sum-renewable", "sum-nonrenewable"},  # PERT of A1-A3 a hundredth of PERE; PENRT of C1
}


def middle(dataset: Dataset) -> date:
    """A day on which the declaration is valid, so that its age is no finding."""
    last, first = dataset.valid_to, dataset.published or dataset.valid_from
    assert last is not None
    return last.day if first is None else first.day + (last.day - first.day) / 2


def alarms(path: Path) -> tuple[str, set[str]]:
    (reading,) = read_file(path.read_bytes(), path.name)
    persons = frozenset(person.role for person in reading.persons)
    findings = preflight(reading.dataset, Context(middle(reading.dataset), persons=persons))
    serious = {one.check.id for one in findings if one.check.severity is not Severity.NOTE}
    return str(reading.dataset.uuid)[:8], serious


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_alarm_over_a_real_file_is_true_and_none_is_missed(path: Path) -> None:
    key, raised = alarms(path)
    assert raised == TRUE.get(key, set())


def test_the_real_files_are_there() -> None:
    assert len(FILES) >= 13
