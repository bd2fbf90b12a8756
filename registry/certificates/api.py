"""Certificates and their scope rows as machines read them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from pydantic import Field
from sqlalchemy import Select, select
from sqlmodel import Session, col

from registry.access.http import May
from registry.access.permissions import Act
from registry.certificates.facts import CertificateFact, Scheme, ScopeRow
from registry.certificates.kind import CERTIFICATE
from registry.certificates.models import CertificateRow, CertificateScopeRow
from registry.certificates.states import StateOnDay, on_day
from registry.changes.answers import MANY, ONE, PageOut, RecordOut, place
from registry.changes.codes import by_code, optional_key
from registry.changes.http import (
    CallDep,
    CodePath,
    ListQuery,
    PointDep,
    agrees,
    flat_page,
    page,
    state_version,
)
from registry.changes.kinds import Known
from registry.changes.listing import Wanted
from registry.changes.reading import Point
from registry.kit.db import ReadDep
from registry.kit.etags import Conditional
from registry.kit.reading.folded import fold
from registry.parties.service import ORGANISATION, PLANT
from registry.products.service import PRODUCT

router = APIRouter(prefix="/api/v1", tags=["evidence"], route_class=Conditional)


class CertificateOut(RecordOut):
    """A certificate as recorded, with the state its dates make of it on the day."""

    certificate: CertificateFact
    state_on_day: StateOnDay


class ScopeRowOut(RecordOut):
    """One row of a certificate's annex, with the certificate it stands in."""

    certificate: str = Field(description="Our 登记号 of the certificate")
    number: str = Field(description="The body's own number")
    state_on_day: StateOnDay
    scope: ScopeRow


class CertificatesQuery(ListQuery):
    number: str | None = Field(
        None, min_length=1, max_length=120, description="The body's own number; two bodies may use the same"
    )
    body: str | None = Field(None, max_length=40, description="登记号 of the certification body")
    holder: str | None = Field(None, max_length=40, description="登记号 of the holder")
    maker: str | None = Field(None, max_length=40, description="登记号 of the manufacturer 制造商")
    product: str | None = Field(None, max_length=40, description="登记号 of a product in its scope")
    plant: str | None = Field(None, max_length=40, description="登记号 of a plant in its scope")
    scheme: Scheme | None = Field(None, description="Only certificates of this scheme")
    category: str | None = Field(None, max_length=120, description="Certification category, exactly")
    star: int | None = Field(None, ge=1, le=3, description="Only certificates with this many stars")
    state: StateOnDay | None = Field(None, description="Only certificates in this state on the day")


def certificate_out(known: Known[CertificateFact], at: Point) -> CertificateOut:
    return CertificateOut(**place(known), certificate=known.fact, state_on_day=on_day(known.fact, at.on))


def _rows(known: Known[CertificateFact], at: Point) -> list[ScopeRowOut]:
    fact, state = known.fact, on_day(known.fact, at.on)
    return [
        ScopeRowOut(**place(known), certificate=fact.code, number=fact.number, state_on_day=state, scope=row)
        for row in fact.rows
    ]


def _wanted(session: Session, asked: CertificatesQuery) -> Wanted[CertificateFact]:
    """Certificates that pass every filter given."""
    parties = {
        name: optional_key(session, code, ORGANISATION)
        for name, code in (
            ("body_id", asked.body), ("holder_id", asked.holder), ("manufacturer_id", asked.maker)
        )
    }  # fmt: skip
    product = optional_key(session, asked.product, PRODUCT)
    plant = optional_key(session, asked.plant, PLANT)
    number = fold(asked.number) if asked.number is not None else None

    def keeps(known: Known[CertificateFact], at: Point) -> bool:
        fact = known.fact
        return (
            all(key in (None, getattr(fact, name)) for name, key in parties.items())
            and number in (None, fold(fact.number))
            and _covers(fact, product, plant)
            and agrees(asked, fact, "scheme", "category", "star")
            and asked.state in (None, on_day(fact, at.on))
        )

    return Wanted(CERTIFICATE, keeps, _among(number, parties["holder_id"], product))


def _covers(fact: CertificateFact, product: UUID | None, plant: UUID | None) -> bool:
    """Whether one row names both: a product from another plant is not covered."""
    return (product is None and plant is None) or any(
        (product is None or product in row.product_ids) and plant in (None, row.plant_id) for row in fact.rows
    )


def _among(number: str | None, holder: UUID | None, product: UUID | None) -> list[Select[UUID]]:
    queries = []
    if number is not None:
        queries.append(select(col(CertificateRow.id)).where(col(CertificateRow.number_folded) == number))
    if holder is not None:
        queries.append(select(col(CertificateRow.id)).where(col(CertificateRow.holder_id) == holder))
    if product is not None:
        scope = select(col(CertificateScopeRow.certificate_id))
        queries.append(scope.where(col(CertificateScopeRow.product_id) == product))
    return queries


@router.get("/certificates", dependencies=[Depends(May(Act.READ))], responses=MANY)
def list_certificates(call: CallDep, asked: Annotated[CertificatesQuery, Query()]) -> PageOut[CertificateOut]:
    """Certificates in pages, by number, party, scope or state on the day."""
    return page(call, asked, _wanted(call.session, asked), out=certificate_out)


@router.get("/certificates/{code}", dependencies=[Depends(May(Act.READ))], responses=ONE)
def read_certificate(code: CodePath, session: ReadDep, at: PointDep, response: Response) -> CertificateOut:
    """One certificate by our 登记号."""
    return certificate_out(state_version(by_code(session, code, CERTIFICATE, at), response), at)


@router.get("/scope-rows", dependencies=[Depends(May(Act.READ))], responses=MANY)
def list_scope_rows(call: CallDep, asked: Annotated[CertificatesQuery, Query()]) -> PageOut[ScopeRowOut]:
    """Rows of certificates' annexes; `limit` counts certificates, whose rows always stand on one page.

    With `product` or `plant` only the rows that name them are given.
    """
    product = optional_key(call.session, asked.product, PRODUCT)
    plant = optional_key(call.session, asked.plant, PLANT)

    def rows(known: Known[CertificateFact], at: Point) -> list[ScopeRowOut]:
        return [
            row
            for row in _rows(known, at)
            if (product is None or product in row.scope.product_ids) and plant in (None, row.scope.plant_id)
        ]

    return flat_page(call, asked, _wanted(call.session, asked), out=rows)
