"""Certificates: what may follow what, what the day makes of it, and corrections that keep the states."""

from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlmodel import Session

from registry.access.actors import ANONYMOUS, OPERATOR
from registry.certificates import service, states
from registry.certificates.facts import ActKind, CertificateFact, Scheme, State
from registry.certificates.kind import CERTIFICATE
from registry.certificates.service import BodyAct
from registry.certificates.states import StateOnDay
from registry.changes import reading
from registry.kit.errors import Conflict, NotAllowed, NotFound
from tests import factories

# 有效 → 暂停 → 恢复, 撤销, 注销; 变更换证 keeps the state; 异议 is a flag beside it.
LEADS_TO = {
    (State.ACTIVE, ActKind.SUSPEND): State.SUSPENDED,
    (State.ACTIVE, ActKind.WITHDRAW): State.WITHDRAWN,
    (State.ACTIVE, ActKind.CANCEL): State.CANCELLED,
    (State.ACTIVE, ActKind.REISSUE): State.ACTIVE,
    (State.SUSPENDED, ActKind.REINSTATE): State.ACTIVE,
    (State.SUSPENDED, ActKind.WITHDRAW): State.WITHDRAWN,
    (State.SUSPENDED, ActKind.CANCEL): State.CANCELLED,
    (State.SUSPENDED, ActKind.REISSUE): State.SUSPENDED,
} | {
    (state, act): state
    for state, act in product(State, (ActKind.OBJECT, ActKind.SETTLE, ActKind.CORRECT))
}  # fmt: skip
ID = factories.certificate().id
DAY = date(2026, 3, 1)


def leads_to(state: State, kind: ActKind, *, disputed: bool) -> State | None:
    """None where practice knows no such step; an objection is settled only while one stands."""
    return None if kind is ActKind.SETTLE and not disputed else LEADS_TO.get((state, kind))


def recorded(session: Session, fact: CertificateFact) -> None:
    factories.record(session, [service.record(fact, actor=OPERATOR)])


def act(session: Session, kind: ActKind, day: date = DAY) -> None:
    change = BodyAct(kind, day, "演示原因")
    factories.record(session, service.act(session, ID, change, actor=OPERATOR))


def state_on(session: Session, day: date) -> StateOnDay:
    known = reading.get(session, CERTIFICATE, ID, reading.point(session, day))
    assert known is not None
    return states.on_day(known.fact, day)


@pytest.mark.parametrize(("state", "kind"), list(product(State, ActKind)))
def test_an_act_leads_where_practice_says_or_is_refused(
    session: Session, state: State, kind: ActKind
) -> None:
    recorded(session, factories.certificate(state=state, disputed=kind is ActKind.SETTLE))
    target = LEADS_TO.get((state, kind))
    assert states.allows(kind, state) == (target is not None)
    if target is not None:
        act(session, kind)
        assert state_on(session, DAY) == StateOnDay(target)
        return
    with pytest.raises(Conflict) as refused:
        act(session, kind)
    assert refused.value.key == "certificate-act-refused"
    assert state_on(session, DAY) == StateOnDay(state)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(ActKind), max_size=12))
def test_a_walk_of_acts_keeps_to_the_table_and_the_past_keeps_its_answers(
    session: Session, walk: list[ActKind]
) -> None:
    expected, disputed = [State.ACTIVE], [False]
    try:
        recorded(session, factories.certificate())
        for number, kind in enumerate(walk, 1):
            target = leads_to(expected[-1], kind, disputed=disputed[-1])
            if target is None:
                with pytest.raises(Conflict):
                    act(session, kind, factories.START + timedelta(days=number))
            else:
                act(session, kind, factories.START + timedelta(days=number))
            expected.append(target or expected[-1])
            flag = {ActKind.OBJECT: True, ActKind.SETTLE: False} if target else {}
            disputed.append(flag.get(kind, disputed[-1]))
        days = [factories.START + timedelta(days=number) for number in range(len(walk) + 1)]
        found = [reading.get(session, CERTIFICATE, ID, reading.point(session, day)) for day in days]
    finally:
        session.rollback()
    assert [known and known.fact.state for known in found] == expected
    assert [known and known.fact.disputed for known in found] == disputed


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize(
    ("day", "in_time"),
    [
        (date(2025, 12, 31), StateOnDay.NOT_YET_VALID),
        (date(2026, 1, 1), None),
        (date(2030, 12, 31), None),
        (date(2031, 1, 1), StateOnDay.EXPIRED),
    ],
)
def test_first_and_last_day_count_and_an_end_for_cause_outlives_the_dates(
    state: State, day: date, in_time: StateOnDay | None
) -> None:
    ended = state in (State.WITHDRAWN, State.CANCELLED)
    expected = StateOnDay(state) if ended or in_time is None else in_time
    assert states.on_day(factories.certificate(state=state), day) == expected


