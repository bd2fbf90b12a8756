"""Rule packs and cited policy facts as machines read them."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from pydantic import Field

from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.answers import MANY, ONE, PageOut, RecordOut, place
from registry.changes.http import CallDep, ListQuery, PointDep, agrees, page, state_version
from registry.changes.kinds import Known
from registry.changes.listing import Wanted
from registry.changes.reading import Point
from registry.kit.db import ReadDep
from registry.kit.etags import Conditional
from registry.policies import service as policies
from registry.policies.facts import BenchmarkFact, PolicyDocumentFact, PolicyItemFact, RulePackFact
from registry.policies.pack import Pack
from registry.policies.service import BENCHMARK, POLICY_DOCUMENT, POLICY_ITEM, RULE_PACK

router = APIRouter(prefix="/api/v1", tags=["rules"], route_class=Conditional)


class PackOut(RecordOut):
    """One edition of one rule pack: what a region counts as green, by which method, from which day."""

    pack: Pack


class PolicyDocumentOut(RecordOut):
    """A source document: what it is, not its text."""

    document: PolicyDocumentFact


class PolicyItemOut(RecordOut):
    """One cited measure or target of a policy document."""

    item: PolicyItemFact


class BenchmarkOut(RecordOut):
    """A dated figure with its source and confidence."""

    benchmark: BenchmarkFact


class PacksQuery(ListQuery):
    region: str = Field(
        "", max_length=6, description="GB/T 2260 code or its first digits; 100000 is the country"
    )


class DocumentsQuery(ListQuery):
    region: str = Field("", max_length=6, description="GB/T 2260 code or its first digits")


class ItemsQuery(ListQuery):
    document: str | None = Field(None, max_length=80, description="Only what this document says")
    topic: str | None = Field(None, max_length=80, description="Only items of this topic")


class BenchmarksQuery(ListQuery):
    table: str | None = Field(None, max_length=80, description="Only the rows of this table")


def _pack(known: Known[RulePackFact], _at: Point) -> PackOut:
    return PackOut(**place(known), pack=known.fact.pack)


def _document(known: Known[PolicyDocumentFact], _at: Point) -> PolicyDocumentOut:
    return PolicyDocumentOut(**place(known), document=known.fact)


def _item(known: Known[PolicyItemFact], _at: Point) -> PolicyItemOut:
    return PolicyItemOut(**place(known), item=known.fact)


def _benchmark(known: Known[BenchmarkFact], _at: Point) -> BenchmarkOut:
    return BenchmarkOut(**place(known), benchmark=known.fact)


@router.get("/packs", dependencies=[Depends(May(Act.READ))], responses=MANY)
def list_packs(call: CallDep, asked: Annotated[PacksQuery, Query()]) -> PageOut[PackOut]:
    """Rule pack editions in pages."""

    def keeps(known: Known[RulePackFact], _at: Point) -> bool:
        return known.fact.pack.region.startswith(asked.region)

    return page(call, asked, Wanted(RULE_PACK, keeps), out=_pack)


@router.get("/packs/{pack_id}", dependencies=[Depends(May(Act.READ))], responses=ONE)
def read_pack(pack_id: str, session: ReadDep, at: PointDep, response: Response) -> PackOut:
    """One rule pack edition by its id."""
    return _pack(state_version(policies.known_pack(session, pack_id[:80], at), response), at)


@router.get("/policy-documents", dependencies=[Depends(May(Act.READ))], responses=MANY)
def list_policy_documents(
    call: CallDep, asked: Annotated[DocumentsQuery, Query()]
) -> PageOut[PolicyDocumentOut]:
    """Source documents in pages; `draft` marks a draft for comments 征求意见稿."""

    def keeps(known: Known[PolicyDocumentFact], _at: Point) -> bool:
        return known.fact.region.startswith(asked.region)

    return page(call, asked, Wanted(POLICY_DOCUMENT, keeps), out=_document)


@router.get("/policy-items", dependencies=[Depends(May(Act.READ))], responses=MANY)
def list_policy_items(call: CallDep, asked: Annotated[ItemsQuery, Query()]) -> PageOut[PolicyItemOut]:
    """Cited measures and targets in pages; a value is null where the text states none."""

    def keeps(known: Known[PolicyItemFact], _at: Point) -> bool:
        return agrees(asked, known.fact, "document", "topic")

    return page(call, asked, Wanted(POLICY_ITEM, keeps), out=_item)


@router.get("/benchmarks", dependencies=[Depends(May(Act.READ))], responses=MANY)
def list_benchmarks(call: CallDep, asked: Annotated[BenchmarksQuery, Query()]) -> PageOut[BenchmarkOut]:
    """Energy benchmarks and emission factors in pages."""

    def keeps(known: Known[BenchmarkFact], _at: Point) -> bool:
        return agrees(asked, known.fact, "table")

    return page(call, asked, Wanted(BENCHMARK, keeps), out=_benchmark)
