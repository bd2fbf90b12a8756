"""An application from the first text to the public record, and every refusal on its way."""

from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import Session

from registry.applications import acting, reviewing, service, store
from registry.applications.application import Application
from registry.applications.fields import Part
from registry.applications.parts import Subject
from registry.applications.states import State, Step, open_steps
from registry.certificates.kind import CERTIFICATE
from registry.changes import feed
from registry.changes.reading import get, point
from registry.crosschecks.service import CROSS_CHECK
from registry.declarations.facts import DeclarationState, Precision
from registry.declarations.service import DECLARATION
from registry.kit.errors import Conflict, Faulty, Invalid, NotAllowed, NotFound
from registry.kit.known_by import Source
from registry.parties.service import ORGANISATION, PLANT
from registry.products.service import PRODUCT
from registry.reports.service import SELF_DECLARATION, TEST_REPORT
from tests import applicants, factories
from tests.applicants import COLLEAGUE, FIRST, MAKER, OTHER_MAKER, SECOND, THIRD, TODAY, by
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


def test_a_region_is_kept_as_it_was_read(session: Session) -> None:
    newcomer = applicants.person(MAKER.role, 31, 31)
    typed = {**applicants.COMPANY_TYPED, "company.region": " 520000 "}
    company = applicants.submitted(session, typed, subject=Subject.ORGANISATION, actor=newcomer)
    assert company.case.region == "520000"


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


def test_what_was_removed_stays_on_record_with_its_reason(session: Session) -> None:
    public = applicants.published(session, applicants.submitted(session))
    assert Step.REMOVE in open_steps(public.case, acting.person(session, by(THIRD)))
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
    officer = acting.person(session, by(THIRD))
    assert Step.REMOVE not in open_steps(public.case, officer), "pages offer no step that is always refused"
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


def test_a_change_of_the_record_meanwhile_is_not_overwritten(session: Session) -> None:
    changes = [_changed_product(session, name) for name in ("甲", "乙", "丙")]
    first, ready = (service.submit(session, one.number, by(MAKER, one)) for one in changes[:2])
    taken = applicants.approved(session, ready)
    applicants.published(session, first)
    with pytest.raises(Conflict, match="application-record-changed"):
        reviewing.publish(session, taken.number, by(SECOND, taken))
    with pytest.raises(Conflict, match="application-record-changed"):
        service.submit(session, changes[2].number, by(MAKER, changes[2]))
    anew = _changed_product(session, "丁")
    applicants.published(session, service.submit(session, anew.number, by(MAKER, anew)))
    known = get(session, PRODUCT, key("product"), point(session, TODAY))
    assert known is not None
    assert (known.header.version, known.fact.models) == (3, ("丁",))


def _changed_product(session: Session, model: str) -> Application:
    about = code("A", "product", 1).lower()
    draft = service.start(session, Subject.PRODUCT_CHANGE, by(MAKER), about=about)
    texts = {path: text for path, text in draft.typed.items() if path.startswith("product.")}
    typed = texts | {"product.models": model}
    return service.save_part(session, draft.number, Part.PRODUCT, typed, by=by(MAKER, draft))


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


def test_an_existing_product_is_named_exactly_where_the_subject_is_about_one(session: Session) -> None:
    with pytest.raises(Invalid, match="application-product-needed"):
        service.start(session, Subject.CARBON, by(MAKER))
    with pytest.raises(Invalid, match="application-product-needed"):
        service.start(session, Subject.NEW_PRODUCT, by(MAKER), about=code("A", "product", 1))
    with pytest.raises(NotAllowed):
        service.start(session, Subject.CARBON, by(OTHER_MAKER), about=code("A", "product", 1))