def test_a_suspension_covers_exactly_its_days(session: Session) -> None:
    recorded(session, factories.certificate())
    act(session, ActKind.SUSPEND, date(2026, 3, 1))
    act(session, ActKind.REINSTATE, date(2026, 4, 1))
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1)]
    assert [str(state_on(session, day)) for day in days] == ["active", "suspended", "suspended", "active"]


def test_a_reissue_keeps_number_and_validity_and_notes_its_day(session: Session) -> None:
    recorded(session, factories.certificate())
    act(session, ActKind.REISSUE)
    known = reading.get(session, CERTIFICATE, ID, reading.point(session, DAY))
    assert known is not None
    before = factories.certificate()
    assert known.fact == before.model_copy(
        update={"act": ActKind.REISSUE, "act_reason": "演示原因", "reissued_on": DAY}
    )


def test_acts_are_recorded_in_the_order_of_their_days(session: Session) -> None:
    recorded(session, factories.certificate())
    act(session, ActKind.SUSPEND, date(2026, 4, 1))
    with pytest.raises(Conflict) as refused:
        act(session, ActKind.WITHDRAW, date(2026, 3, 31))
    assert refused.value.key == "certificate-act-out-of-order"
    act(session, ActKind.WITHDRAW, date(2026, 4, 1))
    assert state_on(session, date(2026, 4, 1)) == StateOnDay.WITHDRAWN


def test_a_withdrawal_learned_late_takes_its_place_before_an_objection(session: Session) -> None:
    recorded(session, factories.certificate())
    act(session, ActKind.OBJECT, date(2026, 4, 1))
    act(session, ActKind.WITHDRAW, date(2026, 3, 1))
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 4, 1)]
    found = [reading.get(session, CERTIFICATE, ID, reading.point(session, day)) for day in days]
    assert [known and (str(known.fact.state), known.fact.disputed) for known in found] == [
        ("active", False), ("withdrawn", False), ("withdrawn", True),
    ]  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(ActKind), max_size=5), st.integers(0, 4), st.sampled_from(ActKind))
@example([ActKind.OBJECT, ActKind.OBJECT], 1, ActKind.SETTLE)
@example([ActKind.SUSPEND, ActKind.OBJECT, ActKind.OBJECT], 2, ActKind.SETTLE)
def test_an_act_learned_late_gives_what_the_right_order_would_have_given(
    session: Session, walk: list[ActKind], place: int, late: ActKind
) -> None:
    """Where the walk stands with and without the late act, its answers are those of the true order."""
    order = [*walk[:place], late, *walk[place:]]
    state, disputed, expected = State.ACTIVE, False, []
    for kind in order:
        target = leads_to(state, kind, disputed=disputed)
        if target is None:
            return
        state, disputed = target, {ActKind.OBJECT: True, ActKind.SETTLE: False}.get(kind, disputed)
        expected.append((state, disputed))
    days = [factories.START + timedelta(days=number) for number in range(1, len(order) + 1)]
    spare = min(place, len(walk))
    try:
        recorded(session, factories.certificate())
        try:
            for kind, day in zip(walk, [*days[:spare], *days[spare + 1 :]], strict=True):
                act(session, kind, day)
        except Conflict:
            return
        act(session, late, days[spare])
        found = [reading.get(session, CERTIFICATE, ID, reading.point(session, day)) for day in days]
    finally:
        session.rollback()
    assert [known and (known.fact.state, known.fact.disputed) for known in found] == expected


