"""Lists to choose from stand in the order of their names, whatever their codes are."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from frontend.pages.ordering import by_name
from registry.categories.service import REGION
from registry.changes.feed import Draft
from registry.kit.db import write_session
from tests import applicants, factories
from tests.factories import START
from tests.frontend.reading import Page
from tests.officers import office, shown


def test_chinese_names_stand_by_pinyin_and_english_ones_by_letters() -> None:
    assert by_name([("a", "石膏板"), ("b", "水泥"), ("c", "玻璃幕墙"), ("d", "预拌混凝土")]) == (
        ("c", "玻璃幕墙"),
        ("a", "石膏板"),
        ("b", "水泥"),
        ("d", "预拌混凝土"),
    )
    assert [label for _, label in by_name([("1", "Zinc"), ("2", "cement"), ("3", "Board")])] == [
        "Board",
        "cement",
        "Zinc",
    ]


@given(st.lists(st.tuples(st.text(max_size=3), st.text(alphabet="石膏板水泥abcZ1 ", max_size=6))))
def test_nothing_is_lost_and_the_order_does_not_hang_on_how_it_came(choices: list[tuple[str, str]]) -> None:
    ordered = by_name(choices)
    assert sorted(ordered) == sorted(choices)
    assert by_name(reversed(choices)) == ordered


def test_an_officer_finds_provinces_in_their_usual_order(empty_database: Engine, tmp_path: Path) -> None:
    codes = ["110000", "210000", "330000", "440000", "510000", "650000"]
    with office(empty_database, tmp_path) as opened:
        engine = opened.public.app.state.site.engine  # type: ignore[attr-defined]
        with write_session(engine) as session:
            regions = [applicants.region(code) for code in codes]
            factories.record(session, [Draft(REGION, one.id, START, one) for one in regions])
        page = Page(shown(opened["first"], "/zh/account/surveillance"))
    (select,) = [one for one in page.all("select") if one.attributes["name"] == "region"]
    offered = [one.attributes["value"] for one in select.below("option")]
    assert set(codes) < set(offered)
    assert offered == sorted(offered)
