"""One figure of a whole document: its scenarios with their defaults, and ties that contradict one another."""

import pytest

from registry.declarations.dataset import Scenario
from registry.declarations.figures.gwp import gwp
from registry.declarations.figures.headline import headline
from registry.declarations.figures.stated import of_dataset
from registry.declarations.formats.files import read_file
from registry.units.convert import FactKind
from tests.registry import shared_files
from tests.registry.test_gwp import Cells, answered, asked, dataset, refused


@shared_files.needed
@pytest.mark.parametrize(("prefix", "mass"), [("0e0c4e37", "40.57"), ("0e85f255", "179")])
def test_a_stated_grammage_is_used_and_its_contradiction_told(prefix: str, mass: str) -> None:
    """Real files: density × thickness comes to 63 and to 0.192 kg/m²."""
    (path,) = shared_files.found(f"ilcd-json/{prefix}*.json")
    found = read_file(path.read_bytes(), path.name)[0].dataset
    answer = answered(gwp(of_dataset(found), asked()))
    assert (answer.path[0].fact, str(answer.path[0].multiply)) == (FactKind.AREA_MASS, mass)
    assert answer.doubt is not None
    assert (answer.doubt.key, answer.doubt.facts["first_value"]) == ("units.facts-disagree", mass)
    short = headline(found)
    assert str(short.values["mass_kg"]) == mass
    assert "declaration.mass-disagrees" in {one.key for one in short.remarks}


def test_a_default_stands_where_none_is_asked_for_but_never_in_place_of_an_alternative() -> None:
    cells: Cells = [
        ("C3", "S1", "1"),
        ("C3", "S2", "2"),
        ("D", "S1", "-3"),
        ("A4", "车", "8"),
        ("A4", "船", "9"),
    ]
    scenarios = (
        Scenario(name="S1", group="end", default=True),
        Scenario(name="S2", group="end"),
        Scenario(name="车", group="transport", default=True),
        Scenario(name="船", group="transport"),
    )
    stated = of_dataset(dataset(cells, scenarios=scenarios))
    plain = answered(gwp(stated, asked("A4,C3", "m2")))
    assert plain.value == 9
    assert [part.scenarios for part in plain.parts] == [("车",), ("S1",)]
    assert answered(gwp(stated, asked("A4,C3", "m2", "S2"))).value == 10
    assert refused(gwp(stated, asked("D", "m2", "S2"))).facts == {"module": "D", "scenarios": "S1"}
