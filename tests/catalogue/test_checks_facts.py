"""What a check reads of the register: renewals that are still to come, and how a certificate's state went."""

from datetime import date
from typing import Any

from sqlmodel import Session

from catalogue.checks import judge
from catalogue.checks.report import LineOut
from catalogue.compliance.verdicts import Outcome
from registry.access.actors import LOADER
from registry.certificates import service as certificates
from registry.certificates.facts import ActKind
from registry.changes import feed
from registry.policies.service import publish_pack
from tests import factories as f
from tests.catalogue.check_cases import SICHUAN, given, line, said

ENDED = date(2026, 6, 30)


def judged(session: Session, **fields: Any) -> LineOut:
    asked = given(line(**fields)).model_copy(update={"as_of": feed.head(session).seq})
    return judge.judge(session, asked).lines[0]


def filed(session: Session) -> None:
    """The world with a certificate that ended in June, and the pack."""
    world = [draft for draft in f.world() if draft.kind.name not in ("certificate", "test_report")]
    f.record(session, [*world, publish_pack(SICHUAN, effective_on=SICHUAN.valid_from, actor=LOADER)])
    f.record(session, [certificates.record(f.certificate(valid_to=ENDED), actor=LOADER)])


def acted(session: Session, kind: ActKind, day: date) -> None:
    change = certificates.BodyAct(kind, day, f"演示 {kind}")
    f.record(session, certificates.act(session, f.key("certificate"), change, actor=LOADER))


def test_a_renewal_recorded_for_a_later_day_explains_the_gap_before_it(session: Session) -> None:
    filed(session)
    assert said(judged(session).reasons) == []
    later = f.certificate(2, valid_from=date(2026, 8, 1), issued_on=date(2026, 8, 1))
    f.record(session, [certificates.record(later, actor=LOADER)])
    gap = judged(session)
    assert (gap.outcome, said(gap.reasons)) == (Outcome.FAIL, ["renewal-gap.not-covered"])
    assert judged(session, delivery=date(2026, 8, 1)).outcome is Outcome.PASS


def test_only_a_day_outside_a_lifted_suspension_is_a_day_of_validity(session: Session) -> None:
    filed(session)
    acted(session, ActKind.SUSPEND, date(2026, 3, 1))
    acted(session, ActKind.REINSTATE, date(2026, 4, 1))
    assert judged(session, production_day=date(2026, 3, 15)).outcome is Outcome.FAIL
    assert judged(session, production_day=date(2026, 4, 15)).outcome is Outcome.UNDECIDED
    acted(session, ActKind.OBJECT, date(2026, 5, 8))
    assert judged(session, production_day=date(2026, 5, 20)).outcome is Outcome.UNDECIDED
