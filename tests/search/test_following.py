"""The index follows the feed and the calendar: what was recorded ahead is found from its first day on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine

from registry.certificates.facts import Scheme
from registry.certificates.kind import CERTIFICATE
from registry.changes import feed
from registry.changes.feed import Draft
from registry.changes.reading import point
from registry.declarations.facts import Verification
from registry.declarations.service import DECLARATION
from registry.kit.db import write_session
from registry.parties.service import ORGANISATION, PLANT
from registry.products.service import PRODUCT
from search.documents.fields import Field
from search.documents.product import GwpUnit
from search.engine.embedded import EmbeddedEngine
from search.engine.ports import Ranges, SearchRequest, Span
from search.engine.writer import EmbeddedWriter
from search.feeding import follow
from tests import databases, declared, factories

TODAY = date(2026, 6, 1)
LATER = date(2026, 7, 1)
CONTRACT_MAKER, CONTRACT_PLANT = 2, 2


@dataclass(frozen=True)
class Site:
    engine: Engine
    writer: EmbeddedWriter
    search: EmbeddedEngine

    def record(self, *drafts: Draft) -> None:
        with write_session(self.engine) as session:
            factories.record(session, drafts)

    def follow(self, day: date) -> None:
        while follow.step(self.engine, self.writer, on=day):
            pass
        follow.arrive(self.engine, self.search, self.writer, on=day)

    def found(self, field: Field, value: str) -> int:
        return self.search.search(SearchRequest(filters={field: (value,)})).total


@pytest.fixture
def site(empty_database: Engine, tmp_path: Path) -> Iterator[Site]:
    """One product with a plant of its own and nothing that speaks for it."""
    bare = [d for d in factories.world() if d.kind.name not in {"certificate", "declaration"}]
    with databases.copied(empty_database, tmp_path) as engine:
        with write_session(engine) as session:
            feed.start(session, "demonstration")
            factories.record(session, bare)
        made = Site(engine, EmbeddedWriter(tmp_path / "index"), EmbeddedEngine(tmp_path / "index"))
        follow.rebuild(engine, made.writer, on=TODAY)
        yield made
        made.writer.close()


def test_a_certificate_recorded_ahead_counts_from_its_first_day_and_not_before(site: Site) -> None:
    fact = factories.certificate(valid_from=LATER, issued_on=TODAY)
    site.record(Draft(CERTIFICATE, fact.id, LATER, fact))
    site.follow(TODAY)
    assert site.found(Field.STATUS, "valid") == 0
    site.follow(LATER - timedelta(days=1))
    assert site.found(Field.STATUS, "valid") == 0
    site.follow(LATER)
    assert site.found(Field.STATUS, "valid") == 1


def test_a_declaration_recorded_ahead_is_found_from_its_first_day(site: Site) -> None:
    fact = factories.declaration()
    site.record(Draft(DECLARATION, fact.id, LATER, fact))
    site.follow(TODAY)
    assert site.found(Field.DATA_KIND, "specific") == 0
    site.follow(LATER)
    assert site.found(Field.DATA_KIND, "specific") == 1


def test_a_document_recorded_after_its_declaration_brings_its_figures(site: Site) -> None:
    """Recorded per t and by no density; its document declares per m³ and states one."""
    fact = factories.declaration()
    site.record(Draft(DECLARATION, fact.id, factories.START, fact))
    site.follow(TODAY)
    key = str(factories.key("product"))
    per_t = SearchRequest(ranges=Ranges(gwp_per={GwpUnit.T: Span(Decimal(612), Decimal(612))}))
    per_m3 = SearchRequest(ranges=Ranges(gwp_per={GwpUnit.M3: Span(Decimal("243.5"), Decimal("243.5"))}))
    assert [hit.id for hit in site.search.search(per_t).hits] == [key]
    assert site.search.search(per_m3).total == 0
    site.record(declared.content_draft())
    site.follow(TODAY)
    assert site.search.search(per_t).total == 0
    assert [hit.id for hit in site.search.search(per_m3).hits] == [key]


def test_a_product_recorded_ahead_appears_on_its_first_day(site: Site) -> None:
    fact = factories.product(2)
    site.record(Draft(PRODUCT, fact.id, LATER, fact))
    site.follow(TODAY)
    assert site.search.count() == 1
    site.follow(LATER)
    assert site.search.count() == 2


def test_a_product_taken_out_does_not_come_back_with_a_new_day(site: Site) -> None:
    fact = factories.product(removed=True)
    site.record(Draft(PRODUCT, fact.id, TODAY, fact))
    site.follow(TODAY)
    site.follow(LATER)
    assert site.search.count() == 0


def test_a_body_renamed_ahead_bears_its_new_name_from_that_day(site: Site) -> None:
    fact, renamed = factories.certificate(), factories.body(name_zh="示例认证机构 新名（虚构）")
    site.record(
        Draft(CERTIFICATE, fact.id, factories.START, fact), Draft(ORGANISATION, renamed.id, LATER, renamed)
    )
    site.follow(TODAY)
    assert site.found(Field.BODY, renamed.name_zh) == 0
    site.follow(LATER)
    assert site.found(Field.BODY, renamed.name_zh) == 1


def test_a_contract_plant_that_moves_takes_its_products_along(site: Site) -> None:
    owner = factories.organisation(CONTRACT_MAKER)
    plant = factories.plant(CONTRACT_PLANT, organisation_n=CONTRACT_MAKER, region="330100")
    made = factories.product(plant_ids=(plant.id,))
    covered = factories.certificate(rows=(factories.scope_row(plant_n=CONTRACT_PLANT),))
    site.record(
        Draft(ORGANISATION, owner.id, factories.START, owner),
        Draft(PLANT, plant.id, factories.START, plant),
        Draft(PRODUCT, made.id, factories.START, made),
        Draft(CERTIFICATE, covered.id, factories.START, covered),
    )
    site.follow(TODAY)
    assert site.found(Field.PROVINCE, "330000") == 1
    moved = plant.model_copy(update={"region": "510100"})
    site.record(Draft(PLANT, plant.id, TODAY, moved))
    site.follow(TODAY)
    assert (site.found(Field.PROVINCE, "330000"), site.found(Field.PROVINCE, "510000")) == (0, 1)


def test_typed_values_regions_and_figures_per_unit_reach_the_index(
    tmp_path: Path, empty_database: Engine
) -> None:
    with databases.copied(empty_database, tmp_path) as engine, write_session(engine) as session:
        feed.start(session, "demonstration")
        factories.record(session, factories.world())
        (document,) = follow.documents(session, [factories.key("product")], point(session, TODAY))
    assert document.attributes == {"strength": "42.5"}
    assert document.group == document.kind
    assert document.schemes == (Scheme.GRADED,)
    assert document.verification is Verification.THIRD_PARTY
    assert document.gwp_standard == "EN 15804+A2"
    assert document.gwp_per == {GwpUnit.KG: Decimal("0.612"), GwpUnit.T: Decimal(612)}
