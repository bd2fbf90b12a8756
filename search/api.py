"""Search and suggestions as machines read them: the same engine and filters as the pages."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, JsonValue

from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.reading import point
from registry.declarations.comparable import Generation
from registry.dossiers.dossier import Dossier, Standing
from registry.kit.clock import TodayDep
from registry.kit.db import read_session
from registry.kit.messages import say
from registry.kit.problems import PROBLEMS, wanted_language
from search.briefs import Brief, Briefs
from search.documents.product import GwpUnit
from search.engine.ports import QUANTITY, SearchEngine, SearchResult, SuggestionKind, Widened
from search.query.answer import answer
from search.query.known import Given, Register
from search.query.near import Circle, unplaced
from search.query.parse import KNOWN, ParsedQuery
from search.query.reading import Problem

router = APIRouter(prefix="/api/v1", tags=["search"], responses=PROBLEMS)

MOST_SUGGESTIONS = 20


async def _engine(request: Request) -> SearchEngine:
    """Of the running site; asynchronous like all that waits for nothing, so it takes no thread."""
    found: SearchEngine = request.app.state.site.search
    return found


async def _given(request: Request) -> Given:
    given: dict[str, list[str]] = defaultdict(list)
    for name, value in request.query_params.multi_items():
        if name != "lang":  # the language of the sentences, not a filter
            given[name].append(value)
    return dict(given)


EngineDep = Annotated[SearchEngine, Depends(_engine)]
GivenDep = Annotated[Given, Depends(_given)]


class FoundOut(BaseModel):
    """One product in brief; the A1–A3 value compares inside its basis, those per kg, t, m², m³ by `rules`."""

    code: str
    id: UUID
    name_zh: str
    name_en: str
    manufacturer: str
    kind: str
    performance: str | None
    models: list[str]
    standing: Standing
    certificate_numbers: list[str]
    valid_to: date | None
    a1_a3_per_unit: Decimal | None
    basis: str | None
    a1_a3_per: dict[GwpUnit, Decimal]
    rules: Generation | None
    nearest_plant_km: Decimal | None
    href: str


def _briefs(request: Request) -> Briefs[FoundOut]:
    """The products in brief that the running site keeps."""
    found: Briefs[FoundOut] = request.app.state.site.briefs
    return found


class CountOut(BaseModel):
    value: str
    count: int


class NoticeOut(BaseModel):
    """What of the request could not be used, and why."""

    code: str
    parameter: str
    message: str


class NearOut(BaseModel):
    """The circle asked for; `unplaced` products are left out, since nobody has placed their plants."""

    region: str | None
    latitude: Decimal
    longitude: Decimal
    within_km: Decimal
    plants: int
    unplaced: int


class HistogramOut(BaseModel):
    """Class i holds bounds[i] ≤ value < bounds[i + 1]; both are empty where nothing has a value."""

    bounds: list[Decimal]
    counts: list[int]


class SearchOut(BaseModel):
    """`total` is exact; counts ignore their own filter.

    `relaxed` says that not every word was found, `widened` what was looked for instead: words that sound the
    same, all but what it is for, the kind of a sort, fewer words, pieces of a word, one character wrong.
    `facets` lists the 1,000 most frequent values of each, `facet_values` says how many there are in all.
    """

    on: date
    as_of: int
    total: int
    page: int
    per_page: int
    relaxed: bool
    widened: Widened | None
    items: list[FoundOut]
    facets: dict[str, list[CountOut]]
    facet_values: dict[str, int]
    histograms: dict[str, HistogramOut]
    near: NearOut | None
    problems: list[NoticeOut]


class SuggestionOut(BaseModel):
    """`count` says how many products a number names; what a text finds only its search can say."""

    text: str
    kind: SuggestionKind
    count: int | None


class SuggestionsOut(BaseModel):
    suggestions: list[SuggestionOut]


_PARAMETERS: list[JsonValue] = [
    {"name": name, "in": "query", "required": False, "schema": {"type": "array", "items": {"type": "string"}}}
    for name in sorted(KNOWN)
]


@router.get(
    "/search",
    dependencies=[Depends(May(Act.READ))],
    response_model=SearchOut,
    openapi_extra={"parameters": _PARAMETERS},
)
def search(request: Request, today: TodayDep, engine: EngineDep, given: GivenDep) -> Response:
    """Products by words, filters and limits; values of one name are alternatives, names add up.

    Typed attributes go by their names: `attr.strength_class=C30`, `attr.thickness_min=10`,
    `attr.thickness_max=20`. `facet` names the fields to count (or `attr.<name>`), `histogram` the numbers
    to show by classes (gwp, gwp_kg, gwp_t, gwp_m2, gwp_m3, waste_content, or `attr.<name>`).
    """
    # Opened here: as a dependency it takes two more threads, one after the other (decision 0033).
    with read_session(request.app.state.engine) as session:
        at = point(session, today)
        parsed = Register(session, engine, at).parse(given)
        answered = answer(session, engine, parsed, at)
        found, circle = answered.found, answered.circle
        ids = [UUID(hit.id) for hit in found.hits]
        briefs = _briefs(request).read(session, ids, at)
    lang = wanted_language(request)
    out = SearchOut(
        on=at.on,
        as_of=at.as_of,
        total=found.total,
        page=parsed.page,
        per_page=parsed.per_page,
        relaxed=found.relaxed,
        widened=found.widened,
        items=[_placed(brief, circle) for brief in briefs.values()],
        facets=_counted(found),
        facet_values={field.value: count for field, count in found.facet_values.items()},
        histograms={
            name: HistogramOut(bounds=list(one.bounds), counts=list(one.counts))
            for name, one in found.histograms.items()
        },
        near=_near(engine, parsed, circle) if circle else None,
        problems=_notices(answered.problems, lang),
    )
    # Written here: FastAPI would check and copy every value once more.
    return Response(out.model_dump_json(), media_type="application/json")


def _counted(found: SearchResult) -> dict[str, list[CountOut]]:
    """Fields and typed attributes, each by the name it is asked for with."""
    named = {field.value: counts for field, counts in found.facets.items()}
    named |= {f"{QUANTITY}{name}": counts for name, counts in found.attribute_facets.items()}
    return {name: [CountOut(value=v, count=n) for v, n in counts] for name, counts in named.items()}


def _notices(problems: Sequence[Problem], lang: str) -> list[NoticeOut]:
    return [
        NoticeOut(code=one.key, parameter=one.name, message=say(one.key, lang, one.facts)) for one in problems
    ]


def _near(engine: SearchEngine, parsed: ParsedQuery, circle: Circle) -> NearOut:
    return NearOut(
        region=circle.near.region,
        latitude=circle.centre.latitude,
        longitude=circle.centre.longitude,
        within_km=circle.near.km,
        plants=len(circle.within.inside),
        unplaced=unplaced(engine, parsed.request, circle),
    )


def brief(dossier: Dossier) -> FoundOut:
    """One product as answers list it, wherever one stands."""
    product, best, cell = dossier.product.fact, dossier.best_certificate, dossier.cell
    return FoundOut(
        code=product.code,
        id=product.id,
        name_zh=product.name_zh,
        name_en=product.name_en,
        manufacturer=dossier.maker.name_zh,
        kind=product.kind,
        performance=product.performance,
        models=list(product.models),
        standing=dossier.standing,
        certificate_numbers=[known.fact.number for known in dossier.certificates],
        valid_to=best.fact.valid_to if best else None,
        a1_a3_per_unit=cell.value if cell else None,
        basis=cell.basis.key if cell else None,
        a1_a3_per={GwpUnit(unit): value for unit, value in dossier.figures.items()},
        rules=dossier.rules,
        nearest_plant_km=None,
        href=f"/api/v1/products/{product.code}",
    )


def _placed(known: Brief[FoundOut], circle: Circle | None) -> FoundOut:
    """With the way to its nearest plant, to the tenth of a kilometre; without a circle there is none."""
    km = circle.nearest_km(known.plants) if circle else None
    if km is None:
        return known.shown
    return known.shown.model_copy(update={"nearest_plant_km": Decimal(f"{km:.1f}")})


@router.get("/suggest", dependencies=[Depends(May(Act.READ))])
def suggest(
    engine: EngineDep,
    q: Annotated[str, Query(max_length=200, description="What has been typed so far")] = "",
    limit: Annotated[int, Query(ge=1, le=MOST_SUGGESTIONS)] = 8,
) -> SuggestionsOut:
    """Kinds, names, makers and numbers that continue what is typed."""
    found = engine.suggest(q, limit)
    return SuggestionsOut(
        suggestions=[
            SuggestionOut(
                text=one.text, kind=one.kind, count=one.count if one.kind is SuggestionKind.NUMBER else None
            )
            for one in found
        ]
    )