@pytest.mark.parametrize("kind", [ActKind.SUSPEND, ActKind.REISSUE, ActKind.WITHDRAW, ActKind.CANCEL])
def test_what_has_expired_can_be_ended_for_cause_but_not_suspended(session: Session, kind: ActKind) -> None:
    recorded(session, factories.certificate(valid_to=date(2026, 2, 28)))
    if kind in (ActKind.WITHDRAW, ActKind.CANCEL):
        act(session, kind)
        return
    with pytest.raises(Conflict, match="certificate-act-refused") as refused:
        act(session, kind)
    assert refused.value.facts["state"] == "expired"


def test_a_certificate_is_recorded_once(session: Session) -> None:
    recorded(session, factories.certificate())
    with pytest.raises(Conflict, match="fact-changed-meanwhile"):
        recorded(session, factories.certificate(category="另一类别"))


def test_a_first_day_corrected_backwards_counts_from_that_day(session: Session) -> None:
    recorded(session, factories.certificate(valid_from=date(2026, 3, 1)))
    changes = {"valid_from": date(2026, 1, 1)}
    drafts = service.correct(session, ID, from_day=date(2026, 1, 1), changes=changes, actor=OPERATOR)
    factories.record(session, drafts)
    assert [str(state_on(session, day)) for day in (date(2026, 1, 1), date(2026, 3, 1))] == [
        "active",
        "active",
    ]


def test_an_act_needs_a_certificate_that_exists_on_its_day(session: Session) -> None:
    with pytest.raises(NotFound, match="certificate-not-found"):
        act(session, ActKind.SUSPEND)
    recorded(session, factories.certificate())
    with pytest.raises(NotFound, match="certificate-not-found"):
        act(session, ActKind.SUSPEND, factories.START - timedelta(days=1))


def test_only_those_the_table_names_may_record_or_act(session: Session) -> None:
    with pytest.raises(NotAllowed):
        service.record(factories.certificate(), actor=ANONYMOUS)
    with pytest.raises(NotAllowed):
        service.act(session, ID, BodyAct(ActKind.SUSPEND, DAY, "演示原因"), actor=ANONYMOUS)
    with pytest.raises(NotAllowed):
        service.correct(session, ID, from_day=DAY, changes={"number": "x"}, actor=ANONYMOUS)


def test_a_correction_reaches_later_versions_and_keeps_the_states(session: Session) -> None:
    recorded(session, factories.certificate())
    act(session, ActKind.SUSPEND, date(2026, 3, 1))
    act(session, ActKind.REINSTATE, date(2026, 4, 1))
    changes = {"category": "更正类别"}
    factories.record(
        session, service.correct(session, ID, from_day=date(2026, 3, 15), changes=changes, actor=OPERATOR)
    )
    days = [date(2026, 3, 14), date(2026, 3, 15), date(2026, 4, 1)]
    found = [reading.get(session, CERTIFICATE, ID, reading.point(session, day)) for day in days]
    assert [known and (known.fact.category, str(known.fact.state)) for known in found] == [
        ("演示类别", "suspended"), ("更正类别", "suspended"), ("更正类别", "active"),
    ]  # fmt: skip


@pytest.mark.parametrize("field", ["id", "code", "state", "act"])
def test_a_correction_may_not_touch_identity_or_state(session: Session, field: str) -> None:
    recorded(session, factories.certificate())
    with pytest.raises(Conflict) as refused:
        service.correct(session, ID, from_day=DAY, changes={field: "x", "number": "y"}, actor=OPERATOR)
    assert (refused.value.key, refused.value.facts) == ("certificate-correction-refused", {"fields": [field]})


def test_a_correction_of_no_certificate_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound, match="certificate-not-found"):
        service.correct(session, ID, from_day=DAY, changes={"category": "x"}, actor=OPERATOR)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"valid_to": date(2025, 12, 31)}, "runs backwards"),
        ({"scheme": Scheme.GREEN_PRODUCT, "star": 3}, "has no star"),
        ({"star": 4}, "stars are 1, 2 or 3"),
        ({"star": 0}, "stars are 1, 2 or 3"),
        ({"rows": (factories.scope_row(1), factories.scope_row(1))}, "same number"),
        ({"number": "9" * 121}, "at most 120"),
        ({"number": "a\x00b"}, "pattern"),
    ],
)
def test_a_certificate_that_contradicts_itself_is_refused(fields: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        factories.certificate(**fields)
