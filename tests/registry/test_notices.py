"""Notices follow the feed, the applications and the days: each told once, to whom it concerns."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlmodel import Session, col

from registry.access.actors import OPERATOR
from registry.certificates import service
from registry.certificates.facts import ActKind
from registry.certificates.service import BodyAct
from registry.changes.feed import Draft
from registry.deadlines.events import Event, EventKind
from registry.kit.db import read_session, write_session
from registry.kit.errors import Conflict, NotAllowed, NotFound
from registry.kit.messages import LANGUAGES, say
from registry.notices import outbox, store, webhooks
from registry.notices.kinds import NoticeKind, Told
from registry.notices.models import DeliveryRow, NoticeRow
from registry.notices.reading import Notice
from registry.parties.service import ORGANISATION
from registry.telling import follow
from registry.telling.news import of_day
from tests.factories import START, certificate, key, organisation, record
from tests.registry.accounts import NOW
from tests.registry.accounts import ORGANISATION as OWN
from tests.registry.webhooks import LOCAL, MANAGER, MEMBER, STRANGER, subscribed, tell

DAY = date(2026, 6, 1)
HOLDER, MAKER = key("organisation"), key("organisation", 2)


def all_of(engine: Engine) -> list[Notice]:
    with read_session(engine) as session:
        rows = session.scalars(select(NoticeRow).order_by(col(NoticeRow.position))).all()
        return [Notice.of(row) for row in rows]


def acts(session: Session, *kinds: ActKind) -> None:
    for kind in kinds:
        record(
            session, service.act(session, certificate().id, BodyAct(kind, DAY, "演示原因"), actor=OPERATOR)
        )


@pytest.fixture
def issued(engine: Engine) -> Engine:
    with write_session(engine) as session:
        record(session, [Draft(ORGANISATION, HOLDER, START, organisation())])
        record(session, [service.record(certificate(manufacturer_id=MAKER), actor=OPERATOR)])
    return engine


def follow_all(engine: Engine) -> None:
    while follow.step(engine, now=NOW):
        pass


def test_an_act_is_told_once_to_the_holder_and_to_the_maker(issued: Engine) -> None:
    follow_all(issued)
    assert all_of(issued) == [], "an issue is no news to who applied"
    with write_session(issued) as session:
        acts(session, ActKind.SUSPEND, ActKind.REINSTATE)
    follow_all(issued)
    assert not follow.step(issued, now=NOW)
    found = all_of(issued)
    assert [one.position for one in found] == [1, 2, 3, 4]
    assert [one.kind for one in found] == [NoticeKind.CERTIFICATE_SUSPENDED] * 2 + [
        NoticeKind.CERTIFICATE_REINSTATED
    ] * 2
    with read_session(issued) as session:
        told_to = set(session.scalars(select(col(NoticeRow.organisation_id))))
    assert told_to == {HOLDER, MAKER}


def test_an_act_restated_by_a_correction_or_an_older_act_is_told_once(issued: Engine) -> None:
    with write_session(issued) as session:
        acts(session, ActKind.SUSPEND)
    with write_session(issued) as session:
        mended = {"number": "演示-更正"}
        from_day = certificate().valid_from
        record(
            session,
            service.correct(session, certificate().id, from_day=from_day, changes=mended, actor=OPERATOR),
        )
    with write_session(issued) as session:
        earlier = BodyAct(ActKind.OBJECT, DAY - timedelta(days=30), "演示原因")
        record(session, service.act(session, certificate().id, earlier, actor=OPERATOR))
    follow_all(issued)
    kinds = [one.kind for one in all_of(issued)]
    assert kinds == [NoticeKind.CERTIFICATE_SUSPENDED] * 2 + [NoticeKind.CERTIFICATE_OBJECTED] * 2


def test_each_re_issue_is_told_and_each_suspension_after_a_reinstatement(issued: Engine) -> None:
    with write_session(issued) as session:
        acts(session, ActKind.REISSUE)
    with write_session(issued) as session:
        later = BodyAct(ActKind.REISSUE, DAY + timedelta(days=1), "演示原因")
        record(session, service.act(session, certificate().id, later, actor=OPERATOR))
    for kind in (ActKind.SUSPEND, ActKind.REINSTATE, ActKind.SUSPEND):
        with write_session(issued) as session:
            one = BodyAct(kind, DAY + timedelta(days=2), "演示原因")
            record(session, service.act(session, certificate().id, one, actor=OPERATOR))
    follow_all(issued)
    kinds = [one.kind.rpartition(".")[2] for one in all_of(issued)[::2]]
    assert kinds == ["reissued", "reissued", "suspended", "reinstated", "suspended"]


def test_any_feature_tells_in_its_own_transaction_and_a_fault_leaves_nothing(engine: Engine) -> None:
    facts = {"number": "TS-1", "subject": "YS-P1", "day": "2026-07-01"}
    told = [
        Told(HOLDER, kind, HOLDER, "TS-1", NOW, facts, "accepted")
        for kind in (NoticeKind.COMPLAINT_RECEIVED, NoticeKind.REPLY_DUE)
    ]

    def tell_and_fail() -> None:
        with write_session(engine) as session:
            assert store.tell(session, told, now=NOW) == 2
            raise RuntimeError("the complaint itself could not be written")

    with pytest.raises(RuntimeError):
        tell_and_fail()
    assert all_of(engine) == []
    for news in (2, 0):
        with write_session(engine) as session:
            assert store.tell(session, told, now=NOW) == news
    assert [one.sentence("en") for one in all_of(engine)] == [
        "Complaint TS-1 about YS-P1 was accepted",
        "Complaint TS-1 about YS-P1: your reply is due by 2026-07-01",
    ]


def test_a_follower_that_starts_over_tells_nothing_twice(issued: Engine) -> None:
    with write_session(issued) as session:
        acts(session, ActKind.SUSPEND)
    follow_all(issued)
    before = all_of(issued)
    with write_session(issued) as session:
        store.move(session, "feed", 0)
    follow_all(issued)
    assert all_of(issued) == before


def test_a_step_that_fails_before_commit_leaves_no_notice_and_no_cursor(
    issued: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with write_session(issued) as session:
        subscribed(session, "http://127.0.0.1:9/")
        acts(session, ActKind.WITHDRAW)

    def broken(*_: object, **__: object) -> Sequence[object]:
        raise RuntimeError("the machine stops here")

    with monkeypatch.context() as patched:
        patched.setattr(store, "_deliveries", broken)
        with pytest.raises(RuntimeError):
            follow.step(issued, now=NOW)
    assert all_of(issued) == []
    follow_all(issued)
    assert [one.kind for one in all_of(issued)] == [NoticeKind.CERTIFICATE_WITHDRAWN] * 2


def test_the_days_remind_once_however_often_they_are_asked(issued: Engine) -> None:
    last = certificate().valid_to
    for left in (181, 180, 180, 100, 90, 31, 30, 1, 0):
        follow.remind(issued, last - timedelta(days=left), now=NOW)
    found = [one for one in all_of(issued) if one.kind is NoticeKind.RENEWAL_DUE]
    assert [one.facts["left"] for one in found] == ["180", "180", "90", "90", "30", "30"]
    assert not follow.remind(issued, last, now=NOW)
    follow.remind(issued, last + timedelta(days=1), now=NOW)
    assert len([one for one in all_of(issued) if one.kind is NoticeKind.RENEWAL_DUE]) == 6


@given(st.integers(-10, 400), st.booleans())
def test_the_nearest_reminder_is_the_one_told(left: int, overdue: bool) -> None:
    """Against a plain table: 180, 90 and 30 days before the end, nothing earlier and nothing after it."""
    fact = certificate()
    day = fact.valid_to - timedelta(days=left)
    events = [
        Event(fact.valid_to - timedelta(days=n), EventKind.RENEWAL, fact, days_left=n) for n in (180, 90, 30)
    ]
    events.append(Event(day, EventKind.SURVEILLANCE_DUE, fact, overdue=overdue))
    told = list(of_day(events, day, now=NOW))
    wanted = next((str(n) for n in (30, 90, 180) if 0 <= left <= n), None)
    reminded = [one.facts["left"] for one in told if one.kind is NoticeKind.RENEWAL_DUE]
    assert reminded == ([] if wanted is None else [wanted])
    visited = {one.organisation_id for one in told if one.kind is NoticeKind.SURVEILLANCE_OVERDUE}
    assert visited == ({fact.holder_id, fact.manufacturer_id, fact.body_id} if overdue else set())


def test_every_kind_has_its_sentence_in_both_languages() -> None:
    facts = {
        "number": "演示-1",
        "day": "2026-06-01",
        "left": "90",
        "subject": "YS-P1",
        "code": "YS-E1",
        "version": "2",
    }
    for kind in NoticeKind:
        for lang in LANGUAGES:
            assert "演示-1" in say(f"notice.{kind}", lang, facts)


def test_a_delivery_is_written_with_its_notice_for_the_kinds_asked_for(engine: Engine) -> None:
    with write_session(engine) as session:
        wanted = subscribed(session, "http://127.0.0.1:9/", frozenset({NoticeKind.CERTIFICATE_SUSPENDED})).id
        subscribed(session, "http://127.0.0.1:9/", frozenset({NoticeKind.RENEWAL_DUE}))
    tell(engine, 3)
    tell(engine, 3)
    with read_session(engine) as session:
        assert list(session.scalars(select(col(DeliveryRow.webhook_id)))) == [wanted] * 3


def test_only_who_manages_the_members_touches_the_webhooks_of_the_organisation(session: Session) -> None:
    row = subscribed(session, "http://127.0.0.1:9/")
    assert row.organisation_id == OWN
    wanted = webhooks.Wanted("https://hook.example.com/", frozenset(NoticeKind))
    with pytest.raises(NotAllowed):
        webhooks.subscribe(session, wanted, actor=MEMBER, now=NOW, gate=LOCAL)
    with pytest.raises(NotAllowed):
        webhooks.get(session, row.id, actor=MEMBER)
    with pytest.raises(NotFound):
        webhooks.rotate(session, row.id, actor=STRANGER, now=NOW)
    for _ in range(webhooks.MOST - 1):
        subscribed(session, "http://127.0.0.1:9/")
    with pytest.raises(Conflict):
        subscribed(session, "http://127.0.0.1:9/")


def test_an_old_secret_signs_beside_the_new_one_for_a_day(session: Session) -> None:
    row = subscribed(session, "http://127.0.0.1:9/")
    old = row.secret
    new = webhooks.rotate(session, row.id, actor=MANAGER, now=NOW)
    assert outbox.valid(row, NOW) == (new, old)
    assert outbox.valid(row, NOW + webhooks.OLD_SECRET_LASTS - timedelta(seconds=1)) == (new, old)
    assert outbox.valid(row, NOW + webhooks.OLD_SECRET_LASTS) == (new,)


@given(st.integers(1, 200), st.floats(0, 1))
def test_waiting_grows_to_its_longest_and_is_never_less_than_half(tries: int, chance: float) -> None:
    schedule = outbox.Schedule()
    whole = min(schedule.first.total_seconds() * 2.0 ** (tries - 1), schedule.longest.total_seconds())
    waited = schedule.wait(tries, lambda: chance).total_seconds()
    assert whole / 2 - 1e-3 <= waited <= whole + 1e-3
