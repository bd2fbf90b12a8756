"""Every published cell just below, at and just above; what is not alike or not published is refused."""

from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from catalogue.limits.energy import benchmarks_of
from catalogue.limits.finding import Why, limits_for
from catalogue.limits.headroom import Headroom, headroom
from catalogue.limits.tables import Limit, editions, limits
from catalogue.limits.wording import conditions
from registry.declarations.facts import DataKind, DocumentKind, Verification
from registry.declarations.figures.gwp import Refusal
from registry.declarations.figures.stated import of_fact
from registry.declarations.validity import Validity
from registry.firms.benchmarks import IN_BASE
from registry.firms.benchmarks import Limit as EnergyLimit
from registry.firms.benchmarks import limits as energy_limits
from registry.kit.messages import say
from registry.units.convert import FactKind, ProductFact
from seeds.mapping import benchmark_facts
from tests import factories
from tests.oracles import limits_oracle
from tests.oracles.limits_oracle import Published

CELLS = limits_oracle.cells()
WITH_VALUE = [cell for cell in CELLS if cell.kilograms is not None]
TINY = Decimal("0.000001")


def named(cell: Published) -> str:
    return f"{cell.region} {cell.material} {'/'.join(cell.known.values())} {cell.level} {cell.day}"


def found(cell: Published) -> Limit:
    """The one limit of the cell's region and level."""
    told = limits_for(cell.material, cell.known, date.fromisoformat(cell.day), regions={cell.region})
    one = [
        each.limit
        for each in told.applicable
        if each.limit.edition.region == cell.region and each.limit.level.value == cell.level
    ]
    assert len(one) == 1
    return one[0]


def told(limit: Limit, value: str, **fields: Any) -> Headroom | Refusal:
    stated = {"modules": {"A1-A3": Decimal(value)}, "declared_unit": limit.per.code, **fields}
    fact = factories.declaration(**stated)
    return headroom(limit, of_fact(fact), fact)


@pytest.mark.parametrize("cell", WITH_VALUE, ids=named)
def test_a_value_is_within_a_published_cell_up_to_it_and_no_further(cell: Published) -> None:
    limit, bound = found(cell), Decimal(cell.kilograms or "")
    assert (limit.value, limit.per.code) == (bound, cell.per)
    for value, within in ((bound - TINY, True), (bound, True), (bound + TINY, False)):
        answer = told(limit, str(value))
        assert isinstance(answer, Headroom)
        assert (answer.within, answer.margin) == (within, bound - value)
        assert answer.percent is not None
        assert abs(Fraction(answer.percent) - Fraction(bound - value) * 100 / Fraction(bound)) < Fraction(
            1, 10**20
        )


@pytest.mark.parametrize("cell", [cell for cell in CELLS if cell.kilograms is None], ids=named)
def test_a_cell_without_a_value_judges_nothing(cell: Published) -> None:
    answer = told(found(cell), "1")
    assert isinstance(answer, Refusal)
    assert answer.key == "limits.value-unknown"


def test_the_data_hold_every_cell_of_the_second_typing_and_no_other() -> None:
    ours = Counter(
        (edition.region, limit.level.value, limit.value)
        for edition in editions()
        for raised in ({False, True} if edition.raised else {False})
        for limit in limits(edition, raised=raised)
    )
    second = Counter(
        (cell.region, cell.level, None if cell.kilograms is None else Decimal(cell.kilograms))
        for cell in CELLS
    )
    assert ours == second


def test_every_table_names_its_source_in_both_languages_and_how_sure_it_is() -> None:
    for edition in editions():
        assert all((edition.document, edition.clause, edition.title_zh, edition.title_en, edition.note_en))
        assert edition.confidence in ("high", "medium", "low")


@pytest.mark.parametrize(
    "material", ["concrete.ready-mixed", "steel", "steel.member", "glass.flat", "insulation.mineral-wool"]
)
def test_tables_of_another_country_are_shown_only_when_asked_for(material: str) -> None:
    told = limits_for(material, {"fc_psi": "4000", "form": "rebar"}, date(2024, 6, 1))
    assert (told.applicable, told.open) == ((), ())
    assert limits_for(material, {}, date(2024, 6, 1), regions={"CN"}).open == ()


def test_a_country_holds_its_states_and_a_state_not_its_country() -> None:
    def regions(asked: str) -> set[str]:
        told = limits_for("glass.flat", {}, date(2024, 6, 1), regions={asked})
        return {one.limit.edition.region for one in told.applicable}

    assert regions("US") == {"US", "US-CA"}
    assert regions("US-CA") == {"US-CA"}


@pytest.mark.parametrize(
    ("known", "why", "facts"),
    [
        ({}, Why.ATTRIBUTE, {"attributes": "fc_psi"}),
        ({"strength": "C30"}, Why.ATTRIBUTE, {"attributes": "fc_psi"}),  # a cube strength is no f'c
        ({"fc_psi": "3500"}, Why.NO_CELL, {"known": "fc_psi=3500"}),
        ({"fc_psi": "2500"}, Why.NO_CELL, {"known": "fc_psi=2500"}),
        ({"fc_psi": "7199"}, Why.NO_CELL, {"known": "fc_psi=7199"}),
        ({"fc_psi": "strong"}, Why.NO_CELL, {"known": "fc_psi=strong"}),
    ],
)
def test_between_two_cells_nothing_is_guessed(known: dict[str, str], why: Why, facts: dict[str, str]) -> None:
    told = limits_for("concrete.ready-mixed", known, date(2024, 6, 1), regions={"US"})
    assert told.applicable == ()
    assert [(one.why, one.facts) for one in told.open] == [(why, facts)]
    assert all(say(why, lang, facts) for lang in ("zh", "en"))


