"""A product against the limits of its kind, as its dossier and the asker know it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine

from catalogue.limits.finding import Found, limits_for
from catalogue.limits.headroom import Headroom
from catalogue.limits.of_product import OfProduct, of_declaration, of_product
from catalogue.limits.wording import recipe, still_open, why
from registry.categories.service import MATERIAL_KIND
from registry.changes.feed import Draft
from registry.changes.reading import point
from registry.declarations.dataset import Dataset, Value
from registry.declarations.documents.content import DECLARATION_CONTENT, ContentFact
from registry.declarations.facts import DeclarationState
from registry.declarations.figures.split import Part, Split
from registry.declarations.service import DECLARATION
from registry.dossiers.load import load
from registry.kit.db import read_session, write_session
from registry.products.service import PRODUCT
from seeds.mapping import benchmark_facts
from tests import declared, factories

DAY = date(2026, 6, 1)
CONCRETE = "concrete.ready-mixed"
START = factories.START


def of(
    engine: Engine,
    *,
    known: dict[str, str] | None = None,
    kind: str = CONCRETE,
    file: Dataset | None = None,
    **stated: Any,
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
        if file is not None:
            content = ContentFact(declaration_id=fact.id, dataset=file)
            drafts.append(Draft(DECLARATION_CONTENT, fact.id, START, content))
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
        ({"data_kind": "average"}, "The limit judges a product by its own data; this is Average data"),
        (
            {"verification": "none"},
            "The limit judges EPDs verified by a third party; this one is: Not verified",
        ),
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


def spread(distribution: str | None) -> Dataset:
    """300 kg with a relative standard deviation of 10 %, of which 12 kg were taken up."""
    total = Value(module="A1-A3", amount=Decimal(300), rsd=Decimal("0.1"), distribution=distribution)
    rows = (
        declared.row("GWP-total", (total,)),
        declared.row("GWP-fossil", declared.values(A1_A3="311")),
        declared.row("GWP-biogenic", declared.values(A1_A3="-12")),
        declared.row("GWP-luluc", declared.values(A1_A3="1")),
    )
    return declared.dataset(2, indicators=rows)


def headrooms(found: OfProduct) -> list[Headroom]:
    return [one.found for one in found.judged if isinstance(one.found, Headroom)]


def test_a_documents_parts_and_spread_come_with_the_headroom(engine: Engine) -> None:
    found = headrooms(of(engine, known={"fc_psi": "4000"}, file=spread("normal")))
    assert [one.margin for one in found] == [Decimal(-16), Decimal(26), Decimal(52)]
    parts = {Part.FOSSIL: Decimal(311), Part.BIOGENIC: Decimal(-12), Part.LULUC: Decimal(1)}
    assert all(one.split == Split(Decimal(300), parts) for one in found)
    # The normal distribution function at -16/30, 26/30 and 52/30, from tables.
    assert [one.probability for one in found] == [Decimal("0.297"), Decimal("0.807"), Decimal("0.958")]
    assert "均值 300，相对标准差 10%" in (recipe(found[0], "zh") or "")
    assert "mean 300" in (recipe(found[0], "en") or "")


@pytest.mark.parametrize("distribution", [None, "uniform"])
def test_a_spread_without_a_usable_distribution_says_what_to_ask_for(
    engine: Engine, distribution: str | None
) -> None:
    found = headrooms(of(engine, known={"fc_psi": "4000"}, file=spread(distribution)))
    assert {one.probability for one in found} == {None}
    assert all("ask the declaration's owner" in (recipe(one, "en") or "") for one in found)


def test_without_a_document_there_are_neither_parts_nor_a_probability(engine: Engine) -> None:
    for one in headrooms(of(engine, known={"fc_psi": "4000"})):
        assert (one.split, one.probability, recipe(one, "zh")) == (None, None, None)


def test_energy_benchmarks_stand_beside_and_judge_no_carbon(engine: Engine) -> None:
    found = of(engine, kind="cement.clinker")
    assert (found.judged, found.open) == ((), ())
    assert {one.bound.value for one in found.energy} == {Decimal(100), Decimal(107), Decimal(117)}


@pytest.mark.parametrize(
    ("day", "stated", "reason"),
    [
        (factories.END, {}, None),
        (factories.END + timedelta(days=1), {}, f"This declaration expired on {factories.END}"),
        (factories.START, {}, None),
        (factories.START - timedelta(days=1), {}, f"This declaration counts from {factories.START} only"),
        (DAY, {"state": DeclarationState.WITHDRAWN}, "This declaration was withdrawn"),
    ],
)
def test_a_paper_that_is_not_in_force_has_no_headroom(
    day: date, stated: dict[str, Any], reason: str | None
) -> None:
    product = factories.product(2, kind=CONCRETE)
    fact = factories.declaration(2, declared_unit="m3", modules={"A1-A3": Decimal(300)}, **stated)
    found = limits_for(CONCRETE, {"fc_psi": "4000"}, DAY, regions={"US"})
    judged = of_declaration(product, fact, None, found, on=day)
    if reason is None:
        assert (len(headrooms(judged)), judged.ended) == (3, None)
        return
    assert (judged.judged, judged.open) == ((), ())
    assert judged.ended is not None
    assert why(judged.ended, "en").startswith(reason)
    assert why(judged.ended, "zh")
    unconcerned = of_declaration(product, fact, None, Found((), ()), on=day)
    assert unconcerned.ended is None, "where there is no limit, there is nothing to say"
