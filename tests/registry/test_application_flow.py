"""An application from the first text to the public record, and every refusal on its way."""

from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import Session

from registry.access.actors import ANONYMOUS
from registry.access.permissions import SignInNeeded
from registry.applications import acting, reviewing, service, store
from registry.applications.application import Application
from registry.applications.fields import Part
from registry.applications.parts import Subject
from registry.applications.states import State
from registry.applications.store import By
from registry.certificates.kind import CERTIFICATE
from registry.changes import feed
from registry.changes.reading import get, point
from registry.crosschecks.service import CROSS_CHECK
from registry.declarations.facts import DeclarationState, Precision
from registry.declarations.service import DECLARATION
from registry.kit.errors import Conflict, DomainError, Faulty, Invalid, NotAllowed, NotFound
from registry.kit.known_by import Source
from registry.parties.service import ORGANISATION, PLANT
from registry.products.service import PRODUCT
from registry.reports.service import SELF_DECLARATION, TEST_REPORT
from tests import applicants, factories
from tests.applicants import COLLEAGUE, FIRST, INSIDER, MAKER, OTHER_MAKER, SECOND, THIRD, TODAY, by
from tests.factories import code, key


@pytest.fixture(autouse=True)
def _register(session: Session) -> None:
    applicants.registered(session)


def ids(application: Application) -> dict[str, str]:
    return {one.part: one.code for one in application.published}


def test_what_was_typed_becomes_facts_once_two_persons_agree(session: Session) -> None:
    application = applicants.published(session, applicants.submitted(session))
    assert application.state is State.PUBLISHED
    at, given = point(session, TODAY), application.given()
    product = get(session, PRODUCT, given.key(Part.PRODUCT), at)
    assert product is not None
    assert product.fact.attributes == {"strength": "42.5", "early_strength": "true"}
    assert (product.fact.density_kg_m3, product.fact.unit) == (Decimal(3100), "t")
    certificate = get(session, CERTIFICATE, given.key(Part.CERTIFICATE), at)
    assert certificate is not None
    assert [row.plant_id for row in certificate.fact.rows] == [key("plant", 1), key("plant", 2)]
    assert certificate.fact.valid_to == date(2031, 2, 28)
    declaration = get(session, DECLARATION, given.key(Part.CARBON), at)
    assert declaration is not None
    assert declaration.fact.modules == {"A1-A3": Decimal(612), "A4": Decimal(0)}, "blank is not 0"
    assert declaration.fact.valid_to.precision is Precision.YEAR
    assert set(ids(application)) == {"product", "certificate", "report", "self_declaration", "carbon"}


def test_a_copied_document_says_how_it_is_known_and_that_two_looked(session: Session) -> None:
    application = applicants.published(session, applicants.submitted(session))
    at, given = point(session, TODAY), application.given()
    certificate = get(session, CERTIFICATE, given.key(Part.CERTIFICATE), at)
    report = get(session, TEST_REPORT, given.key(Part.REPORT), at)
    assert certificate is not None
    assert report is not None
    for known_by in (certificate.fact.known_by, report.fact.known_by):
        assert known_by.source is Source.TRANSCRIBED
        assert known_by.cross_check is not None
        assert known_by.cross_check.checked_on == TODAY
    looks = [change for change in feed.every(session) if change.header.kind == CROSS_CHECK.name]
    assert len(looks) == 1
    assert '"looker":"second_person"' in looks[0].payload
    claim = get(session, SELF_DECLARATION, given.key(Part.SELF_DECLARATION), at)
    assert claim is not None
    assert claim.fact.known_by.source is Source.SELF_STATED


def test_an_organisation_is_verified_and_a_plant_added_the_same_way(session: Session) -> None:
    newcomer = applicants.person(MAKER.role, 31, 31)
    company = applicants.submitted(
        session, applicants.COMPANY_TYPED, subject=Subject.ORGANISATION, actor=newcomer
    )
    applicants.published(session, company)
    known = get(session, ORGANISATION, key("organisation", 31), point(session, TODAY))
    assert known is not None
    assert known.fact.credit_code == factories.credit_code(31)
    plant = applicants.submitted(session, applicants.PLANT_TYPED, subject=Subject.PLANT, actor=newcomer)
    done = applicants.published(session, plant)
    made = get(session, PLANT, done.given().key(Part.PLANT), point(session, TODAY))
    assert made is not None
    assert made.fact.organisation_id == key("organisation", 31)


