"""Certificates: what their rows cover, on which days, by whom."""

from datetime import date, timedelta

import pytest

from catalogue.compliance.evidence import CertificateState, Scheme
from catalogue.compliance.rules import (
    body_in_scope,
    certificate_in_force,
    renewal_gap,
    scheme_accepted,
    scope_row,
    standard_current,
)
from catalogue.compliance.verdicts import Outcome, Verdict
from registry.policies.pack_terms import Treatment
from seeds.policies.packs import read_pack
from tests.catalogue.evidence_cases import CERTIFICATE, certificate, line, row

CLAUSE = "示例条款"


def scope(**changes: object) -> Verdict:
    return scope_row.check(line(**changes), CERTIFICATE, clause=CLAUSE)


def test_a_row_covers_product_model_and_plant() -> None:
    found = scope()
    assert (found.outcome, found.reason, found.clause) == (Outcome.PASS, "scope-row.covered", CLAUSE)
    assert found.named_facts()["page"] == "2"


@pytest.mark.parametrize(
    ("changes", "outcome", "reason"),
    [
        ({"product_id": "another"}, Outcome.FAIL, "scope-row.product-not-covered"),
        ({"model": "C70"}, Outcome.FAIL, "scope-row.model-not-covered"),
        ({"model": None}, Outcome.UNDECIDED, "scope-row.model-not-stated"),
        ({"plant_id": None}, Outcome.UNDECIDED, "scope-row.plant-unknown"),
        ({"plant_id": "plant-2"}, Outcome.FAIL, "scope-row.other-plant"),
    ],
)
def test_a_row_reaches_no_further_than_it_is_written(
    changes: dict[str, object], outcome: Outcome, reason: str
) -> None:
    found = scope(**changes)
    assert (found.outcome, found.reason) == (outcome, reason)


def test_another_plant_is_told_which_plants_are_covered() -> None:
    assert scope(plant_id="plant-2").named_facts()["covered"] == ("示例一厂（虚构）",)


def test_the_row_that_reaches_furthest_speaks() -> None:
    rows = (row(row_id="a", plant_id="plant-2"), row(row_id="b"), row(row_id="c", models=("C80",)))
    assert scope_row.check(line(), certificate(rows=rows), clause=CLAUSE).outcome is Outcome.PASS
    open_row = (row(row_id="a", plant_id="plant-2"), row(row_id="b", models=("30-60",)))
    found = scope_row.check(line(model="45"), certificate(rows=open_row), clause=CLAUSE)
    assert found.outcome is Outcome.UNDECIDED


def test_a_row_without_a_plant_decides_nothing() -> None:
    found = scope_row.check(line(), certificate(rows=(row(plant_id=None),)), clause=CLAUSE)
    assert found.reason == "scope-row.plant-unknown"


def test_a_differing_trademark_asks_for_papers_and_the_brand_alone_proves_nothing() -> None:
    marked = certificate(rows=(row(trademark="示例牌"),))
    other = scope_row.check(line(trademark="别家牌"), marked, clause=CLAUSE)
    assert (other.outcome, other.reason) == (Outcome.UNDECIDED, "scope-row.trademark-differs")
    same_brand_other_plant = line(trademark="示例牌", plant_id="plant-2")
    assert scope_row.check(same_brand_other_plant, marked, clause=CLAUSE).outcome is Outcome.FAIL
    assert scope_row.check(line(trademark=None), marked, clause=CLAUSE).outcome is Outcome.PASS


def in_force(cert: object, *, treat: Treatment = Treatment.UNDECIDED, **changes: object) -> Verdict:
    return certificate_in_force.check(
        line(**changes),
        cert,  # type: ignore[arg-type]
        produced_while_valid=treat,
        clause=CLAUSE,
    )


@pytest.mark.parametrize(
    ("day", "outcome", "reason"),
    [
        (date(2024, 2, 29), Outcome.FAIL, "certificate-in-force.not-yet-valid"),
        (date(2024, 3, 1), Outcome.PASS, "certificate-in-force.active"),
        (date(2029, 2, 28), Outcome.PASS, "certificate-in-force.active"),
        (date(2029, 3, 1), Outcome.FAIL, "certificate-in-force.expired"),
    ],
)
def test_the_first_and_the_last_day_count(day: date, outcome: Outcome, reason: str) -> None:
    found = in_force(CERTIFICATE, day=day)
    assert (found.outcome, found.reason) == (outcome, reason)


@pytest.mark.parametrize("state", ["suspended", "withdrawn", "cancelled"])
def test_a_stopped_certificate_fails_with_day_and_reason(state: str) -> None:
    stopped = certificate(
        state_on_day=CertificateState(state), state_since=date(2026, 4, 1), state_reason="示例原因"
    )
    found = in_force(stopped)
    assert (found.outcome, found.reason) == (Outcome.FAIL, f"certificate-in-force.{state}")
    assert found.named_facts()["since"] == "2026-04-01"


