"""A word of one sort finds that sort: grades, silvers, wools and boards of the demonstration register."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import select
from sqlmodel import col

from registry.changes.reading import point
from registry.kit.db import read_session
from registry.products.models import ProductRow
from search.documents.product import ProductDocument
from search.engine.ports import SearchEngine, SearchRequest, Widened
from search.feeding.follow import documents
from tests.search.contract import ENGINES
from tests.seeded import TODAY, Seeded

GROUPS = ("binder", "insulation", "glass", "concrete", "mortar", "hvac", "pipe")
MOST = 1000

# what is typed, the attributes of all that it finds, and what of it must be there
SORTS: tuple[tuple[str, str, set[str]], ...] = (
    ("42.5 水泥", "strength_class", {"42.5", "42.5R"}),
    ("42.5水泥", "strength_class", {"42.5", "42.5R"}),
    ("32.5", "strength_class", {"32.5"}),
    ("P·O 42.5R", "strength_class", {"42.5R"}),
    ("普通硅酸盐水泥", "type", {"P·O"}),
    ("矿渣水泥", "type", {"P·S·A", "P·S·B"}),
    ("挤塑板", "material", {"XPS"}),
    ("泡沫板", "material", {"EPS", "XPS"}),
    ("岩棉", "material", {"rock-wool"}),
    ("玻璃棉", "material", {"glass-wool"}),
    ("三银", "makeup", {"6Low-E三银"}),
    ("双银", "makeup", {"6Low-E双银", "8Low-E双银"}),
    ("非泵送混凝土", "pumped", {"false"}),
)


@dataclass(frozen=True, slots=True)
class Filled:
    engine: SearchEngine
    known: dict[str, ProductDocument]

    def found(self, text: str) -> list[ProductDocument]:
        return [self.known[hit.id] for hit in self.engine.search(SearchRequest(text=text, limit=MOST)).hits]


@pytest.fixture(scope="module", params=sorted(ENGINES))
def filled(
    request: pytest.FixtureRequest, seeded: Seeded, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Filled]:
    """The products of some groups of kinds, in each engine."""
    with read_session(seeded.engine) as session:
        ids = session.scalars(select(col(ProductRow.id)).distinct())
        every = documents(session, ids, point(session, TODAY))
        known = {one.id: one for one in every if one.group in GROUPS}
    with ENGINES[request.param](tmp_path_factory.mktemp("sorts")) as installed:
        installed.writer.rebuild(known.values(), position=1)
        yield Filled(installed.engine, known)


@pytest.mark.parametrize(("text", "name", "values"), SORTS)
def test_a_word_of_a_sort_finds_that_sort_only(
    filled: Filled, text: str, name: str, values: set[str]
) -> None:
    assert {one.attributes.get(name) for one in filled.found(text)} == values


@pytest.mark.parametrize(
    "text",
    ["P·O42.5R", "P.O42.5R", "P.O 42.5R", "PO42.5R", "PO 42.5R", "p·o 42.5r", "Ｐ·Ｏ４２．５Ｒ", "P•O42.5R"],
)
def test_a_grade_is_read_alike_however_it_is_spelled(filled: Filled, text: str) -> None:
    asked = [one.id for one in filled.known.values() if one.attributes.get("strength_class") == "42.5R"]
    ordinary = {key for key in asked if filled.known[key].attributes["type"] == "P·O"}
    assert {one.id for one in filled.found(text)} == ordinary


@pytest.mark.parametrize("text", ["GB/T 14902", "GB/T14902-2012", "GB 175"])
def test_digits_of_another_number_are_no_standard(filled: Filled, text: str) -> None:
    """A model DY-149-02 and a firm called 175 state no standard, and no product states these."""
    assert filled.found(text) == []


def test_a_wrong_number_finds_nothing_and_a_right_one_its_product(filled: Filled) -> None:
    """A wrong check character, a wrong year and a wrong run of digits are no loosely like products."""
    one = next(one for one in filled.known.values() if one.certificate_numbers)
    right, ours = one.certificate_numbers[0], one.number
    check = "A" if ours[-1] != "A" else "B"
    for wrong in (ours[:-1] + check, f"{right[:-7]}9999999", right.replace("-20", "-19", 1)):
        assert filled.found(wrong) == [], wrong
        assert filled.found(f"{one.kind_names[0]} {wrong}") == [], wrong
    covered = {key for key, known in filled.known.items() if right in known.certificate_numbers}
    assert {found.id for found in filled.found(right)} == covered
    for number in (ours, ours.replace("-", "").lower()):
        assert [found.id for found in filled.found(number)] == [one.id], number


def test_letters_of_a_register_number_are_no_word(filled: Filled) -> None:
    """A heat pump whose number holds PE is no PE pipe; that none is made of PE is said."""
    answer = filled.engine.search(SearchRequest(text="PE管", limit=MOST))
    assert answer.widened is Widened.KIND
    assert {filled.known[hit.id].kind for hit in answer.hits} == {"pipe.plastic"}
