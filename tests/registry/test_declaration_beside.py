"""What is known beside a document: its kind of material, given or beyond doubt, and tables on record."""

from collections.abc import Callable
from decimal import Decimal
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlmodel import Session

from registry.access.actors import OPERATOR
from registry.categories.facts import MaterialKindFact
from registry.categories.service import MATERIAL_KIND
from registry.changes.feed import Draft, head
from registry.changes.reading import Point
from registry.declarations.dataset import Dataset, Identifier, Reference
from registry.declarations.documents import kept_readings
from registry.declarations.documents.beside import beside, beside_product
from registry.declarations.documents.entering import About, enter
from registry.declarations.documents.examining import examined
from registry.declarations.documents.kept_readings import File, Saving
from registry.declarations.documents.material import SaidBy, material
from registry.declarations.documents.resembling import known_tables
from registry.declarations.formats.reading import Reading, Source
from registry.declarations.preflight.copies import print_of
from registry.kit.errors import Invalid
from registry.kit.ids import derived
from registry.products.service import PRODUCT
from tests import declared, factories
from tests.clean_declarations import clean
from tests.factories import NOW, START, key
from tests.interface import DAY
from tests.preflight_faults import sizes
from tests.preflight_faults.making import CEMENT, CONCRETE, Case, put, scaled

CONCRETE_KIND = "concrete.ready-mixed"
GTIN = "6901234567892"


def a_kind(name: str, zh: str, en: str, **fields: Any) -> MaterialKindFact:
    given = {"id": derived("test", "kind", name), "kind": name, "parent": None, "name_zh": zh, "name_en": en}
    return MaterialKindFact(**{**given, **fields})


KINDS = (
    factories.kind(synonyms=("普通硅酸盐水泥",)),
    a_kind("concrete", "混凝土及构件", "Concrete and concrete parts"),
    a_kind(
        CONCRETE_KIND,
        "预拌混凝土",
        "Ready-mixed concrete",
        parent="concrete",
        synonyms=("商品混凝土", "石膏"),
        declared_unit="m3",
    ),
    a_kind(
        "gypsum.plasterboard", "纸面石膏板", "Gypsum plasterboard", synonyms=("石膏",), declared_unit="m2"
    ),
)


@pytest.fixture
def registered(session: Session) -> Session:
    world = [one for one in factories.world() if one.kind is not MATERIAL_KIND]
    kinds = [Draft(MATERIAL_KIND, one.id, START, one) for one in KINDS]
    factories.record(session, [*kinds, *world])
    return session


def of(dataset: Dataset) -> Reading:
    return Reading(dataset, Source("openepd", None, None), (), {}, ())


def recorded(session: Session, dataset: Dataset, about: About | None = None) -> str:
    reading = of(dataset)
    entered = enter(session, reading, about or About(), actor=OPERATOR, today=DAY)
    file = File("示例.json", "a" * 64, "machine")
    kept_readings.save(session, reading, entered, file, Saving(OPERATOR, NOW))
    return entered.code


def found(session: Session, dataset: Dataset, kind: str = "") -> set[str]:
    """The keys of everything the checks say."""
    return {one.key for one in examined(dataset, beside(session, of(dataset), kind, DAY).context)}


def said(session: Session, dataset: Dataset, kind: str = "") -> tuple[str, SaidBy] | None:
    seen = material(session, dataset, kind, Point(DAY, head(session).seq))
    return (seen.fact.kind, seen.by) if seen else None


def test_a_figure_beyond_its_kind_is_found_only_when_the_kind_is_given(registered: Session) -> None:
    spoilt = put(sizes.FAULTS["gate-cement"], names={"zh": "示例材料（虚构）"}, uuid=None).dataset
    assert "preflight.gate.says" not in found(registered, spoilt)
    assert "preflight.gate.says" in found(registered, spoilt, factories.CEMENT)
    assert "preflight.gate.says" not in found(registered, spoilt, "none")


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ({"zh": "水泥"}, factories.CEMENT),
        ({"zh": "普通硅酸盐水泥 42.5R（散装，虚构）"}, factories.CEMENT),
        ({"zh": "C30预拌混凝土", "en": "Ready-mixed concrete C30/37"}, CONCRETE_KIND),
        ({"en": "READY-MIXED CONCRETE"}, CONCRETE_KIND),
        ({"zh": "水泥", "en": "Ready-mixed concrete"}, None),
        ({"zh": "石膏"}, None),
        ({"zh": "水泥砂浆"}, None),
        ({"zh": "混凝土及构件"}, None),
        ({"zh": "示例水泥制品"}, None),
        ({"zh": "42.5"}, None),
    ],
)
def test_a_kind_is_proposed_only_for_a_whole_name(
    registered: Session, names: dict[str, str], expected: str | None
) -> None:
    dataset = put(CONCRETE, names=names).dataset
    assert said(registered, dataset) == ((expected, SaidBy.NAME) if expected else None)


