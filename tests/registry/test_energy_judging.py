"""Energy per unit of product against dated benchmarks: exact, and never decided on what is unknown."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.firms.benchmarks import UNITS, Bound, bounds, limits
from registry.firms.facts import EnergyProduct, EnergyRecordFact, EnergyUnit
from registry.firms.judging import Reason, Verdict, judge
from registry.policies.facts import BenchmarkFact
from tests import firm_facts
from tests.factories import key
from tests.oracles import energy_oracle

GUIZHOU, ZHEJIANG = "520100", "330100"
END = date(2025, 12, 31)
ROW = {
    "product_en": "flat glass", "scope": None, "level": "benchmark", "comparator": "<=", "value": "8",
    "unit": "kgce/weight case", "clause": None, "date": "2023-12-14", "region": None, "status": "in-force",
}  # fmt: skip


def row(n: int, **fields: Any) -> BenchmarkFact:
    return BenchmarkFact(
        id=key("benchmark", n), table="energy-benchmark", row=f"b-{n:02d}", data={**ROW, **fields},
        source="演示标准（虚构）", confidence="low",
    )  # fmt: skip


def record(**fields: Any) -> EnergyRecordFact:
    return firm_facts.energy_record(product=EnergyProduct.FLAT_GLASS, **fields)


TABLE = [row(1), row(2, level="base", value="12")]
CASE = EnergyUnit.KGCE_PER_WEIGHT_CASE


@pytest.mark.parametrize(
    ("value", "unit", "verdict"),
    [
        ("0", CASE, Verdict.BENCHMARK),
        ("8", CASE, Verdict.BENCHMARK),
        ("8.000000000001", CASE, Verdict.BETWEEN),
        ("12", CASE, Verdict.BETWEEN),
        ("12.1", CASE, Verdict.WORSE),
        # 8 kgce for 50 kg are 160 kgce for a tonne.
        ("160", EnergyUnit.KGCE_PER_T, Verdict.BENCHMARK),
        ("0.16", EnergyUnit.TCE_PER_T, Verdict.BENCHMARK),
        ("0.1601", EnergyUnit.TCE_PER_T, Verdict.BETWEEN),
        ("240.0001", EnergyUnit.KGCE_PER_T, Verdict.WORSE),
    ],
)
def test_a_figure_is_held_against_both_levels_exactly(value: str, unit: EnergyUnit, verdict: Verdict) -> None:
    found = judge(record(value=Decimal(value), unit=unit), limits(TABLE), region=GUIZHOU)
    assert (found.verdict, found.reason) == (verdict, None)
    assert len(found.compared) == 2


@pytest.mark.parametrize(
    ("table", "value", "reason"),
    [
        (TABLE, None, Reason.VALUE_NOT_STATED),
        ([], "9", Reason.NO_BENCHMARK),
        (TABLE[:1], "9", Reason.NO_BASE),
        (TABLE[1:], "9", Reason.NO_BENCHMARK),
        ([row(1, scope="furnace >= 800 t/d"), TABLE[1]], "9", Reason.SIZE_NOT_STATED),
        ([row(1, scope="说不清的范围"), TABLE[1]], "9", Reason.SIZE_NOT_STATED),
        ([row(1, unit="kgce/m2"), TABLE[1]], "9", Reason.UNITS_APART),
        ([TABLE[0], row(3, value="9.5"), TABLE[1]], "9", Reason.LIMITS_DISAGREE),
        ([TABLE[0], row(2, level="base", value="7")], "7.5", Reason.LIMITS_DISAGREE),
        ([row(1, status="superseded"), TABLE[1]], "9", Reason.NO_BENCHMARK),
        ([row(1, status="draft"), TABLE[1]], "9", Reason.NO_BENCHMARK),
        ([row(1, region="330000"), TABLE[1]], "9", Reason.NO_BENCHMARK),
        ([row(1, date="2026"), TABLE[1]], "9", Reason.NO_BENCHMARK),
        ([row(1, value=None), TABLE[1]], "9", Reason.NO_BENCHMARK),
    ],
)
def test_what_is_unknown_is_never_decided_and_says_why(
    table: list[BenchmarkFact], value: str | None, reason: Reason
) -> None:
    stated = record(value=None if value is None else Decimal(value), unit=CASE)
    found = judge(stated, limits(table), region=GUIZHOU)
    assert (found.verdict, found.reason) == (Verdict.UNDECIDED, reason)


def test_one_level_alone_decides_what_it_can() -> None:
    assert (
        judge(record(value=Decimal(7), unit=CASE), limits(TABLE[:1]), region=GUIZHOU).verdict == "benchmark"
    )
    assert judge(record(value=Decimal(13), unit=CASE), limits(TABLE[1:]), region=GUIZHOU).verdict == "worse"


def test_a_province_judges_its_own_plants_and_a_document_from_its_day_on() -> None:
    local = limits([row(1, region="330000"), TABLE[1]])
    stated = record(value=Decimal(8), unit=CASE)
    assert judge(stated, local, region=ZHEJIANG).verdict is Verdict.BENCHMARK
    assert judge(stated, local, region="").verdict is Verdict.UNDECIDED
    dated = limits(TABLE)
    for day, verdict in ((date(2023, 12, 13), Verdict.UNDECIDED), (date(2023, 12, 14), Verdict.BENCHMARK)):
        early = record(value=Decimal(8), unit=CASE, period_from=date(2023, 1, 1), period_to=day)
        assert judge(early, dated, region=GUIZHOU).verdict is verdict


def test_the_sizes_of_the_loaded_table_are_read() -> None:
    assert bounds("line >= 4000 t/d") == (Bound(">=", Decimal(4000)),)
    assert bounds("furnace 500 to 800 t/d") == (Bound(">=", Decimal(500)), Bound("<=", Decimal(800)))
    assert bounds("water absorption > 0.5 % and <= 10 %") == (
        Bound(">", Decimal("0.5")),
        Bound("<=", Decimal(10)),
    )
    assert bounds("to 2025") is None


SCOPES = [
    None, "furnace >= 800 t/d", "furnace > 800 t/d", "furnace 500 to 800 t/d", "furnace < 500 t/d",
    "water absorption <= 0.5 %", "water absorption > 0.5 % and <= 10 %",
]  # fmt: skip
rows = st.fixed_dictionaries(
    {
        "product_en": st.sampled_from(["flat glass", "ceramic tile"]),
        "scope": st.sampled_from(SCOPES),
        "level": st.sampled_from(["benchmark", "base", "level-2", "capacity-share"]),
        "comparator": st.sampled_from(["<=", "<"]),
        "value": st.sampled_from([None, "4", "8", "8.5", "12", "160", "240"]),
        "unit": st.sampled_from([str(one) for one in EnergyUnit]),
        "clause": st.none(),
        "date": st.sampled_from(["2023", "2024-06", "2023-12-14", "2026-01-01"]),
        "region": st.sampled_from([None, "330000", "520000"]),
        "status": st.sampled_from(["in-force", "in-force", "in-force", "superseded"]),
    }
)
sizes = st.sampled_from([Decimal(text) for text in ("0", "0.5", "0.6", "10", "499.9", "500", "800", "801")])


@st.composite
def records(draw: st.DrawFn) -> EnergyRecordFact:
    product = draw(st.sampled_from([EnergyProduct.FLAT_GLASS, EnergyProduct.CERAMIC_TILE]))
    value = draw(st.one_of(st.none(), st.sampled_from(["0", "4", "8", "8.2", "12", "13", "160", "0.16"])))
    return firm_facts.energy_record(
        product=product,
        unit=draw(st.sampled_from(UNITS[product])),
        value=None if value is None else Decimal(value),
        size=draw(st.one_of(st.none(), sizes)),
        period_to=draw(st.sampled_from([date(2023, 12, 31), date(2024, 6, 29), date(2025, 12, 31)])),
        period_from=date(2023, 1, 1),
    )


@settings(max_examples=400, deadline=None)
@given(st.lists(rows, max_size=6), records(), st.sampled_from([GUIZHOU, ZHEJIANG]))
def test_the_verdict_is_the_oracles_and_stands_for_every_size_that_is_possible(
    table: list[dict[str, Any]], stated: EnergyRecordFact, region: str
) -> None:
    facts = [row(n, **data) for n, data in enumerate(table)]
    found = judge(stated, limits(facts), region=region).verdict
    told = stated.model_dump(mode="json")

    def oracle(size: Fraction) -> str:
        return energy_oracle.verdict(table, told, size=size, region=region, day=stated.period_to)

    if stated.size is not None:
        assert found == oracle(Fraction(stated.size))
    elif found is not Verdict.UNDECIDED:
        tried = ("0", "0.5", "0.55", "5", "10", "11", "400", "500", "600", "800", "900")
        assert {oracle(Fraction(size)) for size in tried} == {found}
