"""采信: nothing is entered before its notice is over or against an objection; what was entered is removed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError
from sqlalchemy import Engine
from sqlmodel import Session

from registry.access.actors import OPERATOR
from registry.certificates import service as certificates
from registry.certificates.facts import ActKind
from registry.certificates.service import BodyAct
from registry.changes import feed
from registry.changes.feed import Draft
from registry.changes.reading import Point
from registry.kit.db import read_session, write_session
from registry.kit.errors import Conflict, Invalid, NotAllowed, NotFound
from registry.products.service import PRODUCT
from registry.supervision import handling, reading, recognition
from registry.supervision.facts import Allegation, Outcome, RecognitionFact, RecognitionState
from registry.supervision.handling import Decision
from registry.supervision.recognition import Proposed
from tests.factories import certificate, code, product, record
from tests.supervised import (
    CERTIFICATE_CODE,
    DECLARATION_CODE,
    FIRST,
    INSIDER,
    MAKER,
    PRODUCT_CODE,
    SECOND,
    TODAY,
    another_maker,
    by,
    complained,
    found,
    given,
    origin,
    registered,
)

PROPOSED = Proposed(
    PRODUCT_CODE,
    CERTIFICATE_CODE,
    "示例采信目录（虚构）",
    "Example catalogue (invented)",
    TODAY + timedelta(days=7),
)


@pytest.fixture
def register(engine: Engine) -> Engine:
    registered(engine)
    return engine


@pytest.fixture
def announced(register: Engine) -> RecognitionFact:
    with write_session(register) as session:
        return recognition.announce(session, PROPOSED, by(FIRST))


def test_it_is_entered_after_the_last_day_of_its_notice_and_removed_with_a_reason(
    register: Engine, announced: RecognitionFact
) -> None:
    with write_session(register) as session:
        with pytest.raises(Conflict, match="recognition-notice-runs"):
            recognition.enter(session, announced.code, by(FIRST, days=7))
        recognition.enter(session, announced.code, by(FIRST, days=8))
        with pytest.raises(Invalid, match="recognition-unfit"):
            recognition.remove(session, announced.code, by(SECOND, days=20), reason=" ")
        recognition.remove(session, announced.code, by(SECOND, days=20), reason="证书已撤销（虚构）")
        with pytest.raises(Conflict, match="recognition-step-refused"):
            recognition.enter(session, announced.code, by(FIRST, days=21))
    expected = {0: "notice", 7: "notice", 8: "entered", 19: "entered", 20: "removed"}
    with read_session(register) as session:
        for days, state in expected.items():
            at = Point(TODAY + timedelta(days=days), feed.head(session).seq)
            (known,) = reading.of_product(session, announced.product_id, (), at).recognitions
            assert known.fact.state == state


@pytest.mark.parametrize(
    ("outcome", "days", "entered"),
    [(None, 7, False), (Outcome.UPHELD, 7, False), (Outcome.PARTLY, 7, False), (Outcome.NOT_UPHELD, 7, True),
     (None, 8, True)],
)  # fmt: skip
def test_an_objection_in_the_notice_period_blocks_until_it_is_decided_against(
    register: Engine,
    announced: RecognitionFact,
    tmp_path: Path,
    *,
    outcome: Outcome | None,
    days: int,
    entered: bool,
) -> None:
    typed = given(announced.code, allegation=Allegation.AGAINST_RECOGNITION)
    token = complained(register, tmp_path, typed, where=origin(days=days))
    with write_session(register) as session:
        if outcome is not None:
            number = found(session, token).number
            handling.admit(session, number, by(FIRST, 0, days=days), reply_days=1)
            decision = Decision(outcome, [], "演示决定（虚构）")
            handling.decide(session, number, by(SECOND, 1, days=days + 5), decision)
        if entered:
            fact = recognition.enter(session, announced.code, by(FIRST, days=30))
            assert fact.state is RecognitionState.ENTERED
            return
        with pytest.raises(Conflict, match="recognition-objected"):
            recognition.enter(session, announced.code, by(FIRST, days=30))
        refused = recognition.refuse(session, announced.code, by(FIRST, days=30), reason="异议成立（虚构）")
        assert refused.state is RecognitionState.REFUSED


def test_the_evidence_is_a_certificate_or_report_of_this_very_product(register: Engine) -> None:
    with write_session(register) as session:
        other = another_maker(session)
        for wrong in (DECLARATION_CODE, PRODUCT_CODE, "YS-AAAAAA-AAAAA-A", ""):
            with pytest.raises(Invalid, match="recognition-evidence-unfit"):
                recognition.announce(session, replace(PROPOSED, evidence_code=wrong), by(FIRST))
        with pytest.raises(Invalid, match="recognition-evidence-unfit"):
            recognition.announce(session, replace(PROPOSED, product_code=other), by(FIRST))
        report = replace(PROPOSED, evidence_code=code("T", "report", 1).lower())
        assert recognition.announce(session, report, by(FIRST)).evidence_code == code("T", "report", 1)
        with pytest.raises(NotFound):
            recognition.announce(session, replace(PROPOSED, product_code=CERTIFICATE_CODE), by(FIRST))
        past = replace(PROPOSED, notice_until=TODAY - timedelta(days=1))
        with pytest.raises(Invalid, match="recognition-notice-over-before"):
            recognition.announce(session, past, by(FIRST))


def withdrawn(session: Session) -> None:
    """The body withdraws the certificate on the fourth day."""
    change = BodyAct(ActKind.WITHDRAW, TODAY + timedelta(days=3), "演示撤销（虚构）")
    record(session, certificates.act(session, certificate().id, change, actor=OPERATOR))


def taken_off(session: Session) -> None:
    gone = product(removed=True, removed_reason="停产（虚构）")
    record(session, [Draft(PRODUCT, gone.id, TODAY + timedelta(days=3), gone)])


@pytest.mark.parametrize(
    ("happens", "refusal"),
    [(withdrawn, "recognition-evidence-not-in-force"), (taken_off, "recognition-product-removed")],
)
def test_nothing_is_announced_or_entered_on_what_no_longer_holds(
    register: Engine, announced: RecognitionFact, happens: Callable[[Session], None], refusal: str
) -> None:
    with write_session(register) as session:
        happens(session)
        with pytest.raises(Conflict, match=refusal):
            recognition.enter(session, announced.code, by(FIRST, days=8))
        later = replace(PROPOSED, notice_until=TODAY + timedelta(days=20))
        with pytest.raises(Conflict, match=refusal):
            recognition.announce(session, later, by(FIRST, days=8))
        assert recognition.announce(session, PROPOSED, by(FIRST, days=2)).state is RecognitionState.NOTICE


def test_an_expired_certificate_is_no_evidence(register: Engine, announced: RecognitionFact) -> None:
    over = (certificate().valid_to - TODAY).days
    with write_session(register) as session:
        with pytest.raises(Conflict, match="recognition-evidence-not-in-force"):
            recognition.enter(session, announced.code, by(FIRST, days=over + 1))
        recognition.enter(session, announced.code, by(FIRST, days=over))


def test_nobody_recognises_what_is_their_own(register: Engine, announced: RecognitionFact) -> None:
    for wrong in (MAKER, INSIDER):
        with write_session(register) as session, pytest.raises(NotAllowed):
            recognition.announce(session, PROPOSED, by(wrong))
        with write_session(register) as session, pytest.raises(NotAllowed):
            recognition.enter(session, announced.code, by(wrong, days=9))


def test_no_fact_is_entered_within_its_own_notice(announced: RecognitionFact) -> None:
    told = announced.model_dump()
    for wrong in (
        {"state": "entered"},
        {"state": "removed", "since": date(2027, 1, 1)},
        {"notice_until": TODAY - timedelta(days=1)},
        {"reason": "无"},
    ):
        with pytest.raises(ValidationError):
            RecognitionFact(**{**told, **wrong})
