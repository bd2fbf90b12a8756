"""The labelled searches speak of products that are there, and the measures are what their definitions say."""

from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.changes.reading import point
from registry.kit.db import read_session
from tests.relevance.labels import INDEPENDENT, NOTHING, OWN, SERVES, labelled, ndcg, recall, values
from tests.relevance.rows import Row, rows
from tests.seeded import TODAY, Seeded

BOTH = (*labelled(INDEPENDENT), *labelled(OWN))


@pytest.fixture(scope="module")
def products(seeded: Seeded) -> list[Row]:
    with read_session(seeded.engine) as session:
        return list(rows(session, point(session, TODAY)))


def test_every_search_has_products_that_answer_it_but_those_for_what_is_not_there(
    products: list[Row],
) -> None:
    for one in BOTH:
        answers = [key for key, grade in one.grades(products).items() if grade >= SERVES]
        assert bool(answers) is (one.sort != NOTHING), one.text


def test_conditions_name_what_products_have(products: list[Row]) -> None:
    named = {name for one in BOTH for entry in one.entries for name in entry if name != "grade"}
    assert [name for name in named if not any(values(row, name.removesuffix("~")) for row in products)] == []


def test_there_are_enough_of_each_sort() -> None:
    sorts = Counter(one.sort for one in labelled())
    assert len(BOTH) >= 400
    assert 2 * len(labelled()) >= len(BOTH)
    assert sorts["zh"] + sorts["traditional"] >= len(labelled()) // 2
    assert min(sorts.values()) >= 10
    assert len({one.text for one in BOTH}) == len(BOTH)


GRADES = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 3), min_size=1)


@given(GRADES)
def test_the_best_order_has_the_full_measure_and_no_other_order_more(grades: dict[str, int]) -> None:
    measures = {shown: ndcg(shown, grades) for shown in permutations(grades)}
    best = tuple(sorted(grades, key=lambda key: -grades[key]))
    assert measures[best] == pytest.approx(1.0)
    assert max(measures.values()) == pytest.approx(1.0)


def test_measures_by_hand() -> None:
    grades = {"a": 3, "b": 2, "c": 1}
    assert recall(["c", "a"], grades) == pytest.approx(0.5)
    assert ndcg(["b"], grades) == pytest.approx(3 / (7 + 3 / 1.584962500721156 + 1 / 2))
    many = {str(n): 3 for n in range(40)}
    assert recall([str(n) for n in range(10)], many) == pytest.approx(1.0)
