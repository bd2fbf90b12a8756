"""Every sequence of acts of a body: none skips a step, and each act says who, why and from which day."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import Session, col

from registry.access.actors import OPERATOR, Actor, ActorRole
from registry.certificates import effects, renewal, service, states
from registry.certificates.facts import ActKind, CertificateFact, State
from registry.certificates.kind import CERTIFICATE
from registry.certificates.renewal import Renewal
from registry.certificates.service import BodyAct
from registry.certificates.states import Refusal, StateOnDay
from registry.changes.feed import Draft
from registry.changes.models import ChangeActor, ChangeRow
from registry.changes.reading import get, history, point
from registry.kit.errors import Conflict, Invalid, NotAllowed
from registry.kit.known_by import Source
from registry.parties.facts import ApprovedScope
from registry.parties.service import ORGANISATION
from tests import factories
from tests.factories import START, key
from tests.oracles import certificate_oracle as oracle

ISSUED = factories.certificate()
ID = ISSUED.id
LONGEST = 8
DEEP = 3  # in the database, where each step costs a few milliseconds
BODY = Actor(ActorRole.CERTIFICATION_BODY, "body", key("account"), ISSUED.body_id)
DAY = date(2026, 3, 1)


def change(kind: str, place: int) -> BodyAct:
    return BodyAct(ActKind(kind), START + timedelta(days=place), f"演示原因 {place}", evidence="演示决定书")


def sequences(
    fact: CertificateFact, so_far: tuple[str, ...], *, longest: int
) -> Iterator[tuple[tuple[str, ...], CertificateFact]]:
    """Every sequence that the code allows, each with the version it ends in."""
    if len(so_far) == longest:
        return
    for kind in oracle.ACTS:
        one = change(kind, len(so_far) + 1)
        if states.refusal(one.kind, fact, one.effective_on) is None:
            after = fact.model_copy(update=service.changes_of(fact, one))
            yield (*so_far, kind), after
            yield from sequences(after, (*so_far, kind), longest=longest)


def test_every_sequence_up_to_eight_acts_is_one_that_practice_knows_and_none_is_missing() -> None:
    found = 0
    for acts, fact in sequences(ISSUED, (), longest=LONGEST):
        found += 1
        assert oracle.told(acts) == (fact.state, fact.disputed), acts
        assert fact.act == acts[-1]
        assert fact.act_reason == f"演示原因 {len(acts)}"
    assert found == oracle.count(LONGEST)
    assert found > 50_000, "the walk goes deep"


def test_in_the_database_a_sequence_is_recorded_whole_or_refused_at_its_first_wrong_act(
    session: Session,
) -> None:
    factories.record(session, [service.record(ISSUED, actor=OPERATOR)])
    for acts in product(oracle.ACTS, repeat=DEEP):
        with session.begin_nested() as trial:
            _walk(session, acts)
            trial.rollback()


def _walk(session: Session, acts: tuple[str, ...]) -> None:
    for place, kind in enumerate(acts, 1):
        expected = oracle.told(acts[:place])
        if expected is None:
            with pytest.raises(Conflict, match="certificate-act-refused"):
                service.act(session, ID, change(kind, place), actor=OPERATOR)
            return
        factories.record(session, service.act(session, ID, change(kind, place), actor=OPERATOR))
        last = history(session, CERTIFICATE, ID, as_of=point(session, START).as_of)[-1]
        assert (last.fact.state, last.fact.disputed) == expected
        assert (last.header.effective_on, last.fact.act) == (START + timedelta(days=place), kind)
        assert (last.fact.act_reason, last.fact.act_evidence) == (f"演示原因 {place}", "演示决定书")


def test_every_act_keeps_who_took_it(session: Session) -> None:
    factories.record(session, [service.record(ISSUED, actor=OPERATOR)])
    factories.record(session, service.act(session, ID, change("suspend", 1), actor=BODY))
    rows = session.scalars(select(col(ChangeRow.seq)).where(col(ChangeRow.key) == ID)).all()
    kept = session.scalars(select(col(ChangeActor.seq)).where(col(ChangeActor.seq).in_(rows))).all()
    assert sorted(kept) == sorted(rows)


@pytest.mark.parametrize("kind", oracle.ACTS)
def test_an_act_without_a_reason_is_no_act(session: Session, kind: str) -> None:
    factories.record(session, [service.record(ISSUED, actor=OPERATOR)])
    with pytest.raises(Invalid, match="certificate-act-without-reason"):
        service.act(session, ID, BodyAct(ActKind(kind), DAY, " \n"), actor=OPERATOR)


def test_the_time_to_appeal_does_not_end_before_the_act_counts(session: Session) -> None:
    factories.record(session, [service.record(ISSUED, actor=OPERATOR)])
    late = BodyAct(ActKind.WITHDRAW, DAY, "演示原因", appeal_until=DAY - timedelta(days=1))
    with pytest.raises(Invalid, match="certificate-appeal-over-before"):
        service.act(session, ID, late, actor=OPERATOR)


@pytest.mark.parametrize(
    ("fields", "kind", "why"),
    [
        ({}, ActKind.REINSTATE, Refusal.NOT_SUSPENDED),
        ({}, ActKind.SETTLE, Refusal.UNDISPUTED),
        ({}, ActKind.ISSUE, Refusal.NO_ACT),
        ({"state": State.SUSPENDED}, ActKind.SUSPEND, Refusal.SUSPENDED),
        ({"state": State.WITHDRAWN}, ActKind.REINSTATE, Refusal.ENDED),
        ({"state": State.CANCELLED}, ActKind.WITHDRAW, Refusal.ENDED),
        ({"valid_to": DAY - timedelta(days=1)}, ActKind.SUSPEND, Refusal.EXPIRED),
        ({"valid_to": DAY}, ActKind.SUSPEND, None),
        ({"disputed": True}, ActKind.SETTLE, None),
    ],
)
def test_a_refused_act_says_what_stands_in_its_way(
    fields: dict[str, Any], kind: ActKind, why: Refusal | None
) -> None:
    assert states.refusal(kind, factories.certificate(**fields), DAY) is why


def test_a_settlement_stays_out_of_order_once_its_objection_was_settled_earlier(session: Session) -> None:
    factories.record(session, [service.record(ISSUED, actor=OPERATOR)])
    for kind, place in (("object", 1), ("settle", 9)):
        factories.record(session, service.act(session, ID, change(kind, place), actor=OPERATOR))
    with pytest.raises(Conflict, match="certificate-act-out-of-order"):
        service.act(session, ID, change("settle", 5), actor=OPERATOR)


def two_certificates(session: Session) -> None:
    """Products 1 and 2 on the first certificate, product 2 on the second as well."""
    rows = (factories.scope_row(1, product_n=1), factories.scope_row(2, product_n=2))
    other = factories.certificate(2, rows=(factories.scope_row(1, product_n=2),))
    first = factories.certificate(rows=rows)
    factories.record(session, [service.record(one, actor=OPERATOR) for one in (first, other)])


def test_a_preview_counts_the_products_that_stop_counting_and_writes_nothing(session: Session) -> None:
    two_certificates(session)
    before = point(session, DAY)
    told = effects.effect(session, ID, change("suspend", 5), actor=BODY)
    assert (told.before, told.after) == (StateOnDay.ACTIVE, StateOnDay.SUSPENDED)
    assert (told.lost, told.gained, told.covered) == (1, 0, 1)
    assert point(session, DAY) == before
    factories.record(session, service.act(session, ID, change("suspend", 5), actor=BODY))
    back = effects.effect(session, ID, change("reinstate", 6), actor=BODY)
    assert (back.lost, back.gained, back.covered) == (0, 1, 1)
    ended = effects.effect(session, ID, change("withdraw", 6), actor=BODY)
    assert (ended.lost, ended.gained) == (0, 0), "a suspended certificate counted for nobody"
    with pytest.raises(Conflict, match="certificate-act-refused"):
        effects.effect(session, ID, change("suspend", 6), actor=BODY)
    stranger = Actor(ActorRole.CERTIFICATION_BODY, "other", key("account", 2), key("organisation", 2))
    with pytest.raises(NotAllowed):
        effects.effect(session, ID, change("cancel", 6), actor=stranger)


RENEWED = Renewal("演示-2031-00001", date(2026, 5, 1), date(2031, 1, 1), date(2035, 12, 31), "五年期满延续")
TODAY = date(2026, 6, 1)


def with_body(session: Session, *, until: date | None = None) -> None:
    scope = ApprovedScope(scheme="graded", categories=("演示类别",), valid_from=START, valid_to=until)
    body = factories.body(approved_scopes=(scope,))
    assert body.id == ISSUED.body_id
    factories.record(session, [Draft(ORGANISATION, body.id, START, body)])
    factories.record(session, [service.record(ISSUED, actor=OPERATOR)])


def test_a_renewal_is_a_new_certificate_that_names_the_one_it_follows(session: Session) -> None:
    with_body(session)
    draft = renewal.renew(session, ID, RENEWED, today=TODAY, actor=BODY)[0]
    factories.record(session, [draft])
    renewed = get(session, CERTIFICATE, draft.key, point(session, date(2031, 1, 1)))
    old = get(session, CERTIFICATE, ID, point(session, date(2031, 1, 1)))
    assert renewed is not None
    assert old is not None
    assert (renewed.fact.renews_id, renewed.fact.rows) == (ID, ISSUED.rows)
    assert renewed.fact.known_by.source is Source.INTERFACE
    assert old.fact == ISSUED, "the earlier certificate runs out by itself"


def test_a_lapsed_approval_takes_no_new_entry_and_leaves_the_past_alone(session: Session) -> None:
    with_body(session, until=date(2026, 5, 31))
    with pytest.raises(Conflict, match="certificate-outside-approval"):
        renewal.renew(session, ID, RENEWED, today=TODAY, actor=BODY)
    known = get(session, CERTIFICATE, ID, point(session, TODAY))
    assert known is not None
    assert states.on_day(known.fact, TODAY) is StateOnDay.ACTIVE
    factories.record(session, service.act(session, ID, change("suspend", 200), actor=BODY))


@pytest.mark.parametrize(
    ("fields", "key_"),
    [
        ({"number": " "}, "certificate-act-without-reason"),
        ({"issued_on": date(2026, 6, 2)}, "certificate-issued-ahead"),
        ({"valid_from": START}, "certificate-renewal-too-early"),
        ({"valid_to": date(2030, 12, 31)}, "certificate-unfit"),
    ],
)
def test_a_renewal_that_cannot_be_is_refused(session: Session, fields: dict[str, object], key_: str) -> None:
    with_body(session)
    given = {
        name: getattr(RENEWED, name) for name in ("number", "issued_on", "valid_from", "valid_to", "reason")
    }
    with pytest.raises(Invalid, match=key_):
        renewal.renew(session, ID, Renewal(**{**given, **fields}), today=TODAY, actor=BODY)


def test_what_was_withdrawn_is_not_renewed(session: Session) -> None:
    with_body(session)
    factories.record(session, service.act(session, ID, change("withdraw", 5), actor=BODY))
    with pytest.raises(Conflict, match="certificate-act-refused"):
        renewal.renew(session, ID, RENEWED, today=TODAY, actor=BODY)
