"""Each doubt of the ILCD+EPD reader has one spoilt file that raises it and no other, and its sentence."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from registry.declarations.formats import ilcd
from registry.kit.messages import catalogue
from tests.registry import ilcd_files as files
from tests.registry.ilcd_files import Tree
from tests.registry.ilcd_reading import keys, read

Spoil = Callable[[Tree], object]


def flow(tree: Tree) -> Tree:
    found: Tree = tree["exchanges"]["exchange"][0]
    return found


def inventory(tree: Tree) -> Tree:
    found: Tree = tree["exchanges"]["exchange"][1]
    return found


def named_days(tree: Tree) -> None:
    days = [
        {"name": "publicationDateOfEPD", "value": "2029-06-01"},
        {"name": "expirationDateOfEPD", "value": "2029-05-01"},
    ]
    tree["processInformation"]["time"]["other"] = {"anies": days}


def contradicted_year(tree: Tree) -> None:
    held = {"anies": [{"name": "expirationDateOfEPD", "value": "2028-05-01"}]}
    tree["processInformation"]["time"]["other"] = held


def reviewed_twice(tree: Tree) -> None:
    kinds = ("Independent external review", "Dependent internal review")
    tree["modellingAndValidation"]["validation"] = {"review": [{"type": kind} for kind in kinds]}


def several_flows(tree: Tree) -> None:
    flow(tree)["flowProperties"][0]["meanValue"] = 2.0
    flow(tree)["resultingflowAmount"] = 2.0
    flow(tree)["flowProperties"].append({"uuid": files.MASS, "meanValue": 4600.0})


def bare_standard(tree: Tree) -> None:
    system = {"referenceToComplianceSystem": files.reference(files.FLOW, "EN 15804")}
    tree["modellingAndValidation"]["complianceDeclarations"]["compliance"] = [system]
    tree["LCIAResults"]["LCIAResult"] = []


def no_results(tree: Tree) -> None:
    tree["LCIAResults"]["LCIAResult"] = []
    del tree["exchanges"]["exchange"][1]


def row_twice(tree: Tree) -> None:
    tree["LCIAResults"]["LCIAResult"] += files.tree()["LCIAResults"]["LCIAResult"]


def another_type(tree: Tree) -> None:
    tree["modellingAndValidation"]["LCIMethodAndAllocation"]["typeOfDataSet"] = "LCI result"


DOUBTS: dict[str, Spoil] = {
    "ilcd.amounts-differ": lambda tree: flow(tree).update(resultingflowAmount=1000.0),
    "ilcd.amount-not-positive": lambda tree: flow(tree).update(meanAmount=0, resultingflowAmount=0),
    "ilcd.declared-unit-doubtful": lambda tree: flow(tree)["flowProperties"][0].update(referenceUnit="kg"),
    "ilcd.unit-not-in-file": lambda tree: flow(tree).pop("flowProperties"),
    "ilcd.direction-does-not-fit": lambda tree: inventory(tree).update({"exchange direction": "OUTPUT"}),
    "ilcd.ends-before-it-begins": named_days,
    "ilcd.year-and-day-differ": contradicted_year,
    "ilcd.reviews-differ": reviewed_twice,
    "ilcd.per-flow": several_flows,
    "ilcd.rules-doubtful": bare_standard,
    "ilcd.no-results": no_results,
    "ilcd.indicator-twice": row_twice,
    "ilcd.type-not-epd": another_type,
}  # fmt: skip


@pytest.mark.parametrize("key", DOUBTS)
def test_a_doubt_is_raised_by_its_own_file_alone(key: str) -> None:
    tree = files.tree()
    DOUBTS[key](tree)
    assert keys(read(files.json(tree))) == {key}


def test_every_key_of_the_readers_has_its_sentence() -> None:
    folder = Path(ilcd.__file__).parent
    named = {
        key
        for path in folder.glob("*.py")
        for key in re.findall(r'"(ilcd\.[a-z-]+)"', path.read_text("utf-8"))
    }
    assert len(named) > 20, "the scan sees the code"
    assert named - set(catalogue("zh")) == set()
    assert {key for key in catalogue("zh") if key.startswith("ilcd.")} - named == set()