@pytest.mark.parametrize(
    ("day", "states"),
    [
        (date(2020, 12, 31), []),
        (date(2021, 1, 15), [("1.72", Validity.UNCERTAIN)]),
        (date(2021, 6, 1), [("1.72", Validity.IN_FORCE)]),
        (date(2022, 6, 1), [("1.43", Validity.UNCERTAIN), ("1.72", Validity.UNCERTAIN)]),
        (date(2022, 12, 31), [("1.43", Validity.IN_FORCE), ("1.72", Validity.UNCERTAIN)]),
        (date(2023, 1, 1), [("1.43", Validity.IN_FORCE)]),
    ],
)
def test_an_edition_stands_as_precisely_as_its_days_are_known(
    day: date, states: list[tuple[str, Validity]]
) -> None:
    told = limits_for("glass.flat", {}, day, regions={"US-CA"})
    shown = sorted((str(one.limit.published), one.standing) for one in told.applicable)
    assert shown == states


def test_a_limit_is_met_in_its_own_unit_with_the_way_there() -> None:
    limit = found(next(cell for cell in WITH_VALUE if cell.material == "glass.flat" and cell.region == "US"))
    fact = factories.declaration(declared_unit="m2", modules={"A1-A3": Decimal(13)})
    stated = of_fact(fact, (ProductFact(FactKind.AREA_MASS, Decimal(10), "P-1"),))
    answer = headroom(limit, stated, fact)
    assert isinstance(answer, Headroom)
    assert (answer.answer.value, answer.within, len(answer.answer.path)) == (Decimal(1300), True, 2)
    without = headroom(limit, of_fact(fact), fact)
    assert isinstance(without, Refusal)
    assert without.key == "units.no-path"


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"document": DocumentKind.FOOTPRINT_REPORT}, "limits.no-epd"),
        ({"document": DocumentKind.FOOTPRINT_LABEL}, "limits.no-epd"),
        ({"standard": "GB/T 24067-2024", "indicator": "carbon-footprint"}, "limits.rules-differ"),
        ({"standard": "EN 15804"}, "limits.rules-differ"),
        ({"data_kind": DataKind.AVERAGE}, "limits.not-specific"),
        ({"data_kind": DataKind.GENERIC}, "limits.not-specific"),
        ({"verification": Verification.INTERNAL}, "limits.not-verified"),
        ({"verification": Verification.NONE}, "limits.not-verified"),
        ({"indicator": "GWP-fossil"}, "gwp.no-whole-footprint"),
        ({"modules": {"A1": Decimal(1)}}, "gwp.module-missing"),
    ],
)
def test_an_unlike_basis_is_refused_with_its_reason(fields: dict[str, Any], key: str) -> None:
    answer = told(found(WITH_VALUE[0]), "1", **fields)
    assert isinstance(answer, Refusal)
    assert answer.key == key
    assert all(say(key, lang, answer.facts) for lang in ("zh", "en"))


def every_edition() -> tuple[EnergyLimit, ...]:
    """The rows of superseded editions too, each read as if it were in force."""
    facts = [one for one in benchmark_facts() if one.table == "energy-benchmark"]
    return energy_limits(one.model_copy(update={"data": {**one.data, "status": "in-force"}}) for one in facts)


@pytest.mark.parametrize(("product", "size", "level", "unit", "value"), limits_oracle.energy())
def test_every_energy_benchmark_is_kept_up_to_its_value(
    product: str, size: Decimal | None, level: str, unit: str, value: Decimal
) -> None:
    rows = [
        one
        for one in every_edition()
        if (one.product.value, one.level.value) == (product, level) and one.fits(size)
    ]
    assert [(one.bound.value, one.unit.value) for one in rows] == [(value, unit)]
    times = IN_BASE[rows[0].unit][0]
    for figure, kept in ((value - TINY, True), (value, True), (value + TINY, False)):
        assert rows[0].meets(Fraction(figure) * times) is kept


def test_every_energy_benchmark_is_typed_a_second_time() -> None:
    assert len(every_edition()) == len(limits_oracle.energy())


def test_energy_benchmarks_are_found_by_kind_from_their_day_on_and_superseded_ones_never() -> None:
    facts = benchmark_facts()
    assert {one.bound.value for one in benchmarks_of("cement.clinker", facts, date(2026, 6, 1))} == {
        Decimal(value) for value in (100, 107, 117)
    }
    assert list(benchmarks_of("cement.clinker", facts, date(2021, 12, 30))) == []
    for kind in ("ceramic.tile", "sanitary.ware", "glass.low-e"):
        assert list(benchmarks_of(kind, facts, date(2026, 6, 1))) == []


def test_every_condition_of_a_table_has_words_in_both_languages() -> None:
    shown = {lang: set[str]() for lang in ("zh", "en")}
    for edition in editions():
        for when in [cell.when for cell in edition.cells] + ([edition.raised.when] if edition.raised else []):
            for lang, said in shown.items():
                said.add(conditions(when, lang))
                assert all(f"[{name}]" in conditions(when, lang) for name in when)
    assert (
        "form [form] = plate, fabrication [fabrication] = unfabricated, route [route] = integrated mill"
        in shown["en"]
    )
    assert len(shown["zh"]) == len(shown["en"])
