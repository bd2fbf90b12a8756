"""A whole line: one proof is enough, every reason is told in two languages, W10 day by day."""

import ast
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import catalogue.compliance
import catalogue.ratios
from catalogue.compliance.evidence import LineEvidence, SampleType
from catalogue.compliance.judging import judge
from catalogue.compliance.rules import VERSIONS
from catalogue.compliance.verdicts import Outcome
from catalogue.ratios.ledger import compute
from catalogue.ratios.model import LineShare
from registry.kit.messages import LANGUAGES, placeholders, say
from registry.kit.messages import catalogue as sentences
from seeds.policies.packs import read_pack, read_packs
from tests.catalogue.evidence_cases import (
    CERTIFICATE,
    DECLARATION,
    LISTING,
    REPORT,
    certificate,
    line,
    report,
)

SICHUAN, CHENGDU = read_pack("sichuan-2024"), read_pack("chengdu-2024")


def test_a_certificate_wins_and_the_clause_is_cited() -> None:
    found = judge(line(certificates=(CERTIFICATE,)), SICHUAN)
    assert (found.outcome, found.evidence_id, found.clause) == (
        Outcome.PASS,
        "cert-1",
        SICHUAN.evidence.clause,
    )
    assert [verdict.clause for verdict in found.verdicts] == [SICHUAN.evidence.clause] * 5


def test_a_report_is_the_equal_of_a_certificate_where_the_pack_takes_reports() -> None:
    with_report = line(reports=(REPORT,))
    assert judge(with_report, CHENGDU).outcome is Outcome.PASS
    assert judge(with_report, SICHUAN).outcome is Outcome.FAIL


def test_one_passing_proof_outweighs_the_others() -> None:
    proofs = line(
        certificates=(certificate(id="a", valid_to=date(2025, 1, 1)),),
        reports=(REPORT, report(id="sent", sample_type=SampleType.SENT_IN)),
    )
    found = judge(proofs, CHENGDU)
    assert (found.outcome, found.evidence_id) == (Outcome.PASS, "report-1")
    assert [finding.outcome for finding in found.findings] == [
        Outcome.FAIL,
        Outcome.PASS,
        Outcome.UNDECIDED,
    ]


def test_a_doubt_outweighs_a_failure() -> None:
    proofs = line(reports=(report(sample_type=SampleType.SENT_IN),), self_declarations=(DECLARATION,))
    assert judge(proofs, CHENGDU).outcome is Outcome.UNDECIDED


def test_an_unknown_plant_cannot_be_decided() -> None:
    assert judge(line(certificates=(CERTIFICATE,), plant_id=None), SICHUAN).outcome is Outcome.UNDECIDED


def test_an_unmatched_line_is_undecided_and_a_line_without_proof_fails() -> None:
    unmatched = judge(line(product_id=None), SICHUAN)
    assert (unmatched.outcome, unmatched.verdicts[0].reason) == (Outcome.UNDECIDED, "line.product-unknown")
    bare = judge(line(), SICHUAN)
    assert (bare.outcome, bare.verdicts[0].reason) == (Outcome.FAIL, "line.no-evidence")


@pytest.mark.parametrize("pack", read_packs(), ids=lambda pack: pack.id)
@given(count=st.integers(min_value=1, max_value=3), day=st.dates(date(2026, 1, 1), date(2030, 1, 1)))
def test_self_declarations_never_count(pack: object, count: int, day: date) -> None:
    declared = tuple(replace(DECLARATION, id=str(number)) for number in range(count))
    found = judge(line(self_declarations=declared, day=day), pack)  # type: ignore[arg-type]
    assert found.outcome is Outcome.FAIL
    assert found.evidence_id is None


@given(order=st.permutations(range(3)))
def test_the_order_of_proofs_is_irrelevant(order: list[int]) -> None:
    certificates = (CERTIFICATE, certificate(id="b"), certificate(id="a", body_scope_ok=None))
    shuffled = tuple(certificates[position] for position in order)
    assert judge(line(certificates=shuffled), SICHUAN) == judge(line(certificates=certificates), SICHUAN)


