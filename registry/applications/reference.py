"""What checking needs of the register: loaded once, so that checking itself is pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session, col

from registry.applications.fields import FieldKind, Part
from registry.applications.reading import read
from registry.applications.typed import Typed, field_at
from registry.categories import service as categories
from registry.categories.facts import CategoryFact, MaterialKindFact, RegionFact
from registry.certificates.facts import CertificateFact
from registry.certificates.kind import CERTIFICATE
from registry.certificates.models import CertificateRow
from registry.changes.feed import BATCH, head
from registry.changes.kinds import FactKind
from registry.changes.models import ChangeRow
from registry.changes.reading import Point, every, find_code, get, many
from registry.changes.record import canonical_json
from registry.declarations.facts import DeclarationFact
from registry.declarations.service import of_products
from registry.firms import service as firms
from registry.firms.facts import DisclosureFact, EnergyRecordFact, HonourFact
from registry.kit.reading.folded import fold
from registry.parties.facts import OrganisationFact, PlantFact
from registry.parties.models import OrganisationRow
from registry.parties.service import ORGANISATION, PLANT
from registry.policies.service import BENCHMARK
from registry.products.facts import ProductFact
from registry.products.gtin import read_gtin, spellings
from registry.products.models import ProductRow
from registry.products.service import PRODUCT
from registry.reports.facts import TestReportFact
from registry.reports.service import TEST_REPORT

N = TypeVar("N", OrganisationFact, PlantFact, ProductFact, CertificateFact)
_KINDS = {
    FieldKind.ORGANISATION: ORGANISATION.name,
    FieldKind.PLANT: PLANT.name,
    FieldKind.PLANTS: PLANT.name,
    FieldKind.PRODUCT: PRODUCT.name,
    FieldKind.CERTIFICATE: CERTIFICATE.name,
}
RANGES = "plausible-range"


@dataclass(frozen=True, slots=True)
class Range:
    """kg CO₂e per kg or m² outside which a declared figure deserves a question."""

    kind: str | None
    per: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Reference:
    """The register as the check sees it: things by the 登记号 that were typed, and what is already recorded.

    `certificates_named` and `reports_named` hold the folded numbers of every body and laboratory.
    """

    today: date
    demonstration: bool = True
    applicant: OrganisationFact | None = None
    organisations: Mapping[str, OrganisationFact] = field(default_factory=dict)
    plants: Mapping[str, PlantFact] = field(default_factory=dict)
    products: Mapping[str, ProductFact] = field(default_factory=dict)
    certificates: Mapping[str, CertificateFact] = field(default_factory=dict)
    kinds: Mapping[str, MaterialKindFact] = field(default_factory=dict)
    categories: Mapping[str, CategoryFact] = field(default_factory=dict)
    regions: Mapping[str, RegionFact] = field(default_factory=dict)
    certificates_named: Mapping[tuple[UUID, str], str] = field(default_factory=dict)
    reports_named: Mapping[tuple[UUID, str], str] = field(default_factory=dict)
    gtins: Mapping[str, str] = field(default_factory=dict)
    credit_codes: Mapping[str, tuple[UUID, str]] = field(default_factory=dict)
    declarations: tuple[DeclarationFact, ...] = ()
    firm_facts: tuple[HonourFact | EnergyRecordFact | DisclosureFact, ...] = ()
    ranges: tuple[Range, ...] = ()
    has_own_stages: bool = False  # the document behind the carbon part, so that its modules stay blank
    followed: DeclarationFact | None = None  # what the carbon part is the next version of


def load(session: Session, typed: Typed, organisation_id: UUID, *, today: date) -> Reference:
    """Everything of today's register that these typed texts may touch."""
    last = head(session)
    at = Point(today, last.seq)
    applicant = get(session, ORGANISATION, organisation_id, at)
    products = _named(session, PRODUCT, typed, at)
    declared = of_products(session, [product.id for product in products.values()], at)
    return Reference(
        today=today,
        demonstration=last.feed == "demonstration",
        applicant=applicant.fact if applicant else None,
        organisations=_named(session, ORGANISATION, typed, at),
        plants=_named(session, PLANT, typed, at),
        products=products,
        certificates=_named(session, CERTIFICATE, typed, at),
        kinds=categories.kinds(session, at),
        categories=categories.categories(session, at),
        regions=categories.regions(session, at),
        certificates_named=_certificates_named(session, typed.get("certificate.number", ""), at),
        reports_named=_reports_named(session, typed.get("report.number", ""), at),
        gtins=gtins(session, filter(None, [read_at(typed, "product.gtin")]), at),
        credit_codes=_credit_codes(session, typed, at),
        declarations=tuple(known.fact for found in declared.values() for known in found),
        firm_facts=_firm_facts(session, organisation_id, typed, at),
        ranges=tuple(_ranges(session, at)),
    )


