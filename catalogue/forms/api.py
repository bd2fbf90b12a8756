"""Official forms as machines fetch them: which there are for a report, and each as a file."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Response
from pydantic import BaseModel, Field

from catalogue.checks import store
from catalogue.checks.api import MAY
from catalogue.checks.models import ReportRow
from catalogue.checks.report import load
from catalogue.forms.basis import pack_of
from catalogue.forms.files import MEDIA, FileKind, form_file
from catalogue.forms.layouts import layouts_of
from registry.kit.clock import NowDep
from registry.kit.db import ReadDep
from registry.kit.problems import PROBLEMS

router = APIRouter(
    prefix="/api/v1/checks/{token}/reports/{number}/forms", tags=["checks"], responses=PROBLEMS
)

_BINARY = {"schema": {"type": "string", "format": "binary"}}
_FILE: dict[int | str, dict[str, Any]] = {
    200: {"description": "The form, to be worked on", "content": dict.fromkeys(MEDIA.values(), _BINARY)}
}


class FormUnitOut(BaseModel):
    unit: str
    files: dict[FileKind, str]


class FormOut(BaseModel):
    """`official`: the layout is that of the place cited; otherwise a list of what that place asks for."""

    form: str
    title: str
    source: str
    official: bool
    units: list[FormUnitOut]


class FormsOut(BaseModel):
    pack: str
    forms: list[FormOut] = Field(description="Empty where the rule's text has no forms")


def _row(session: ReadDep, now: NowDep, token: str, number: str) -> ReportRow:
    return store.report(session, store.get(session, token, now=now), number)


RowDep = Annotated[ReportRow, Depends(_row)]


@router.get("", dependencies=MAY)
def read_forms(session: ReadDep, row: RowDep, token: str) -> FormsOut:
    """The forms the report's rule asks for, each per calculation unit."""
    report = load(row.report)
    pack = pack_of(session, report)
    layouts = layouts_of(pack)
    here = f"/api/v1/checks/{token}/reports/{row.number}/forms"
    forms = [
        FormOut(
            form=form.id,
            title=form.title,
            source=layouts.source(form),
            official=form.official,
            units=[
                FormUnitOut(
                    unit=unit.unit_id,
                    files={kind: f"{here}/{form.id}.{kind}?unit={quote(unit.unit_id)}" for kind in FileKind},
                )
                for unit in report.units
            ],
        )
        for form in (layouts.forms if layouts else ())
        if layouts
    ]
    return FormsOut(pack=pack.id, forms=forms)


@router.get("/{form}.{kind}", dependencies=MAY, response_class=Response, responses=_FILE)
def read_form(
    session: ReadDep,
    row: RowDep,
    form: str,
    kind: FileKind,
    unit: Annotated[str | None, Query(description="May be left out where the report has one unit")] = None,
) -> Response:
    """One form of one calculation unit, filled from the report; what nobody knows is marked to be filled."""
    found = form_file(session, row, form, kind, unit=unit)
    return Response(found.content, media_type=found.media, headers=found.headers)
