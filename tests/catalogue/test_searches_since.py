"""What has become of a kept list: every row is new, gone, of another state, restated or the same."""

from decimal import Decimal

from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from catalogue.archive.sealed import Said
from catalogue.searches.rows import Coded, Declared, Figure, ListedRow, StatedDay
from catalogue.searches.since import since
from registry.declarations.facts import PartialDay, Precision
from tests.factories import END
from tests.oracles.since_oracle import sorted_out


def said(word: str) -> Said:
    return Said(zh=word, en=word)


def coded(code: str) -> Coded:
    return Coded(code=code, said=said(code))


def row(number: str, *, state: str = "valid", name: str = "甲", value: Decimal = Decimal(612)) -> ListedRow:
    figure = Figure(value=value, unit=coded("t"), basis=coded("cement|-|t|EN 15804+A2|GWP-total"))
    declared = Declared(
        data_kind=coded("specific"),
        verification=coded("none"),
        valid_to=StatedDay.of(PartialDay(day=END, precision=Precision.YEAR)),
        figure=figure,
    )
    return ListedRow(
        number=number,
        name=said(name),
        maker=said("示例企业 001（虚构）"),
        maker_code="99",
        kind=coded("cement"),
        performance=None,
        models=(),
        region=coded("520100"),
        state=coded(state),
        certificate=None,
        declared=declared,
    )


lists = st.lists(
    st.builds(
        row,
        st.sampled_from("ABCDEF"),
        state=st.sampled_from(["valid", "suspended"]),
        name=st.sampled_from(["甲", "乙"]),
        value=st.sampled_from([Decimal(612), Decimal("612.0"), Decimal(0)]),
    ),
    max_size=6,
    unique_by=lambda one: one.number,
)


@given(lists, lists)
@examples(max_examples=200)
def test_every_row_is_sorted_out_as_the_slow_judge_has_it(
    then: list[ListedRow], now: list[ListedRow]
) -> None:
    found, judged = since(then, now), sorted_out(then, now)
    assert [one.number for one in found.new] == judged["new"]
    assert [one.number for one in found.gone] == judged["gone"]
    assert [new.number for _, new in found.other_state] == judged["other_state"]
    assert [old.number for old, _ in found.restated] == judged["restated"]
    assert found.is_same == (set(judged["same"]) == {one.number for one in (*then, *now)})


@given(lists)
def test_a_list_is_the_same_as_itself_in_any_order(rows: list[ListedRow]) -> None:
    assert since(rows, rows[::-1]).is_same


def test_a_state_that_changed_is_told_apart_from_other_details() -> None:
    then = [row("A"), row("B"), row("C")]
    now = [row("A", state="suspended", name="乙"), row("B", name="乙"), row("D")]
    found = since(then, now)
    assert [(old.state.code, new.state.code) for old, new in found.other_state] == [("valid", "suspended")]
    assert [new.name.zh for _, new in found.restated] == ["乙"]
    assert ([one.number for one in found.new], [one.number for one in found.gone]) == (["D"], ["C"])
