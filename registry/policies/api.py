"""Rule packs and material kinds as machines read them."""

from fastapi import APIRouter, Depends

from registry.access.http import May
from registry.access.permissions import Act
from registry.categories import service as categories
from registry.categories.facts import CategoryFact, MaterialKindFact
from registry.changes.http import PointDep
from registry.kit.db import ReadDep
from registry.kit.problems import PROBLEMS
from registry.policies import service as policies
from registry.policies.pack import Pack

router = APIRouter(prefix="/api/v1", tags=["rules and kinds"], responses=PROBLEMS)


@router.get("/packs", dependencies=[Depends(May(Act.READ))])
def read_packs(session: ReadDep, at: PointDep) -> list[Pack]:
    """Every rule pack edition known at the point."""
    return policies.packs(session, at)


@router.get("/packs/{pack_id}", dependencies=[Depends(May(Act.READ))])
def read_pack(pack_id: str, session: ReadDep, at: PointDep) -> Pack:
    """One rule pack edition."""
    return policies.pack(session, pack_id[:80], at)


@router.get("/kinds", dependencies=[Depends(May(Act.READ))])
def read_kinds(session: ReadDep, at: PointDep) -> list[MaterialKindFact]:
    """Our tree of material kinds with synonyms, attributes and mappings."""
    return sorted(categories.kinds(session, at).values(), key=lambda kind: kind.kind)


@router.get("/categories", dependencies=[Depends(May(Act.READ))])
def read_categories(session: ReadDep, at: PointDep) -> list[CategoryFact]:
    """Certification categories; not the same thing as material kinds or ratio kinds."""
    return sorted(categories.categories(session, at).values(), key=lambda category: category.category)
