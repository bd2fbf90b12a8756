"""Published limits and a product's headroom to them, as machines read them."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from catalogue.limits.finding import is_shown
from catalogue.limits.headroom import Headroom
from catalogue.limits.of_product import Judged, of_product
from catalogue.limits.tables import Edition, Level, Limit, editions
from catalogue.limits.wording import basis, energy, issuer, note, period, recipe, still_open, title, why
from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.answers import ONE
from registry.changes.codes import by_code
from registry.changes.http import CodePath, PointDep
from registry.changes.reading import every
from registry.declarations.facts import DataKind, DeclarationFact, Verification
from registry.declarations.figures.shapes import StepOut, step_out
from registry.declarations.figures.split import Part, Split
from registry.declarations.validity import Validity, between
from registry.dossiers.load import load
from registry.kit.db import ReadDep
from registry.kit.errors import Invalid
from registry.kit.problems import wanted_language
from registry.kit.types import Exact
from registry.policies.service import BENCHMARK
from registry.products.service import PRODUCT
from registry.units.said import doubt_said

router = APIRouter(prefix="/api/v1", tags=["comparison"], responses=ONE)

REGION = "Regions whose limits are wanted; those of another country are shown only when asked for"
KNOWN = "What is known of the product, as name:value"
Lang = Literal["zh", "en"]
RegionQuery = Annotated[list[str] | None, Query(max_length=10, description=REGION, examples=[["US"]])]
KnownQuery = Annotated[list[str] | None, Query(max_length=20, description=KNOWN, examples=[["fc_psi:4000"]])]


class EditionOut(BaseModel):
    """One table: whose, since when, and how sure it is that it says so."""

    id: str
    issuer: str
    title: str
    document: str
    clause: str
    region: str
    confidence: str
    effective_from: str = Field(description="As precise as known: a year, a month or a day")
    effective_to: str | None
    note: str
    material: str
    kinds: list[str]
    modules: str
    unit: str

    @classmethod
    def of(cls, edition: Edition, lang: Lang) -> "EditionOut":
        return cls(
            id=edition.id,
            issuer=issuer(edition, lang),
            title=title(edition, lang),
            document=edition.document,
            clause=edition.clause,
            region=edition.region,
            confidence=edition.confidence,
            effective_from=period(edition.effective_from),
            effective_to=period(edition.effective_to) or None,
            note=note(edition, lang),
            material=edition.product,
            kinds=list(edition.kinds),
            modules=edition.modules,
            unit=edition.unit,
        )


class LimitCellOut(BaseModel):
    """One cell: what must be known of the product, and the value of each level as published."""

    when: dict[str, str]
    values: dict[Level, Exact | None]


class TableOut(BaseModel):
    """A table with all its cells; `standing` is of the day asked for."""

    edition: EditionOut
    standing: Validity
    cells: list[LimitCellOut]
    raised_when: dict[str, str] | None
    raised_by: Exact | None


class LimitsOut(BaseModel):
    """The tables in sight."""

    on: date
    tables: list[TableOut]


class SplitOut(BaseModel):
    """The parts of a value where the document states them, per the limit's unit; null is not stated."""

    fossil: Exact | None
    biogenic: Exact | None = Field(description="Below 0 where the product takes up more than it gives off")
    luluc: Exact | None = Field(description="Land use and land-use change")
    adds_up: bool | None = Field(description="Within rounding; null where a part is not stated")

    @classmethod
    def of(cls, found: Split) -> "SplitOut":
        parts = {part.name.lower(): found.parts.get(part) for part in Part}
        return cls(**parts, adds_up=found.adds_up)


class HeadroomOut(BaseModel):
    """`margin` is the limit less the value; `probability` of being within only where it can be stated."""

    value: Exact
    margin: Exact
    percent: Exact | None
    within: bool
    probability: Exact | None
    rsd: Exact | None = Field(description="Relative standard deviation as the document states it")
    distribution: str | None
    recipe: str | None = Field(description="How the probability was reckoned, or why there is none")
    split: SplitOut | None
    path: list[StepOut]
    doubts: list[str] = Field(description="Stated figures that contradict the conversion taken")


class JudgedOut(BaseModel):
    """A limit that applies, with the headroom or the refusal."""

    edition: EditionOut
    standing: Validity
    level: Level
    when: dict[str, str]
    published: Exact | None
    kilograms_per_unit: Exact | None
    headroom: HeadroomOut | None
    refusal: str | None


class OpenOut(BaseModel):
    """A table of the material that gives no limit yet, and why."""

    edition: EditionOut
    reason: str


class EnergyOut(BaseModel):
    """A benchmark of the plants that make the kind; no carbon value is held against it."""

    level: str
    value: Exact
    unit: str
    document: str
    confidence: str
    reason: str


