"""The carbon of a report's lines as machines read it: declared, stood in for, and without a figure."""

from datetime import date
from typing import Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from catalogue.background.api import GenericOut
from catalogue.checks import store
from catalogue.checks.carbon import LineCarbon, Source, Sum, of_report
from catalogue.checks.report import load
from registry.access.http import May
from registry.access.permissions import Act
from registry.declarations.figures.shapes import StepOut, WhyNotOut, step_out, why_not
from registry.kit.clock import NowDep
from registry.kit.db import ReadDep
from registry.kit.problems import PROBLEMS, wanted_language
from registry.kit.types import Exact

router = APIRouter(prefix="/api/v1/checks", tags=["checks"], responses=PROBLEMS)


class SumOut(BaseModel):
    """kg CO₂e of the lines under one name; sums of different names are never added."""

    name: str
    lines: int
    kilograms: Exact


class LineCarbonOut(BaseModel):
    """One line: the product's own `declaration`, or a generic `stand_in`, or why there is neither."""

    line: str
    source: Source
    kilograms: Exact | None
    declaration: str | None
    rules: str | None
    stand_in: GenericOut | None
    path: list[StepOut]
    refusal: WhyNotOut | None


class CarbonOut(BaseModel):
    """A1–A3 of the bill as far as it is known; an estimate beside the report, counted in no ratio."""

    number: str
    on: date
    as_of: int
    modules: Literal["A1-A3"] = "A1-A3"
    declared: list[SumOut] = Field(description="By the rules the products' own declarations follow")
    stand_ins: list[SumOut] = Field(description="By the document the generic values come from; no product's")
    without: int = Field(description="Lines without a figure")
    lines: list[LineCarbonOut]


@router.get("/{token}/reports/{number}/carbon", dependencies=[Depends(May(Act.CHECK_BILL))])
def read_carbon(request: Request, session: ReadDep, now: NowDep, token: str, number: str) -> CarbonOut:
    """The carbon of a report's lines, stand-ins marked and summed apart; read at the report's position."""
    row = store.report(session, store.get(session, token, now=now), number)
    given, lang = load(row.report).input, wanted_language(request)
    found = of_report(session, given)
    return CarbonOut(
        number=number,
        on=given.report_day,
        as_of=given.as_of,
        declared=[_sum(one) for one in found.declared],
        stand_ins=[_sum(one) for one in found.stand_ins],
        without=found.without,
        lines=[_line(one, lang) for one in found.lines],
    )


def _sum(one: Sum) -> SumOut:
    return SumOut(name=one.name, lines=one.lines, kilograms=one.kilograms)


def _line(one: LineCarbon, lang: Literal["zh", "en"]) -> LineCarbonOut:
    return LineCarbonOut(
        line=one.line.line_id,
        source=one.source,
        kilograms=one.kilograms,
        declaration=one.declaration.code if one.declaration else None,
        rules=one.rules or None,
        stand_in=GenericOut.of(one.generic) if one.generic else None,
        path=[step_out(step, lang) for step in one.path],
        refusal=why_not(one.why, lang) if one.why else None,
    )