def test_a_gap_between_renewals_is_told_on_the_line() -> None:
    old = certificate(id="old", valid_to=date(2026, 4, 30))
    new = certificate(id="new", valid_from=date(2026, 5, 2))
    reasons = [verdict.reason for verdict in judge(line(certificates=(old, new)), SICHUAN).remarks]
    assert reasons == ["renewal-gap.not-covered"]


@pytest.mark.parametrize(
    ("ends_before_last", "share", "outcome"), [(True, "0.75", Outcome.FAIL), (False, "0.85", Outcome.PASS)]
)
def test_w10_a_certificate_that_ends_before_the_last_delivery(
    ends_before_last: bool, share: str, outcome: Outcome
) -> None:
    """1000 m3 of concrete, 850 m3 from the certified plant, its last 100 m3 delivered on 2026-05-01."""
    last_day = date(2026, 5, 1)
    until = last_day - timedelta(days=1) if ends_before_last else last_day
    proof = (certificate(valid_to=until),)
    deliveries = [
        ("d1", "750", line(certificates=proof, day=last_day - timedelta(days=1))),
        ("d2", "100", line(certificates=proof, day=last_day)),
        ("d3", "150", line(plant_id="plant-2", certificates=proof, day=last_day)),
    ]
    lines = [
        LineShare(name, "Q1a", "concrete.ready-mixed", Decimal(quantity), "m3", judge(facts, SICHUAN).outcome)
        for name, quantity, facts in deliveries
    ]
    (result,) = compute(SICHUAN, {"1#": lines})
    (kind,) = result.breakdown.groups[0].kinds
    assert kind.parts[0].share.lower == Fraction(share)
    assert kind.outcome is outcome


def every_line() -> list[LineEvidence]:
    proofs = {"certificates": (CERTIFICATE,), "reports": (REPORT,), "listings": (LISTING,)}
    return [
        line(**proofs, self_declarations=(DECLARATION,)),
        line(**proofs, plant_id=None),
        line(**proofs, plant_id="x"),
        line(**proofs, model="C99"),
        line(**proofs, day=date(2031, 1, 1), production_day=date(2026, 1, 1)),
        line(**proofs, product_id="x"),
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_verdict_becomes_a_sentence(lang: str) -> None:
    for pack in (SICHUAN, CHENGDU):
        for facts in every_line():
            for verdict in judge(facts, pack).verdicts:
                assert "{" not in say(verdict.reason, lang, verdict.named_facts())


def reason_keys() -> set[str]:
    """Every literal key handed to a verdict or a note; a built key appears as its prefix and a star."""
    found: set[str] = set()
    roots = [Path(package.__path__[0]) for package in (catalogue.compliance, catalogue.ratios)]
    for path in (path for root in roots for path in root.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                head = node.value.partition(".")[0]
                if head in {*VERSIONS, "line", "ratio"} and "." in node.value and " " not in node.value:
                    found.add(node.value)
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_has_its_sentence_in_both_languages(lang: str) -> None:
    known = sentences(lang)
    keys = reason_keys()
    assert len(keys) > 60
    for key in keys:
        assert key in known or any(name.startswith(key) for name in known), key


def test_sentences_ask_for_the_same_facts_in_both_languages() -> None:
    zh, en = sentences("zh"), sentences("en")
    mine = [key for key in zh if key.partition(".")[0] in {*VERSIONS, "line", "ratio", "mapping", "evidence"}]
    for key in mine:
        assert placeholders(zh[key]) == placeholders(en[key]), key


def test_notes_and_mappings_of_every_pack_have_sentences() -> None:
    known = sentences("zh")
    for pack in read_packs():
        keys = {item.note for item in pack.mappings or ()} | {pack.evidence.green_product_note}
        assert keys - {None} <= known.keys()
