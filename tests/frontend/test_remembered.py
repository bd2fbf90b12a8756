"""Remembered answers: the latest of them, each for its number and point, with the moment it is given at."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from frontend.remembered import MOMENT, Page, Remembered
from registry.changes.reading import Point

KEYS = st.tuples(st.sampled_from("ABCDE"), st.builds(Point, st.just(date(2026, 6, 1)), st.integers(1, 3)))


@given(st.lists(KEYS, max_size=40), st.integers(1, 6))
def test_what_is_found_is_what_a_slow_clerk_would_still_have(
    asked: list[tuple[str, Point]], most: int
) -> None:
    remembered, shelf = Remembered(most=most), list[tuple[str, Point]]()
    for number, at in asked:
        found = remembered.find(number, at)
        assert (found is not None) == ((number, at) in shelf)
        if found is None:
            remembered.keep(number, at, Page(f"{number}{at.as_of} ", ""))
        else:
            assert found.at("now") == f"{number}{at.as_of} now"
            shelf.remove((number, at))
        shelf = [*shelf, (number, at)][-most:]


def test_only_the_moment_of_a_written_answer_is_open() -> None:
    page = Page.of(f"<p>登记 {MOMENT}</p>")
    assert [page.at(moment) for moment in ("1", "2")] == ["<p>登记 1</p>", "<p>登记 2</p>"]
