"""Invented supervision: two rounds with their lots, findings, recognition, and complaints under way."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from sqlmodel import Session, select

from registry.access.actors import ANONYMOUS, Actor, ActorRole
from registry.accounts import logins
from registry.accounts.memberships import OPERATING_BODY
from registry.changes.feed import Draft
from registry.kit.ids import derived
from registry.supervision import draw, handling, intake
from registry.supervision.facts import (
    Allegation,
    FindingFact,
    Measure,
    Outcome,
    OutcomeFact,
    RecognitionFact,
    RecognitionState,
    Result,
    RoundFact,
    RoundState,
    SubjectKind,
)
from registry.supervision.intake import Given, Origin, Terms
from registry.supervision.kinds import FINDING, OUTCOME, RECOGNITION, ROUND
from registry.supervision.models import ComplaintRow
from registry.supervision.rounds import outcome_id
from registry.supervision.store import By, by_token
from seeds.demo.accounts import LOGINS
from seeds.demo.keys import FICTION_EN, FICTION_ZH, code, key, report_number, role_names
from seeds.demo.parties import firm_id
from seeds.demo.register import Register

KIND, PROVINCE, DRAWN = "concrete.ready-mixed", "330000", 5
ANNOUNCED, SEED_DAY, CLOSED = date(2026, 9, 1), date(2026, 9, 12), date(2026, 10, 26)
NEXT, NEXT_SEED_DAY = date(2026, 11, 16), date(2026, 12, 5)
SEED: Final = "04 11 19 23 30 07"
RESULTS: Final = (Result.PASS, Result.PASS, Result.FAIL, Result.NOT_FOUND, Result.REFUSED)
CATALOGUE: Final = (f"示例推广应用目录{FICTION_ZH}", f"Sample promotion catalogue {FICTION_EN}")
TERMS: Final = Terms(per_day=10, reply_days=15, appeal_days=15, kept_days=365)
WORDS: Final = (
    "演示：到货的型号与证书附件所列不一致，已拍照。",
    "演示：同一产品两次抽检的强度相差很大，请核对。",
    "演示：宣传页上的碳足迹比登记的低一半。",
)


def drafts(register: Register) -> Iterator[Draft]:
    """Everything public, from the register that it is about."""
    yield from _rounds(register)
    yield from _findings()
    yield from _recognitions()


def _rounds(register: Register) -> Iterator[Draft]:
    place = {plant.id: plant.region for plant in register.plants}
    codes = tuple(
        sorted(
            one.code
            for one in register.products
            if one.kind == KIND and any(place[plant].startswith(PROVINCE[:2]) for plant in one.plant_ids)
        )
    )
    ids = {one.code: one.id for one in register.products}
    first = _round("2026-3", codes, scope_on=ANNOUNCED, seed_day=SEED_DAY)
    lots = draw.drawn(SEED, codes, DRAWN)
    drawn = first.model_copy(
        update={
            "state": RoundState.DRAWN,
            "seed": SEED,
            "seed_reference": f"演示彩票公告 2026-09-12{FICTION_ZH}",
            "drawn": lots,
        }
    )
    yield Draft(ROUND, first.id, ANNOUNCED, first)
    yield Draft(ROUND, first.id, SEED_DAY, drawn)
    for place_drawn, (lot, result) in enumerate(zip(lots, RESULTS, strict=True)):
        found = SEED_DAY + timedelta(days=10 + 5 * place_drawn)
        fact = _outcome(first, (ids[lot], lot), result, found)
        yield Draft(OUTCOME, fact.id, found, fact)
    closed = drawn.model_copy(update={"state": RoundState.CLOSED})
    yield Draft(ROUND, first.id, CLOSED, closed)
    following = _round("2026-4", codes, scope_on=NEXT, seed_day=NEXT_SEED_DAY)
    yield Draft(ROUND, following.id, NEXT, following)


def _round(name: str, codes: tuple[str, ...], *, scope_on: date, seed_day: date) -> RoundFact:
    year, quarter = name.split("-")
    return RoundFact(
        id=key("surveillance_round", name),
        code=code("surveillance_round", name),
        name_zh=f"示例预拌混凝土抽查 {year} 年第 {quarter} 季度{FICTION_ZH}",
        name_en=f"Sample round on ready-mixed concrete, quarter {quarter} of {year} {FICTION_EN}",
        organisation_id=OPERATING_BODY,
        kind=KIND,
        region=PROVINCE,
        scope_on=scope_on,
        size=DRAWN,
        candidates=codes,
        candidates_sha256=draw.digest(codes),
        seed_source=f"演示彩票 {seed_day.isoformat()} 开奖号码，按开出顺序，两位数、空格分开{FICTION_ZH}",
        seed_day=seed_day,
    )


def _outcome(fact: RoundFact, lot: tuple[UUID, str], result: Result, found: date) -> OutcomeFact:
    product_id, product_code = lot
    tested = result in (Result.PASS, Result.FAIL)
    return OutcomeFact(
        id=outcome_id(fact.id, product_code),
        round_id=fact.id,
        round_code=fact.code,
        product_id=product_id,
        product_code=product_code,
        result=result,
        found_on=found,
        report_number=report_number(2026, 90_000 + found.day) if tested else None,
        laboratory=role_names("检测机构", "Laboratory", 0)[0] if tested else None,
    )


def _findings() -> Iterator[Draft]:
    """One upheld against a certificate without touching its state, one not upheld after a reply."""
    cases = (
        ("upheld", SubjectKind.CERTIFICATE, "ladder-017", Allegation.NOT_AS_DECLARED, Outcome.UPHELD),
        ("not-upheld", SubjectKind.PRODUCT, "ladder-021", Allegation.QUALITY, Outcome.NOT_UPHELD),
    )
    for number, (name, kind, handle, allegation, outcome) in enumerate(cases):
        received = date(2026, 8, 3) + timedelta(days=30 * number)
        decided = received + timedelta(days=28)
        upheld = outcome is Outcome.UPHELD
        fact = FindingFact(
            id=key("finding", name),
            code=code("finding", name),
            subject_kind=kind,
            subject_id=key(kind, handle),
            subject_code=code(kind, handle),
            organisation_id=firm_id(int(handle.removeprefix("ladder-"))),
            lot="YS-2026-0713" if upheld else None,
            allegation=allegation,
            received_on=received,
            reply_due=received + timedelta(days=17),
            replied_on=received + timedelta(days=9),
            decided_on=decided,
            outcome=outcome,
            measures=(Measure.NEXT_ROUND, Measure.TOLD_TO_BODY) if upheld else (),
            appeal_until=decided + timedelta(days=15),
        )
        yield Draft(FINDING, fact.id, decided, fact)


def _recognitions() -> Iterator[Draft]:
    """One entered and removed, one on notice."""
    begun = date(2026, 3, 2)
    first = _recognition("removed", "ladder-015", begun)
    yield Draft(RECOGNITION, first.id, begun, first)
    for state, day, reason in (
        (RecognitionState.ENTERED, date(2026, 3, 10), None),
        (RecognitionState.REMOVED, date(2026, 9, 30), f"演示：企业申请移出{FICTION_ZH}"),
    ):
        after = first.model_copy(update={"state": state, "since": day, "reason": reason})
        yield Draft(RECOGNITION, first.id, day, after)
    waiting = _recognition("waiting", "ladder-017", date(2026, 11, 18))
    yield Draft(RECOGNITION, waiting.id, waiting.since, waiting)


def _recognition(name: str, handle: str, begun: date) -> RecognitionFact:
    return RecognitionFact(
        id=key("recognition", name),
        code=code("recognition", name),
        product_id=key("product", handle),
        product_code=code("product", handle),
        catalogue_zh=CATALOGUE[0],
        catalogue_en=CATALOGUE[1],
        organisation_id=derived("demonstration", "organisation", "login-regulator"),
        evidence_code=code("certificate", handle),
        notice_from=begun,
        notice_until=begun + timedelta(days=7),
        since=begun,
    )


def write(session: Session, *, now: datetime) -> int:
    """Three complaints under way, once: received, waiting for the maker's reply, waiting for a decision."""
    if session.scalars(select(ComplaintRow.id).limit(1)).first() is not None:
        return 0
    made = (
        (code("certificate", "ladder-021"), Allegation.NOT_AS_DECLARED, 1),
        (code("product", "ladder-017"), Allegation.QUALITY, 4),
        (code("product", "ladder-017"), Allegation.CARBON_FIGURE, 9),
    )
    numbers = []
    for words, (about, allegation, days) in zip(WORDS, made, strict=True):
        given = Given(about, allegation, words + FICTION_ZH)
        origin = Origin(ANONYMOUS, "demonstration", now - timedelta(days=days), TERMS)
        token = intake.take(session, given, origin, folder=Path())
        numbers.append(by_token(session, token).number)
    officer, maker = _actor(session, ActorRole.REGISTRY_OFFICER), _actor(session, ActorRole.MANUFACTURER)
    for number, days in ((numbers[1], 3), (numbers[2], 8)):
        handling.admit(session, number, By(officer, now - timedelta(days=days)), reply_days=TERMS.reply_days)
    answer = f"演示：宣传页已改，与登记一致。{FICTION_ZH}"
    handling.reply(session, numbers[2], By(maker, now - timedelta(days=2), 1), words=answer)
    return len(numbers)


def _actor(session: Session, role: ActorRole) -> Actor:
    login = next(one for one in LOGINS if one.role is role)
    account = logins.by_login(session, login.address)
    assert account is not None
    return Actor(role, str(account.id), account.id, login.organisation_id)
