"""Two persons, one case: who may act when, who is told that somebody was faster, and what is kept of it."""

from datetime import date

import pytest
from sqlmodel import Session

from registry.access.actors import ANONYMOUS
from registry.access.permissions import SignInNeeded
from registry.accounts import memberships
from registry.accounts.events import Moment
from registry.accounts.memberships import Place
from registry.accounts.models import AccountRow
from registry.applications import acting, reviewing, service, store
from registry.applications.fields import Part
from registry.applications.states import State
from registry.applications.store import By
from registry.changes import feed
from registry.kit.errors import Conflict, DomainError, Faulty, Invalid, NotAllowed, NotFound
from registry.parties.service import ORGANISATION
from tests import applicants, factories
from tests.applicants import COLLEAGUE, FIRST, INSIDER, MAKER, OTHER_MAKER, SECOND, THIRD, by
from tests.factories import key
from tests.registry import receivers


@pytest.fixture(autouse=True)
def _register(session: Session) -> None:
    applicants.registered(session)


def test_the_second_person_is_nobody_who_had_a_part_in_it(session: Session) -> None:
    handed_in = applicants.submitted(session)
    number = handed_in.number
    with pytest.raises(NotAllowed):
        reviewing.take(session, number, by(INSIDER, handed_in))
    taken = reviewing.take(session, number, by(FIRST, handed_in))
    once = reviewing.approve_first(session, number, by(FIRST, taken), looks=applicants.LOOKS)
    with pytest.raises(NotAllowed, match="application-same-person"):
        reviewing.take(session, number, by(FIRST, once))
    second = reviewing.take(session, number, by(SECOND, once))
    with pytest.raises(Conflict, match="application-not-yours"):
        reviewing.publish(session, number, by(THIRD, second), looks=applicants.LOOKS)


def test_of_two_who_take_a_case_at_once_one_is_told(session: Session) -> None:
    handed_in = applicants.submitted(session)
    taken = reviewing.take(session, handed_in.number, by(FIRST, handed_in))
    with pytest.raises(Conflict):
        reviewing.take(session, handed_in.number, by(SECOND, handed_in))
    with pytest.raises(Conflict, match="application-step-refused"):
        reviewing.take(session, handed_in.number, by(SECOND, taken))
    assert store.get(session, handed_in.number).case.assignee == FIRST.account_id


def test_of_two_colleagues_who_save_the_same_page_one_is_told(session: Session) -> None:
    draft = applicants.typed_in(session, applicants.PRODUCT_TYPED)
    service.save_part(session, draft.number, Part.PRODUCT, applicants.PRODUCT_TYPED, by=by(MAKER, draft))
    with pytest.raises(Conflict, match="application-changed-meanwhile"):
        service.save_part(session, draft.number, Part.PRODUCT, {}, by=by(COLLEAGUE, draft))
    assert store.get(session, draft.number).typed == dict(applicants.PRODUCT_TYPED)


def test_a_second_click_gets_the_same_answer_and_does_nothing_more(session: Session) -> None:
    draft = applicants.typed_in(session, applicants.EVERYTHING)
    number = draft.number
    once, twice = (service.submit(session, number, by(MAKER, draft)) for _ in range(2))
    assert once == twice
    ready = applicants.approved(session, once)
    looks = applicants.LOOKS
    first, again = (reviewing.publish(session, number, by(SECOND, ready), looks=looks) for _ in range(2))
    assert first == again
    recorded = [change.header for change in feed.every(session)]
    keys = {application.key for application in first.published}
    assert sorted(one.version for one in recorded if one.key in keys) == [1] * len(keys)
    assert [event.act for event in store.events(session, first.id)].count("publish") == 1


