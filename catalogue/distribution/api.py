"""Spreads of carbon values as machines read them: every value, its base and its recipe."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from catalogue.distribution.reading import Kept
from catalogue.distribution.spread import RULE, VERSION, Apart, Choice, Entry, Spread, cell_key
from catalogue.distribution.wording import apart, recipe, warnings
from registry.access.http import May
from registry.access.permissions import Act
from registry.categories import service as categories
from registry.changes.answers import ONE
from registry.changes.http import AS_OF, MOMENTS, ON, CallDep, state_position
from registry.changes.reading import Point, point, resolve_as_of
from registry.declarations.facts import Verification
from registry.declarations.figures.api import unit_named
from registry.declarations.figures.gwp import Asked
from registry.declarations.figures.modules import asked_modules
from registry.declarations.validity import Validity
from registry.kit.errors import NotFound
from registry.kit.etags import Conditional
from registry.kit.problems import wanted_language
from registry.kit.types import NO_NUL, Exact

router = APIRouter(prefix="/api/v1", tags=["comparison"], route_class=Conditional, responses=ONE)

NAMED = 60


def _kept(request: Request) -> Kept:
    """The spreads that the running application keeps."""
    found: Kept = request.app.state.spreads
    return found


KeptDep = Annotated[Kept, Depends(_kept)]


class SpreadQuery(BaseModel):
    """An unknown name is refused, so that a misspelt filter never passes for none."""

    model_config = ConfigDict(extra="forbid")

    kind: str = Field(
        max_length=64, pattern=NO_NUL, description="Material kind by its name", examples=["cement"]
    )
    performance: str | None = Field(None, max_length=80, pattern=NO_NUL, description="Only this class")
    modules: str = Field("A1-A3", max_length=60, description="Modules: single ones, a list or a range")
    per: str | None = Field(None, max_length=40, description="Unit; the kind's own when left out")
    indicator: str | None = Field(
        None, max_length=60, description="Indicator; the whole footprint when left out"
    )
    verified: list[Verification] = Field(
        [Verification.THIRD_PARTY], max_length=3, description="Kinds of verification that count"
    )
    on: date | None = Field(None, description=ON, examples=["2026-06-01"])
    as_of: str | None = Field(None, max_length=40, description=AS_OF, examples=MOMENTS)
    lang: Literal["zh", "en"] | None = Field(None, description="Language of sentences")


class EntryOut(BaseModel):
    """One value: a declaration, the products it speaks for, and its stated uncertainty."""

    declaration: str
    products: list[str]
    value: Exact
    validity: Validity
    reference_year: int | None
    rsd: Exact | None
    distribution: str | None

    @classmethod
    def of(cls, entry: Entry) -> "EntryOut":
        return cls(
            declaration=entry.declaration,
            products=list(entry.products),
            value=entry.value,
            validity=entry.validity,
            reference_year=entry.reference_year,
            rsd=entry.rsd,
            distribution=entry.shape,
        )


class SpreadOut(BaseModel):
    """One cell of like things; percentiles are null below ten values."""

    cell: str
    performance: str | None
    rules: str
    indicator: str
    unit: str
    data: str
    n: int
    years: list[int] | None = Field(description="First and last reference year stated")
    negative: int = Field(description="Values below 0, as timber has")
    p20: Exact | None
    p50: Exact | None
    p80: Exact | None
    values: list[EntryOut]
    warnings: list[str]


class SpreadsOut(BaseModel):
    """Every cell of a kind, the largest first; what stands apart is counted by reason."""

    on: date
    as_of: int
    kind: str
    modules: list[str]
    per: str
    verified: list[Verification]
    rule: str
    rule_version: int
    recipe: list[str]
    cells: list[SpreadOut]
    apart: dict[Apart, int]
    apart_said: list[str]


@router.get("/distributions", dependencies=[Depends(May(Act.READ))])
def read_distributions(call: CallDep, kept: KeptDep, asked: Annotated[SpreadQuery, Query()]) -> SpreadsOut:
    """How the declared values of a kind are spread, like with like, with the base of every percentile."""
    at = Point(asked.on or call.today, resolve_as_of(call.session, asked.as_of))
    state_position(call.session, at.as_of, call.response)
    kind = categories.kinds(call.session, at).get(asked.kind)
    if kind is None:
        raise NotFound("spread-kind-unknown", kind=asked.kind[:NAMED])
    unit = unit_named(asked.per or kind.declared_unit or "kg")
    question = Asked(asked_modules(asked.modules), unit, indicator=asked.indicator)
    choice = Choice(question, frozenset(asked.verified))
    if at != point(call.session, call.today):
        kept = Kept()  # a look back is asked once: it pushes nothing out
    found = kept.of_kind(call.session, asked.kind, choice, at=at)
    lang = wanted_language(call.request)
    cells = [one for one in found.cells if asked.performance in (None, one.like.performance)]
    return SpreadsOut(
        on=at.on,
        as_of=at.as_of,
        kind=asked.kind,
        modules=list(question.modules),
        per=unit.code,
        verified=sorted(choice.verified),
        rule=RULE,
        rule_version=VERSION,
        recipe=list(recipe(choice, at, lang)),
        cells=[_cell(one, lang) for one in cells],
        apart=dict(found.apart),
        apart_said=apart(found, lang),
    )


def _cell(spread: Spread, lang: Literal["zh", "en"]) -> SpreadOut:
    like, cuts = spread.like, spread.cuts
    return SpreadOut(
        cell=cell_key(like),
        performance=like.performance,
        rules=str(like.generation),
        indicator=like.indicator or "",
        unit=like.unit or "",
        data=str(like.data),
        n=spread.n,
        years=list(spread.years) if spread.years else None,
        negative=spread.negative,
        p20=cuts.p20,
        p50=cuts.p50,
        p80=cuts.p80,
        values=[EntryOut.of(entry) for entry in spread.entries],
        warnings=warnings(spread, lang),
    )
