"""The documents of the demonstration: marked as invented, one with the record, whole enough to look at."""

from decimal import Decimal

import pytest

from registry.changes.reading import every, many, point
from registry.declarations.comparable import Generation
from registry.declarations.dataset import Dataset
from registry.declarations.documents.beside import beside_product
from registry.declarations.documents.content import DECLARATION_CONTENT, ContentFact
from registry.declarations.documents.examining import examined
from registry.declarations.facts import DeclarationFact
from registry.declarations.figures.headline import headline
from registry.declarations.formats.reading import Reading, Source
from registry.declarations.formats.writers import endings, written
from registry.declarations.preflight.catalogue import preflight
from registry.declarations.preflight.model import Severity
from registry.declarations.preflight.view import Context
from registry.declarations.service import DECLARATION
from registry.kit.db import read_session
from registry.products.service import PRODUCT
from tests.seeded import TODAY, Seeded


@pytest.fixture(scope="module")
def documents(seeded: Seeded) -> list[tuple[DeclarationFact, Dataset]]:
    with read_session(seeded.engine) as session:
        at = point(session, TODAY)
        found: list[ContentFact] = [one.fact for one in every(session, DECLARATION_CONTENT, at)]
        facts = many(session, DECLARATION, [one.declaration_id for one in found], at)
        return [(facts[one.declaration_id].fact, one.dataset) for one in found]


def test_there_are_enough_of_every_kind(documents: list[tuple[DeclarationFact, Dataset]]) -> None:
    families = [dataset.generation for _, dataset in documents]
    for family in (Generation.EN15804_A1, Generation.EN15804_A2, Generation.GBT24067):
        assert families.count(family) >= 10, family
    assert any(dataset.scenarios for _, dataset in documents)
    assert any(one.mark for _, dataset in documents for row in dataset.indicators for one in row.values)


def test_each_document_says_what_its_record_says(documents: list[tuple[DeclarationFact, Dataset]]) -> None:
    for fact, dataset in documents:
        found = headline(dataset)
        assert found.faults == [], fact.code
        assert found.values["modules"] == fact.modules, fact.code
        assert found.values["indicator"] == fact.indicator, fact.code
        assert found.values["mass_kg"] in (None, fact.mass_kg)
        assert (dataset.footprint is None) is bool(fact.modules)
        same = (
            "number",
            "document",
            "declared_unit",
            "declared_amount",
            "valid_to",
            "data_kind",
            "verification",
        )
        assert {name: found.values[name] for name in same} == {name: getattr(fact, name) for name in same}


def test_the_parts_of_the_total_add_up_in_every_module(
    documents: list[tuple[DeclarationFact, Dataset]],
) -> None:
    for fact, dataset in documents:
        parts = [row for row in dataset.indicators if row.code in ("GWP-fossil", "GWP-biogenic", "GWP-luluc")]
        if dataset.generation is not Generation.EN15804_A2:
            assert parts == []
            continue
        for module, total in fact.modules.items():
            amounts = [cell.amount for row in parts for cell in row.values if cell.module == module]
            assert sum((one or Decimal(0) for one in amounts), Decimal(0)) == total, (fact.code, module)


def test_no_document_contradicts_itself_and_each_says_it_is_invented(
    documents: list[tuple[DeclarationFact, Dataset]],
) -> None:
    errors = [
        (fact.code, note.key)
        for fact, dataset in documents
        for note in examined(dataset, Context(day=TODAY))
        if note.severity is Severity.ERROR
    ]
    assert errors == []
    for _, dataset in documents:
        assert "虚构" in dataset.descriptions["zh"]
        assert "示例" in dataset.names["zh"]


def test_every_document_leaves_in_its_formats(documents: list[tuple[DeclarationFact, Dataset]]) -> None:
    for _, dataset in documents[:: len(documents) // 12]:
        for ending in endings(dataset):
            assert written(dataset, ending).content


def test_knowing_the_product_and_the_register_raises_no_alarm(
    seeded: Seeded, documents: list[tuple[DeclarationFact, Dataset]]
) -> None:
    """Neither gates and words of the kind, nor tables on record, say anything untrue.

    What the kind's documents have to declare is asked as well, and of some nobody has invented C1 to D.
    """
    raised, asked = [], 0
    with read_session(seeded.engine) as session:
        at = point(session, TODAY)
        for fact, dataset in documents:
            reading = Reading(dataset, Source("openepd", None, None), (), {}, ())
            for product in many(session, PRODUCT, fact.product_ids[:1], at).values():
                asked += 1
                alone = {one.check.id for one in preflight(dataset, Context(day=TODAY))}
                known = beside_product(session, reading, product.fact, TODAY).context
                raised += [
                    (product.fact.kind, one.check.id)
                    for one in preflight(dataset, known)
                    if one.check.severity is not Severity.NOTE
                    and one.check.id not in {*alone, "end-of-life-missing"}
                ]
    assert asked > 100
    assert raised == []
