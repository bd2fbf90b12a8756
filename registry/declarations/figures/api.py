"""One carbon figure in one request: the modules and the unit asked for, with the way there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from sqlmodel import Session

from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.answers import ONE
from registry.changes.codes import by_code, keys_of_codes
from registry.changes.http import CallDep, CodePath, PointDep, state_position
from registry.changes.kinds import Known
from registry.changes.reading import Point, many, resolve_as_of
from registry.declarations.facts import DeclarationFact
from registry.declarations.figures.gwp import Answer, Asked, Refusal, gwp
from registry.declarations.figures.kept import stated_of
from registry.declarations.figures.modules import LONGEST as LONGEST_MODULES
from registry.declarations.figures.modules import asked_modules
from registry.declarations.figures.shapes import (
    INDICATOR,
    MODULES,
    PER,
    SCENARIO,
    GwpIn,
    GwpItemOut,
    GwpListOut,
    GwpOut,
    Lang,
    answer_out,
    why_not,
)
from registry.declarations.figures.stated import Stated, stated_by
from registry.declarations.service import DECLARATION
from registry.kit.db import ReadDep
from registry.kit.errors import Invalid
from registry.kit.problems import wanted_language
from registry.products.conversions import unit_facts_of
from registry.products.facts import ProductFact
from registry.products.service import PRODUCT
from registry.units.parse import parse_unit
from registry.units.table import Unit, table

router = APIRouter(prefix="/api/v1", tags=["evidence"], responses=ONE)


class Question:
    """Modules, unit and scenarios, read once for all declarations."""

    def __init__(self, modules: str, per: str | None, scenario: Sequence[str], indicator: str | None) -> None:
        self.modules = asked_modules(modules)
        self.per = None if per is None else unit_named(per)
        self.scenarios = frozenset(scenario)
        self.indicator = indicator

    def of(
        self, fact: DeclarationFact, document: Stated | None, products: Iterable[ProductFact]
    ) -> Answer | Refusal:
        per = self.per or table().by_code.get(fact.declared_unit)
        if per is None:
            return Refusal("gwp.unit-unknown", {"unit": fact.declared_unit})
        asked = Asked(self.modules, per, self.scenarios, self.indicator)
        return gwp(stated_by(fact, document, unit_facts_of(products)), asked)


def unit_named(text: str) -> Unit:
    """The unit of a code or of one of its spellings; a number of units is none."""
    parsed = parse_unit(text)
    found = table().by_code.get(text) or (parsed.unit if parsed and parsed.multiplier == 1 else None)
    if found is None:
        raise Invalid("gwp.per-unknown", unit=text)
    return found


@router.get("/declarations/{code}/gwp", dependencies=[Depends(May(Act.READ))])
def read_gwp(  # noqa: PLR0913 - the names in the address
    request: Request,
    code: CodePath,
    session: ReadDep,
    at: PointDep,
    *,
    modules: Annotated[str, Query(max_length=LONGEST_MODULES, description=MODULES)] = "A1-A3",
    per: Annotated[str | None, Query(max_length=40, description=PER, examples=["kg"])] = None,
    scenario: Annotated[list[str] | None, Query(max_length=20, description=SCENARIO)] = None,
    indicator: Annotated[str | None, Query(max_length=60, description=INDICATOR)] = None,
) -> GwpOut:
    """Kg CO₂e of the modules per the unit, with how they were obtained and the conversion path."""
    question = Question(modules, per, scenario or [], indicator)
    known = by_code(session, code, DECLARATION, at)
    products = many(session, PRODUCT, known.fact.product_ids, at)
    document = stated_of(session, [known.fact.id], at, indicator=indicator).get(known.fact.id)
    answer = question.of(known.fact, document, (one.fact for one in products.values()))
    if isinstance(answer, Refusal):
        raise Invalid(answer.key, **answer.facts)
    out = answer_out(answer, known.fact, at.on, wanted_language(request))
    return GwpOut(code=known.fact.code, on=at.on, as_of=at.as_of, answer=out)


@router.post("/declarations/gwp", dependencies=[Depends(May(Act.READ))])
def read_many_gwp(call: CallDep, asked: GwpIn) -> GwpListOut:
    """The same for up to 1,000 declarations at once."""
    question = Question(asked.modules, asked.per, asked.scenario, asked.indicator)
    session, lang = call.session, wanted_language(call.request)
    at = Point(asked.on or call.today, resolve_as_of(session, asked.as_of))
    state_position(session, at.as_of, call.response)
    keys = keys_of_codes(session, asked.codes, DECLARATION.name)
    known = many(session, DECLARATION, keys.values(), at)
    stated = _Stated(
        known,
        stated_of(session, known, at, indicator=asked.indicator),
        _products(session, known.values(), at),
    )
    items = [_item(code, question, stated, keys.get(code), on=at.on, lang=lang) for code in asked.codes]
    return GwpListOut(on=at.on, as_of=at.as_of, items=items)


@dataclass(frozen=True, slots=True)
class _Stated:
    """Everything the declarations asked for state, read at once."""

    declarations: Mapping[UUID, Known[DeclarationFact]]
    documents: Mapping[UUID, Stated]
    products: Mapping[UUID, ProductFact]


def _products(
    session: Session, declarations: Iterable[Known[DeclarationFact]], at: Point
) -> Mapping[UUID, ProductFact]:
    ids = {product for known in declarations for product in known.fact.product_ids}
    return {key: one.fact for key, one in many(session, PRODUCT, ids, at).items()}


def _item(  # noqa: PLR0913 - one line of the answer, with everything it is made of
    code: str,
    question: Question,
    stated: _Stated,
    key: UUID | None,
    *,
    on: date,
    lang: Lang,
) -> GwpItemOut:
    known = stated.declarations.get(key) if key else None
    if known is None:
        return GwpItemOut(code=code, refusal=why_not(Refusal("code-not-found", {"code": code}), lang))
    named = (stated.products[one] for one in known.fact.product_ids if one in stated.products)
    answer = question.of(known.fact, stated.documents.get(known.fact.id), named)
    if isinstance(answer, Refusal):
        return GwpItemOut(code=code, refusal=why_not(answer, lang))
    return GwpItemOut(code=code, answer=answer_out(answer, known.fact, on, lang))
