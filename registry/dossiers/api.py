"""One product with everything that speaks for it, at a point on both time axes."""

from decimal import Decimal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from registry.access.http import May
from registry.access.permissions import Act
from registry.certificates.api import CertificateOut, certificate_out
from registry.changes.answers import ONE, PointOut
from registry.changes.codes import by_code
from registry.changes.http import CodePath, PointDep
from registry.declarations.facts import DeclarationFact
from registry.declarations.validity import Validity, validity
from registry.dossiers.dossier import Dossier, Standing
from registry.dossiers.load import load
from registry.kit.db import ReadDep
from registry.kit.etags import Conditional
from registry.parties.facts import OrganisationFact, PlantFact
from registry.products.facts import ProductFact
from registry.products.service import PRODUCT
from registry.reports.facts import SelfDeclarationFact, TestReportFact

router = APIRouter(prefix="/api/v1", tags=["products"], route_class=Conditional)


class ComparedDeclarationOut(BaseModel):
    """A declaration as recorded, its validity on the day, and its comparable A1–A3 value if it has one."""

    declaration: DeclarationFact
    validity: Validity
    a1_a3_per_unit: Decimal | None = Field(
        description="kg CO₂e per the kind's own unit; null: not comparable"
    )
    basis: str | None = Field(description="What the value may be compared on; null where there is none")


class ProductOut(BaseModel):
    """A product with everything that speaks for it; evidence classes are never mixed."""

    point: PointOut
    product: ProductFact
    version: int
    standing: Standing = Field(description="The best certificate of the day in one word")
    manufacturer: OrganisationFact
    plants: list[PlantFact]
    certificates: list[CertificateOut]
    test_reports: list[TestReportFact]
    self_declarations: list[SelfDeclarationFact]
    declarations: list[ComparedDeclarationOut]


def product_out(dossier: Dossier) -> ProductOut:
    return ProductOut(
        point=PointOut.of(dossier.at),
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


def _declaration_out(fact: DeclarationFact, dossier: Dossier) -> ComparedDeclarationOut:
    cell = dossier.cell_of(fact)
    return ComparedDeclarationOut(
        declaration=fact,
        validity=validity(fact, dossier.at.on),
        a1_a3_per_unit=cell.value if cell else None,
        basis=cell.basis.key if cell else None,
    )


@router.get("/products/{code}", dependencies=[Depends(May(Act.READ))], responses=ONE)
def read_product(code: CodePath, session: ReadDep, at: PointDep) -> ProductOut:
    """One product by its 登记号, with its maker, plants and all its evidence."""
    key = by_code(session, code, PRODUCT, at).header.key
    return product_out(load(session, [key], at)[key])