def test_a_kind_is_proposed_by_products_on_record(registered: Session) -> None:
    at_hand = declared.dataset(names={"zh": "示例（虚构）"})
    assert said(registered, at_hand) is None
    recorded(registered, at_hand, About((key("product"),), (), key("organisation")))
    assert said(registered, at_hand) == (factories.CEMENT, SaidBy.PRODUCT)
    product = factories.product(2, gtin=GTIN)
    factories.record(registered, [Draft(PRODUCT, product.id, START, product)])
    carrying = declared.dataset(2, identifiers=(Identifier(scheme="gtin", value=GTIN),))
    assert said(registered, carrying) == (factories.CEMENT, SaidBy.PRODUCT)
    disagreeing = carrying.model_copy(update={"names": {"zh": "预拌混凝土"}})
    assert said(registered, disagreeing) is None, "two that differ are a doubt"


def test_what_is_given_stands_and_may_be_nothing(registered: Session) -> None:
    named = put(CONCRETE, names={"zh": "水泥"}).dataset
    assert said(registered, named, CONCRETE_KIND) == (CONCRETE_KIND, SaidBy.GIVEN)
    assert said(registered, named, "none") is None
    for unknown in ("no-such-kind", "concrete"):
        with pytest.raises(Invalid) as refused:
            said(registered, named, unknown)
        assert refused.value.key == "declaration-kind-unknown"


def test_a_products_kind_and_figures_are_given(registered: Session) -> None:
    product = factories.product(attributes={"strength": "42.5", "clinker_share": "95", "type": "P·O"})
    known = beside_product(registered, of(CONCRETE.dataset), product, DAY)
    assert (known.context.kind, known.context.kind_unit) == (factories.CEMENT, "t")
    assert known.context.attributes == {"strength": Decimal("42.5"), "clinker_share": Decimal(95)}
    assert known.material is not None
    assert not known.material.is_proposed


def test_another_declarations_table_is_found_by_the_register_alone(registered: Session) -> None:
    code = recorded(registered, CONCRETE.dataset)
    other = put(CONCRETE, uuid=declared.UUIDS[8], number="演示-EPD-8", names={"zh": "别的材料（虚构）"})
    assert "preflight.table-copied.says" in found(registered, other.dataset)
    (known,) = known_tables(registered, other.dataset)
    assert code in known.label
    per_two = put(scaled(other, "*", "2"), uuid=declared.UUIDS[7]).dataset
    assert "preflight.table-copied-scaled.says" in found(registered, per_two)
    assert known_tables(registered, put(CEMENT, uuid=declared.UUIDS[6]).dataset) == ()


NOT_ANOTHER: list[Callable[[Case], Case]] = [
    lambda one: one,
    lambda one: put(one, version="00.02.000"),
    lambda one: put(one, uuid=declared.UUIDS[8]),
    lambda one: put(one, uuid=None, version=None),
    lambda one: put(one, uuid=None, version=None, number=None),
    lambda one: put(
        one, uuid=declared.UUIDS[8], number="演示-EPD-8", replaces=Reference(uuid=CONCRETE.dataset.uuid)
    ),
]


@pytest.mark.parametrize("change", NOT_ANOTHER)
def test_a_document_is_no_copy_of_itself(registered: Session, change: Callable[[Case], Case]) -> None:
    recorded(registered, CONCRETE.dataset)
    said_of = found(registered, change(CONCRETE).dataset)
    assert not {one for one in said_of if one.startswith("preflight.table-copied")}


def test_a_document_without_any_number_is_told_from_its_copy(registered: Session) -> None:
    bare = put(CONCRETE, uuid=None, version=None, number=None, identifiers=())
    recorded(registered, put(bare, number="演示-EPD-8").dataset)
    assert known_tables(registered, bare.dataset) == (), "the same in every field"
    assert known_tables(registered, put(bare, names={"zh": "别的材料（虚构）"}).dataset) != ()


def test_an_altered_version_and_an_older_one_are_told_of(registered: Session) -> None:
    newer = put(CONCRETE, version="00.02.000")
    recorded(registered, newer.dataset)
    assert "preflight.version-conflict.says" in found(registered, scaled(newer, "AP", "1.01").dataset)
    assert "preflight.version-older-than-known.says" in found(registered, CONCRETE.dataset)


def test_both_ways_to_a_table_go_through_an_index(registered: Session) -> None:
    """As with many rows: PostgreSQL reads a small table whole unless it is told not to."""
    if registered.get_bind().dialect.name == "postgresql":
        registered.execute(text("SET LOCAL enable_seqscan = off"))
        explain = "EXPLAIN"
    else:
        explain = "EXPLAIN QUERY PLAN"
    for column, value in (("table_shape", "x"), ("uuid", str(UUID(int=0)))):
        asked = f"{explain} SELECT seq FROM declaration_contents WHERE {column} = '{value}'"
        plan = " ".join(str(row[-1]) for row in registered.execute(text(asked)))
        assert f"ix_declaration_contents_{column}" in plan, plan


def test_the_migration_prints_tables_as_the_record_does() -> None:
    """Rows that were recorded before the columns came are found like all others."""
    migration = import_module("registry.migrations.versions.0017_declaration_tables")
    for number in range(60):
        dataset = clean(number)[0]
        known = print_of(dataset)
        expected = (known.exact or None, known.shape or None)
        assert migration.prints(dataset.model_dump(mode="json")) == expected
    assert migration.prints(declared.dataset().model_dump(mode="json"))[0] is not None
