"""Checking is pure and total: records or findings, everything at once, each finding with a sentence."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.applications.checking import check
from registry.applications.fields import Part, hint_key, label_key
from registry.applications.findings import Severity
from registry.applications.given import Given, Outcome
from registry.applications.parts import ASKED, SECTIONS, Subject
from registry.applications.reference import Reference
from registry.applications.typed import asked_fields
from registry.kit.messages import catalogue, say
from tests import applicants, factories
from tests.applicants import (
    BODY,
    EVERYTHING,
    LABORATORY,
    PAPERS,
    REFERENCE,
    STRANGER,
)
from tests.factories import code, key


def asked(
    changes: dict[str, str] | None = None,
    *,
    subject: Subject = Subject.NEW_PRODUCT,
    reference: Reference = REFERENCE,
    evidence: frozenset[str] = PAPERS,
) -> Outcome:
    typed = {**EVERYTHING, **(changes or {})}
    return check(Given(key("application"), subject, key("organisation", 1), typed, evidence), reference)


def found(outcome: Outcome, severity: Severity) -> set[tuple[str, str]]:
    return {
        (one.path, one.key.removeprefix("application.check."))
        for one in outcome.findings
        if one.severity is severity
    }


def errors(outcome: Outcome) -> set[tuple[str, str]]:
    return found(outcome, Severity.ERROR)


def warnings(outcome: Outcome) -> set[tuple[str, str]]:
    return found(outcome, Severity.WARNING)


def test_a_full_application_has_no_findings_and_gives_its_records() -> None:
    outcome = asked()
    assert outcome.findings == ()
    assert [part for part, _ in outcome.records] == [
        Part.PRODUCT, Part.CERTIFICATE, Part.REPORT, Part.SELF_DECLARATION, Part.CARBON,
    ]  # fmt: skip
    assert outcome == asked(), "the same texts give the same records"


@pytest.mark.parametrize(
    ("changes", "path", "fault"),
    [
        ({"product.name_zh": " "}, "product.name_zh", "missing"),
        ({"product.kind": "no-such"}, "product.kind", "names-nothing"),
        ({"product.attributes.strength": "99"}, "product.attributes.strength", "not-an-option"),
        ({"product.attributes.fineness": "约三百"}, "product.attributes.fineness", "not-digits"),
        ({"product.attributes.colour": "red"}, "product.attributes.colour", "attribute-unknown"),
        ({"product.gtin": "4006381333932"}, "product.gtin", "not-a-gtin"),
        ({"product.waste_percent": "30"}, "product.waste_evidence", "missing"),
        ({"certificate.star": ""}, "certificate.star", "missing"),
        ({"certificate.body": code("O", "organisation", 950)}, "certificate.body", "wrong-role"),
        ({"certificate.body": "示例机构"}, "certificate.body", "not-a-code"),
        ({"certificate.valid_to": "2025-01-01"}, "certificate.valid_to", "ends-before-it-starts"),
        ({"certificate.issued_on": "2026-06-02"}, "certificate.issued_on", "day-ahead"),
        ({"certificate.rows.2.plant": ""}, "certificate.rows.2.plant", "missing"),
        ({"certificate.rows.2.plant": code("P", "plant", 3)}, "certificate.rows.2.plant",
         "contract-papers-missing"),
        ({"certificate.holder": code("O", "organisation", 2),
          "certificate.manufacturer": code("O", "organisation", 2)}, "certificate.holder",
         "certificate-of-another"),
        ({"report.tested_on": "2027-01-01"}, "report.tested_on", "day-ahead"),
        ({"report.indicators.1.limit": "一"}, "report.indicators.1.limit", "not-digits"),
        ({"self_declaration.declared_on": "2026-06-02"}, "self_declaration.declared_on", "day-ahead"),
        ({"carbon.modules.A1-A3": "", "carbon.modules.A4": ""}, "carbon.modules.A1-A3", "no-module-declared"),
        ({"carbon.modules.A1": "1", "carbon.modules.A2": "1", "carbon.modules.A3": "1"},
         "carbon.modules.A1-A3", "sum-differs"),
        ({"carbon.declared_amount": "0"}, "carbon.declared_amount", "not-positive"),
        ({"carbon.verifier": ""}, "carbon.verifier", "missing"),
        ({"carbon.valid_to": "2025年"}, "carbon.valid_to", "ends-before-it-starts"),
    ],
)  # fmt: skip
def test_an_error_stands_at_its_field_and_alone(changes: dict[str, str], path: str, fault: str) -> None:
    outcome = asked(changes)
    assert (path, fault) in errors(outcome)
    assert {one_path for one_path, _ in errors(outcome)} <= {path, *_beside(path)}
    assert not outcome.records


@pytest.mark.parametrize(
    ("changes", "path", "fault"),
    [
        (
            {"product.waste_percent": "三成", "product.waste_materials": "粉煤灰"},
            "product.waste_percent",
            "not-digits",
        ),
        ({"carbon.modules.A1-A3": "abc", "carbon.modules.A4": ""}, "carbon.modules.A1-A3", "not-a-number"),
    ],
)
def test_what_was_typed_wrongly_is_not_called_blank_as_well(
    changes: dict[str, str], path: str, fault: str
) -> None:
    assert [found for at, found in errors(asked(changes)) if at == path] == [fault]


def _beside(path: str) -> set[str]:
    """What must be filled together is missed together."""
    return {"product.waste_materials"} if path.startswith("product.waste") else set()


@pytest.mark.parametrize(
    ("changes", "path", "hint"),
    [
        ({"carbon.modules.A1-A3": "612000"}, "carbon.modules.A1-A3", "unit-slip"),
        ({"carbon.modules.A1-A3": "1.2"}, "carbon.modules.A1-A3", "unit-slip"),
        ({"carbon.modules.A1-A3": "5000"}, "carbon.modules.A1-A3", "outlier"),
        ({"report.complete": ""}, "report.complete", "completeness-not-stated"),
        ({"report.indicators.1.value": ""}, "report.indicators.1.value", "value-not-stated"),
        ({"report.indicators.1.value": "1.01"}, "report.indicators.1.value", "limit-not-met"),
        ({"certificate.valid_to": "2026-05-01"}, "certificate.valid_to", "already-over"),
        ({"product.plants": code("P", "plant", 1)}, "certificate.rows.2.plant", "plant-not-of-product"),
    ],
)
def test_a_hint_never_blocks(changes: dict[str, str], path: str, hint: str) -> None:
    outcome = asked(changes)
    assert (path, hint) in warnings(outcome)
    assert errors(outcome) == set()
    assert outcome.records


@pytest.mark.parametrize("value", ["100", "1200"])
def test_the_ends_of_a_plausible_range_are_plausible(value: str) -> None:
    assert warnings(asked({"carbon.modules.A1-A3": value})) == set()


def test_every_error_is_told_at_once_in_the_order_of_the_form() -> None:
    outcome = asked(dict.fromkeys(EVERYTHING, "？"))
    told = [one.path.partition(".")[0] for one in outcome.findings]
    places = {str(part): n for n, part in enumerate(Part)}
    assert told == sorted(told, key=places.__getitem__)
    assert {"product", "certificate", "report", "self_declaration", "carbon"} == set(told)


def test_papers_are_asked_of_every_part_that_copies_a_document() -> None:
    missing = {path for path, fault in errors(asked(evidence=frozenset())) if fault == "evidence-missing"}
    assert missing == {"certificate", "report", "carbon"}


def test_contract_manufacturing_with_its_papers_is_recorded_as_such() -> None:
    path = "certificate.rows.2.plant"
    outcome = asked({path: code("P", "plant", 3)}, evidence=PAPERS | {path})
    assert errors(outcome) == set()
    certificate = dict(outcome.records)[Part.CERTIFICATE]
    assert certificate.contract_manufacturing  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("known", "path"),
    [
        (
            {"certificates_named": {(key("organisation", BODY), "演示-2026-90001"): "YS-X"}},
            "certificate.number",
        ),
        ({"reports_named": {(key("organisation", LABORATORY), "演示报告-9001"): "YS-X"}}, "report.number"),
        ({"gtins": {"4006381333931": "YS-X"}}, "product.gtin"),
        ({"declarations": (factories.declaration(number="演示-epd-9001", code="YS-X"),)}, "carbon.number"),
    ],
)
def test_what_is_recorded_already_is_named(known: dict[str, object], path: str) -> None:
    reference = replace(REFERENCE, **known)  # type: ignore[arg-type]
    outcome = asked({"product.gtin": "4006381333931"}, reference=reference)
    assert errors(outcome) == {(path, "already-recorded")}
    assert next(one for one in outcome.findings if one.path == path).facts == {"record": "YS-X"}
    assert errors(asked({"product.gtin": "4006381333931"})) == set()


def test_the_same_number_of_another_body_is_no_duplicate() -> None:
    other = {(key("organisation", 901), "演示-2026-90001"): "YS-X"}
    assert errors(asked(reference=replace(REFERENCE, certificates_named=other))) == set()


@pytest.mark.parametrize(
    ("last", "fault"),
    [
        (date(2026, 2, 28), "body-out-of-scope"),  # ended before the day of issue
        (date(2026, 5, 31), "body-out-of-scope"),  # in force when issued, lapsed since: no new entries
        (date(2026, 6, 1), None),  # last days are inclusive
    ],
)
def test_a_lapsed_approval_takes_no_new_entries(last: date, fault: str | None) -> None:
    body = factories.body(BODY, **applicants.lapsed(last))
    reference = replace(REFERENCE, organisations={**REFERENCE.organisations, body.code: body})
    expected = {("certificate.body", fault)} if fault else set()
    assert errors(asked(reference=reference)) == expected


def test_a_body_without_a_recorded_approval_takes_no_entries() -> None:
    body = factories.body(BODY, approved_scopes=())
    reference = replace(REFERENCE, organisations={**REFERENCE.organisations, body.code: body})
    assert errors(asked(reference=reference)) == {("certificate.body", "approval-unknown")}


def test_only_a_verified_organisation_applies_for_its_products() -> None:
    assert ("company", "organisation-not-verified") in errors(
        asked(reference=replace(REFERENCE, applicant=None))
    )


def test_the_product_of_another_maker_is_not_applied_for() -> None:
    strange = factories.product(manufacturer_id=key("organisation", STRANGER))
    reference = replace(REFERENCE, products={strange.code: strange})
    outcome = asked({"about.product": strange.code}, subject=Subject.CARBON, reference=reference)
    assert ("about.product", "product-of-another") in errors(outcome)


EVERY_PATH = sorted(
    {path for part in Part for path, _ in asked_fields({**EVERYTHING, **applicants.COMPANY_TYPED}, part)}
    | {"product.attributes.strength", "product.attributes.fineness"}
)
CODES = [*REFERENCE.organisations, *REFERENCE.plants, *REFERENCE.products]
TEXT = st.one_of(
    st.sampled_from(["", "0", "-1", "2026-06-01", "2030年", "是", "t", "graded", "green_product", *CODES]),
    st.text(max_size=20),
)


@settings(max_examples=150)
@given(
    st.sampled_from(Subject),
    st.dictionaries(st.sampled_from(EVERY_PATH), TEXT, max_size=6),
    st.sets(st.sampled_from(EVERY_PATH), max_size=3),
)
def test_checking_is_total(subject: Subject, changes: dict[str, str], pinned: set[str]) -> None:
    outcome = asked(changes, subject=subject, evidence=frozenset(pinned) | PAPERS)
    assert bool(outcome.records) == outcome.is_fit
    for one in outcome.findings:
        assert say(one.key, "zh", one.facts)
        assert say(one.key, "en", one.facts)


def test_every_field_and_part_has_a_name_in_both_languages_and_no_hint_is_lost() -> None:
    paths = {f"{section.part}.{field.name}" for section in SECTIONS.values() for field in section.fields}
    for section in SECTIONS.values():
        if section.rows is not None:
            paths |= {f"{section.part}.{section.rows.name}.{field.name}" for field in section.rows.fields}
    assert {label_key(path) for path in paths} <= set(catalogue("zh"))
    hints = {key for key in catalogue("zh") if key.startswith("application.hint.")}
    assert hints <= {hint_key(path) for path in paths}


def test_every_subject_asks_for_parts_that_exist_and_each_part_is_asked_for() -> None:
    assert set(ASKED) == set(Subject)
    assert {part for asked in ASKED.values() for part in asked.parts} == set(Part) == set(SECTIONS)
