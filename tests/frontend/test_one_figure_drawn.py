"""Records, documents and products drawn at random and contradicting one another: one figure everywhere."""

import json
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.checks.carbon import estimate
from catalogue.checks.facts import Facts
from frontend.pages.declaration.document import document as page
from frontend.pages.words import Words, figure
from registry.changes.record import canonical
from registry.declarations.comparable import Generation
from registry.declarations.dataset import (
    WHOLE_MASS,
    Dataset,
    DeclaredUnit,
    Footprint,
    Indicator,
    Property,
    Scenario,
    Value,
)
from registry.declarations.documents.content import ContentFact
from registry.declarations.facts import DeclarationFact
from registry.declarations.figures.api import Question
from registry.declarations.figures.converted import PER
from registry.declarations.figures.cut import cut_of, is_kept
from registry.declarations.figures.gwp import Answer
from registry.declarations.figures.kept import of_cut, of_payload
from registry.declarations.figures.restated import restated
from registry.declarations.figures.stated import of_dataset, stated_by
from registry.dossiers.dossier import Dossier
from registry.products.conversions import unit_facts
from registry.products.facts import ProductFact
from search.feeding.documents import Tables, document
from tests import declared, factories
from tests.catalogue import check_cases as cases
from tests.declaration_strategies import datasets
from tests.oracles import figure_oracle
from tests.oracles.figure_oracle import Found

ZH = Words("zh")
migration = import_module("registry.migrations.versions.0020_figures_of_documents")
UNITS = ("kg", "t", "m2", "m3", "m", "piece")
AMOUNTS = st.sampled_from(["1", "1", "2", "1000", "0.5"]).map(Decimal)
SMALL = st.decimals("0.5", 3000, places=2)
FIGURES = st.decimals(-5000, 5000, places=3)
SCENARIOS = (Scenario(name="再生", default=True), Scenario(name="填埋"))
FAMILIES = (Generation.EN15804_A1, Generation.EN15804_A2, Generation.ISO21930, Generation.GBT24067)
TIES = (
    ("density", "kg/m3"),
    ("density", "g/cm3"),
    ("thickness", "mm"),
    ("area-mass", "kg/m2"),
    ("length-mass", "kg/m"),
    ("piece-mass", "kg/piece"),
    (WHOLE_MASS, "kg"),
)


@st.composite
def cells(draw: st.DrawFn) -> tuple[Value, ...]:
    """A1–A3 whole, in parts that add up or do not, or with parts missing; at times by scenario."""
    parts = {name: draw(FIGURES) for name in draw(st.sets(st.sampled_from(["A1", "A2", "A3"])))}
    if draw(st.booleans()):
        added = sum(parts.values(), Decimal(0))
        parts["A1-A3"] = draw(st.sampled_from([added, draw(FIGURES)]))
    under = [None] if draw(st.integers(0, 3)) else [None, "再生", "填埋"]
    found = {
        (name, scenario): Value(module=name, scenario=scenario, amount=amount)
        for name, amount in parts.items()
        for scenario in draw(st.sets(st.sampled_from(under), min_size=1))
    }
    return tuple(found.values())


@st.composite
def documents(draw: st.DrawFn) -> Dataset:
    """Any document, with a row and ties that lead from unit to unit."""
    family = draw(st.sampled_from(FAMILIES))
    code = "GWP-total" if family is Generation.EN15804_A2 else "GWP"
    row = Indicator(code=code, unit="kg CO2 eq", matched_by="key", values=draw(cells()))
    unit = draw(st.sampled_from(UNITS))
    ties = draw(st.lists(st.sampled_from(TIES), max_size=3))
    base = draw(datasets())
    others = tuple(one for one in base.indicators if one.code not in ("GWP", "GWP-total"))
    footprint = family is Generation.GBT24067 and draw(st.booleans())
    fields: dict[str, Any] = {
        "generation": family,
        "declared": DeclaredUnit(amount=draw(AMOUNTS), unit=unit, stated=unit),
        "properties": tuple(Property(kind=k, value=draw(SMALL), unit=u) for k, u in ties),
        "scenarios": SCENARIOS,
        "indicators": () if footprint else (*others, row),
        "footprint": Footprint(total=draw(FIGURES)) if footprint else None,
    }
    return base.model_copy(update=fields)


