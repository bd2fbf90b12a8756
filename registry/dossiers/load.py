"""Loading dossiers: a fixed number of queries, whatever the number of products."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeAlias, TypeVar
from uuid import UUID

from sqlmodel import Session

from registry.categories import service as categories
from registry.categories.facts import MaterialKindFact
from registry.certificates import queries as certificates
from registry.certificates.facts import CertificateFact
from registry.certificates.kind import CERTIFICATE
from registry.certificates.timeline import kept_states
from registry.changes.kinds import FactKind, Known
from registry.changes.naming import Naming
from registry.changes.reading import Point, many
from registry.declarations import service as declarations
from registry.declarations.facts import DeclarationFact
from registry.declarations.figures.kept import stated_of
from registry.declarations.service import DECLARATION
from registry.dossiers.dossier import Dossier
from registry.kit.types import Fact
from registry.parties.facts import PlantFact
from registry.parties.service import ORGANISATION, PLANT
from registry.products.facts import ProductFact
from registry.products.service import PRODUCT
from registry.reports import service as reports
from registry.reports.facts import TestReportFact
from registry.reports.service import SELF_DECLARATION, TEST_REPORT

F = TypeVar("F", bound=Fact)
Grouped: TypeAlias = Mapping[UUID, Sequence[Known[F]]]
_EVIDENCE = Naming(certificates.NAMING, reports.NAMING, declarations.NAMING)


def load(
    session: Session,
    product_ids: Iterable[UUID],
    at: Point,
    *,
    kinds: dict[str, MaterialKindFact] | None = None,
) -> dict[UUID, Dossier]:
    """Dossiers of products at a point; products unknown there are left out."""
    tree = categories.kinds(session, at) if kinds is None else kinds
    products = many(session, PRODUCT, product_ids, at)
    evidence = _EVIDENCE.facts(session, products, at)
    covers = certificates.by_product(products, evidence.of(CERTIFICATE))
    tested = reports.by_product(products, evidence.of(TEST_REPORT))
    claimed = reports.by_product(products, evidence.of(SELF_DECLARATION))
    declared = declarations.by_product(products, evidence.of(DECLARATION))
    documents = stated_of(session, {one.fact.id for group in declared.values() for one in group}, at)
    plants = _plants(session, products, covers, tested, at=at)
    named = _parties(products, covers, tested, declared)
    named |= {plant.organisation_id for plant in plants.values()}
    parties = _named(session, ORGANISATION, named, at)
    spans = kept_states(session, (known for group in covers.values() for known in group), at)
    return {
        key: Dossier(
            at=at,
            product=known,
            kind=tree[known.fact.kind],
            organisations=parties,
            plants=plants,
            certificates=tuple(covers[key]),
            reports=tuple(tested[key]),
            self_declarations=tuple(claimed[key]),
            declarations=tuple(declared[key]),
            documents=documents,
            spans=spans,
        )
        for key, known in products.items()
    }


def _plants(
    session: Session,
    products: Mapping[UUID, Known[ProductFact]],
    covers: Grouped[CertificateFact],
    tested: Grouped[TestReportFact],
    *,
    at: Point,
) -> dict[UUID, PlantFact]:
    """Plants of the products and every plant their evidence names."""
    ids = {plant for known in products.values() for plant in known.fact.plant_ids}
    ids |= {row.plant_id for group in covers.values() for known in group for row in known.fact.rows}
    ids |= {known.fact.plant_id for group in tested.values() for known in group}
    return _named(session, PLANT, ids, at)


def _named(session: Session, kind: FactKind[F], ids: Iterable[UUID], at: Point) -> dict[UUID, F]:
    """Facts by key; what is recorded only from a later day on still has a name to print."""
    wanted = set(ids)
    known = many(session, kind, wanted, at)
    known |= many(session, kind, wanted - known.keys(), Point(date.max, at.as_of))
    return {key: one.fact for key, one in known.items()}


def _parties(
    products: Mapping[UUID, Known[ProductFact]],
    covers: Grouped[CertificateFact],
    tested: Grouped[TestReportFact],
    declared: Grouped[DeclarationFact],
) -> set[UUID]:
    """Every organisation that the products and their evidence name."""
    ids: set[UUID | None] = set()
    for product in products.values():
        ids |= {product.fact.manufacturer_id, product.fact.brand_owner_id}
    for certificate in (known.fact for group in covers.values() for known in group):
        ids |= {certificate.body_id, certificate.holder_id, certificate.manufacturer_id}
    ids |= {known.fact.laboratory_id for group in tested.values() for known in group}
    ids |= {known.fact.verifier_id for group in declared.values() for known in group}
    return {party for party in ids if party is not None}