def test_an_objection_changes_no_state() -> None:
    assert in_force(certificate(dispute=True)).outcome is Outcome.PASS
    suspended = certificate(dispute=True, state_on_day=CertificateState.SUSPENDED)
    assert in_force(suspended).outcome is Outcome.FAIL


@pytest.mark.parametrize(
    ("treat", "outcome"),
    [
        (Treatment.COUNTS, Outcome.PASS),
        (Treatment.UNDECIDED, Outcome.UNDECIDED),
        (Treatment.FAILS, Outcome.FAIL),
    ],
)
def test_made_while_valid_and_delivered_after_expiry_is_the_packs_choice(
    treat: Treatment, outcome: Outcome
) -> None:
    expired = certificate(valid_to=date(2026, 4, 30))
    assert in_force(expired, treat=treat, production_day=date(2026, 4, 30)).outcome is outcome
    assert in_force(expired, treat=treat, production_day=date(2026, 5, 1)).outcome is Outcome.FAIL
    assert in_force(expired, treat=treat, production_day=None).outcome is Outcome.FAIL


def test_made_before_a_suspension_is_treated_alike_but_a_withdrawal_is_final() -> None:
    since = date(2026, 4, 1)
    made = {"treat": Treatment.COUNTS, "production_day": since - timedelta(days=1)}
    suspended = certificate(state_on_day=CertificateState.SUSPENDED, state_since=since)
    withdrawn = certificate(state_on_day=CertificateState.WITHDRAWN, state_since=since)
    assert in_force(suspended, **made).outcome is Outcome.PASS  # type: ignore[arg-type]
    assert in_force(withdrawn, **made).outcome is Outcome.FAIL  # type: ignore[arg-type]
    assert in_force(suspended, treat=Treatment.COUNTS, production_day=since).outcome is Outcome.FAIL


@pytest.mark.parametrize(
    ("scope_ok", "outside", "outcome"),
    [
        (True, Treatment.UNDECIDED, Outcome.PASS),
        (None, Treatment.UNDECIDED, Outcome.UNDECIDED),
        (False, Treatment.UNDECIDED, Outcome.UNDECIDED),
        (False, Treatment.FAILS, Outcome.FAIL),
        (False, Treatment.COUNTS, Outcome.UNDECIDED),
    ],
)
def test_a_body_outside_its_scope_never_makes_a_line_green(
    scope_ok: bool | None, outside: Treatment, outcome: Outcome
) -> None:
    found = body_in_scope.check(certificate(body_scope_ok=scope_ok), outside=outside, clause=CLAUSE)
    assert found.outcome is outcome


@pytest.mark.parametrize(
    ("replaced_on", "treat", "outcome"),
    [
        (None, Treatment.FAILS, Outcome.PASS),
        (date(2026, 5, 2), Treatment.FAILS, Outcome.PASS),
        (date(2026, 5, 1), Treatment.FAILS, Outcome.FAIL),
        (date(2026, 5, 1), Treatment.UNDECIDED, Outcome.UNDECIDED),
        (date(2026, 5, 1), Treatment.COUNTS, Outcome.PASS),
    ],
)
def test_a_replaced_standard_is_treated_as_the_pack_says(
    replaced_on: date | None, treat: Treatment, outcome: Outcome
) -> None:
    cert = certificate(standard_replaced_on=replaced_on)
    assert standard_current.check(line(), cert, replaced=treat, clause=CLAUSE).outcome is outcome


def test_stars_weigh_nothing_and_green_product_certificates_carry_the_packs_note() -> None:
    sichuan, chengdu = (read_pack(pack_id).evidence for pack_id in ("sichuan-2024", "chengdu-2024"))
    outcomes = {scheme_accepted.check(certificate(star=star), sichuan).outcome for star in (None, 1, 2, 3)}
    assert outcomes == {Outcome.PASS}
    green = certificate(scheme=Scheme.GREEN_PRODUCT, star=None)
    assert scheme_accepted.check(green, sichuan).reason == "evidence.green-product-as-three-star-sichuan"
    assert scheme_accepted.check(green, chengdu).reason == "scheme-accepted.green-product"
    assert scheme_accepted.check(certificate(scheme=Scheme.OTHER), sichuan).outcome is Outcome.FAIL


def test_a_day_between_two_certificates_is_told_with_both_dates() -> None:
    old = certificate(id="old", valid_to=date(2026, 4, 30))
    new = certificate(id="new", number="演示-2026-002", valid_from=date(2026, 5, 2))
    found = renewal_gap.check(line(), [new, old], clause=CLAUSE)
    assert found is not None
    assert found.outcome is Outcome.FAIL
    facts = found.named_facts()
    assert (facts["ended"], facts["start"]) == (date(2026, 4, 30), date(2026, 5, 2))
    assert renewal_gap.check(line(), [old], clause=CLAUSE) is None
