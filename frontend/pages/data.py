"""Published tables to browse, filter and take away: plans, figures and lists, each row with its source."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response
from sqlmodel import Session

from catalogue.tables import Row
from frontend.forms import tidy, with_only
from frontend.frame import LangPath
from frontend.pages import data_figures, data_lists, data_plans, downloads
from frontend.pages.data_rows import Desk, Entry, Table, trust
from frontend.pages.paging import cut, pager
from frontend.pages.reference import reference
from frontend.pages.standpoint import Moment, MomentDep, stand
from frontend.pages.words import Words
from frontend.site import Site, SiteDep
from frontend.templating import respond
from frontend.views.data import DataCard, DataIndexView, DataTableView
from frontend.views.parts import Field, Link, Option
from registry.access.http import May
from registry.access.permissions import Act
from registry.kit.db import read_session
from registry.kit.errors import NotFound

router = APIRouter(dependencies=[Depends(May(Act.READ))])

TABLES: dict[str, Table] = {
    table.name: table for table in (*data_plans.TABLES, *data_figures.TABLES, *data_lists.TABLES)
}
ORDER = (
    "targets", "guidance", "programmes", "documents", "energy-benchmarks", "emission-factors", "grid-factors",
    "plausible-ranges", "standards", "certification-categories", "approved-scopes", "procurement-codes",
)  # fmt: skip
LONGEST = 60
CONFIDENCES = ("high", "medium", "low")


@router.get("/{lang}/data")
def index(request: Request, lang: LangPath, site: SiteDep, moment: MomentDep) -> Response:
    with read_session(site.engine) as session:
        desk = _desk(session, moment, Words(lang))
        cards = tuple(_card(desk, TABLES[name]) for name in ORDER)
    words = desk.words
    meanings = tuple((trust(words, one), words.say(f"data.confidence-means.{one}")) for one in CONFIDENCES)
    return respond(request, lang, "data/index.html", view=DataIndexView(cards, meanings))


@router.get("/{lang}/data/{name}.csv")
def download(request: Request, lang: LangPath, name: str, site: SiteDep, moment: MomentDep) -> Response:
    """The rows the page shows, all of them, with the same filters."""
    table = _table(name)
    with read_session(site.engine) as session:
        desk = _desk(session, moment, Words(lang))
        entries = list(table.read(desk))
        kept = [entry for entry in entries if _passes(entry, _chosen(request, table))]
        lines = [*_head(request, site, desk, table), (), _columns(desk.words, table), *map(_line, kept)]
    return downloads.csv_answer(lines, f"greenmat-{table.name}.csv")


@router.get("/{lang}/data/{name}")
def browse(request: Request, lang: LangPath, name: str, site: SiteDep, moment: MomentDep) -> Response:
    table = _table(name)
    with read_session(site.engine) as session:
        desk = _desk(session, moment, Words(lang))
        entries = list(table.read(desk))
    return respond(request, lang, "data/table.html", view=_view(request, desk.words, table, entries))


def _table(name: str) -> Table:
    if name not in TABLES:
        raise NotFound
    return TABLES[name]


def _desk(session: Session, moment: Moment, words: Words) -> Desk:
    at = stand(session, moment)
    return Desk(session, at, reference(session, at), words)


def _card(desk: Desk, table: Table) -> DataCard:
    words, address = desk.words, _address(desk.words, table)
    rows = sum(1 for _ in table.read(desk))
    return DataCard(
        title=words.say(f"data.{table.name}"),
        text=words.say(f"data.{table.name}.lead"),
        rows=words.say("data.count", count=rows),
        href=address,
        csv_href=f"{address}.csv",
    )


def _address(words: Words, table: Table) -> str:
    return f"/{words.lang}/data/{table.name}"


def _chosen(request: Request, table: Table) -> dict[str, str]:
    """The filters of this table that the address sets; `q` looks for words in any cell."""
    asked = {name: tidy(request.query_params.get(name, ""))[:LONGEST] for name in (*table.filters, "q")}
    return {name: value for name, value in asked.items() if value}


def _passes(entry: Entry, chosen: dict[str, str]) -> bool:
    return all(
        _found(entry, value) if name == "q" else entry.filed.get(name, ("",))[0] == value
        for name, value in chosen.items()
    )


def _found(entry: Entry, text: str) -> bool:
    row = entry.row
    said = " ".join(
        (row.id, *(cell.written for cell in row.cells), row.note, row.origin.document, row.origin.section)
    )
    return all(part in tidy(said).casefold() for part in text.casefold().split())


def _view(request: Request, words: Words, table: Table, entries: Sequence[Entry]) -> DataTableView:
    chosen = _chosen(request, table)
    kept = [entry.row for entry in entries if _passes(entry, chosen)]
    part = cut(kept, request.query_params.get("page", ""))
    query = list(chosen.items())
    return DataTableView(
        title=words.say(f"data.{table.name}"),
        lead=words.say(f"data.{table.name}.lead"),
        crumbs=(Link(words.say("data.title"), f"/{words.lang}/data"),),
        action=_address(words, table),
        filters=tuple(_filters(words, table, entries, chosen)),
        filtered=bool(chosen),
        columns=tuple(words.say(f"data.column.{column}") for column in table.columns),
        rows=tuple(part.items),
        count=words.say("data.count", count=len(kept)),
        pager=pager(part.page, part.pages, lambda number: _href(query, number)),
        csv_href=f"{_address(words, table)}.csv" + (f"?{urlencode(query)}" if query else ""),
        remarks=tuple(_remarks(words, table)),
    )


def _filters(words: Words, table: Table, entries: Sequence[Entry], chosen: dict[str, str]) -> Iterator[Field]:
    """Each filter offers what the whole table holds, so that a choice can always be changed."""
    yield Field("q", words.say("data.filter.q"), value=chosen.get("q", ""), kind="search")
    for name in table.filters:
        held = dict(sorted({entry.filed[name] for entry in entries}, key=lambda pair: pair[0]))
        if len(held) > 1 or name in chosen:
            options = [Option(code, label, code == chosen.get(name)) for code, label in held.items()]
            everything = Option("", words.say("data.filter.all"), name not in chosen)
            yield Field(name, words.say(f"data.filter.{name}"), kind="select", options=(everything, *options))


def _href(query: list[tuple[str, str]], number: int) -> str:
    return "?" + with_only(query, "page", str(number) if number > 1 else "")


def _remarks(words: Words, table: Table) -> Iterator[str]:
    """What a reader must know of this table before using a figure of it."""
    if table in data_plans.TABLES:
        yield words.say("data.remark.own-words")
        yield words.say("data.remark.document-confidence")
        yield words.say("data.remark.never-filled")
    if table.name == "programmes":
        yield words.say("data.remark.incomplete")
    if table.name == "emission-factors":
        yield words.say("data.remark.factors")
    if table.name == "plausible-ranges":
        yield words.say("data.remark.ranges")


def _columns(words: Words, table: Table) -> Row:
    names = ("id", *table.columns, "note", "source", "section", "status", "confidence")
    return tuple(words.say(f"data.column.{name}") for name in names)


def _line(entry: Entry) -> Row:
    row, origin = entry.row, entry.row.origin
    words = (badge.word if badge else "" for badge in (origin.status, origin.confidence))
    return (row.id, *(cell.written for cell in row.cells), row.note, origin.document, origin.section, *words)


def _head(request: Request, site: Site, desk: Desk, table: Table) -> Iterator[Row]:
    """The same head as every download: mark, title, day, position, filters."""
    words = desk.words
    if site.demonstration:
        yield (words.say("download.demonstration"),)
    yield words.say(f"data.{table.name}"), words.say("data.csv-note")
    yield words.say("download.on"), desk.at.on.isoformat()
    yield words.say("download.as-of"), str(desk.at.as_of)
    for name, value in _chosen(request, table).items():
        yield words.say("download.filter"), f"{name} = {value}"
