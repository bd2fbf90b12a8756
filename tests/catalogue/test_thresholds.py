"""What a limit leaves of a market: counted again by a slow oracle, and true of any market."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.comparison.percentiles import distribution
from catalogue.thresholds.limits import (
    FEWEST_MAKERS,
    Apart,
    Firm,
    Market,
    Offer,
    Reason,
    by_maker,
    market,
    measure,
    suggestions,
    tally,
    written,
)
from tests.oracles.threshold_oracle import Told, left, strictest

BASIS = "timber|-|m3|EN 15804+A2|GWP-total"
PROVINCES = ("330000", "510000", "520000", "310000")
# Timber stores carbon, so its values may be negative; a group may be called like a firm's code.
values = st.decimals(min_value=-900, max_value=900, places=2) | st.integers(-5, 5).map(Decimal)
told = st.builds(
    Told,
    firm=st.sampled_from("abcdefgh"),
    controller=st.just(""),
    provinces=st.lists(st.sampled_from(PROVINCES), min_size=1, max_size=3).map(tuple),
    value=values,
)
CONTROLLERS = st.fixed_dictionaries({firm: st.sampled_from(("", "", "甲", "乙", "a")) for firm in "abcdefgh"})


@st.composite
def markets(draw: st.DrawFn) -> tuple[list[Told], Market]:
    """Up to sixteen products of eight firms, each firm with one controller or none."""
    controllers = draw(CONTROLLERS)
    drawn = [one._replace(controller=controllers[one.firm]) for one in draw(st.lists(told, max_size=16))]
    return drawn, market_of(drawn)


def market_of(drawn: Sequence[Told]) -> Market:
    offers = [
        Offer(
            code=f"P{place}",
            name_zh=f"示例产品 {place:03d}（虚构）",
            name_en=f"Example product {place:03d} (invented)",
            firm=Firm(one.firm, one.firm, one.firm, one.controller or None),
            provinces=frozenset(one.provinces),
            value=one.value,
        )
        for place, one in enumerate(drawn)
    ]
    return market(BASIS, offers, dict.fromkeys(Apart, 0))


def plain(firm: str, value: str, controller: str = "", *provinces: str) -> Told:
    return Told(firm, controller, provinces or ("510000",), Decimal(value))


@given(markets(), st.none() | values)
@settings(max_examples=100)
def test_the_count_is_the_oracles(drawn: tuple[list[Told], Market], limit: Decimal | None) -> None:
    plainly, base = drawn
    found = measure(base, limit)
    reached, whole = found.reached, found.whole
    assert (reached.products, reached.makers, reached.provinces) == left(plainly, limit)
    assert (whole.products, whole.makers, whole.provinces) == left(plainly, None)


@given(markets(), values, values)
@settings(max_examples=50)
def test_a_looser_limit_never_leaves_less(
    drawn: tuple[list[Told], Market], one: Decimal, other: Decimal
) -> None:
    strict, loose = (measure(drawn[1], limit).reached for limit in sorted((one, other)))
    assert strict.products <= loose.products
    assert strict.makers <= loose.makers
    assert strict.provinces <= loose.provinces
    for found in (strict, loose):
        assert found.makers <= found.products
        assert (found.products == 0) is (found.makers == 0) is (found.provinces == 0)


@given(markets(), values)
@settings(max_examples=50)
def test_one_step_looser_lets_in_the_next_value_and_no_other(
    drawn: tuple[list[Told], Market], limit: Decimal
) -> None:
    plainly, base = drawn
    beyond = [one.value for one in plainly if one.value > limit]
    step = measure(base, limit).looser
    if not beyond:
        assert step is None
        return
    assert step is not None
    assert step.tally == measure(base, step.limit).reached
    assert step.tally.products == left(plainly, limit)[0] + beyond.count(min(beyond))


@given(markets())
@settings(max_examples=100)
def test_the_strictest_limit_that_leaves_three_makers_is_the_oracles(
    drawn: tuple[list[Told], Market],
) -> None:
    plainly, base = drawn
    found = {one.reason: one.step for one in suggestions(base)}
    lowest = strictest(plainly, FEWEST_MAKERS)
    if lowest is None:
        assert Reason.THREE_MAKERS not in found
        return
    step = found[Reason.THREE_MAKERS]
    assert step.tally.competes
    assert (step.tally.products, step.tally.makers, step.tally.provinces) == left(plainly, step.limit)
    assert left(plainly, step.limit) == left(plainly, lowest)
    below = [one.value for one in plainly if one.value < lowest]
    assert not below or left(plainly, max(below))[1] < FEWEST_MAKERS


@given(markets())
def test_percentiles_are_suggested_as_the_class_has_them_and_from_ten_values(
    drawn: tuple[list[Told], Market],
) -> None:
    plainly, base = drawn
    found = {one.reason: one.step for one in suggestions(base)}
    cuts = distribution(BASIS, base.values)
    assert ({Reason.P20, Reason.P50} <= found.keys()) is (len(plainly) >= 10)
    for reason, cut in ((Reason.P20, cuts.p20), (Reason.P50, cuts.p50)):
        if cut is not None:
            step = found[reason]
            assert (step.tally.products, step.tally.makers, step.tally.provinces) == left(plainly, cut)
            assert step.limit >= cut


@given(markets(), values)
@settings(max_examples=50)
def test_makers_are_grouped_whole_and_the_order_asked_does_not_matter(
    drawn: tuple[list[Told], Market], limit: Decimal
) -> None:
    plainly, base = drawn
    found = measure(base, limit)
    groups = by_maker(found.within)
    assert len(groups) == found.reached.makers
    assert sorted(offer.code for group in groups for offer in group) == sorted(
        offer.code for offer in found.within
    )
    assert all(tally(group).makers == 1 for group in groups)
    assert measure(market(BASIS, base.offers[::-1], {}), limit).within == found.within
    assert market_of(plainly) == base


@given(st.lists(st.decimals(min_value=-100, max_value=100, places=12), min_size=1, max_size=8, unique=True))
def test_a_limit_is_written_short_and_lets_in_exactly_whom_its_value_does(listed: list[Decimal]) -> None:
    ordered = sorted(listed)
    for value, following in zip(ordered, [*ordered[1:], None], strict=True):
        short = written(value, below=following)
        assert value <= short
        assert following is None or short < following
        assert len(str(short)) <= len(str(value))


@pytest.mark.parametrize(
    ("value", "below", "limit"),
    [
        ("185.1", None, "185.1"),
        ("185.1234", None, "185.2"),
        ("185.1234", "185.15", "185.13"),
        ("185.1234", "185.1235", "185.1234"),
        ("-640.55", "-640", "-640.5"),
        ("0", "1", "0"),
        ("1234567", None, "1234567"),
    ],
)
def test_a_suggested_limit_is_rounded_up_and_never_past_the_next_value(
    value: str, below: str | None, limit: str
) -> None:
    assert written(Decimal(value), below=Decimal(below) if below else None) == Decimal(limit)


def test_firms_of_one_controller_are_one_competitor() -> None:
    base = market_of([plain("a", "1", "甲"), plain("b", "2", "甲"), plain("c", "3"), plain("d", "4")])
    assert measure(base, Decimal(3)).reached.makers == 2
    assert suggestions(base)[0].step.limit == Decimal(4)


def test_a_group_that_is_called_like_a_firm_is_not_that_firm() -> None:
    base = market_of([plain("a", "1"), plain("b", "2", "a")])
    assert measure(base, None).whole.makers == 2


def test_a_product_made_in_two_provinces_counts_in_both_and_once() -> None:
    base = market_of([plain("a", "1", "", "510000", "520000", "510000")])
    assert measure(base, None).whole.provinces == 2
    assert measure(base, None).whole.products == 1


def test_the_limit_itself_is_within() -> None:
    base = market_of([plain("a", "230"), plain("b", "230.00"), plain("c", "230.01")])
    assert measure(base, Decimal(230)).reached.products == 2


def test_an_empty_market_has_nothing_to_suggest() -> None:
    base = market_of([])
    assert suggestions(base) == ()
    assert measure(base, Decimal(1)).looser is None
    assert not measure(base, None).whole.competes
