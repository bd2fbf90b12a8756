"""Who may act on a certificate: its body, an officer who names the source, nobody with a part in it."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from sqlmodel import Session

from registry.access.actors import OPERATOR, Actor, ActorRole
from registry.certificates import service
from registry.certificates.facts import ActKind, State
from registry.certificates.kind import CERTIFICATE
from registry.certificates.service import BodyAct
from registry.changes.reading import get, point
from registry.kit.errors import Invalid, NotAllowed
from registry.kit.known_by import KnownBy, Source
from tests import factories

ID = factories.certificate().id
DAY = date(2026, 3, 1)


def test_a_body_acts_on_what_it_issued_and_on_nothing_else(session: Session) -> None:
    fact = factories.certificate()
    own, other = (Actor(ActorRole.CERTIFICATION_BODY, organisation_id=one) for one in (fact.body_id, ID))
    with pytest.raises(NotAllowed):
        service.record(fact, actor=other)
    factories.record(session, [service.record(fact, actor=own)])
    suspension = BodyAct(ActKind.SUSPEND, DAY, "演示原因")
    with pytest.raises(NotAllowed):
        service.act(session, ID, suspension, actor=other)
    with pytest.raises(NotAllowed):
        service.correct(session, ID, from_day=DAY, changes={"body_id": ID}, actor=own)
    factories.record(session, service.act(session, ID, suspension, actor=own))
    known = get(session, CERTIFICATE, ID, point(session, DAY))
    assert known is not None
    assert known.fact.state is State.SUSPENDED


def test_an_officer_copies_a_bodys_act_with_its_source_and_never_acts_for_the_body(session: Session) -> None:
    factories.record(session, [service.record(factories.certificate(), actor=OPERATOR)])
    officer = Actor(ActorRole.REGISTRY_OFFICER, organisation_id=UUID(int=7))
    plain = BodyAct(ActKind.SUSPEND, DAY, "演示原因")
    with pytest.raises(NotAllowed):
        service.act(session, ID, plain, actor=officer)
    with pytest.raises(Invalid, match="transcription-without-source"):
        service.act(session, ID, replace(plain, copied=KnownBy(source=Source.TRANSCRIBED)), actor=officer)
    source = KnownBy(source=Source.TRANSCRIBED, note="演示机构公告第 1 号（虚构）")
    holder = Actor(ActorRole.REGISTRY_OFFICER, organisation_id=factories.certificate().holder_id)
    with pytest.raises(NotAllowed):
        service.act(session, ID, replace(plain, copied=source), actor=holder)
    factories.record(session, service.act(session, ID, replace(plain, copied=source), actor=officer))
    known = get(session, CERTIFICATE, ID, point(session, DAY))
    assert known is not None
    assert (known.fact.state, known.fact.known_by) == (State.SUSPENDED, source)
