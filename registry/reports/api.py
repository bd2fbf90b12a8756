"""Test reports and self-declarations as machines read them; the two are never mixed."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from pydantic import Field
from sqlalchemy import Select, select
from sqlmodel import col

from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.answers import MANY, ONE, PageOut, RecordOut, place
from registry.changes.codes import by_code, optional_key
from registry.changes.http import CallDep, CodePath, ListQuery, PointDep, agrees, page, state_version
from registry.changes.kinds import FactKind, Known
from registry.changes.listing import Wanted
from registry.changes.reading import Point
from registry.kit.db import ReadDep
from registry.kit.etags import Conditional
from registry.parties.service import ORGANISATION
from registry.products.service import PRODUCT
from registry.reports.facts import SampleType, SelfDeclarationFact, TestReportFact
from registry.reports.models import ProductEvidenceRow
from registry.reports.service import SELF_DECLARATION, TEST_REPORT, Evidence

router = APIRouter(prefix="/api/v1", tags=["evidence"], route_class=Conditional)


class TestReportOut(RecordOut):
    """A laboratory's report on one product, model and plant."""

    __test__ = False

    test_report: TestReportFact


class SelfDeclarationOut(RecordOut):
    """What a maker states about its own product; it never enters a ratio."""

    self_declaration: SelfDeclarationFact


class TestReportsQuery(ListQuery):
    __test__ = False

    product: str | None = Field(None, max_length=40, description="登记号 of the product")
    laboratory: str | None = Field(None, max_length=40, description="登记号 of the laboratory")
    number: str | None = Field(None, max_length=120, description="The laboratory's own number, as printed")
    sample_type: SampleType | None = Field(None, description="Only samples that came this way")


class SelfDeclarationsQuery(ListQuery):
    product: str | None = Field(None, max_length=40, description="登记号 of the product")


def _report(known: Known[TestReportFact], _at: Point) -> TestReportOut:
    return TestReportOut(**place(known), test_report=known.fact)


def _claim(known: Known[SelfDeclarationFact], _at: Point) -> SelfDeclarationOut:
    return SelfDeclarationOut(**place(known), self_declaration=known.fact)


def _among(kind: FactKind[Evidence], product: UUID | None) -> list[Select[UUID]]:
    if product is None:
        return []
    rows = select(col(ProductEvidenceRow.id)).where(
        col(ProductEvidenceRow.kind) == kind.name, col(ProductEvidenceRow.product_id) == product
    )
    return [rows]


@router.get("/test-reports", dependencies=[Depends(May(Act.READ))], responses=MANY)
def list_test_reports(call: CallDep, asked: Annotated[TestReportsQuery, Query()]) -> PageOut[TestReportOut]:
    """Test reports in pages."""
    product = optional_key(call.session, asked.product, PRODUCT)
    laboratory = optional_key(call.session, asked.laboratory, ORGANISATION)

    def keeps(known: Known[TestReportFact], _at: Point) -> bool:
        fact = known.fact
        named = product in (None, fact.product_id) and laboratory in (None, fact.laboratory_id)
        return named and agrees(asked, fact, "number", "sample_type")

    return page(call, asked, Wanted(TEST_REPORT, keeps, _among(TEST_REPORT, product)), out=_report)


@router.get("/test-reports/{code}", dependencies=[Depends(May(Act.READ))], responses=ONE)
def read_test_report(code: CodePath, session: ReadDep, at: PointDep, response: Response) -> TestReportOut:
    """One test report by its 登记号."""
    return _report(state_version(by_code(session, code, TEST_REPORT, at), response), at)


@router.get("/self-declarations", dependencies=[Depends(May(Act.READ))], responses=MANY)
def list_self_declarations(
    call: CallDep, asked: Annotated[SelfDeclarationsQuery, Query()]
) -> PageOut[SelfDeclarationOut]:
    """Self-declarations in pages."""
    product = optional_key(call.session, asked.product, PRODUCT)

    def keeps(known: Known[SelfDeclarationFact], _at: Point) -> bool:
        return product in (None, known.fact.product_id)

    return page(call, asked, Wanted(SELF_DECLARATION, keeps, _among(SELF_DECLARATION, product)), out=_claim)


@router.get("/self-declarations/{code}", dependencies=[Depends(May(Act.READ))], responses=ONE)
def read_self_declaration(
    code: CodePath, session: ReadDep, at: PointDep, response: Response
) -> SelfDeclarationOut:
    """One self-declaration by its 登记号."""
    return _claim(state_version(by_code(session, code, SELF_DECLARATION, at), response), at)
