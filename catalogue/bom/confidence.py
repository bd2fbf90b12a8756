"""How sure a match is: its tier and score, and whether a person must confirm it.

Proven are only an exact certificate number with a fitting model (or, for a product of one model, with its
maker and a stated attribute agreeing), and maker, plant and model exact and alone; a brand adds nothing,
since a brand says neither who made a thing nor where.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from catalogue.bom.reasons import Reason


class Tier(StrEnum):
    """What a match rests on, the strongest first."""

    NUMBER = "number"
    MAKER_PLANT_MODEL = "maker-plant-model"
    MAKER_MODEL = "maker-model"
    NAME_ONLY = "name-only"


class MakerFit(StrEnum):
    """How the maker a line names stands to a product's."""

    SAME = "same"
    NEAR = "near"
    DIFFERENT = "different"
    NOT_STATED = "not-stated"


class ModelFit(StrEnum):
    """How the words of a line stand to a product's models."""

    EXACT = "exact"
    IN_RANGE = "in-range"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What line and product have in common; `other_plant`: the line names one that is not the product's."""

    number: bool
    maker: MakerFit
    plant: bool
    model: ModelFit
    same_kind: bool
    agreeing: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()
    one_model: bool = False
    other_plant: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A product a line may be; `plant_id` only where the line itself names the plant."""

    product_id: str
    plant_id: str | None
    model: str | None
    score: Decimal
    tier: Tier
    reasons: tuple[Reason, ...]
    proven: bool


_BASE = {
    Tier.NUMBER: Decimal("0.80"),
    Tier.MAKER_PLANT_MODEL: Decimal("0.80"),
    Tier.MAKER_MODEL: Decimal("0.65"),
    Tier.NAME_ONLY: Decimal("0.30"),
}
_CEILING = {
    Tier.NUMBER: Decimal("1.00"),
    Tier.MAKER_PLANT_MODEL: Decimal("0.95"),
    Tier.MAKER_MODEL: Decimal("0.79"),
    Tier.NAME_ONLY: Decimal("0.64"),
}
_MODEL_STEP = {
    ModelFit.EXACT: Decimal("0.10"),
    ModelFit.IN_RANGE: Decimal("0.07"),
    ModelFit.UNKNOWN: Decimal(0),
    ModelFit.OUTSIDE: Decimal(0),
}
_MAKER_STEP = {
    MakerFit.SAME: Decimal("0.06"),
    MakerFit.NEAR: Decimal("0.03"),
    MakerFit.NOT_STATED: Decimal(0),
    MakerFit.DIFFERENT: Decimal("-0.20"),
}
_FITTING = (ModelFit.EXACT, ModelFit.IN_RANGE)


def tier_of(evidence: Evidence) -> Tier | None:
    """The tier the evidence reaches, or None where nothing but a brand could speak for the product."""
    if evidence.number:
        return Tier.NUMBER
    if not evidence.same_kind or evidence.differing or evidence.model is ModelFit.OUTSIDE:
        return None
    if evidence.maker is MakerFit.SAME and evidence.model in _FITTING:
        return Tier.MAKER_PLANT_MODEL if evidence.plant else Tier.MAKER_MODEL
    return Tier.NAME_ONLY


def score_of(evidence: Evidence, tier: Tier) -> Decimal:
    """A score inside the tier's band, from fixed steps; equal evidence gives equal scores."""
    score = _BASE[tier]
    score += _MODEL_STEP[evidence.model] + _MAKER_STEP[evidence.maker]
    score += Decimal("0.04") if evidence.plant else Decimal(0)
    score -= Decimal("0.10") if evidence.other_plant else Decimal(0)
    score += Decimal("0.02") * min(len(evidence.agreeing), 4)
    if evidence.differing or evidence.model is ModelFit.OUTSIDE:
        score -= Decimal("0.25")
    if not evidence.same_kind:
        score -= Decimal("0.25")
    return max(Decimal("0.01"), min(score, _CEILING[tier]))


def is_proven(evidence: Evidence, tier: Tier) -> bool:
    """Strong enough alone to stand without a person, if nothing contradicts it and it is unique."""
    if evidence.differing or evidence.other_plant or not evidence.same_kind:
        return False
    if tier is Tier.NUMBER:
        # A product of one model leaves nothing to tell apart where maker and a stated attribute agree too.
        settled = evidence.one_model and evidence.maker is MakerFit.SAME and bool(evidence.agreeing)
        fits = evidence.model in _FITTING or (evidence.model is ModelFit.UNKNOWN and settled)
        return fits and evidence.maker is not MakerFit.DIFFERENT
    return tier is Tier.MAKER_PLANT_MODEL and evidence.model is ModelFit.EXACT


def needs_confirmation(matches: Sequence[Match], conflicts: Sequence[Reason]) -> bool:
    """True unless the first match is proven, alone in being so, and nothing speaks against it."""
    proven = [match for match in matches if match.proven]
    return bool(conflicts) or len(proven) != 1 or not matches[0].proven
