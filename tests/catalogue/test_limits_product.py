"""A product against the limits of its kind, as its dossier and the asker know it."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine

from catalogue.limits.headroom import Headroom
from catalogue.limits.of_product import OfProduct, of_product
from catalogue.limits.wording import still_open, why
from registry.categories.service import MATERIAL_KIND
from registry.changes.feed import Draft
from registry.changes.reading import point
from registry.declarations.service import DECLARATION
from registry.dossiers.load import load
from registry.kit.db import read_session, write_session
from registry.products.service import PRODUCT
from seeds.mapping import benchmark_facts
from tests import factories

DAY = date(2026, 6, 1)
CONCRETE = "concrete.ready-mixed"
START = factories.START


def of(
    engine: Engine, *, known: dict[str, str] | None = None, kind: str = CONCRETE, **stated: Any
) -> OfProduct:
    """A product of a kind with one declaration per m³, of 300 kg where nothing else is stated."""
    product = factories.product(2, kind=kind, attributes={"strength": "C30"}, density_kg_m3=Decimal(2400))
    drafts = [
        Draft(PRODUCT, product.id, START, product),
        Draft(MATERIAL_KIND, factories.kind(kind).id, START, factories.kind(kind, declared_unit="m3")),
    ]
    if stated.pop("declared", True):
        fields = {"declared_unit": "m3", "modules": {"A1-A3": Decimal(300)}, **stated}
        fact = factories.declaration(2, product_ids=(product.id,), **fields)
        drafts.append(Draft(DECLARATION, fact.id, START, fact))
    with write_session(engine) as session:
        factories.record(session, [*factories.world(), *drafts])
    with read_session(engine) as session:
        dossier = load(session, [product.id], point(session, DAY))[product.id]
        return of_product(dossier, benchmark_facts(), regions={"US"}, known=known)


def test_each_tier_tells_how_far_the_value_is(engine: Engine) -> None:
    found = of(engine, known={"fc_psi": "4000"})
    shown = [
        (one.applicable.limit.level.value, one.found.margin, one.found.within)
        for one in found.judged
        if isinstance(one.found, Headroom)
    ]
    assert shown == [
        ("top-20", Decimal(-16), False),
        ("top-40", Decimal(26), True),
        ("better-than-average", Decimal(52), True),
    ]
    assert found.open == ()


def test_a_value_per_kilogram_meets_the_limit_by_the_products_density(engine: Engine) -> None:
    found = of(engine, known={"fc_psi": "4000"}, declared_unit="kg", modules={"A1-A3": Decimal("0.12")})
    first = found.judged[0].found
    assert isinstance(first, Headroom)
    assert first.answer.value == Decimal(288)
    assert [step.source for step in first.answer.path if step.source] == [factories.product(2).code]


def test_a_strength_class_is_no_specified_strength(engine: Engine) -> None:
    found = of(engine)
    assert found.judged == ()
    assert [still_open(one, "en").split(".")[0] for one in found.open] == ["To be known first: fc_psi"]


@pytest.mark.parametrize(
    ("stated", "reason"),
    [
        ({"declared": False}, "The product has no carbon declaration in force"),
        ({"document": "footprint_report"}, "The limit judges EPDs; this is a footprint report"),
        (
            {"standard": "GB/T 24067-2024", "indicator": "carbon-footprint"},
            "The declaration follows GB/T 24067",
        ),
        ({"modules": {"A1": Decimal(1)}}, "Modules not declared: A1-A3"),
    ],
)
def test_a_product_that_cannot_be_judged_says_why(
    engine: Engine, stated: dict[str, Any], reason: str
) -> None:
    found = of(engine, known={"fc_psi": "4000"}, **stated)
    assert len(found.judged) == 3
    for one in found.judged:
        assert not isinstance(one.found, Headroom)
        assert why(one.found, "en").startswith(reason)
        assert why(one.found, "zh")


def test_energy_benchmarks_stand_beside_and_judge_no_carbon(engine: Engine) -> None:
    found = of(engine, kind="cement.clinker")
    assert (found.judged, found.open) == ((), ())
    assert {one.bound.value for one in found.energy} == {Decimal(100), Decimal(107), Decimal(117)}