def test_an_organisation_verified_again_keeps_its_number_and_its_approvals(
    session: Session,
) -> None:
    body = applicants.BODY_OFFICER
    draft = service.start(session, Subject.ORGANISATION, by(body))
    assert draft.typed["company.name_zh"] == factories.body().name_zh, "nothing is asked twice"
    typed = {**draft.typed, "company.name_en": "Renamed Body (invented)", "company.region": "520000"}
    saved = service.save_part(session, draft.number, Part.COMPANY, typed, by=by(body, draft))
    pinned = service.pin(session, draft.number, "company", applicants.scanned(), by=by(body, saved))
    handed_in = service.submit(session, draft.number, by(body, pinned))
    applicants.published(session, handed_in)
    known = get(session, ORGANISATION, factories.body().id, point(session, TODAY))
    assert known is not None
    assert (known.header.version, known.fact.code) == (2, factories.body().code)
    assert known.fact.approved_scopes == factories.body().approved_scopes
    assert known.fact.name_en == "Renamed Body (invented)"


def test_all_errors_come_at_once_each_with_its_field(session: Session) -> None:
    wrong = {**applicants.EVERYTHING, "carbon.declared_unit": "", "carbon.modules.A1-A3": "约六百",
             "carbon.valid_to": ""}  # fmt: skip
    draft = applicants.typed_in(session, wrong)
    with pytest.raises(Faulty) as refused:
        service.submit(session, draft.number, by(MAKER, draft))
    assert {fault.where for fault in refused.value.faults} >= {
        "carbon.declared_unit", "carbon.modules.A1-A3", "carbon.valid_to",
    }  # fmt: skip
    assert store.get(session, draft.number).state is State.DRAFT


def test_after_a_return_only_the_returned_fields_are_open(session: Session) -> None:
    handed_in = applicants.submitted(session)
    number = handed_in.number
    taken = reviewing.take(session, number, by(FIRST, handed_in))
    remarked = reviewing.remark(
        session, number, by(FIRST, taken), path="carbon.modules.A1-A3", text="与核查报告不一致"
    )
    returned = reviewing.return_for(
        session, number, by(FIRST, remarked), paths=["carbon.modules.A1-A3"], reason="请核对"
    )
    carbon = {**applicants.CARBON_TYPED, "carbon.number": "演示-EPD-9002"}
    with pytest.raises(Conflict, match="application-field-closed"):
        service.save_part(session, number, Part.CARBON, carbon, by=by(MAKER, returned))
    mended = {**applicants.CARBON_TYPED, "carbon.modules.A1-A3": "621"}
    saved = service.save_part(session, number, Part.CARBON, mended, by=by(COLLEAGUE, returned))
    again = service.submit(session, number, by(MAKER, saved))
    assert (again.state, again.case.round, again.open_paths) == (State.SUBMITTED, 2, ())
    assert [one.text for one in store.remarks(session, again.id)] == ["与核查报告不一致"]
    assert applicants.published(session, again).state is State.PUBLISHED


def test_a_whole_part_or_row_can_be_returned(session: Session) -> None:
    handed_in = applicants.submitted(session)
    taken = reviewing.take(session, handed_in.number, by(FIRST, handed_in))
    returned = reviewing.return_for(
        session, handed_in.number, by(FIRST, taken), paths=["certificate.rows.2", "carbon"], reason="请核对"
    )
    assert returned.is_open("certificate.rows.2.plant")
    assert returned.is_open("carbon.number")
    assert not returned.is_open("certificate.rows.1.plant")
    assert not returned.is_open("certificate.rows.20.plant")


@pytest.mark.parametrize("paths", [[], ["no.such"], ["company.region"], ["certificate.rows.9999.plant"]])
def test_a_return_names_fields_of_this_application(session: Session, paths: list[str]) -> None:
    handed_in = applicants.submitted(session)
    taken = reviewing.take(session, handed_in.number, by(FIRST, handed_in))
    with pytest.raises(Invalid):
        reviewing.return_for(session, handed_in.number, by(FIRST, taken), paths=paths, reason="请核对")


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