def _named(session: Session, kind: FactKind[N], typed: Typed, at: Point) -> dict[str, N]:
    """The things of one kind whose 登记号 was typed."""
    codes: set[str] = set()
    for path, text in typed.items():
        asked = field_at(path)
        if asked is not None and _KINDS.get(asked.kind) == kind.name:
            value = read(asked, text).value
            codes |= {value} if isinstance(value, str) else set(value) if isinstance(value, tuple) else set()
    return by_codes(session, kind, codes, at)


def by_codes(session: Session, kind: FactKind[N], codes: Iterable[str], at: Point) -> dict[str, N]:
    """The things of one kind that these 登记号 name."""
    keys = [found.key for code in sorted(codes) if (found := find_code(session, code)) is not None]
    return {known.fact.code: known.fact for known in many(session, kind, keys, at).values()}


def _certificates_named(session: Session, number: str, at: Point) -> dict[tuple[UUID, str], str]:
    folded = fold(number)
    if not folded:
        return {}
    ids = session.scalars(
        select(col(CertificateRow.id)).where(col(CertificateRow.number_folded) == folded).distinct()
    )
    far = Point(date.max, at.as_of)  # one that starts later is recorded already
    known = many(session, CERTIFICATE, ids, far).values()
    return {(one.fact.body_id, fold(one.fact.number)): one.fact.code for one in known}


def _reports_named(session: Session, number: str, at: Point) -> dict[tuple[UUID, str], str]:
    """Reports have no table by number; the text of the record narrows down, the fold decides."""
    wanted = {number.strip(), fold(number)} - {""}
    keys: set[UUID] = set()
    for text in wanted:
        if any(0xD800 <= ord(sign) < 0xE000 for sign in text):
            continue
        stated = f'"number":{canonical_json(text)}'
        keys |= set(
            session.scalars(
                select(col(ChangeRow.key)).where(
                    col(ChangeRow.kind) == TEST_REPORT.name,
                    col(ChangeRow.payload).contains(stated, autoescape=True),
                )
            )
        )
    facts: list[TestReportFact] = [
        known.fact for known in many(session, TEST_REPORT, keys, Point(date.max, at.as_of)).values()
    ]
    return {(fact.laboratory_id, fold(fact.number)): fact.code for fact in facts}


def read_at(typed: Typed, path: str) -> str | None:
    """What was typed as the check reads it: without the spaces around it, in its one form."""
    asked = field_at(path)
    value = read(asked, typed.get(path, "")).value if asked else None
    return value if isinstance(value, str) else None


def gtins(session: Session, wanted: Iterable[str], at: Point) -> dict[str, str]:
    """The products that carry these GTINs today, however long either was written."""
    spelled = {
        text: spellings(figures) for text in set(wanted) if isinstance(figures := read_gtin(text), str)
    }
    asked, carriers = sorted({one for forms in spelled.values() for one in forms}), dict[str, str]()
    for start in range(0, len(asked), BATCH):
        part = asked[start : start + BATCH]
        ids = session.scalars(select(col(ProductRow.id)).where(col(ProductRow.gtin).in_(part)).distinct())
        known = many(session, PRODUCT, ids, at).values()
        carriers |= {one.fact.gtin: one.fact.code for one in known if one.fact.gtin}
    return {text: carriers[one] for text, forms in spelled.items() for one in forms if one in carriers}


def _credit_codes(session: Session, typed: Typed, at: Point) -> dict[str, tuple[UUID, str]]:
    code = read_at(typed, "company.credit_code")
    if code is None:
        return {}
    ids = session.scalars(
        select(col(OrganisationRow.id)).where(col(OrganisationRow.credit_code) == code).distinct()
    )
    known = many(session, ORGANISATION, ids, at).values()
    return {
        one.fact.credit_code: (one.fact.id, one.fact.code) for one in known if one.fact.credit_code == code
    }


def _firm_facts(
    session: Session, organisation_id: UUID, typed: Typed, at: Point
) -> tuple[HonourFact | EnergyRecordFact | DisclosureFact, ...]:
    """What stands of the kind that is typed, of the whole organisation."""
    begun = {path.partition(".")[0] for path in typed}
    far = Point(date.max, at.as_of)  # one that starts later is recorded already
    found: list[HonourFact | EnergyRecordFact | DisclosureFact] = []
    if Part.HONOUR in begun:
        found += (one.fact for one in firms.of_organisation(session, firms.HONOUR, organisation_id, far))
    if Part.ENERGY in begun:
        kind = firms.ENERGY_RECORD
        found += (one.fact for one in firms.of_organisation(session, kind, organisation_id, far))
    if Part.DISCLOSURE in begun:
        found += (one.fact for one in firms.of_organisation(session, firms.DISCLOSURE, organisation_id, far))
    return tuple(found)


def _ranges(session: Session, at: Point) -> Iterable[Range]:
    for known in every(session, BENCHMARK, at):
        data = known.fact.data
        if known.fact.table == RANGES:
            kind = data.get("kind")
            low, high = Decimal(str(data["low"])), Decimal(str(data["high"]))
            yield Range(None if kind is None else str(kind), str(data["per"]), low, high)
