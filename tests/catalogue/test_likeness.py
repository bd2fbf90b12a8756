"""Unlike values are refused, each for the right reason and with a remedy; like values never are."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine

from catalogue.comparison.compare import Comparison, compare
from catalogue.comparison.likeness import Like, Refusal, likeness
from registry.changes.feed import Draft
from registry.changes.reading import point
from registry.declarations.comparable import Generation
from registry.declarations.dataset import Subtype
from registry.declarations.facts import DataKind
from registry.declarations.service import DECLARATION
from registry.dossiers.load import load
from registry.kit.db import read_session, write_session
from registry.kit.messages import say
from registry.products.service import PRODUCT
from tests import factories

PAIRS = 500
CHOICES: Mapping[str, tuple[object, ...]] = {
    "kind": ("cement", "concrete.ready-mixed", "glass.low-e", "timber.structural"),
    "performance": (None, "C30", "C40", "42.5"),
    "unit": ("kg", "t", "m2", "m3", "piece"),
    "generation": tuple(Generation),
    "indicator": ("GWP-total", "GWP-fossil", "GWP", "CFP"),
    "modules": (("A1-A3",), ("A1-A3", "A4"), ("A4",), ("C3",), ("D",)),
    "data": tuple(Subtype),
}
REASONS = {
    "kind": Refusal.KIND, "performance": Refusal.PERFORMANCE, "unit": Refusal.UNIT,
    "generation": Refusal.GENERATION, "indicator": Refusal.INDICATOR, "modules": Refusal.MODULES,
    "data": Refusal.DATA,
}  # fmt: skip


def drawn(random: Random) -> Like:
    return Like(**{name: random.choice(values) for name, values in CHOICES.items()})  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(PAIRS))
def test_an_unlike_pair_is_refused_for_each_reason_and_no_other(seed: int) -> None:
    random = Random(seed)
    one = drawn(random)
    changed = random.sample(sorted(CHOICES), random.randint(1, len(CHOICES)))
    other = one
    for name in changed:
        values = [value for value in CHOICES[name] if value != getattr(one, name)]
        other = replace(other, **{name: random.choice(values)})  # type: ignore[arg-type]
    # A class belongs to its kind: across kinds it is no reason of its own.
    wanted = {REASONS[name] for name in changed if name != "performance" or "kind" not in changed}
    for pair in ((one, other), (other, one)):
        found = likeness(*pair)
        assert {refused.key for refused in found} == wanted
        assert all(len(set(refused.values)) == 2 for refused in found)


@pytest.mark.parametrize("seed", range(PAIRS))
def test_a_like_pair_is_never_refused(seed: int) -> None:
    assert likeness(drawn(Random(seed)), drawn(Random(seed))) == ()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("reason", Refusal)
def test_every_reason_has_a_remedy(reason: Refusal, lang: str) -> None:
    assert say(reason, lang, {"values": ("x", "y")})
    assert say(reason.remedy, lang)


def compared(engine: Engine, *stated: dict[str, Any]) -> Comparison:
    """One product of one class for each declaration."""
    facts = [
        factories.declaration(n, product_ids=(factories.key("product", n),), **fields)
        for n, fields in enumerate(stated, start=2)
    ]
    products = [factories.product(n) for n in range(2, 2 + len(stated))]
    with write_session(engine) as session:
        drafts = [Draft(PRODUCT, one.id, factories.START, one) for one in products]
        drafts += [Draft(DECLARATION, one.id, factories.START, one) for one in facts]
        factories.record(session, [*factories.world(), *drafts])
    with read_session(engine) as session:
        found = load(session, [one.id for one in products], point(session, factories.NOW.date()))
        return compare([found[one.id] for one in products])


def test_an_average_is_not_compared_with_a_product(engine: Engine) -> None:
    found = compared(engine, {}, {"data_kind": DataKind.AVERAGE})
    assert [(one.key, one.values) for one in found.refusals] == [(Refusal.DATA, ("specific", "average"))]
    assert [column.above_lowest for column in found.columns] == [None, None]


@pytest.mark.parametrize(
    ("values", "above", "percents"),
    [
        (("600", "630"), ["0", "30"], ["0", "5"]),
        (("-600", "-570"), ["0", "30"], [None, None]),  # timber: no percent of a negative value
        (("-10", "30"), ["0", "40"], [None, None]),
        (("0", "30"), ["0", "30"], [None, None]),
    ],
)
def test_no_percent_is_given_of_a_negative_value(
    engine: Engine, values: tuple[str, ...], above: list[str], percents: list[str | None]
) -> None:
    found = compared(engine, *({"modules": {"A1-A3": Decimal(value)}} for value in values))
    assert found.refusals == ()
    assert [column.above_lowest for column in found.columns] == [Decimal(one) for one in above]
    wanted = [None if one is None else Decimal(one) for one in percents]
    assert [column.above_lowest_percent for column in found.columns] == wanted
