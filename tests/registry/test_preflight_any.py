"""Whatever a file holds the pre-flight answers, in both languages; rounding alone is never a fault."""

from datetime import date
from decimal import Context as Arithmetic
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.declarations.dataset import Dataset
from registry.declarations.preflight.catalogue import CHECKS, preflight
from registry.declarations.preflight.copies import print_of
from registry.declarations.preflight.view import Context
from registry.declarations.sums import agree
from registry.kit.messages import LANGUAGES
from tests.declaration_strategies import datasets

KINDS = st.sampled_from([(None, None), ("cement", "t"), ("concrete.precast", "m3"), ("glass.low-e", "m2")])
figures = st.decimals("-1000", "1000", places=6).filter(bool)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(datasets(), KINDS, st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_any_dataset_gets_an_answer(dataset: Dataset, kind: tuple[str | None, str | None], day: date) -> None:
    context = Context(day, *kind, known=(print_of(dataset),))
    findings = preflight(dataset, context)
    assert len({one.check.id for one in findings}) == len(findings)
    for one in findings:
        assert one.check in CHECKS
        assert one.places
        assert all(one.says(lang) and one.mend(lang) for lang in LANGUAGES)


@given(st.lists(figures, min_size=2, max_size=4), st.integers(2, 6))
def test_a_sum_and_its_parts_rounded_one_by_one_agree(parts: list[Decimal], digits: int) -> None:
    rounded = Arithmetic(prec=digits).plus
    assert agree(rounded(sum(parts, Decimal(0))), [rounded(part) for part in parts])


@given(st.lists(st.decimals("1.00001", "999.99999", places=5), min_size=2, max_size=4))
def test_a_fifth_too_much_is_never_rounding(parts: list[Decimal]) -> None:
    total = sum(parts, Decimal(0)) * Decimal("1.200001")
    assert not agree(total, [part + Decimal("0.0000001") for part in parts])
