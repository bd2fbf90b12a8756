"""The register on one side and the form on the other: texts read back, facts loaded."""

from dataclasses import replace

from sqlmodel import Session

from registry.applications import prefill
from registry.applications.checking import check
from registry.applications.fields import Part
from registry.applications.given import Given
from registry.applications.parts import Subject
from registry.applications.reference import load
from registry.certificates.kind import CERTIFICATE
from registry.changes.feed import Draft
from registry.reports.service import TEST_REPORT
from tests import applicants, factories
from tests.applicants import BODY, EVERYTHING, LABORATORY, PAPERS, PLANTS, REFERENCE, TODAY, VERIFIER
from tests.factories import code, key


def test_a_record_read_back_from_its_form_is_the_same_record() -> None:
    """What a change is prefilled with gives the product again, so that only edits are differences."""
    product = factories.product(
        attributes={"strength": "42.5", "fineness": "350.5", "early_strength": "false"},
        performance="42.5", description_zh="", brand="示例牌", gtin="4006381333931",
    )  # fmt: skip
    codes = {plant.id: plant.code for plant in PLANTS}
    reference = replace(REFERENCE, products={product.code: product}, gtins={"4006381333931": product.code})
    typed = {"about.product": product.code, **prefill.of_product(product, codes)}
    given_ = Given(key("application"), Subject.PRODUCT_CHANGE, key("organisation", 1), typed)
    outcome = check(given_, reference)
    assert outcome.findings == ()
    assert dict(outcome.records)[Part.PRODUCT] == product


def test_a_declaration_read_back_from_its_form_is_the_same_declaration() -> None:
    declaration = factories.declaration(verifier_id=key("organisation", VERIFIER), mass_kg="1000")
    codes = {key("organisation", VERIFIER): code("O", "organisation", VERIFIER)}
    typed = {"about.product": factories.product().code, **prefill.of_declaration(declaration, codes)}
    given_ = Given(key("application"), Subject.CARBON, key("organisation", 1), typed, PAPERS)
    made = dict(check(given_, REFERENCE).records)[Part.CARBON]
    assert made.model_copy(update={"id": declaration.id, "code": declaration.code}) == declaration


def test_the_register_is_loaded_as_far_as_the_texts_reach(session: Session) -> None:
    applicants.registered(session)
    loaded = load(session, EVERYTHING, key("organisation", 1), today=TODAY)
    assert set(loaded.organisations) == {code("O", "organisation", n) for n in (BODY, LABORATORY, VERIFIER)}
    assert set(loaded.plants) == {code("P", "plant", n) for n in (1, 2)}
    assert [one.per for one in loaded.ranges] == ["kg"]
    assert check(
        Given(key("a"), Subject.NEW_PRODUCT, key("organisation", 1), EVERYTHING, PAPERS), loaded
    ).is_fit


def test_numbers_recorded_with_other_signs_are_found(session: Session) -> None:
    applicants.registered(session)
    certificate = factories.certificate(number="演示－2026－90001")
    report = factories.report(number="演示报告-9001")
    factories.record(
        session,
        [
            Draft(CERTIFICATE, certificate.id, factories.START, certificate),
            Draft(TEST_REPORT, report.id, factories.START, report),
        ],
    )
    loaded = load(session, EVERYTHING, key("organisation", 1), today=TODAY)
    assert loaded.certificates_named == {(certificate.body_id, "演示-2026-90001"): certificate.code}
    assert loaded.reports_named == {(report.laboratory_id, "演示报告-9001"): report.code}
