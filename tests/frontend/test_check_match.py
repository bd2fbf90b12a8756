"""Line by line: nothing is decided for the user but what is proven, and nothing typed is lost."""

import gzip
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from catalogue.checks import store
from tests.frontend.check_site import (
    LIKELY,
    NO_UNIT,
    NOBODY,
    PROVEN,
    ROUGH,
    SERVICE,
    TWIN,
    UNCLASSED,
    WRONG_DAY,
    Visitor,
    chosen,
    filled,
    line,
    offered,
    page,
    places,
    radios,
)

DEMO_BILL = Path("frontend/static/demo-bill.xlsx")
BUDGET = 15_000  # octets of a page as sent, screens.md section 4


def test_proven_lines_arrive_chosen_and_no_other_line_does(checks: TestClient) -> None:
    visitor = Visitor(checks)
    match = visitor.match(PROVEN, LIKELY, UNCLASSED, ROUGH, SERVICE)
    everything = visitor.page(f"{match}?show=all")
    assert "5 行：已证实 1" in everything.words
    assert chosen(line(everything, 0)) == offered(line(everything, 0))[:1]
    for place in (1, 2, 3):
        assert offered(line(everything, place))
        assert chosen(line(everything, place)) == []
    assert places(visitor.page(match)) == [1, 2, 3]


def test_there_is_no_button_that_accepts_what_is_not_proven(checks: TestClient) -> None:
    visitor = Visitor(checks)
    match = visitor.match(PROVEN, LIKELY, UNCLASSED)
    for then in ("", "report"):
        assert visitor.send(f"{match}?show=all", then=then).status_code == 303
        assert places(visitor.page(match)) == [1, 2]
    buttons = visitor.page(f"{match}?show=all").one("form", id="lines").below("button")
    acts = {one.attributes["value"] for one in buttons if one.attributes.get("name") == "then"}
    assert acts == {"", "report", "search:0", "search:1", "search:2"}


def test_one_tick_repeats_a_choice_on_lines_of_the_same_words(checks: TestClient) -> None:
    visitor = Visitor(checks)
    match = visitor.match(LIKELY, TWIN, UNCLASSED)
    product = offered(line(visitor.page(match), 0))[0]
    visitor.send(match, **{"m-0": product})
    assert places(visitor.page(match)) == [1, 2], "without the tick a choice is of one line"
    visitor.send(match, **{"m-1": "none", "s-1": "1"})
    everything = visitor.page(f"{match}?show=all")
    assert chosen(line(everything, 0)) == chosen(line(everything, 1)) == ["none"]
    assert chosen(line(everything, 2)) == []


def test_none_of_these_is_a_decision_and_can_be_taken_back(checks: TestClient) -> None:
    visitor = Visitor(checks)
    match = visitor.match(LIKELY)
    visitor.send(match, **{"m-0": "none"})
    assert places(visitor.page(match)) == []
    assert "每一行都已确认" in visitor.page(match).words
    visitor.send(f"{match}?show=all", **{"m-0": "open"})
    assert chosen(line(visitor.page(match), 0)) == []


def test_cells_that_cannot_be_used_are_mended_in_place(checks: TestClient) -> None:
    visitor = Visitor(checks)
    match = visitor.match(ROUGH, NO_UNIT, WRONG_DAY)
    shown = visitor.page(match)
    assert "第 2 行 D 列" in line(shown, 0).text
    mended = {"quantity-0": "５０．５", "unit-1": "平方米", "delivery-2": "2026年3月5日"}
    none = {f"m-{place}": "none" for place in range(3)}
    assert visitor.send(match, **mended, **none).status_code == 303
    assert places(visitor.page(match)) == []
    words = visitor.page(f"{match}?show=all").words
    assert "50.5 千克" in words
    assert "65 m²" in words
    assert "供货 2026年3月5日" in words


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("quantity-0", "许多", "不是大于 0 的数字"),
        ("quantity-0", "-3", "不是大于 0 的数字"),
        ("quantity-0", "9" * 5000, "不是大于 0 的数字"),
        ("unit-0", "车皮", "不认识单位"),
        ("delivery-0", "2026-02-30", "不是日期"),
        ("m-0", "YS-P00000-00000-0", "重新选择"),
        ("m-0", "../../etc", "重新选择"),
    ],
)
def test_what_cannot_be_read_is_named_and_nothing_of_the_page_is_saved(
    checks: TestClient, field: str, value: str, said: str
) -> None:
    visitor = Visitor(checks)
    match = visitor.match(ROUGH, LIKELY)
    answer = visitor.send(match, **{"m-1": "none", "m-0": "none", field: value})
    refused = page(answer, 422)
    assert "<title>错误：" in answer.text
    assert said in refused.one("div", class_="summary").text
    assert chosen(line(refused, 1)) == ["none"], "what was chosen is kept on the page"
    if not field.startswith("m-"):
        assert filled(refused)[field] == value
    assert places(visitor.page(match)) == [0, 1], "and nothing of it is saved"


def test_a_material_the_rule_leaves_open_is_classed_by_the_user(checks: TestClient) -> None:
    visitor = Visitor(checks)
    match = visitor.match(UNCLASSED)
    kinds = line(visitor.page(match), 0).below("select")[0]
    assert kinds.attributes["name"] == "k-0"
    values = [one.attributes["value"] for one in kinds.below("option")]
    assert values[0] == ""
    visitor.send(match, **{"m-0": "none"})
    assert places(visitor.page(match)) == [0], "the kind is still open"
    visitor.send(match, **{"k-0": values[1]})
    assert places(visitor.page(match)) == []


