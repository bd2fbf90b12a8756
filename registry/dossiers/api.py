"""Products and certificates as machines read them, at a point on both time axes."""

from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel
from sqlmodel import Session

from registry.access.http import May
from registry.access.permissions import Act
from registry.certificates import queries as certificates
from registry.certificates.facts import CertificateFact
from registry.certificates.kind import CERTIFICATE
from registry.certificates.states import StateOnDay, on_day
from registry.changes.http import PointDep
from registry.changes.kinds import Known
from registry.changes.reading import Point, find_code, get
from registry.declarations.facts import DeclarationFact
from registry.dossiers.dossier import Dossier, Standing, Validity, validity
from registry.dossiers.load import load
from registry.kit.db import ReadDep
from registry.kit.errors import NotFound
from registry.kit.ids import parse_code
from registry.kit.problems import PROBLEMS
from registry.parties.facts import OrganisationFact, PlantFact
from registry.parties.service import ORGANISATION
from registry.products.facts import ProductFact
from registry.reports.facts import SelfDeclarationFact, TestReportFact

router = APIRouter(prefix="/api/v1", tags=["records"], responses=PROBLEMS)


class PointOut(BaseModel):
    """The point every answer speaks for."""

    on: date
    as_of: int


class CertificateOut(BaseModel):
    """A certificate as recorded, with the state its dates make of it on the day."""

    certificate: CertificateFact
    version: int
    effective_on: date
    state_on_day: StateOnDay


class DeclarationOut(BaseModel):
    """A declaration as recorded, its validity on the day, and its comparable A1–A3 value if it has one."""

    declaration: DeclarationFact
    validity: Validity
    a1_a3_per_unit: Decimal | None
    basis: str | None


class ProductOut(BaseModel):
    """A product with everything that speaks for it; evidence classes are never mixed."""

    point: PointOut
    product: ProductFact
    version: int
    standing: Standing
    manufacturer: OrganisationFact
    plants: list[PlantFact]
    certificates: list[CertificateOut]
    test_reports: list[TestReportFact]
    self_declarations: list[SelfDeclarationFact]
    declarations: list[DeclarationOut]


class CertificatesOut(BaseModel):
    """Every certificate with the number asked for; two bodies may use the same one."""

    point: PointOut
    items: list[CertificateOut]


def product_out(dossier: Dossier) -> ProductOut:
    return ProductOut(
        point=_point(dossier.at),
        product=dossier.product.fact,
        version=dossier.product.header.version,
        standing=dossier.standing,
        manufacturer=dossier.maker,
        plants=[dossier.plants[key] for key in dossier.product.fact.plant_ids if key in dossier.plants],
        certificates=[certificate_out(known, dossier.at) for known in dossier.certificates],
        test_reports=[known.fact for known in dossier.reports],
        self_declarations=[known.fact for known in dossier.self_declarations],
        declarations=[_declaration_out(known.fact, dossier) for known in dossier.declarations],
    )


def certificate_out(known: Known[CertificateFact], at: Point) -> CertificateOut:
    return CertificateOut(
        certificate=known.fact,
        version=known.header.version,
        effective_on=known.header.effective_on,
        state_on_day=on_day(known.fact, at.on),
    )


def _declaration_out(fact: DeclarationFact, dossier: Dossier) -> DeclarationOut:
    cell = dossier.cell_of(fact)
    return DeclarationOut(
        declaration=fact,
        validity=validity(fact, dossier.at.on),
        a1_a3_per_unit=cell.value if cell else None,
        basis=cell.basis.key if cell else None,
    )


def _point(at: Point) -> PointOut:
    return PointOut(on=at.on, as_of=at.as_of)


def key_of_code(session: Session, code: str, kind: str) -> UUID:
    """The key a 登记号 names; NotFound when it names nothing of that kind."""
    printed = parse_code(code)
    found = find_code(session, printed) if printed else None
    if found is None or found.kind != kind:
        raise NotFound("code-not-found", code=code[:40])
    return found.key


@router.get("/products/{code}", dependencies=[Depends(May(Act.READ))])
def read_product(code: str, session: ReadDep, at: PointDep, response: Response) -> ProductOut:
    """One product by its 登记号, as known at a position and seen on a day."""
    key = key_of_code(session, code, "product")
    dossier = load(session, [key], at).get(key)
    if dossier is None:
        raise NotFound("code-not-yet-known", code=code, on=at.on, as_of=at.as_of)
    response.headers["X-Feed-Position"] = str(at.as_of)
    return product_out(dossier)


@router.get("/certificates/{code}", dependencies=[Depends(May(Act.READ))])
def read_certificate(code: str, session: ReadDep, at: PointDep) -> CertificateOut:
    """One certificate by our 登记号."""
    known = get(session, CERTIFICATE, key_of_code(session, code, "certificate"), at)
    if known is None:
        raise NotFound("code-not-yet-known", code=code, on=at.on, as_of=at.as_of)
    return certificate_out(known, at)


@router.get("/certificates", dependencies=[Depends(May(Act.READ))])
def find_certificates(
    session: ReadDep,
    at: PointDep,
    number: Annotated[str, Query(min_length=1, max_length=120, description="The body's own number")],
) -> CertificatesOut:
    """Certificates by the body's own number."""
    found = certificates.by_number(session, number, at)
    return CertificatesOut(point=_point(at), items=[certificate_out(known, at) for known in found])


@router.get("/organisations/{code}", dependencies=[Depends(May(Act.READ))])
def read_organisation(code: str, session: ReadDep, at: PointDep) -> OrganisationFact:
    """One organisation by its 登记号."""
    known = get(session, ORGANISATION, key_of_code(session, code, "organisation"), at)
    if known is None:
        raise NotFound("code-not-yet-known", code=code, on=at.on, as_of=at.as_of)
    return known.fact
