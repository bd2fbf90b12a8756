"""How far a declared value is from a limit, on the limit's own basis; or why the two do not meet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal

from catalogue.distribution.uncertain import recipe, under
from catalogue.limits.tables import Limit
from registry.declarations.comparable import Generation
from registry.declarations.facts import DataKind, DeclarationFact, DocumentKind, Verification
from registry.declarations.figures.gwp import Answer, Asked, Refusal, gwp
from registry.declarations.figures.split import Split, split
from registry.declarations.figures.stated import Stated
from registry.declarations.validity import Validity, validity
from registry.kit.messages import Listed

# The tables judge EPDs: a footprint by ISO 14067 or GB/T 24067 has other boundaries.
RULES = (Generation.EN15804_A1, Generation.EN15804_A2, Generation.ISO21930)
_DIGITS = Context(prec=28)


@dataclass(frozen=True, slots=True)
class Headroom:
    """`margin` is the limit less the value; `percent` of the limit; a value at the limit is within.

    `split` has the parts of the value where the document states them. `probability` of being within is given
    only where the document states an uncertainty; `recipe` is the key of how, or why there is none.
    """

    limit: Limit
    bound: Decimal
    answer: Answer
    margin: Decimal
    percent: Decimal | None
    within: bool
    probability: Decimal | None
    recipe: str | None
    split: Split | None


def headroom(limit: Limit, stated: Stated, declaration: DeclarationFact) -> Headroom | Refusal:
    """The value per the limit's unit against it; an unlike basis or a value of no proof is refused."""
    unlike = _unlike(limit, stated, declaration)
    if unlike is not None:
        return unlike
    asked = Asked(limit.modules, limit.per)
    answer = gwp(stated, asked)
    if isinstance(answer, Refusal):
        return answer
    bound = limit.value
    assert bound is not None
    margin = _DIGITS.subtract(bound, answer.value)
    return Headroom(
        limit=limit,
        bound=bound,
        answer=answer,
        margin=margin,
        percent=_DIGITS.divide(margin * 100, bound) if bound > 0 else None,
        within=answer.value <= bound,
        probability=under(bound, answer.value, rsd=answer.rsd, distribution=answer.distribution),
        recipe=recipe(answer.value, rsd=answer.rsd, distribution=answer.distribution),
        split=split(stated, asked),
    )


def not_in_force(declaration: DeclarationFact, day: date) -> Refusal | None:
    """Why a paper says nothing of a day on which it is not in force; None where it is, or may be."""
    standing = validity(declaration, day)
    if standing is Validity.WITHDRAWN:
        return Refusal("limits.paper-withdrawn")
    if standing is Validity.NOT_YET:
        return Refusal("limits.paper-not-yet", {"day": declaration.valid_from.stated()})
    if standing is Validity.EXPIRED:
        return Refusal("limits.paper-expired", {"day": declaration.valid_to.stated()})
    return None


def _unlike(limit: Limit, stated: Stated, declaration: DeclarationFact) -> Refusal | None:
    facts: Mapping[str, str]
    if limit.value is None:
        return Refusal("limits.value-unknown")
    if declaration.document is not DocumentKind.EPD:
        return Refusal("limits.no-epd", {"document": declaration.document.value})
    if stated.generation not in RULES:
        facts = {"rules": stated.generation.value, "wanted": Listed(RULES)}
        return Refusal("limits.rules-differ", facts)
    # What stands for many products, or was checked by nobody outside, says nothing sure of this one.
    if declaration.data_kind is not DataKind.SPECIFIC:
        return Refusal("limits.not-specific", {"data": declaration.data_kind.value})
    if declaration.verification is not Verification.THIRD_PARTY:
        return Refusal("limits.not-verified", {"verification": declaration.verification.value})
    return None