def test_a_search_finds_another_product_and_keeps_what_was_chosen(checks: TestClient) -> None:
    visitor = Visitor(checks)
    match = visitor.match(LIKELY, NOBODY)
    asked = visitor.send(match, **{"m-0": "none", "then": "search:1"})
    assert asked.headers["location"].endswith("#l-1")
    searching = asked.headers["location"]
    assert places(visitor.page(searching)) == [1], "the other line was saved"
    found = visitor.send(searching, **{"q-1": "岩棉板", "then": ""}).headers["location"]  # the Enter key
    shown = visitor.page(found)
    assert "岩棉" in line(shown, 1).text
    product = offered(line(shown, 1))[0]
    visitor.send(found, **{"m-1": product})
    everything = visitor.page(f"{match}?show=all")
    assert chosen(line(everything, 1)) == [product]
    assert "岩棉" in line(everything, 1).text


def test_a_material_of_no_known_kind_is_named_from_the_list(checks: TestClient) -> None:
    visitor = Visitor(checks)
    match = visitor.match(NOBODY)
    searching = visitor.send(match, then="search:0").headers["location"]
    kinds = next(one for one in line(visitor.page(searching), 0).below("select"))
    assert kinds.attributes["name"] == "t-0"
    assert len(kinds.below("option")) > 40
    visitor.send(searching, **{"t-0": "concrete"})
    assert offered(line(visitor.page(match), 0)), "the chosen kind brings its products"
    refused = page(visitor.send(searching, **{"t-0": "no-such-kind"}), 422)
    assert "no-such-kind" in refused.words


def test_of_two_tabs_the_late_one_is_told_what_changed_and_keeps_what_it_chose(checks: TestClient) -> None:
    visitor = Visitor(checks)
    match = visitor.match(PROVEN, LIKELY, UNCLASSED)
    late = filled(visitor.page(f"{match}?show=all")) | {"m-2": "none"}
    visitor.send(f"{match}?show=all", **{"m-0": "none", "m-1": "not-a-material"})
    shown = page(checks.post(match, data=late), 409)
    notice = shown.one("div", class_="notice bad")
    assert [one.attributes["href"] for one in notice.below("a")] == ["#l-0", "#l-1"]
    assert chosen(line(shown, 0)) == ["none"], "an untouched radio does not undo the other tab"
    assert chosen(line(shown, 1)) == ["not-a-material"]
    assert chosen(line(shown, 2)) == ["none"], "what was chosen here is kept"
    assert checks.post(match, data=filled(shown)).status_code == 303
    everything = visitor.page(f"{match}?show=all")
    kept = [chosen(line(everything, place)) for place in range(3)]
    assert kept == [["none"], ["not-a-material"], ["none"]]


def test_lines_that_were_read_again_take_nothing_from_a_late_form(checks: TestClient) -> None:
    visitor = Visitor(checks)
    match = visitor.match(LIKELY, UNCLASSED)
    late = filled(visitor.page(match)) | {"m-0": "none"}
    visitor.send(match.replace("/match", "/columns"), **{"header-0": "1-2"})
    shown = page(checks.post(match, data=late), 409)
    assert "没有保存" in shown.words
    assert [chosen(line(shown, place)) for place in places(shown)] == [[]]


def test_a_save_between_reading_and_writing_is_not_overwritten(
    checks: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = Visitor(checks)
    match = visitor.match(LIKELY, UNCLASSED)
    mine = filled(visitor.page(match)) | {"m-0": "none"}
    theirs = mine | {"m-0": "not-a-material"}
    written = store.save

    def save_after_another(*given: object) -> object:
        monkeypatch.setattr(store, "save", written)
        answers.append(checks.post(match, data=theirs).status_code)
        return written(*given)  # type: ignore[arg-type]

    answers: list[int] = []
    monkeypatch.setattr(store, "save", save_after_another)
    shown = page(checks.post(match, data=mine), 409)
    assert answers == [303]
    assert chosen(line(shown, 0)) == ["none"]
    assert chosen(line(visitor.page(f"{match}?show=all"), 0)) == ["not-a-material"]


def test_a_plant_that_does_not_make_the_product_is_not_taken(checks: TestClient) -> None:
    visitor = Visitor(checks)
    match = visitor.match(LIKELY)
    product = offered(line(visitor.page(match), 0))[0]
    forged = {"m-0": product, f"p-0-{product}": "00000000-0000-0000-0000-000000000001", "o-0": "X-1"}
    assert visitor.send(match, **forged).status_code == 303
    report = visitor.send(match, then="report").headers["location"]
    stored = checks.get(f"{report}.json").json()["input"]["lines"][0]
    assert stored["plant_id"] != "00000000-0000-0000-0000-000000000001"
    assert stored["model"] != "X-1"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_example_bill_keeps_to_its_lines_and_the_budget(checks: TestClient, lang: str) -> None:
    visitor = Visitor(checks, lang)
    columns = visitor.upload(DEMO_BILL.read_bytes(), "demo.xlsx").headers["location"]
    match = visitor.send(columns).headers["location"]
    for query in ("", "?show=all", "?show=all&page=2"):
        answer = checks.get(match + query)
        assert len(gzip.compress(answer.content)) <= BUDGET
        assert len(places(page(answer))) <= 25
        unknown = re.findall(r">((?:check|bom|error)\.[a-z.-]+)<", answer.text)
        assert unknown == [], "every code is put into words"


@pytest.mark.parametrize(
    "query", ["?page=99", "?page=-1", "?page=x", "?line=99999", "?line=0&q=%ED%A0%80", "?show="]
)
def test_an_odd_address_still_shows_the_lines(checks: TestClient, query: str) -> None:
    visitor = Visitor(checks)
    match = visitor.match(LIKELY)
    assert places(visitor.page(match + query)) == [0]
    assert radios(line(visitor.page(match + query), 0))