@st.composite
def records(draw: st.DrawFn) -> DeclarationFact:
    """A record that knows nothing of the document: where both stand, the document speaks."""
    standard, indicator = draw(
        st.sampled_from([("EN 15804+A2", "GWP-total"), ("GB/T 24067-2024", "carbon-footprint")])
    )
    modules = {one.module: one.amount for one in draw(cells()) if one.amount is not None}
    return factories.declaration(
        standard=standard,
        indicator=indicator,
        declared_unit=draw(st.sampled_from(UNITS)),
        declared_amount=draw(AMOUNTS),
        mass_kg=draw(st.none() | SMALL),
        modules=modules,
    )


@st.composite
def products(draw: st.DrawFn) -> ProductFact:
    some: dict[str, Any] = {name: draw(st.none() | SMALL) for name in figure_oracle.PRODUCT}
    return factories.product(**some)


def dossier_of(fact: DeclarationFact, dataset: Dataset | None, product: ProductFact) -> Dossier:
    """As the register loads it: the document by the cut that stands beside it."""
    kept = {}
    if dataset is not None:
        kept[fact.id] = of_cut(cut_of(dataset))
    known = cases.known(fact, kind="declaration", key=fact.id)
    return cases.dossier(product=product, declarations=(known,), documents=kept)


@settings(max_examples=400)
@given(fact=records(), dataset=st.none() | documents(), product=products())
def test_every_reader_gives_the_slow_answer(
    fact: DeclarationFact, dataset: Dataset | None, product: ProductFact
) -> None:
    dossier = dossier_of(fact, dataset, product)
    own = of_dataset(dataset) if dataset is not None else None
    stated = stated_by(fact, own, unit_facts(product))
    kinds = {product.kind: dossier.kind}
    row = document(dossier, Tables(kinds, categories={}, regions={}), next_effective=None)
    held = {per.value: value for per, value in row.gwp_per.items()}
    shown = page(dataset or restated(fact), (), {}, ZH, stated=stated)
    printed = {line.per: line.value for line in shown.converted}
    said = json.loads(canonical(dataset)) if dataset is not None else None
    told = [json.loads(canonical(product))]
    record = json.loads(canonical(fact))
    lines = [cases.line(spec="", unit=per, quantity=Decimal(1)) for per in PER]
    day = {(cases.DAY, product.id): dossier}
    bill = estimate(cases.given(*lines), cases.SICHUAN, Facts(day), {}).lines
    for per, line in zip(PER, bill, strict=True):
        slow = figure_oracle.figure(record, said, told, per)
        question = Question("A1-A3", per, (), None)
        answer = question.of(fact, dossier.documents.get(fact.id), [product])
        value = answer.value if isinstance(answer, Answer) else None
        assert same(value, slow), per
        assert line.kilograms == value, per
        assert held.get(per) == (None if slow is None or slow.is_doubted else value), per
        if ZH.per(per) in printed:
            assert printed[ZH.per(per)] == ("—" if value is None else figure(value)), per


def same(value: Decimal | None, slow: Found | None) -> bool:
    if value is None or slow is None:
        return value is None and slow is None
    return abs(Fraction(value) - slow.value) <= abs(slow.value) / 10**25


@settings(max_examples=200)
@given(documents() | datasets())
def test_a_document_read_in_part_states_what_all_of_it_states(dataset: Dataset) -> None:
    content = canonical(ContentFact(declaration_id=factories.key("declaration"), dataset=dataset))
    recorded, kept, whole = of_payload(content), of_cut(cut_of(dataset)), of_dataset(dataset)
    assert {code: dict(recorded.cells[code]) for code in recorded.cells} == dict(whole.cells)
    climate = [code for code in whole.cells if is_kept(code)]
    assert {code: dict(kept.cells[code]) for code in climate} == {c: whole.cells[c] for c in climate}
    assert cut_of(dataset) == migration.cut(json.loads(content)["dataset"])
    for part in (recorded, kept):
        assert list(part.cells) == list(whole.cells)  # which row counts every gas is told by their order
        for name in ("source", "generation", "amount", "unit", "unit_as_written", "facts", "footprint"):
            assert getattr(part, name) == getattr(whole, name), name
        bare = [one.model_copy(update={"words": {}}) for one in whole.scenarios]
        assert list(part.scenarios) == bare


def test_a_document_stands_before_a_record_that_says_otherwise() -> None:
    dataset = declared.dataset()
    fact = factories.declaration(declared_unit="t", modules={"A1-A3": Decimal(999)}, mass_kg=None)
    dossier = dossier_of(fact, dataset, factories.product(density_kg_m3=Decimal(100)))
    assert dossier.figures["m3"] == Decimal("243.5")
    assert dossier.figures["t"] == dossier.figures["m3"] / Decimal(2350) * 1000  # its own density, not 100
    assert dossier.cell is None  # per m³, which a kind compared per tonne is not
