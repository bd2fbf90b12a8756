"""What is told of one carbon figure: its value, its parts, every step of its conversion, or the refusal."""

from datetime import date
from decimal import Context, Decimal
from fractions import Fraction
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from registry.changes.codes import LONGEST
from registry.changes.http import AS_OF, MOMENTS, ON
from registry.declarations.facts import DeclarationFact
from registry.declarations.figures.gwp import Answer, Obtained, Part, Refusal
from registry.declarations.figures.modules import LONGEST as LONGEST_MODULES
from registry.declarations.validity import Validity, validity
from registry.kit.messages import say
from registry.kit.types import Exact, plain
from registry.units.convert import TIES, Step, ratio
from registry.units.said import doubt_said, fact_symbol

MOST = 1000
MODULES = "Modules: single ones, a list or a range; a stage by its letter"
PER = "Unit by its code or a spelling of it; the declared unit when left out"
SCENARIO = "Scenarios by name, where a module has several"
INDICATOR = "Indicator by its code; the one that counts every greenhouse gas when left out"

Lang = Literal["zh", "en"]


class StepOut(BaseModel):
    """A quantity in `from_unit` is multiplied and divided to be in `to_unit`, by a stated fact or a scale."""

    from_unit: str
    to_unit: str
    multiply: Exact
    divide: Exact
    fact: str | None
    source: str | None
    said: str


class PartOut(BaseModel):
    """One module per the declared amount as declared."""

    module: str
    amount: Exact
    obtained: Obtained
    scenarios: list[str]


class AnswerOut(BaseModel):
    """kg CO₂e per one `per`; `rsd` and `distribution` only where one stated figure lies behind it."""

    value: Exact
    per: str
    exact: bool
    indicator: str
    rules: str
    parts: list[PartOut]
    declared_amount: Exact
    declared_unit: str
    path: list[StepOut]
    doubts: list["WhyNotOut"] = Field(description="Stated figures that contradict the conversion taken")
    rsd: Exact | None
    distribution: str | None
    validity: Validity = Field(description="Of the stated period on the day asked for")


class GwpOut(BaseModel):
    """The figure of one declaration."""

    code: str
    on: date
    as_of: int
    answer: AnswerOut


class WhyNotOut(BaseModel):
    """Why there is no figure, and how to get one."""

    code: str
    message: str
    facts: dict[str, str]


class GwpItemOut(BaseModel):
    """Exactly one of `answer` and `refusal`."""

    code: str
    answer: AnswerOut | None = None
    refusal: WhyNotOut | None = None


class GwpListOut(BaseModel):
    """In the order asked; one that is refused refuses only itself."""

    on: date
    as_of: int
    items: list[GwpItemOut]


class GwpIn(BaseModel):
    """The same question to many declarations."""

    model_config = ConfigDict(extra="forbid")

    codes: list[Annotated[str, Field(max_length=LONGEST)]] = Field(min_length=1, max_length=MOST)
    modules: str = Field("A1-A3", max_length=LONGEST_MODULES, description=MODULES)
    per: str | None = Field(None, max_length=40, description=PER)
    scenario: list[Annotated[str, Field(max_length=200)]] = Field([], max_length=20, description=SCENARIO)
    indicator: str | None = Field(None, max_length=60, description=INDICATOR)
    on: date | None = Field(None, description=ON, examples=["2026-06-01"])
    as_of: str | None = Field(None, max_length=40, description=AS_OF, examples=MOMENTS)


def why_not(refused: Refusal, lang: Lang) -> WhyNotOut:
    message = say(refused.key, lang, refused.facts)
    return WhyNotOut(code=refused.key, message=message, facts=dict(refused.facts))


def doubt_out(doubt: Refusal, lang: Lang) -> WhyNotOut:
    return WhyNotOut(code=doubt.key, message=doubt_said(doubt.facts, lang), facts=dict(doubt.facts))


def answer_out(answer: Answer, fact: DeclarationFact, on: date, lang: Lang) -> AnswerOut:
    return AnswerOut(
        value=answer.value,
        per=answer.per.code,
        exact=answer.exact,
        indicator=answer.indicator,
        rules=answer.generation.value,
        parts=[_part(part) for part in answer.parts],
        declared_amount=answer.declared_amount,
        declared_unit=answer.declared_unit.code,
        path=[step_out(step, lang) for step in answer.path],
        doubts=[doubt_out(answer.doubt, lang)] if answer.doubt else [],
        rsd=answer.rsd,
        distribution=answer.distribution,
        validity=validity(fact, on),
    )


def _part(part: Part) -> PartOut:
    return PartOut(
        module=part.module, amount=part.amount, obtained=part.obtained, scenarios=list(part.scenarios)
    )


def step_out(step: Step, lang: Lang) -> StepOut:
    return StepOut(
        from_unit=step.from_unit.code,
        to_unit=step.to_unit.code,
        multiply=step.multiply,
        divide=step.divide,
        fact=step.fact,
        source=step.source,
        said=step_said(step, lang),
    )


def step_said(step: Step, lang: Lang) -> str:
    """One step as a sentence: by the stated fact in its own unit, or by the scale of two units."""
    units = {"from_unit": step.from_unit.symbol(lang), "to_unit": step.to_unit.symbol(lang)}
    if step.fact is None:
        return say("gwp-step.scale", lang, {**units, "value": _short(ratio([step]))})
    tie = TIES[step.fact]
    forward = step.from_unit.dimension is tie.source
    stated = (step.multiply if forward else step.divide) / tie.scale
    symbol = fact_symbol(step.fact, lang)
    facts = {**units, "value": plain(stated), "symbol": symbol, "source": step.source or ""}
    return say("gwp-step.fact", lang, facts)


def _short(value: Fraction) -> str:
    """A scale of two units: whole, or with as many digits as a reader takes in."""
    return plain(Context(prec=12).divide(Decimal(value.numerator), Decimal(value.denominator)))
