"""A spread counts each product's own declaration once, names what it left out, and says how sure it is."""

import threading
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from catalogue.distribution import reading
from catalogue.distribution.reading import Kept
from catalogue.distribution.spread import Apart, Choice, Declared, Spreads, cell_key, spreads
from catalogue.distribution.uncertain import under
from registry.changes.reading import Point, point
from registry.declarations.dataset import DeclaredUnit, Value
from registry.declarations.facts import DataKind, PartialDay, Precision, Verification
from registry.declarations.figures.gwp import Asked
from registry.declarations.figures.modules import asked_modules
from registry.kit.db import read_session, write_session
from registry.units.table import unit
from tests import declared as paper
from tests import factories
from tests.oracles import spread_oracle
from tests.oracles.spread_oracle import Told

DAY = date(2026, 6, 1)
LONG = 30.0  # seconds
RULES = ("EN 15804+A1", "EN 15804+A2", "ISO 21930")
CHOICE = Choice(Asked(asked_modules("A1-A3"), unit("t")))


def declared(told: Told) -> Declared:
    """Told's plain words as facts; `ends` is a number of days from the day asked for."""
    modules = {"A4": Decimal(1)}
    if told.value is not None:
        modules["A1-A3"] = Decimal(told.value.numerator) / told.value.denominator
    fact = factories.declaration(
        told.declaration,
        standard=told.rules,
        indicator="GWP" if told.rules == "EN 15804+A1" else "GWP-total",
        data_kind=DataKind(told.data),
        verification=Verification.THIRD_PARTY if told.verified else Verification.INTERNAL,
        valid_to=PartialDay(day=DAY + timedelta(days=told.ends), precision=Precision.DAY),
        modules=modules,
    )
    return Declared(factories.product(told.product, performance=told.performance), fact)


def _told(n: int) -> st.SearchStrategy[Told]:
    return st.builds(
        Told,
        product=st.integers(1, 40),
        declaration=st.just(n),
        performance=st.sampled_from(["42.5", "52.5"]),
        rules=st.sampled_from(RULES),
        data=st.sampled_from(["specific"] * 6 + ["average", "generic"]),
        verified=st.sampled_from([True] * 5 + [False]),
        ends=st.integers(-5, 40),
        value=st.none() | st.integers(-500, 2000).map(lambda n: Fraction(n, 4)),
    )


@st.composite
def told(draw: st.DrawFn) -> list[Told]:
    """A product has one class; its declarations are as they come."""
    drawn = [draw(_told(n)) for n in range(1, draw(st.integers(1, 90)) + 1)]
    grades = {one.product: one.performance for one in drawn}
    # No two last on the same day, so that which one lasts longest is never a matter of codes.
    return [
        one._replace(performance=grades[one.product], ends=100 * one.ends + one.declaration) for one in drawn
    ]


@given(told())
@settings(max_examples=60)
def test_every_cell_is_the_one_of_the_slow_second_answer(drawn: list[Told]) -> None:
    codes = {factories.declaration(one.declaration).code: one.declaration for one in drawn}
    found = spreads([declared(one) for one in drawn], CHOICE, DAY)
    shown = {
        (cell.like.performance, str(cell.like.generation)): [
            (codes[entry.declaration], Fraction(entry.value)) for entry in cell.entries
        ]
        for cell in found.cells
    }
    wanted = {
        (grade, rules): cell
        for grade in ("42.5", "52.5")
        for rules in RULES
        if (cell := spread_oracle.counted(drawn, 0, grade, rules))
    }
    assert {key: sorted(cell) for key, cell in shown.items()} == {
        key: sorted(cell) for key, cell in wanted.items()
    }
    for spread in found.cells:
        values = [Fraction(entry.value) for entry in spread.entries]
        assert (spread.cuts.p20 is None) is (spread.n < 10)
        for percent, cut in ((20, spread.cuts.p20), (50, spread.cuts.p50), (80, spread.cuts.p80)):
            assert cut is None or Fraction(cut) == spread_oracle.percentile(values, percent)
        assert spread.negative == sum(1 for value in values if value < 0)
    assert sum(found.apart.values()) + sum(map(len, shown.values())) == len(drawn)


def test_each_reason_to_stand_apart_is_counted() -> None:
    base = Told(1, 1, "42.5", "EN 15804+A2", "specific", verified=True, ends=9, value=Fraction(600))
    cases = [
        base,
        base._replace(declaration=2, ends=8),
        base._replace(product=2, declaration=3, data="average"),
        base._replace(product=3, declaration=4, data="generic"),
        base._replace(product=4, declaration=5, verified=False),
        base._replace(product=5, declaration=6, ends=-1),
        base._replace(product=6, declaration=7, value=None),
        base._replace(product=7, declaration=8, rules="EN 15804"),
    ]
    found = spreads([declared(one) for one in cases], CHOICE, DAY)
    assert [cell.n for cell in found.cells] == [1]
    assert found.apart == {
        **dict.fromkeys(Apart, 1),
        Apart.DATA: 2,
    }


def test_one_declaration_for_many_products_is_one_value() -> None:
    fact = factories.declaration()
    found = spreads([Declared(factories.product(n), fact) for n in range(1, 13)], CHOICE, DAY)
    assert [(cell.n, len(cell.entries[0].products)) for cell in found.cells] == [(1, 12)]
    assert found.cells[0].cuts.p50 is None


