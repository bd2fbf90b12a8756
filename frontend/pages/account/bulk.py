"""Products from a file: upload, verdicts row by row, hand in."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session
from starlette.datastructures import UploadFile

from catalogue.bulk import service
from catalogue.bulk.api import read_file, upload
from catalogue.bulk.progress import Progress
from catalogue.bulk.taking import LIMITS
from frontend.pages.account import listed
from frontend.pages.account.handed_in import handed_in
from frontend.pages.account.parts import TypedDep, Visit, VisitDep, given
from frontend.pages.ordering import by_name
from frontend.templating import respond
from frontend.views.bulk import BulkView, ListLine, ListView, RowLine, Tab
from frontend.views.parts import Fact, FieldError, FileField, Option
from registry.access.http import May
from registry.access.permissions import Act
from registry.applications.http import Call, CallDep
from registry.applications.list_row import Verdict
from registry.applications.models import ListedProductRow
from registry.applications.typed import loaded
from registry.categories import service as categories
from registry.categories.facts import MaterialKindFact
from registry.changes.feed import head
from registry.changes.reading import Point
from registry.kit.clock import civil_day
from registry.kit.confined import MEGABYTE
from registry.kit.db import read_session, write_session
from registry.kit.errors import Invalid, NotFound
from registry.kit.sheets import ReadProblem

router = APIRouter(prefix="/{lang}/account/maker/bulk")
_READ = [Depends(May(Act.READ_APPLICATION))]
_APPLY = [Depends(May(Act.APPLY))]
_PAGE = 50


def _there(visit: Visit, list_id: UUID) -> RedirectResponse:
    return visit.go(f"maker/bulk/{list_id}")


@router.get("", dependencies=_READ)
def lists(visit: VisitDep, call: CallDep) -> Response:
    return _start(visit, call)


@router.post("", dependencies=_APPLY)
def receive(visit: VisitDep, call: CallDep, sent: Annotated[UploadFile, Depends(upload)]) -> Response:
    """Read the file and go on to its verdicts; a file that cannot be read leaves nothing behind."""
    by = call.by()
    try:
        found, named = read_file(visit.site.engine, sent, by)
    except ReadProblem as problem:
        return _start(visit, call, visit.words.say(problem.key, **problem.facts))
    with write_session(visit.site.engine) as session:
        list_id = service.receive(session, found, named, by).kept.id
    return _there(visit, list_id)


@router.get("/{list_id}", dependencies=_READ)
def one_list(
    visit: VisitDep,
    call: CallDep,
    list_id: UUID,
    verdict: Verdict | None = None,
    after: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> Response:
    """Where the list stands and its rows, all or those of one verdict."""
    with read_session(visit.site.engine) as session:
        known = service.read(session, list_id, call.by())
        wanted = service.Wanted([verdict] if verdict else [])
        rows = service.page(session, list_id, wanted, after=after, limit=_PAGE + 1)
        view = _view(visit, known, rows, verdict=verdict, session=session)
    return respond(visit.request, visit.lang, "account/bulk_list.html", view=view, say=visit.words.say)


@router.post("/{list_id}/check", dependencies=_APPLY)
def check(visit: VisitDep, call: CallDep, list_id: UUID, typed: TypedDep) -> Response:
    """Verdicts for the next rows, or from the first row on."""
    with write_session(visit.site.engine) as session:
        by = call.by()
        service.check_some(session, list_id, by, again=given(typed, "again") == "yes")
    return _there(visit, list_id)


@router.post("/{list_id}/commit", dependencies=_APPLY)
def commit(visit: VisitDep, call: CallDep, list_id: UUID, typed: TypedDep) -> Response:
    """Hand in as many rows as the page showed."""
    shown = given(typed, "rows")
    if not (shown.isascii() and shown.isdecimal()):
        raise Invalid("bulk-nothing-sound")
    with write_session(visit.site.engine) as session:
        service.commit(session, list_id, call.by(), rows=int(shown[:6]))
    return _there(visit, list_id)


@router.post("/{list_id}/delete", dependencies=[Depends(May(Act.DELETE_LIST))])
def delete(visit: VisitDep, call: CallDep, list_id: UUID) -> Response:
    """Delete a list that was not handed in; a second click finds it gone and says nothing else."""
    with suppress(NotFound), write_session(visit.site.engine) as session:
        service.remove(session, list_id, call.by())
    return visit.go("maker/bulk")


def _kinds(session: Session, visit: Visit) -> Mapping[str, MaterialKindFact]:
    return categories.kinds(session, Point(civil_day(visit.moment.now), head(session).seq))


def _start(visit: Visit, call: Call, fault: str = "") -> Response:
    words, by = visit.words, call.by()
    with read_session(visit.site.engine) as session:
        kinds = _kinds(session, visit).values()
        lines = tuple(_line(visit, one) for one in service.of_organisation(session, by.actor))
    named = by_name((kind.kind, words.name(kind)) for kind in kinds if kind.attributes)
    hint = words.say("bulk.file-hint", limit=LIMITS.file_bytes // MEGABYTE)
    view = BulkView(
        file=FileField("file", words.say("bulk.file"), ".xlsx,.csv", hint, fault),
        errors=(FieldError("file", fault),) if fault else (),
        kinds=tuple(Option(*one) for one in named),
        lines=lines,
    )
    status = 422 if fault else 200
    return respond(visit.request, visit.lang, "account/bulk.html", status=status, view=view, say=words.say)


def _line(visit: Visit, known: Progress) -> ListLine:
    return ListLine(
        known.kept.name,
        visit.path(f"maker/bulk/{known.kept.id}"),
        visit.words.say("bulk.stand-text", checked=known.kept.checked, rows=known.kept.rows),
        known.application[0] if known.application else "",
    )


def _view(
    visit: Visit, known: Progress, rows: list[ListedProductRow], *, verdict: Verdict | None, session: Session
) -> ListView:
    words, kept = visit.words, known.kept
    action, kinds = visit.path(f"maker/bulk/{kept.id}"), _kinds(session, visit)
    is_checked = kept.checked == kept.rows
    chosen = f"verdict={verdict}&" if verdict else ""
    tabs = [Tab(words.say("bulk.every"), action, verdict is None)]
    tabs += [
        Tab(words.say(f"bulk.verdict.{one}"), f"{action}?verdict={one}", verdict is one) for one in Verdict
    ]
    application = handed_in(session, visit, known)
    return ListView(
        name=kept.name,
        action=action,
        facts=tuple(_facts(visit, known)),
        notices=application.notices,
        remarks=application.remarks,
        links=application.links,
        check=words.say("bulk.check") if known.is_open and not is_checked else "",
        again=words.say("bulk.again") if known.is_open and is_checked else "",
        commit=words.say("bulk.commit", sound=known.sound)
        if known.is_open and is_checked and known.sound
        else "",
        sound=str(known.sound),
        delete=words.say("bulk.delete") if known.application is None else "",
        lost=words.say("bulk.lost", rows=kept.rows) if known.application is None else "",
        file_href=f"/api/v1/bulk/{kept.id}/file?lang={visit.lang}",
        tabs=tuple(tabs),
        lines=tuple(_row(visit, row, kinds) for row in rows[:_PAGE]),
        more_href=f"{action}?{chosen}after={rows[_PAGE - 1].place}" if len(rows) > _PAGE else "",
    )


def _facts(visit: Visit, known: Progress) -> list[Fact]:
    words, kept = visit.words, known.kept
    stand = words.say("bulk.stand-text", checked=kept.checked, rows=kept.rows)
    facts = [
        Fact(words.say("bulk.stand"), stand),
        Fact(words.say("bulk.rows"), listed.counts(known, words)),
    ]
    if known.application:
        number, state = known.application
        told = words.say("bulk.application-text", number=number, state=words.say(f"maker.state.{state}"))
        facts.append(Fact(words.say("bulk.application"), told))
    return facts


def _row(visit: Visit, row: ListedProductRow, kinds: Mapping[str, MaterialKindFact]) -> RowLine:
    name = loaded(row.typed).get("product.name_zh", "")
    told = listed.told(row, kinds, visit.words)
    return RowLine(str(row.row), name, listed.verdict(row, visit.words), told)
