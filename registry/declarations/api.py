"""Carbon declarations as machines read them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import Field
from sqlalchemy import select
from sqlmodel import col

from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.answers import MANY, ONE, PageOut, RecordOut, place
from registry.changes.codes import by_code, optional_key
from registry.changes.http import CallDep, CodePath, ListQuery, PointDep, agrees, page, state_version
from registry.changes.kinds import Known
from registry.changes.listing import Wanted
from registry.changes.reading import Point
from registry.declarations.facts import DataKind, DeclarationFact, DocumentKind, Verification
from registry.declarations.models import DeclarationProductRow
from registry.declarations.service import DECLARATION
from registry.declarations.validity import Validity, validity
from registry.kit.db import ReadDep
from registry.kit.etags import Conditional
from registry.products.service import PRODUCT

router = APIRouter(prefix="/api/v1", tags=["evidence"], route_class=Conditional)


class DeclarationOut(RecordOut):
    """A carbon declaration as recorded; a module that is absent is not declared, which is never 0."""

    declaration: DeclarationFact
    validity: Validity = Field(description="Of the stated period on the day asked for")


class DeclarationsQuery(ListQuery):
    product: str | None = Field(None, max_length=40, description="登记号 of a product it names")
    document: DocumentKind | None = Field(None, description="Only this kind of document")
    standard: str | None = Field(None, max_length=120, description="Calculation rules, as printed")
    data_kind: DataKind | None = Field(None, description="Only this kind of data")
    verification: Verification | None = Field(None, description="Only declarations verified this way")
    validity: Validity | None = Field(None, description="Only declarations that stand so on the day")


def _out(known: Known[DeclarationFact], at: Point) -> DeclarationOut:
    return DeclarationOut(**place(known), declaration=known.fact, validity=validity(known.fact, at.on))


@router.get("/declarations", dependencies=[Depends(May(Act.READ))], responses=MANY)
def list_declarations(call: CallDep, asked: Annotated[DeclarationsQuery, Query()]) -> PageOut[DeclarationOut]:
    """Carbon declarations in pages."""
    product = optional_key(call.session, asked.product, PRODUCT)

    def keeps(known: Known[DeclarationFact], at: Point) -> bool:
        fact = known.fact
        return (
            (product is None or product in fact.product_ids)
            and agrees(asked, fact, "document", "standard", "data_kind", "verification")
            and asked.validity in (None, validity(fact, at.on))
        )

    rows = select(col(DeclarationProductRow.declaration_id)).where(
        col(DeclarationProductRow.product_id) == product
    )
    return page(call, asked, Wanted(DECLARATION, keeps, (rows,) if product else ()), out=_out)


@router.get("/declarations/{code}", dependencies=[Depends(May(Act.READ))], responses=ONE)
def read_declaration(code: CodePath, session: ReadDep, at: PointDep, response: Response) -> DeclarationOut:
    """One carbon declaration by its 登记号."""
    return _out(state_version(by_code(session, code, DECLARATION, at), response), at)
