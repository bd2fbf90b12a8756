"""A small register under supervision: its officers, its maker, its body, and what they do in tests."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from registry.access.actors import ANONYMOUS, Actor, ActorRole
from registry.batches.kind import BATCH
from registry.changes.feed import Draft
from registry.kit.db import write_session
from registry.parties.service import PLANT
from registry.products.service import PRODUCT
from registry.supervision import draw, handling, intake, store
from registry.supervision.complaint import Complaint
from registry.supervision.facts import (
    Allegation,
    FindingFact,
    Measure,
    Outcome,
    OutcomeFact,
    RecognitionFact,
    Result,
    RoundFact,
    RoundState,
    SubjectKind,
)
from registry.supervision.handling import Decision
from registry.supervision.intake import Given, Origin, Terms, Upload
from registry.supervision.kinds import FINDING, OUTCOME, RECOGNITION, ROUND
from registry.supervision.rounds import outcome_id
from registry.supervision.store import By
from tests.factories import NOW, START, code, key, plant, product, record, world
from tests.registry.batches import batch

TERMS = Terms(per_day=3, reply_days=15, appeal_days=15, kept_days=365)
TODAY = date(2026, 6, 1)
PRODUCT_CODE, CERTIFICATE_CODE = code("A", "product", 1), code("C", "certificate", 1)
ORGANISATION_CODE, DECLARATION_CODE = code("O", "organisation", 1), code("E", "declaration", 1)
BATCH_CODE = code("B", "batch", 1)
WORDS = "到货与证书附件所列型号不符（虚构）。"
HOME, ELSEWHERE = "192.0.2.7", "198.51.100.9"


def actor(role: ActorRole, organisation: int, person: int) -> Actor:
    account = key("person", person)
    return Actor(role, str(account), account, key("organisation", organisation))


FIRST = actor(ActorRole.REGISTRY_OFFICER, 800, 1)
SECOND = actor(ActorRole.REGULATOR, 801, 2)
THIRD = actor(ActorRole.REGISTRY_OFFICER, 800, 3)
MAKER = actor(ActorRole.MANUFACTURER, 1, 4)
RIVAL = actor(ActorRole.MANUFACTURER, 2, 5)
BODY = actor(ActorRole.CERTIFICATION_BODY, 900, 6)
INSIDER = actor(ActorRole.REGISTRY_OFFICER, 1, 7)
UPHELD = Decision(Outcome.UPHELD, [], "属实（虚构）。", TODAY + timedelta(days=60))


def registered(engine: Engine, *, more_products: int = 0) -> None:
    """One of everything, and as many further cements of the same plant."""
    with write_session(engine) as session:
        record(session, [*world(), Draft(BATCH, batch().id, TODAY, batch())])
        others = [product(n) for n in range(2, 2 + more_products)]
        record(session, [Draft(PRODUCT, one.id, START, one) for one in others])


def another_maker(session: Session) -> str:
    """A product of another maker in another province; its 登记号."""
    site = plant(2, organisation_n=2, region="330100")
    other = product(90, manufacturer_id=key("organisation", 2), plant_ids=(site.id,))
    record(session, [Draft(PLANT, site.id, START, site), Draft(PRODUCT, other.id, START, other)])
    return other.code


def published() -> list[Draft]:
    """One of each fact of supervision, about the factories' product."""
    about, codes = product(), (PRODUCT_CODE,)
    day = date(2026, 6, 1)
    finding = FindingFact(
        id=key("finding"),
        code=code("T", "finding", 1),
        subject_kind=SubjectKind.PRODUCT,
        subject_id=about.id,
        subject_code=about.code,
        organisation_id=about.manufacturer_id,
        lot="L7",
        allegation=Allegation.QUALITY,
        received_on=START,
        reply_due=START,
        replied_on=START,
        decided_on=day,
        outcome=Outcome.UPHELD,
        measures=(Measure.NEXT_ROUND,),
        appeal_until=day,
    )
    lots = RoundFact(
        id=key("round"),
        code=code("J", "round", 1),
        name_zh="示例抽查（虚构）",
        name_en="Example round (invented)",
        organisation_id=key("organisation", 800),
        scope_on=START,
        size=1,
        candidates=codes,
        candidates_sha256=draw.digest(codes),
        seed_source="演示彩票（虚构）",
        seed_day=day,
        state=RoundState.DRAWN,
        seed="7",
        seed_reference="演示公告（虚构）",
        drawn=codes,
    )
    outcome = OutcomeFact(
        id=outcome_id(lots.id, about.code),
        round_id=lots.id,
        round_code=lots.code,
        product_id=about.id,
        product_code=about.code,
        result=Result.REFUSED,
        found_on=day,
    )
    entry = RecognitionFact(
        id=key("recognition"),
        code=code("K", "recognition", 1),
        product_id=about.id,
        product_code=about.code,
        catalogue_zh="示例目录（虚构）",
        catalogue_en="Example catalogue (invented)",
        organisation_id=key("organisation", 801),
        evidence_code=CERTIFICATE_CODE,
        notice_from=START,
        notice_until=START,
        since=START,
    )
    facts = ((FINDING, finding), (ROUND, lots), (OUTCOME, outcome), (RECOGNITION, entry))
    return [Draft(kind, fact.id, day, fact) for kind, fact in facts]


def by(one: Actor, revision: int = 0, *, days: int = 0) -> By:
    return By(one, NOW + timedelta(days=days), revision)


def origin(address: str = HOME, *, one: Actor = ANONYMOUS, days: int = 0) -> Origin:
    return Origin(one, address, NOW + timedelta(days=days), TERMS)


def given(about: str = CERTIFICATE_CODE, **fields: str) -> Given:
    return replace(Given(about, Allegation.NOT_AS_DECLARED, WORDS, contact="a@example.invalid"), **fields)


def complained(
    engine: Engine, folder: Path, typed: Given | None = None, *, where: Origin | None = None,
    upload: Upload | None = None,
) -> str:  # fmt: skip
    """A complaint that was taken: the secret part of its address."""
    with write_session(engine) as session:
        return intake.take(session, typed or given(), where or origin(), folder=folder, upload=upload)


def found(session: Session, token: str) -> Complaint:
    return store.by_token(session, token)


def decided(session: Session, token: str, decision: Decision = UPHELD) -> Complaint:
    """Admitted by the first officer, answered by the maker, decided by the second."""
    number = found(session, token).number
    handling.admit(session, number, by(FIRST, 0), reply_days=TERMS.reply_days)
    handling.reply(session, number, by(MAKER, 1, days=2), words="我方已更换（虚构）。")
    return handling.decide(session, number, by(SECOND, 2, days=3), decision)
