"""Official forms of a report: their links on the page, and each as a file."""

from collections.abc import Iterator
from urllib.parse import quote

from fastapi import APIRouter, Depends, Response

from catalogue.checks import store
from catalogue.forms.files import FileKind, form_file
from catalogue.forms.layouts import layouts_of
from frontend.pages.check_desk import VisitDep, kept_check
from frontend.pages.check_words import PackWords
from frontend.views.report import FormLinks
from registry.access.http import May
from registry.access.permissions import Act
from registry.kit.db import read_session

router = APIRouter(dependencies=[Depends(May(Act.CHECK_BILL))])


@router.get("/{token}/report/{number}/forms/{form}.{kind}")
def as_form(visit: VisitDep, token: str, number: str, form: str, kind: FileKind, unit: str = "") -> Response:  # noqa: PLR0913, PLR0917  parts of an address
    """One form of one unit; it is Chinese whatever the page's language, since it goes to an authority."""
    with read_session(visit.site.engine) as session:
        row = store.report(session, kept_check(session, token), number)
        found = form_file(session, row, form, kind, unit=unit or None)
    return Response(found.content, media_type=found.media, headers=found.headers)


def form_links(terms: PackWords, here: str, unit: str) -> Iterator[FormLinks]:
    """The forms of the rule for one unit; none where its text has none."""
    layouts = layouts_of(terms.pack)
    for form in layouts.forms if layouts else ():
        xlsx, docx = (f"{here}/{form.id}.{kind}?unit={quote(unit, safe='')}" for kind in FileKind)
        place = terms.words.say(f"check.form-place.{form.id}")
        yield FormLinks(terms.words.say(f"check.form.{form.id}"), place, xlsx, docx)


def document(terms: PackWords) -> str:
    """The document the forms belong to; empty where the rule has none."""
    layouts = layouts_of(terms.pack)
    return layouts.document if layouts else ""
