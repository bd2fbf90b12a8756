"""Comparison as machines read it: values on one basis with differences, or the reasons against it."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel

from catalogue.comparison.compare import FEWEST, MOST, Column, compare
from catalogue.comparison.likeness import Refused
from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.codes import key_of_code
from registry.changes.http import PointDep
from registry.dossiers.load import load
from registry.kit.db import ReadDep
from registry.kit.errors import Invalid
from registry.kit.messages import say
from registry.kit.problems import PROBLEMS, wanted_language

router = APIRouter(prefix="/api/v1", tags=["comparison"], responses=PROBLEMS)

MOST_IDS = 20  # looked at before a request is refused for its number


class ColumnOut(BaseModel):
    """One product; differences are stated only where every value shares one basis."""

    code: str
    name_zh: str
    name_en: str
    a1_a3_per_unit: Decimal | None
    basis: str | None
    modules: dict[str, Decimal]
    declared_unit: str | None
    declared_amount: Decimal | None
    above_lowest: Decimal | None
    above_lowest_percent: Decimal | None
    lowest: bool


class RefusalOut(BaseModel):
    """Why the values do not stand side by side, how they might, and what differs in the order asked."""

    code: str
    message: str
    remedy: str
    values: list[str]


class ComparisonOut(BaseModel):
    """`comparable` is true where `refusals` is empty."""

    on: date
    as_of: int
    comparable: bool
    columns: list[ColumnOut]
    refusals: list[RefusalOut]


@router.get("/compare", dependencies=[Depends(May(Act.READ))])
def read_comparison(
    request: Request,
    session: ReadDep,
    at: PointDep,
    id: Annotated[list[str], Query(max_length=MOST_IDS, description="登记号 of two to four products")],  # noqa: A002 - the name in the address
) -> ComparisonOut:
    """Two to four products side by side, each once, in the order asked."""
    keys = list(dict.fromkeys(key_of_code(session, code, "product") for code in id))
    found = load(session, keys, at)
    dossiers = [found[key] for key in keys if key in found]
    if not FEWEST <= len(dossiers) <= MOST:
        raise Invalid("compare.how-many", count=len(dossiers))
    result = compare(dossiers)
    lang = wanted_language(request)
    return ComparisonOut(
        on=at.on,
        as_of=at.as_of,
        comparable=not result.refusals,
        columns=[_column(column) for column in result.columns],
        refusals=[_refusal(one, lang) for one in result.refusals],
    )


def _column(column: Column) -> ColumnOut:
    product, declaration = column.dossier.product.fact, column.dossier.declaration
    return ColumnOut(
        code=product.code,
        name_zh=product.name_zh,
        name_en=product.name_en,
        a1_a3_per_unit=column.cell.value if column.cell else None,
        basis=column.cell.basis.key if column.cell else None,
        modules=dict(column.modules),
        declared_unit=declaration.fact.declared_unit if declaration else None,
        declared_amount=declaration.fact.declared_amount if declaration else None,
        above_lowest=column.above_lowest,
        above_lowest_percent=column.above_lowest_percent,
        lowest=column.lowest,
    )


def _refusal(one: Refused, lang: str) -> RefusalOut:
    return RefusalOut(
        code=one.key,
        message=say(one.key, lang, {"values": one.values}),
        remedy=say(one.key.remedy, lang),
        values=list(one.values),
    )