@pytest.mark.parametrize("part", [Part.CERTIFICATE, Part.REPORT])
def test_nothing_copied_is_approved_without_a_look_that_agrees(session: Session, part: Part) -> None:
    handed_in = applicants.submitted(session)
    taken = reviewing.take(session, handed_in.number, by(FIRST, handed_in))
    others = [one for one in applicants.LOOKS if one.part is not part]
    with pytest.raises(Invalid, match="application-looks-needed"):
        reviewing.approve_first(session, handed_in.number, by(FIRST, taken), looks=others)
    differs = applicants.look(part, result="differs")
    with pytest.raises(Invalid, match="application-look-disagrees"):
        reviewing.approve_first(session, handed_in.number, by(FIRST, taken), looks=[*others, differs])
    ahead = applicants.look(part, checked_on=date(2026, 6, 2))
    with pytest.raises(Invalid, match="cross-check-ahead"):
        reviewing.approve_first(session, handed_in.number, by(FIRST, taken), looks=[*others, ahead])


def test_a_duplicate_that_appeared_meanwhile_is_found_before_publication(session: Session) -> None:
    one, other = (applicants.submitted(session) for _ in range(2))
    applicants.published(session, one)
    ready = applicants.approved(session, other)
    before = feed.head(session).seq
    with pytest.raises(Faulty) as refused:
        reviewing.publish(session, other.number, by(SECOND, ready), looks=applicants.LOOKS)
    assert {fault.where for fault in refused.value.faults} == {"certificate.number", "report.number"}
    assert feed.head(session).seq == before


def test_to_strangers_an_application_does_not_exist(session: Session) -> None:
    draft = applicants.typed_in(session, applicants.PRODUCT_TYPED)
    with pytest.raises(NotFound):
        acting.read(session, draft.number, by(OTHER_MAKER))
    with pytest.raises(NotFound):
        acting.read(session, draft.number, by(FIRST)), "a draft is nobody's business yet"
    with pytest.raises(SignInNeeded):
        acting.read(session, draft.number, By(ANONYMOUS, applicants.NOW))
    with pytest.raises(NotFound):
        service.save_part(session, draft.number, Part.PRODUCT, {}, by=by(OTHER_MAKER, draft))


def test_two_levels_are_the_applicants_city_and_then_its_province(session: Session) -> None:
    city = factories.organisation(810, region="520100")
    other_city = factories.organisation(811, region="520200")
    province = factories.organisation(812, region="520000")
    applicant = factories.organisation(1, region="520100")
    factories.record(
        session,
        [feed.Draft(ORGANISATION, one.id, factories.START, one)
         for one in (city, other_city, province, applicant)],
    )  # fmt: skip
    here, elsewhere, above = (applicants.person(FIRST.role, n, n) for n in (810, 811, 812))
    handed_in = applicants.submitted(session)
    number = handed_in.number
    for wrong in (elsewhere, above):
        with pytest.raises(NotAllowed, match="application-wrong-level"):
            reviewing.take(session, number, by(wrong, handed_in, levels=2))
    taken = reviewing.take(session, number, by(here, handed_in, levels=2))
    once = reviewing.approve_first(session, number, by(here, taken, levels=2), looks=applicants.LOOKS)
    second = reviewing.take(session, number, by(above, once, levels=2))
    done = reviewing.publish(session, number, by(above, second, levels=2), looks=applicants.LOOKS)
    assert done.state is State.PUBLISHED


def test_every_act_leaves_who_in_which_role_when_and_why(session: Session) -> None:
    public = applicants.published(session, applicants.submitted(session))
    gone = reviewing.remove(session, public.number, by(THIRD, public), reason="演示")
    events = store.events(session, gone.id)
    assert [event.act for event in events][-6:] == ["submit", "take", "approve", "take", "publish", "remove"]
    assert all(event.role and event.account_id and event.at for event in events)
    assert [event.revision for event in events] == list(range(len(events)))
    assert events[-1].reason == "演示"


