"""Limits as machines read them: what a limit leaves of one basis, what would be looser, what is suggested."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session

from catalogue.comparison.percentiles import distribution
from catalogue.thresholds.limits import (
    RULE,
    VERSION,
    Apart,
    Market,
    Measured,
    Offer,
    Reason,
    Step,
    Tally,
    measure,
    suggestions,
)
from catalogue.thresholds.markets import Markets
from registry.access.http import May
from registry.access.permissions import Act
from registry.categories import service as categories
from registry.changes import reading
from registry.changes.answers import ONE
from registry.changes.http import AS_OF, MOMENTS, ON, CallDep, state_position
from registry.changes.reading import Point
from registry.kit.errors import Invalid, NotFound
from registry.kit.etags import Conditional
from registry.kit.types import NO_NUL, Exact

router = APIRouter(prefix="/api/v1", tags=["comparison"], route_class=Conditional, responses=ONE)

KIND = "Material kind by its name, e.g. concrete.ready-mixed"
BASIS = "Comparability basis as an answer names it; the one with the most products when left out"
MAX = "Upper limit in kg CO₂e per unit of the basis; everything is within when left out"
NAMED = 60  # characters of an unknown name that a refusal repeats


def _markets(request: Request) -> Markets:
    """The markets that the running application keeps."""
    found: Markets = request.app.state.markets
    return found


MarketsDep = Annotated[Markets, Depends(_markets)]


class ThresholdQuery(BaseModel):
    """An unknown name is refused, so that a misspelt limit never passes for none."""

    model_config = ConfigDict(extra="forbid")

    kind: str = Field(max_length=64, pattern=NO_NUL, description=KIND, examples=["concrete.ready-mixed"])
    basis: str | None = Field(None, max_length=300, pattern=NO_NUL, description=BASIS)
    max: Exact | None = Field(None, description=MAX, examples=["230"])
    on: date | None = Field(None, description=ON, examples=["2026-06-01"])
    as_of: str | None = Field(None, max_length=40, description=AS_OF, examples=MOMENTS)
    lang: Literal["zh", "en"] | None = Field(None, description="Language of sentences in refusals")


class TallyOut(BaseModel):
    """`makers` counts independent ones: firms under one controller are one."""

    products: int
    makers: int
    provinces: int

    @classmethod
    def of(cls, tally: Tally) -> "TallyOut":
        return cls(products=tally.products, makers=tally.makers, provinces=tally.provinces)


class StepOut(BaseModel):
    """A limit and what it would leave."""

    max: Exact
    reached: TallyOut

    @classmethod
    def of(cls, step: Step) -> "StepOut":
        return cls(max=step.limit, reached=TallyOut.of(step.tally))


class SuggestionOut(StepOut):
    """A limit worth looking at; percentiles only where the basis has ten values."""

    reason: Reason


class OfferOut(BaseModel):
    """One product within the limit; `competitor` is its maker's controller, or the maker itself."""

    code: str
    name_zh: str
    name_en: str
    a1_a3_per_unit: Exact
    maker: str
    maker_name_zh: str
    maker_name_en: str
    competitor: str
    provinces: list[str]


class ThresholdOut(BaseModel):
    """A market survey 市场调查参考: no origin, star or body narrows it, and one product counts once.

    `apart` counts the public products of the class that have no value in the base, by reason.
    """

    on: date
    as_of: int
    kind: str
    basis: str
    bases: dict[str, int] = Field(description="Every basis of the kind with its number of products")
    rule: str
    rule_version: int
    max: Exact | None
    competes: bool = Field(description="Whether three independent makers or more are left")
    reached: TallyOut
    whole: TallyOut
    apart: dict[Apart, int]
    p20: Exact | None
    p50: Exact | None
    p80: Exact | None
    suggestions: list[SuggestionOut]
    looser: StepOut | None
    offers: list[OfferOut]


@router.get("/thresholds", dependencies=[Depends(May(Act.READ))])
def read_threshold(
    call: CallDep, markets: MarketsDep, asked: Annotated[ThresholdQuery, Query()]
) -> ThresholdOut:
    """How many products, independent makers and provinces a limit leaves."""
    at = Point(asked.on or call.today, reading.resolve_as_of(call.session, asked.as_of))
    state_position(call.session, at.as_of, call.response)
    found = _known(call.session, markets, asked.kind, at=at)
    base = chosen(found, asked.basis)
    if base is None:
        raise NotFound("threshold.no-basis", kind=asked.kind, basis=(asked.basis or "—")[:NAMED])
    return _out(asked.kind, found, measure(base, asked.max), base=base, at=at)


def _known(session: Session, markets: Markets, kind: str, *, at: Point) -> Mapping[str, Market]:
    if kind not in categories.kinds(session, at):
        raise Invalid("threshold.no-kind", kind=kind[:NAMED])
    return markets.of_kind(session, kind, at)


def chosen(markets: Mapping[str, Market], basis: str | None) -> Market | None:
    """The market of a basis, or the largest where none is named; None where there is no such."""
    return markets.get(basis) if basis else next(iter(markets.values()), None)


def _out(kind: str, found: Mapping[str, Market], told: Measured, *, base: Market, at: Point) -> ThresholdOut:
    cuts = distribution(base.basis, base.values)
    return ThresholdOut(
        on=at.on,
        as_of=at.as_of,
        kind=kind,
        basis=base.basis,
        bases={name: len(one.offers) for name, one in found.items()},
        rule=RULE,
        rule_version=VERSION,
        max=told.limit,
        competes=told.reached.competes,
        reached=TallyOut.of(told.reached),
        whole=TallyOut.of(told.whole),
        apart=dict(base.apart),
        p20=cuts.p20,
        p50=cuts.p50,
        p80=cuts.p80,
        suggestions=[
            SuggestionOut(reason=one.reason, max=one.step.limit, reached=TallyOut.of(one.step.tally))
            for one in suggestions(base)
        ],
        looser=StepOut.of(told.looser) if told.looser else None,
        offers=[_offer(one) for one in told.within],
    )


def _offer(offer: Offer) -> OfferOut:
    return OfferOut(
        code=offer.code,
        name_zh=offer.name_zh,
        name_en=offer.name_en,
        a1_a3_per_unit=offer.value,
        maker=offer.firm.code,
        maker_name_zh=offer.firm.name_zh,
        maker_name_en=offer.firm.name_en,
        competitor=offer.firm.competitor[1],
        provinces=sorted(offer.provinces),
    )
