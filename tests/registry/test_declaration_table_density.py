"""A density in our table: read with its unit, written back, refused in any other."""

from decimal import Decimal

import pytest

from registry.declarations.formats import template
from registry.declarations.formats.reading import Unreadable
from registry.kit.messages import LANGUAGES, say
from tests import declared
from tests.declaration_tables import ROW, WRITERS, one, table


@pytest.mark.parametrize(
    ("heading", "cell", "kg_m3"),
    [
        ("密度（kg/m³）", "2350", "2350"),
        ("密度", "2350", "2350"),
        ("密度（kg/m³）", "2350 kg/m3", "2350"),
        ("密度", "２，３５０ kg/m³", "2350"),
        ("Density (kg/m3)", "2350kg/m^3", "2350"),
        ("density", "2.35 g/cm3", "2350"),
        ("密度（kg/m³）", "2.3512345 g/cm³", "2351.2345"),
        ("密度（g/cm³）", "2.35", "2350"),
        ("密度（g/cm^3）", "2350 kg/m3", "2350"),
        ("密度", "600 千克/立方米", "600"),
    ],
)
def test_a_density_is_read_with_its_unit(heading: str, cell: str, kg_m3: str) -> None:
    (reading,) = template.read(table(ROW | {"声明单位": "m2", heading: cell}))
    (density,) = reading.dataset.properties
    assert (density.kind, density.value, density.unit) == ("density", Decimal(kg_m3), "kg/m³")
    assert reading.remarks == ()
    for write in WRITERS.values():
        (back,) = template.read(write([reading.dataset], "en").content)
        assert back.dataset == reading.dataset


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("密度", "146.7 lb/ft3"),
        ("密度（kg/m³）", "23.5 kg/m2"),
        ("密度（lb/ft³）", "146.7"),
        ("密度", "2350 kg"),
        ("密度（干态）", "600"),
    ],
)
def test_a_density_in_another_unit_is_refused_with_how_to_mend_it(heading: str, cell: str) -> None:
    with pytest.raises(Unreadable) as refused:
        template.read(table(ROW | {heading: cell}))
    assert refused.value.key == "declaration-table-density-unit"
    said = {lang: say(refused.value.key, lang, refused.value.facts) for lang in LANGUAGES}
    assert cell in said["zh"]
    assert "请在数字后写 kg/m³ 或 g/cm³" in said["zh"]
    assert "Write kg/m³ or g/cm³ behind the number" in said["en"]


@pytest.mark.parametrize(
    ("cell", "why"), [("约2350", "not-a-number"), ("0", "too-small"), ("-1 kg/m3", "too-small")]
)
def test_a_density_is_a_number_above_nothing(cell: str, why: str) -> None:
    with pytest.raises(Unreadable, match=f"declaration-table-{why}"):
        template.read(table(ROW | {"密度": cell}))


def test_a_density_that_other_formats_write_in_ascii_is_not_lost() -> None:
    """Of 1 m³ with kg/m3, as openEPD and ILCD write it; the figure comes back under our own sign."""
    paper = declared.dataset()
    assert [(one.kind, one.unit) for one in paper.properties] == [("density", "kg/m3")]
    for write in WRITERS.values():
        (back,) = template.read(write([paper], "zh").content)
        assert [(one.kind, one.value) for one in back.dataset.properties] == [("density", Decimal(2350))]


def test_mass_and_density_of_a_cubic_metre_are_one_figure_where_they_agree() -> None:
    both = {"声明单位质量（kg）": "2350", "密度": "2.35 g/cm3"}
    assert len(one(**both).properties) == 1
    assert [str(found.value) for found in one(**{**both, "密度": "2400"}).properties] == ["2350", "2400"]