def test_what_was_removed_stays_on_record_with_its_reason(session: Session) -> None:
    public = applicants.published(session, applicants.submitted(session))
    with pytest.raises(Invalid, match="application-reason-needed"):
        reviewing.remove(session, public.number, by(THIRD, public), reason=" ")
    gone = reviewing.remove(session, public.number, by(THIRD, public, days=3), reason="演示：产品停产")
    given = gone.given()
    before, after = point(session, TODAY), point(session, date(2026, 6, 4))
    product = given.key(Part.PRODUCT)
    assert [get(session, PRODUCT, product, at).fact.removed for at in (before, after)] == [False, True]  # type: ignore[union-attr]
    declaration = get(session, DECLARATION, given.key(Part.CARBON), after)
    assert declaration is not None
    assert declaration.fact.state is DeclarationState.WITHDRAWN
    certificate = get(session, CERTIFICATE, given.key(Part.CERTIFICATE), after)
    assert certificate is not None
    assert certificate.header.version == 1, "only its body ends a certificate"


def test_a_certificate_alone_cannot_be_removed_by_the_registry(session: Session) -> None:
    handed_in = applicants.submitted(
        session, applicants.CERTIFICATE_TYPED, subject=Subject.CERTIFICATE, about=code("A", "product", 1)
    )
    public = applicants.published(session, handed_in)
    with pytest.raises(Conflict, match="application-nothing-to-remove"):
        reviewing.remove(session, public.number, by(THIRD, public), reason="演示")


def test_a_changed_product_is_a_further_version_of_it(session: Session) -> None:
    about = code("A", "product", 1)
    draft = service.start(session, Subject.PRODUCT_CHANGE, by(MAKER), about=about)
    assert draft.typed["product.name_zh"] == factories.product().name_zh, "nothing is asked twice"
    typed = {
        path: text for path, text in draft.typed.items() if path.startswith("product.")
    } | {"product.models": "P·O 42.5\nP·O 42.5R"}  # fmt: skip
    saved = service.save_part(session, draft.number, Part.PRODUCT, typed, by=by(MAKER, draft))
    applicants.published(session, service.submit(session, draft.number, by(MAKER, saved)))
    known = get(session, PRODUCT, key("product"), point(session, TODAY))
    assert known is not None
    assert known.header.version == 2
    assert known.fact.models == ("P·O 42.5", "P·O 42.5R")


def test_an_applicant_may_withdraw_until_it_is_public(session: Session) -> None:
    handed_in = applicants.submitted(session)
    ready = applicants.approved(session, handed_in)
    gone = service.withdraw(session, ready.number, by(COLLEAGUE, ready))
    assert gone.state is State.WITHDRAWN
    with pytest.raises(NotFound):
        acting.read(session, gone.number, by(SECOND))
    public = applicants.published(session, applicants.submitted(session))
    with pytest.raises(NotAllowed):
        service.withdraw(session, public.number, by(MAKER, public))


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


def test_an_existing_product_is_named_exactly_where_the_subject_is_about_one(session: Session) -> None:
    with pytest.raises(Invalid, match="application-product-needed"):
        service.start(session, Subject.CARBON, by(MAKER))
    with pytest.raises(Invalid, match="application-product-needed"):
        service.start(session, Subject.NEW_PRODUCT, by(MAKER), about=code("A", "product", 1))
    with pytest.raises(NotAllowed):
        service.start(session, Subject.CARBON, by(OTHER_MAKER), about=code("A", "product", 1))


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
    third = applicants.account(13)
    with pytest.raises(DomainError, match="application-reason-needed"):
        reviewing.hand_over(session, taken.number, by(FIRST, taken), to=third, reason="")
    with pytest.raises(NotAllowed, match="application-same-person"):
        reviewing.hand_over(session, taken.number, by(FIRST, taken), to=applicants.account(1), reason="演示")
    given = reviewing.hand_over(session, taken.number, by(FIRST, taken), to=third, reason="演示")
    back = reviewing.put_back(session, taken.number, by(THIRD, given), reason="演示")
    assert (back.state, back.case.assignee) == (State.SUBMITTED, None)
