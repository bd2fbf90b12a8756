"""What a basis is called and the sentence for the tender file: no brand, no origin, both lawful proofs."""

from decimal import Decimal

from catalogue.naming import Naming, Reference
from registry.kit.messages import say
from registry.kit.types import plain


def material(basis: str, known: Reference, words: Naming) -> str:
    """What is bought: kind and performance class."""
    kind, performance, *_ = basis.split("|")
    grade = known.grade(kind, performance, words) if performance != "-" else ""
    return " ".join(part for part in (known.kind(kind, words), grade) if part)


def clause(basis: str, limit: Decimal, known: Reference, words: Naming) -> str:
    """Evidence is always a certificate or a valid test report; a limit keeps every digit it was given."""
    _, _, unit, family, indicator = basis.split("|")
    facts = {
        "material": material(basis, known, words),
        "family": family,
        "indicator": words.indicator(indicator),
        "limit": plain(limit),
        "unit": words.per(unit),
    }
    return say("threshold.clause", words.lang, facts)
