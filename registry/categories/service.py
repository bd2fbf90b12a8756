"""Publishing reference tables, and reading them whole: they are small and change rarely."""

from datetime import date

from sqlmodel import Session

from registry.access.actors import Actor
from registry.access.permissions import Act, require
from registry.categories.facts import CategoryFact, MaterialKindFact, RegionFact
from registry.changes.feed import Draft
from registry.changes.kept import Kept
from registry.changes.kinds import define, unprojected
from registry.changes.reading import Point, every

REGION = define("region", RegionFact, unprojected)
CATEGORY = define("category", CategoryFact, unprojected)
MATERIAL_KIND = define("material_kind", MaterialKindFact, unprojected)


def publish_region(fact: RegionFact, *, effective_on: date, actor: Actor) -> Draft:
    require(actor, Act.PUBLISH_REFERENCE)
    return Draft(REGION, fact.id, effective_on, fact)


def publish_category(fact: CategoryFact, *, effective_on: date, actor: Actor) -> Draft:
    require(actor, Act.PUBLISH_REFERENCE)
    return Draft(CATEGORY, fact.id, effective_on, fact)


def publish_kind(fact: MaterialKindFact, *, effective_on: date, actor: Actor) -> Draft:
    require(actor, Act.PUBLISH_REFERENCE)
    return Draft(MATERIAL_KIND, fact.id, effective_on, fact)


def _regions(session: Session, at: Point) -> dict[str, RegionFact]:
    return {known.fact.region: known.fact for known in every(session, REGION, at)}


def _categories(session: Session, at: Point) -> dict[str, CategoryFact]:
    return {known.fact.category: known.fact for known in every(session, CATEGORY, at)}


def _kinds(session: Session, at: Point) -> dict[str, MaterialKindFact]:
    return {known.fact.kind: known.fact for known in every(session, MATERIAL_KIND, at)}


regions, categories, kinds = Kept(_regions), Kept(_categories), Kept(_kinds)


def ancestors(kind: str, tree: dict[str, MaterialKindFact]) -> tuple[str, ...]:
    """A kind and its parents, nearest first."""
    line: list[str] = []
    current: str | None = kind
    while current is not None and current in tree and current not in line:
        line.append(current)
        current = tree[current].parent
    return tuple(line)
