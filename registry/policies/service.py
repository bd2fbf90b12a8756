"""Publishing rule packs and cited policy facts; an edition, once published, is never changed."""

from datetime import date

from sqlmodel import Session

from registry.access.actors import Actor
from registry.access.permissions import Act, require
from registry.changes.feed import Draft
from registry.changes.kinds import Known, define, unprojected
from registry.changes.reading import Point, every, get
from registry.kit.errors import NotFound
from registry.kit.ids import derived
from registry.kit.messages import Listed
from registry.policies.facts import BenchmarkFact, PolicyDocumentFact, PolicyItemFact, RulePackFact
from registry.policies.pack import Pack

NAMED = 60  # characters of a name that somebody sent
RULE_PACK = define("rule_pack", RulePackFact, unprojected)
POLICY_DOCUMENT = define("policy_document", PolicyDocumentFact, unprojected)
POLICY_ITEM = define("policy_item", PolicyItemFact, unprojected)
BENCHMARK = define("benchmark", BenchmarkFact, unprojected)


def publish_pack(pack: Pack, *, effective_on: date, actor: Actor) -> Draft:
    require(actor, Act.PUBLISH_RULES)
    key = derived("rule-pack", pack.id)
    return Draft(RULE_PACK, key, effective_on, RulePackFact(id=key, pack=pack))


def publish_document(fact: PolicyDocumentFact, *, effective_on: date, actor: Actor) -> Draft:
    require(actor, Act.PUBLISH_REFERENCE)
    return Draft(POLICY_DOCUMENT, fact.id, effective_on, fact)


def publish_item(fact: PolicyItemFact, *, effective_on: date, actor: Actor) -> Draft:
    require(actor, Act.PUBLISH_REFERENCE)
    return Draft(POLICY_ITEM, fact.id, effective_on, fact)


def publish_benchmark(fact: BenchmarkFact, *, effective_on: date, actor: Actor) -> Draft:
    require(actor, Act.PUBLISH_REFERENCE)
    return Draft(BENCHMARK, fact.id, effective_on, fact)


def packs(session: Session, at: Point) -> list[Pack]:
    """Every rule pack at a point, by id."""
    return sorted((known.fact.pack for known in every(session, RULE_PACK, at)), key=lambda pack: pack.id)


def pack(session: Session, pack_id: str, at: Point) -> Pack:
    return known_pack(session, pack_id, at).fact.pack


def known_pack(session: Session, pack_id: str, at: Point) -> Known[RulePackFact]:
    """A rule pack with its place in the feed."""
    known = get(session, RULE_PACK, derived("rule-pack", pack_id), at)
    if known is None:
        there = Listed(one.id for one in packs(session, at)) or "–"
        raise NotFound("rule-pack-not-found", id=pack_id[:NAMED], known=there)
    return known