class JudgedByOut(BaseModel):
    """The declaration whose value is held against the limits, and what that value rests on."""

    code: str
    data_kind: DataKind
    verification: Verification
    said: str

    @classmethod
    def of(cls, fact: DeclarationFact, lang: Lang) -> "JudgedByOut":
        return cls(
            code=fact.code,
            data_kind=fact.data_kind,
            verification=fact.verification,
            said=basis(fact, lang),
        )


class ProductLimitsOut(BaseModel):
    """A product against the limits of its kind."""

    code: str
    on: date
    as_of: int
    declaration: JudgedByOut | None = Field(description="Null where none is in force")
    judged: list[JudgedOut]
    open: list[OpenOut]
    energy: list[EnergyOut]


@router.get("/limits", dependencies=[Depends(May(Act.READ))])
def read_limits(request: Request, at: PointDep, region: RegionQuery = None) -> LimitsOut:
    """Published limits on the carbon of products, by table; of other countries only when asked for."""
    lang, regions = wanted_language(request), region or []
    shown = [one for one in editions() if is_shown(one, regions)]
    return LimitsOut(on=at.on, tables=[_table(one, at.on, lang) for one in shown])


@router.get("/products/{code}/headroom", dependencies=[Depends(May(Act.READ))])
def read_headroom(  # noqa: PLR0913 - the names in the address
    request: Request,
    code: CodePath,
    session: ReadDep,
    at: PointDep,
    *,
    region: RegionQuery = None,
    attribute: KnownQuery = None,
) -> ProductLimitsOut:
    """A product's declared value against every limit of its kind, on the limit's own basis."""
    key = by_code(session, code, PRODUCT, at).header.key
    dossier = load(session, [key], at)[key]
    facts = [known.fact for known in every(session, BENCHMARK, at)]
    found = of_product(
        dossier,
        facts,
        regions=region or [],
        known=named(attribute or []),
    )
    lang = wanted_language(request)
    return ProductLimitsOut(
        code=dossier.product.fact.code,
        on=at.on,
        as_of=at.as_of,
        declaration=JudgedByOut.of(dossier.declaration.fact, lang) if dossier.declaration else None,
        judged=[_judged(one, lang) for one in found.judged],
        open=[
            OpenOut(edition=EditionOut.of(one.edition, lang), reason=still_open(one, lang))
            for one in found.open
        ],
        energy=[
            EnergyOut(
                level=one.level.value,
                value=one.bound.value,
                unit=one.unit.value,
                document=one.document,
                confidence=one.confidence,
                reason=energy(one, lang),
            )
            for one in found.energy
        ],
    )


def named(attributes: list[str]) -> Mapping[str, str]:
    """`name:value` pairs; anything else is refused."""
    pairs = [text.partition(":") for text in attributes]
    wrong = next(
        (text for text, (_, colon, value) in zip(attributes, pairs, strict=True) if not (colon and value)),
        None,
    )
    if wrong is not None:
        raise Invalid("limits-attribute-unreadable", attribute=wrong[:60])
    return {name.strip(): value.strip() for name, _, value in pairs}


def _table(edition: Edition, on: date, lang: Lang) -> TableOut:
    raised = edition.raised
    return TableOut(
        edition=EditionOut.of(edition, lang),
        standing=between(edition.effective_from, edition.effective_to, on),
        cells=[LimitCellOut(when=cell.when, values=cell.values) for cell in edition.cells],
        raised_when=raised.when if raised else None,
        raised_by=raised.factor if raised else None,
    )


def _judged(one: Judged, lang: Lang) -> JudgedOut:
    limit: Limit = one.applicable.limit
    return JudgedOut(
        edition=EditionOut.of(limit.edition, lang),
        standing=one.applicable.standing,
        level=limit.level,
        when=dict(limit.when),
        published=limit.published,
        kilograms_per_unit=limit.value,
        headroom=_headroom(one.found, lang) if isinstance(one.found, Headroom) else None,
        refusal=None if isinstance(one.found, Headroom) else why(one.found, lang),
    )


def _headroom(found: Headroom, lang: Lang) -> HeadroomOut:
    return HeadroomOut(
        value=found.answer.value,
        margin=found.margin,
        percent=found.percent,
        within=found.within,
        probability=found.probability,
        rsd=found.answer.rsd,
        distribution=found.answer.distribution,
        recipe=recipe(found, lang),
        split=SplitOut.of(found.split) if found.split else None,
        path=[step_out(step, lang) for step in found.answer.path],
        doubts=[doubt_said(found.answer.doubt.facts, lang)] if found.answer.doubt else [],
    )
