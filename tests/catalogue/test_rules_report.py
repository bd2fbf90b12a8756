"""Test reports, listings and declarations."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from catalogue.compliance.evidence import Comparator, Indicator, SampleType
from catalogue.compliance.rules import (
    catalogue_listing,
    report_accepted,
    report_age,
    report_covers,
    report_indicators,
    self_declaration,
)
from catalogue.compliance.verdicts import Outcome
from registry.policies.pack import ReportRule
from registry.policies.pack_terms import EvidenceKind, Treatment
from seeds.policies.packs import read_pack
from tests.catalogue.evidence_cases import (
    DECLARATION,
    DEMAND_STANDARD,
    INDICATORS,
    LISTING,
    REPORT,
    line,
    report,
    with_evidence,
)

CLAUSE = "示例条款"
CHENGDU = read_pack("chengdu-2024")


@pytest.mark.parametrize(
    ("changes", "outcome", "reason"),
    [
        ({}, Outcome.PASS, "accepted"),
        ({"demand_standard": "别的标准"}, Outcome.FAIL, "other-standard"),
        ({"cma_ok": False}, Outcome.FAIL, "laboratory-not-qualified"),
        ({"cma_ok": None}, Outcome.UNDECIDED, "laboratory-not-checked"),
        ({"sample_type": SampleType.SENT_IN}, Outcome.UNDECIDED, "sent-in-sample"),
        ({"sample_type": SampleType.SAMPLED}, Outcome.PASS, "accepted"),
    ],
)
def test_a_report_is_accepted_by_kind(changes: dict[str, object], outcome: Outcome, reason: str) -> None:
    found = report_accepted.check(report(**changes), CHENGDU.evidence)
    assert (found.outcome, found.reason) == (outcome, f"report-accepted.{reason}")


def test_sichuan_takes_certificates_only() -> None:
    found = report_accepted.check(REPORT, read_pack("sichuan-2024").evidence)
    assert (found.outcome, found.reason) == (Outcome.FAIL, "report-accepted.reports-not-accepted")


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({}, Outcome.PASS),
        ({"product_id": "another"}, Outcome.FAIL),
        ({"models": ("C40",)}, Outcome.FAIL),
        ({"models": ("C40", "C25～C35")}, Outcome.PASS),
        ({"models": ()}, Outcome.UNDECIDED),
        ({"plant_id": None}, Outcome.UNDECIDED),
        ({"plant_id": "plant-2"}, Outcome.FAIL),
    ],
)
def test_a_report_speaks_of_what_was_sampled(changes: dict[str, object], outcome: Outcome) -> None:
    assert report_covers.check(line(), report(**changes), clause=CLAUSE).outcome is outcome


def test_every_indicator_must_be_present_and_met() -> None:
    assert report_indicators.check(REPORT, clause=CLAUSE).outcome is Outcome.PASS
    assert report_indicators.check(report(indicators=()), clause=CLAUSE).outcome is Outcome.UNDECIDED
    missing = report(indicators=(INDICATORS[0], replace(INDICATORS[1], value=None)))
    found = report_indicators.check(missing, clause=CLAUSE)
    assert (found.outcome, found.named_facts()["missing"]) == (Outcome.UNDECIDED, ("strength",))
    failing = report(indicators=(replace(INDICATORS[0], value=Decimal("0.125")), *missing.indicators[1:]))
    assert report_indicators.check(failing, clause=CLAUSE).outcome is Outcome.FAIL


@pytest.mark.parametrize(("complete", "reason"), [(None, "unchecked"), (False, "incomplete")])
def test_a_report_nobody_held_against_the_list_of_the_standard_stays_open(
    complete: bool | None, reason: str
) -> None:
    found = report_indicators.check(report(complete=complete), clause=CLAUSE)
    assert (found.outcome, found.reason) == (Outcome.UNDECIDED, f"report-indicators.{reason}")
    failing = report(complete=complete, indicators=(replace(INDICATORS[0], value=Decimal(1)),))
    assert report_indicators.check(failing, clause=CLAUSE).outcome is Outcome.FAIL


@pytest.mark.parametrize(
    ("comparator", "met"),
    [
        (Comparator.AT_MOST, (True, True, False)),
        (Comparator.BELOW, (True, False, False)),
        (Comparator.EQUAL, (False, True, False)),
        (Comparator.AT_LEAST, (False, True, True)),
        (Comparator.ABOVE, (False, False, True)),
    ],
)
def test_limits_are_compared_below_at_and_above(comparator: Comparator, met: tuple[bool, bool, bool]) -> None:
    for value, expected in zip(("0.99", "1", "1.01"), met, strict=True):
        item = Indicator("示例", comparator, Decimal(1), Decimal(value), "-")
        outcome = report_indicators.check(report(indicators=(item,)), clause=CLAUSE).outcome
        assert (outcome is Outcome.PASS) is expected


@pytest.mark.parametrize(
    ("day", "over_age", "outcome"),
    [
        (date(2026, 1, 30), Treatment.FAILS, Outcome.UNDECIDED),
        (date(2026, 2, 28), Treatment.FAILS, Outcome.PASS),
        (date(2026, 3, 1), Treatment.FAILS, Outcome.FAIL),
        (date(2026, 3, 1), Treatment.UNDECIDED, Outcome.UNDECIDED),
        (date(2026, 3, 1), Treatment.COUNTS, Outcome.PASS),
    ],
)
def test_a_report_of_31_january_lasts_one_month_to_28_february(
    day: date, over_age: Treatment, outcome: Outcome
) -> None:
    rule = ReportRule(demand_standard=DEMAND_STANDARD, max_age_months=1, over_age=over_age)
    assert report_age.check(line(day=day), REPORT, rule, clause=CLAUSE).outcome is outcome


def test_without_a_limit_from_the_city_age_is_not_judged() -> None:
    rule = CHENGDU.evidence.test_report
    assert rule is not None
    found = report_age.check(line(day=date(2040, 1, 1)), REPORT, rule, clause=CLAUSE)
    assert (found.outcome, found.reason) == (Outcome.PASS, "report-age.no-limit-stated")


def test_a_self_declaration_never_counts() -> None:
    assert self_declaration.check(DECLARATION, clause=CLAUSE).outcome is Outcome.FAIL


def test_a_listing_counts_only_where_the_pack_says_so_and_while_it_stands() -> None:
    assert catalogue_listing.check(line(), LISTING, CHENGDU.evidence).outcome is Outcome.FAIL
    taking = with_evidence(
        CHENGDU, accepted=(*CHENGDU.evidence.accepted, EvidenceKind.CATALOGUE_LISTING)
    ).evidence
    assert catalogue_listing.check(line(), LISTING, taking).outcome is Outcome.PASS
    removed = replace(LISTING, removed_on=date(2026, 5, 1))
    assert catalogue_listing.check(line(), removed, taking).outcome is Outcome.FAIL
    assert catalogue_listing.check(line(day=date(2026, 4, 30)), removed, taking).outcome is Outcome.PASS
    for plant, outcome in (("plant-1", Outcome.PASS), ("plant-2", Outcome.FAIL), (None, Outcome.UNDECIDED)):
        bound = replace(LISTING, plant_id="plant-1")
        assert catalogue_listing.check(line(plant_id=plant), bound, taking).outcome is outcome
