"""Complaints: private, limited, erasable; decided by two, heard first; nothing but closed lists is public."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from registry.certificates.kind import CERTIFICATE
from registry.changes import feed
from registry.changes.reading import Point, get, history
from registry.evidence import service as evidence
from registry.kit.db import read_session, write_session
from registry.kit.errors import Conflict, Faulty, Invalid, NotAllowed, NotFound
from registry.supervision import erasing, handling, intake, reading, store
from registry.supervision.facts import Allegation, Measure, Outcome
from registry.supervision.handling import Decision
from registry.supervision.intake import TooManyComplaints, Upload
from registry.supervision.kinds import FINDING
from registry.supervision.states import State
from tests import evidence_files
from tests.factories import NOW, key
from tests.supervised import (
    BATCH_CODE,
    BODY,
    CERTIFICATE_CODE,
    DECLARATION_CODE,
    ELSEWHERE,
    FIRST,
    INSIDER,
    MAKER,
    ORGANISATION_CODE,
    PRODUCT_CODE,
    RIVAL,
    SECOND,
    TERMS,
    THIRD,
    TODAY,
    UPHELD,
    WORDS,
    by,
    complained,
    decided,
    found,
    given,
    origin,
    registered,
)

REVISED = Decision(Outcome.PARTLY, [Measure.NEXT_ROUND], "复核后部分成立（虚构）。")


@pytest.fixture
def register(engine: Engine) -> Engine:
    registered(engine)
    return engine


@pytest.mark.parametrize(
    "about", [PRODUCT_CODE, BATCH_CODE, CERTIFICATE_CODE, DECLARATION_CODE, ORGANISATION_CODE]
)
def test_anybody_may_complain_and_only_the_address_leads_back(
    register: Engine, tmp_path: Path, about: str
) -> None:
    token = complained(register, tmp_path, given(about.lower(), lot="A-2026 07"))
    with read_session(register) as session:
        one = found(session, token)
        assert (one.subject_code, one.words, one.lot, one.state) == (
            about,
            WORDS,
            "A-2026 07",
            State.RECEIVED,
        )
        assert one.case.respondent == key("organisation")
        for guess in (one.number, token[:-1], token + "A", "", str(one.id)):
            with pytest.raises(NotFound):
                store.by_token(session, guess)
    with register.connect() as connection:
        kept = connection.execute(text("SELECT * FROM complaints")).mappings().one()
    assert token not in {str(value) for value in kept.values()}
    assert "192.0.2.7" not in {str(value) for value in kept.values()}


def test_every_fault_is_told_at_once(register: Engine, tmp_path: Path) -> None:
    wrong = given("", allegation="rumour", words="短", contact="x" * 121, lot="张三")
    with pytest.raises(Faulty) as refused:
        complained(register, tmp_path, wrong)
    assert [one.where for one in refused.value.faults] == ["about", "allegation", "words", "contact", "lot"]
    for unknown in ("YS-AAAAAA-AAAAA-A", "张三", "x" * 500):
        with pytest.raises(NotFound, match="complaint-subject-unknown"):
            complained(register, tmp_path, given(unknown))


def test_a_sender_has_so_many_a_day_and_others_have_their_own(register: Engine, tmp_path: Path) -> None:
    for _ in range(TERMS.per_day):
        complained(register, tmp_path)
    with pytest.raises(TooManyComplaints):
        complained(register, tmp_path)
    complained(register, tmp_path, where=origin(ELSEWHERE))
    complained(register, tmp_path, where=origin(days=1))


def test_two_officers_hear_the_party_and_publish_a_finding_without_a_word(
    register: Engine, tmp_path: Path
) -> None:
    token = complained(register, tmp_path, given(lot="L7"))
    with write_session(register) as session:
        measures = [Measure.TOLD_TO_BODY, Measure.CORRECT_RECORD, Measure.TOLD_TO_BODY]
        decided(session, token, Decision(Outcome.UPHELD, measures, "属实，涉及王某（虚构）。"))
    with read_session(register) as session:
        at = Point(date(2026, 6, 30), feed.head(session).seq)
        (known,) = reading.findings_about(session, [key("certificate")], at)
        fact = known.fact
        assert [one.fact.id for one in reading.findings_of(session, key("organisation"), at)] == [fact.id]
        assert (fact.outcome, fact.lot, fact.allegation) == (Outcome.UPHELD, "L7", Allegation.NOT_AS_DECLARED)
        assert fact.measures == (Measure.CORRECT_RECORD, Measure.TOLD_TO_BODY)
        days = (fact.received_on, fact.replied_on, fact.decided_on)
        assert days == tuple(TODAY + timedelta(days=n) for n in (0, 2, 3))
        payloads = "".join(change.payload for change in feed.every(session))
        for private in ("王某", "我方已更换", WORDS, "example.invalid", token):
            assert private not in payloads
        certificate = get(session, CERTIFICATE, key("certificate"), at)
        assert certificate is not None
        assert (certificate.header.version, certificate.fact.disputed) == (1, False)


def test_without_a_reply_the_last_day_must_have_passed(register: Engine, tmp_path: Path) -> None:
    token = complained(register, tmp_path)
    with write_session(register) as session:
        number = found(session, token).number
        handling.admit(session, number, by(FIRST), reply_days=TERMS.reply_days)
        with pytest.raises(Conflict, match="complaint-reply-time-runs"):
            handling.decide(session, number, by(SECOND, 1, days=15), UPHELD)
        handling.decide(session, number, by(SECOND, 1, days=16), UPHELD)
        at = Point(date(2026, 6, 30), feed.head(session).seq)
        assert reading.findings(session, at)[0].fact.replied_on is None


def test_an_appeal_is_decided_by_somebody_new_and_the_first_decision_stays_in_the_history(
    register: Engine, tmp_path: Path
) -> None:
    token = complained(register, tmp_path)
    with write_session(register) as session:
        one = decided(session, token)
        for again in (FIRST, SECOND):
            with pytest.raises(NotAllowed, match="complaint-same-person"):
                handling.revise(session, one.number, by(again, 3, days=9), REVISED)
        handling.revise(session, one.number, by(THIRD, 3, days=9), REVISED)
        versions = history(session, FINDING, handling.finding_id(one), as_of=feed.head(session).seq)
    assert [known.fact.outcome for known in versions] == [Outcome.UPHELD, Outcome.PARTLY]
    assert [known.fact.decided_on for known in versions] == [TODAY + timedelta(days=3)] * 2
    assert versions[1].fact.revised_on == TODAY + timedelta(days=9)


def test_who_sees_what(register: Engine, tmp_path: Path) -> None:
    token = complained(register, tmp_path)
    with write_session(register) as session:
        number = found(session, token).number
        unseen = (MAKER, RIVAL, BODY, INSIDER)
        for other in unseen:
            with pytest.raises(NotFound):
                handling.read(session, number, by(other))
            assert handling.of_party(session, by(other)) == []
        assert handling.read(session, number, by(FIRST))[1] is None
        handling.admit(session, number, by(FIRST), reply_days=TERMS.reply_days)
        assert handling.read(session, number, by(MAKER))[1] == frozenset({"statement", "decision"})
        with pytest.raises(NotFound):
            handling.read(session, number, by(BODY))
        handling.forward(session, number, by(FIRST, 1))
        assert handling.read(session, number, by(BODY))[1] == frozenset({"statement"})
        assert [one.number for one in handling.of_party(session, by(BODY))] == [number]
        assert handling.of_office(session, by(INSIDER)) == []
        assert [one.number for one in handling.of_office(session, by(SECOND))] == [number]
        with pytest.raises(NotFound):
            handling.read(session, number, by(RIVAL))


def test_nobody_with_an_interest_takes_a_step(register: Engine, tmp_path: Path) -> None:
    token = complained(register, tmp_path, where=origin(one=THIRD))
    with write_session(register) as session:
        number = found(session, token).number
        for interested in (INSIDER, MAKER, BODY, RIVAL, THIRD):
            with pytest.raises((NotAllowed, NotFound)):
                handling.admit(session, number, by(interested), reply_days=1)
        handling.admit(session, number, by(FIRST), reply_days=1)
        for nobody in (FIRST, RIVAL, BODY):
            with pytest.raises((NotAllowed, NotFound)):
                handling.reply(session, number, by(nobody, 1), words="非当事人（虚构）")
        with pytest.raises((NotAllowed, NotFound)):
            handling.decide(session, number, by(MAKER, 1, days=9), UPHELD)


def test_a_second_click_changes_nothing_and_an_old_page_is_refused(register: Engine, tmp_path: Path) -> None:
    token = complained(register, tmp_path)
    with write_session(register) as session:
        once = decided(session, token)
        again = handling.decide(session, once.number, by(SECOND, 2, days=3), UPHELD)
        assert (again.revision, len(store.events(session, once.id))) == (3, 4)
        assert (
            feed.head(session).seq
            == reading.findings(session, Point(TODAY + timedelta(9), 10**9))[0].header.seq
        )
        with pytest.raises(Conflict):
            handling.forward(session, once.number, by(FIRST, 2))


def test_a_decision_that_contradicts_itself_is_refused(register: Engine, tmp_path: Path) -> None:
    token = complained(register, tmp_path)
    baseless = Decision(Outcome.NOT_UPHELD, [Measure.NEXT_ROUND], "不属实（虚构）。")
    with pytest.raises(Invalid, match="without-ground"), write_session(register) as session:
        decided(session, token, baseless)
    past = Decision(Outcome.UPHELD, [], "属实（虚构）。", TODAY)
    with pytest.raises(Invalid, match="appeal-over-before"), write_session(register) as session:
        decided(session, token, past)
    with read_session(register) as session:
        assert found(session, token).state is State.RECEIVED


def test_the_complainant_takes_it_back_until_it_is_decided(register: Engine, tmp_path: Path) -> None:
    token, other = complained(register, tmp_path), complained(register, tmp_path)
    with write_session(register) as session:
        assert intake.withdraw(session, token, now=NOW, revision=0).state is State.WITHDRAWN
        with pytest.raises(Conflict):
            handling.admit(session, found(session, token).number, by(FIRST, 1), reply_days=1)
        decided(session, other)
        with pytest.raises(Conflict):
            intake.withdraw(session, other, now=NOW, revision=3)


def test_contact_is_erased_when_asked_and_the_rest_goes_after_its_days(
    register: Engine, tmp_path: Path
) -> None:
    data = evidence_files.pdf()
    upload = Upload(evidence.look(data, "照片（虚构）.pdf"), data)
    token = complained(register, tmp_path, upload=upload)
    with write_session(register) as session:
        for _ in range(2):
            assert intake.erase_contact(session, token, now=NOW).contact == ""
        one = decided(session, token)
    folder = intake.folder_of(tmp_path, one.id.hex)
    assert one.paper is not None
    assert [path.name for path in folder.rglob("*") if path.is_file()] == [one.paper.sha256]
    over = NOW + timedelta(days=3 + TERMS.kept_days)
    with write_session(register) as session:
        early = erasing.purge(session, tmp_path, now=over - timedelta(seconds=1), kept_days=TERMS.kept_days)
        assert (early, folder.exists()) == (0, True)
        assert erasing.purge(session, tmp_path, now=over, kept_days=TERMS.kept_days) == 1
    assert not folder.exists()
    with register.connect() as connection:
        for table in ("complaints", "complaint_events"):
            assert connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() == 0
    with read_session(register) as session:
        at = Point(date(2028, 1, 1), feed.head(session).seq)
        assert len(reading.findings(session, at)) == 1, "what was found stays public"


def test_forwarding_a_decided_complaint_keeps_its_end_and_revising_begins_it_anew(
    register: Engine, tmp_path: Path
) -> None:
    token = complained(register, tmp_path)
    with write_session(register) as session:
        number = decided(session, token).number
        end = NOW + timedelta(days=3)
        assert handling.forward(session, number, by(FIRST, 3, days=9)).ended_at == end
        revised = handling.revise(session, number, by(THIRD, 4, days=20), REVISED)
        assert revised.ended_at == NOW + timedelta(days=20)


def test_an_open_complaint_is_never_erased(register: Engine, tmp_path: Path) -> None:
    token = complained(register, tmp_path)
    with write_session(register) as session:
        assert erasing.purge(session, tmp_path, now=NOW + timedelta(days=9999), kept_days=1) == 0
        assert found(session, token).state is State.RECEIVED