def test_a_case_goes_to_another_only_with_a_reason(session: Session) -> None:
    handed_in = applicants.submitted(session)
    taken = reviewing.take(session, handed_in.number, by(FIRST, handed_in))
    third = receivers.officer(session, THIRD)
    receivers.officer(session, MAKER, organisation_n=801)
    with pytest.raises(DomainError, match="application-reason-needed"):
        reviewing.hand_over(session, taken.number, by(FIRST, taken), to=third, reason="")
    with pytest.raises(NotAllowed, match="application-same-person"):
        reviewing.hand_over(session, taken.number, by(FIRST, taken), to=applicants.account(1), reason="演示")
    given = reviewing.hand_over(session, taken.number, by(FIRST, taken), to=third, reason="演示")
    back = reviewing.put_back(session, taken.number, by(THIRD, given), reason="演示")
    assert (back.state, back.case.assignee) == (State.SUBMITTED, None)


def test_a_case_goes_only_to_somebody_who_can_act_in_it(session: Session) -> None:
    handed_in = applicants.submitted(session)
    taken = reviewing.take(session, handed_in.number, by(FIRST, handed_in))
    number = taken.number
    colleague = receivers.officer(session, COLLEAGUE, role=COLLEAGUE.role)
    gone = receivers.officer(session, SECOND)
    account = session.get(AccountRow, gone)
    assert account is not None
    account.disabled_at = applicants.NOW
    left = receivers.officer(session, INSIDER, organisation_n=800)
    for row, _ in memberships.of_organisation(session, key("organisation", 800), now=applicants.NOW):
        row.until = applicants.NOW
    for unfit in (key("account", 999), colleague, gone, left):
        with pytest.raises(Invalid, match="application-receiver-unfit"):
            reviewing.hand_over(session, number, by(FIRST, taken), to=unfit, reason="演示")
    both = receivers.officer(session, THIRD)
    memberships.give(
        session, both, Place(MAKER.organisation_id or both, MAKER.role), moment=Moment(applicants.NOW, "")
    )
    with pytest.raises(NotAllowed, match="application-own-organisation"):
        reviewing.hand_over(session, number, by(FIRST, taken), to=both, reason="演示")
    assert store.get(session, number).case.assignee == FIRST.account_id


def test_a_case_whose_reviewer_left_is_put_back_by_another(session: Session) -> None:
    handed_in = applicants.submitted(session)
    taken = reviewing.take(session, handed_in.number, by(FIRST, handed_in))
    with pytest.raises(NotAllowed):
        reviewing.put_back(session, taken.number, by(INSIDER, taken), reason="演示")
    with pytest.raises(Invalid, match="application-reason-needed"):
        reviewing.put_back(session, taken.number, by(SECOND, taken), reason=" ")
    back = reviewing.put_back(session, taken.number, by(SECOND, taken), reason="演示：原办理人离任")
    assert reviewing.take(session, back.number, by(THIRD, back)).case.assignee == THIRD.account_id


def test_a_stale_page_or_a_full_case_pins_nothing_and_a_full_case_can_be_emptied(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = applicants.typed_in(session, applicants.REPORT_TYPED)
    with pytest.raises(Conflict, match="application-changed-meanwhile"):
        service.may_pin(session, draft.number, "report", by=by(MAKER))
    monkeypatch.setattr(service, "MOST_FILES", len(draft.pinned))
    with pytest.raises(Invalid, match="application-too-many-files"):
        service.may_pin(session, draft.number, "report", by=by(MAKER, draft))
    file = draft.pinned[0]
    left = service.unpin(session, draft.number, file.path, file.file_id, by=by(MAKER, draft))
    assert len(left.pinned) == len(draft.pinned) - 1


def test_what_is_written_to_somebody_keeps_only_signs_that_every_database_keeps(session: Session) -> None:
    handed_in = applicants.submitted(session)
    taken = reviewing.take(session, handed_in.number, by(FIRST, handed_in))
    with pytest.raises(Invalid, match="application-reason-needed"):
        reviewing.put_back(session, taken.number, by(FIRST, taken), reason="\0 ")
    with pytest.raises(Invalid, match="application-remark-empty"):
        reviewing.remark(session, taken.number, by(FIRST, taken), path="carbon", text="\0")
    remarked = reviewing.remark(
        session, taken.number, by(FIRST, taken), path="carbon", text="半个字\ud800\0 "
    )
    assert [one.text for one in store.remarks(session, remarked.id)] == ["半个字?"]
