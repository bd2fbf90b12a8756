"""What a firm says of itself is never green, on its page or behind its number, whatever it says."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import Session

from frontend.pages import batch_parts, firm_answers, firm_parts, verdicts
from frontend.pages.firm_parts import Firms
from frontend.pages.words import Words, best_tag
from frontend.views.parts import EvidenceKind, Tone
from registry.changes.feed import Draft
from registry.changes.reading import point
from registry.declarations.facts import Verification
from registry.declarations.validity import Validity
from registry.dossiers.load import load
from registry.firms.judging import Verdict
from registry.firms.service import DISCLOSURE, ENERGY_RECORD, HONOUR
from registry.kit.known_by import KnownBy, Source
from registry.products.service import PRODUCT
from registry.reports.service import SELF_DECLARATION
from tests import factories, firm_facts
from tests.factories import START, key

DAY = date(2026, 6, 1)
TERM: dict[str, Any] = {"valid_from": date(2025, 1, 1), "valid_to": date(2099, 12, 31)}


def recorded(session: Session, *drafts: Draft) -> Firms:
    factories.record(session, [*factories.world(), *drafts])
    return Firms(session, point(session, DAY), Words("zh"))


@pytest.mark.parametrize("source", Source)
def test_an_honour_in_term_is_green_only_if_somebody_else_says_so(session: Session, source: Source) -> None:
    fact = firm_facts.honour(known_by=KnownBy(source=source), **TERM)
    firms = recorded(session, Draft(HONOUR, fact.id, START, fact))
    wanted = Tone.QUIET if source is Source.SELF_STATED else Tone.GOOD
    assert firms.honour(fact).badge.tone is wanted
    answer = firm_answers.honour(session, fact.id, firms.at)
    assert answer is not None
    assert answer.finding.tone is Tone.QUIET, "its number never looks like a certificate's"


@pytest.mark.parametrize("value", [None, "0", "90", "104.5", "900"])
@pytest.mark.parametrize("source", Source)
def test_a_figure_of_energy_is_never_green(session: Session, source: Source, value: str | None) -> None:
    stated = Decimal(value) if value is not None else None
    fact = firm_facts.energy_record(value=stated, known_by=KnownBy(source=source))
    firms = recorded(session, Draft(ENERGY_RECORD, fact.id, START, fact))
    answer = firm_answers.energy(session, fact.id, firms.at)
    assert answer is not None
    assert Tone.GOOD not in (firms.energy(fact).badge.tone, answer.finding.tone)


@pytest.mark.parametrize("how", Verification)
@pytest.mark.parametrize("source", Source)
def test_a_disclosure_is_never_green(session: Session, source: Source, how: Verification) -> None:
    verifier = key("organisation", 950) if how is Verification.THIRD_PARTY else None
    fact = firm_facts.disclosure(verification=how, verifier_id=verifier, known_by=KnownBy(source=source))
    firms = recorded(session, Draft(DISCLOSURE, fact.id, START, fact))
    answer = firm_answers.disclosure(session, fact.id, firms.at)
    assert answer is not None
    assert Tone.GOOD not in (firms.disclosure(fact).badge.tone, answer.finding.tone)


def test_no_verdict_of_energy_and_no_cover_of_a_batch_has_the_green_of_a_certificate() -> None:
    assert set(firm_parts.TONES) == set(Verdict)
    assert Tone.GOOD not in {*firm_parts.TONES.values(), *batch_parts.TONES.values()}


@pytest.mark.parametrize("standing", Validity)
@pytest.mark.parametrize("how", Verification)
def test_a_declaration_is_green_only_in_force_and_verified_by_a_third_party(
    standing: Validity, how: Verification
) -> None:
    verifier = key("organisation", 950) if how is Verification.THIRD_PARTY else None
    stated = factories.declaration(verification=how, verifier_id=verifier)
    is_green = verdicts.validity_tone(stated, standing) is Tone.GOOD
    assert is_green is (standing is Validity.IN_FORCE and how is Verification.THIRD_PARTY)


def test_a_product_with_its_makers_word_alone_is_not_green(session: Session) -> None:
    """Of the classes of evidence, the self-declaration is the one that is the firm's own word."""
    product = factories.product(2)
    claim = factories.self_declaration(2, product_id=product.id)
    firms = recorded(
        session,
        Draft(PRODUCT, product.id, START, product),
        Draft(SELF_DECLARATION, claim.id, START, claim),
    )
    dossier = load(session, [product.id], firms.at)[product.id]
    assert best_tag(dossier, firms.words).kind is EvidenceKind.SELF_DECLARATION
    assert verdicts.of_product(dossier).tone is Tone.QUIET