def test_another_kind_of_verification_counts_only_when_chosen() -> None:
    told = Told(1, 1, "42.5", "EN 15804+A2", "specific", verified=False, ends=9, value=Fraction(600))
    chosen = Choice(CHOICE.asked, frozenset(Verification))
    assert spreads([declared(told)], CHOICE, DAY).cells == ()
    assert spreads([declared(told)], chosen, DAY).cells[0].n == 1


def test_a_year_stated_alone_counts_and_is_told() -> None:
    year = PartialDay(day=date(2026, 1, 1), precision=Precision.YEAR)
    fact = factories.declaration(valid_to=year, reference_year=2024)
    cell = spreads([Declared(factories.product(), fact)], CHOICE, DAY).cells[0]
    assert (cell.entries[0].validity, cell.years) == ("uncertain", (2024, 2024))


def test_a_cell_names_everything_that_makes_it() -> None:
    cell = spreads([Declared(factories.product(performance="42.5"), factories.declaration())], CHOICE, DAY)
    assert cell_key(cell.cells[0].like) == "cement|42.5|t|EN 15804+A2|GWP-total|A1-A3|specific"


def test_the_register_is_read_at_its_point_and_kept_until_it_moves(engine: Engine) -> None:
    with write_session(engine) as session:
        factories.record(session, factories.world())
    with read_session(engine) as session:
        kept, at = Kept(), point(session, DAY)
        first = kept.of_kind(session, "cement", CHOICE, at=at)
        assert [entry.value for entry in first.cells[0].entries] == [612]
        assert kept.of_kind(session, "cement", CHOICE, at=at) is first
        assert kept.of_kind(session, "cement", CHOICE, at=Point(date(2031, 1, 1), at.as_of)).cells == ()
        assert kept.of_kind(session, "glass", CHOICE, at=at).cells == ()


def test_who_asks_another_question_waits_for_none(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    with write_session(engine) as session:
        factories.record(session, factories.world())
    kept, begun, go_on = Kept(), threading.Event(), threading.Event()
    asked = Choice(Asked(asked_modules("A4"), unit("t")))

    def slowly(*given: Any) -> Spreads:
        if given[1] == asked:
            begun.set()
            assert go_on.wait(LONG)
        return spreads(*given)

    def ask() -> None:
        with read_session(engine) as session:
            kept.of_kind(session, "cement", asked, at=point(session, DAY))

    monkeypatch.setattr(reading, "spreads", slowly)
    other = threading.Thread(target=ask)
    other.start()
    try:
        assert begun.wait(LONG)
        with read_session(engine) as session:
            assert kept.of_kind(session, "cement", CHOICE, at=point(session, DAY)).cells
        assert other.is_alive()
    finally:
        go_on.set()
        other.join(LONG)


def test_an_entry_has_the_uncertainty_its_document_states(engine: Engine) -> None:
    value = Value(module="A1-A3", amount=Decimal(612), rsd=Decimal("0.1"), distribution="log-normal")
    rows = (paper.row("GWP-total", (value,)), paper.row("GWP-fossil", paper.values(A1_A3="600")))
    tonne = DeclaredUnit(amount=Decimal(1), unit="t", stated="t")
    with write_session(engine) as session:
        document = paper.content_draft(1, of=1, indicators=rows, declared=tonne)
        factories.record(session, [*factories.world(), document])
    with read_session(engine) as session:
        at = point(session, DAY)
        entry = Kept().of_kind(session, "cement", CHOICE, at=at).cells[0].entries[0]
        fossil = Choice(Asked(asked_modules("A1-A3"), unit("t"), indicator="GWP-fossil"))
        part = Kept().of_kind(session, "cement", fossil, at=at).cells[0].entries[0]
    assert (entry.value, entry.rsd, entry.shape) == (Decimal(612), Decimal("0.1"), "log-normal")
    assert part.value == 600


@pytest.mark.parametrize("shape", ["normal", "log-normal"])
@pytest.mark.parametrize("rsd", ["0.05", "0.1", "0.3"])
@pytest.mark.parametrize("limit", ["70", "90", "100", "115", "160"])
def test_a_probability_is_what_a_million_draws_show(shape: str, rsd: str, limit: str) -> None:
    """The second answer draws from numpy with the same mean and standard deviation."""
    draws, spread = np.random.default_rng(7), float(rsd)
    if shape == "normal":
        drawn = draws.normal(100, 100 * spread, 1_000_000)
    else:
        sigma = np.sqrt(np.log1p(spread**2))
        drawn = draws.lognormal(np.log(100) - sigma**2 / 2, sigma, 1_000_000)
        assert abs(drawn.mean() - 100) < 0.2
    found = under(Decimal(limit), Decimal(100), rsd=Decimal(rsd), distribution=shape)
    assert found is not None
    assert abs(float(found) - (drawn <= float(limit)).mean()) < 0.003


@pytest.mark.parametrize(
    ("value", "rsd", "shape", "wanted"),
    [
        ("100", None, "normal", None),
        ("100", "0.1", None, None),
        ("100", "0.1", "uniform", None),
        ("100", "-0.1", "normal", None),
        ("0", "0.1", "normal", None),
        ("-5", "0.1", "log-normal", None),
        ("-100", "0.1", "normal", "1.000"),
        ("100", "0", "normal", "0"),
        ("50", "0", "log-normal", "1"),
    ],
)
def test_without_a_stated_uncertainty_no_probability_is_given(
    value: str, rsd: str | None, shape: str | None, wanted: str | None
) -> None:
    stated = None if rsd is None else Decimal(rsd)
    found = under(Decimal(60), Decimal(value), rsd=stated, distribution=shape)
    assert found == (None if wanted is None else Decimal(wanted))
