"""`greenmat harvest`: fetch what another node publishes, with a rehearsal first and a progress bar."""

from typing import Annotated

import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from sqlalchemy import Engine

from frontend.forms import legible
from frontend.terminal import configured, console, refusals_said
from registry.changes import feed
from registry.declarations.harvest.fetching import Fetcher, Manners, connected
from registry.declarations.harvest.keeping import keep
from registry.declarations.harvest.nodes import Node, Stock
from registry.declarations.harvest.openepd import EVERYTHING, OpenEpd
from registry.declarations.harvest.run import Harvester, Report, harvest, rehearse
from registry.declarations.harvest.soda import Soda
from registry.declarations.harvest.store import Place
from registry.kit import clock, revision
from registry.kit.db import open_engine, write_session
from registry.kit.errors import Invalid

SODA, OPENEPD = "soda4lca", "openepd"
SAMPLE = 20


def harvest_command(  # noqa: PLR0913 - the options of a command stand in its signature
    url: Annotated[str, typer.Argument(help="Address of a soda4LCA node, or of an openEPD API")],
    *,
    stock: Annotated[str, typer.Option(help="Data stock by name or UUID; all that is listed otherwise")] = "",
    openepd: Annotated[bool, typer.Option("--openepd", help="The address is an openEPD API")] = False,
    query: Annotated[str, typer.Option(help="Open material filter, with --openepd")] = EVERYTHING,
    licence: Annotated[str, typer.Option(help="What you have found the source's terms of re-use to be")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="List, read a sample, write nothing")] = False,
) -> None:
    """Harvest a node; a run that was broken off goes on where it stopped."""
    settings = configured()
    manners = Manners(per_second=settings.harvest_per_second, inside=settings.harvest_inside)
    node = OpenEpd(url.rstrip("/"), query) if openepd else Soda.at(url)
    with (
        refusals_said(),
        open_engine(settings) as engine,
        connected(manners, token=settings.harvest_token) as fetcher,
    ):
        revision.bring_up(engine)
        with write_session(engine) as session:
            feed.start(session, settings.mode)
        place = Place(OPENEPD if openepd else SODA, node.base, _stock(node, fetcher, stock), licence)
        _say_terms(place)
        report = _run(engine, node, fetcher, place=place, dry_run=dry_run)
    _say(report, dry_run=dry_run)


def _run(engine: Engine, node: Node, fetcher: Fetcher, *, place: Place, dry_run: bool) -> Report:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(escape(legible(place.stock.name or place.address)), total=None)

        def told(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        harvester = Harvester(engine, node, fetcher, keep, clock.now, told)
        return rehearse(harvester, place, sample=SAMPLE) if dry_run else harvest(harvester, place)


def _stock(node: Node, fetcher: Fetcher, wanted: str) -> Stock:
    """The stock that was named; without one, everything that the node lists."""
    if not wanted:
        return Stock("", "", "")
    known = node.stocks(fetcher)
    for one in known:
        if wanted.lower() in (one.id.lower(), one.name.lower()):
            return one
    if not known:
        raise Invalid("harvest-no-stocks", stock=wanted)
    raise Invalid("harvest-stock-needed", stock=wanted, known=[one.name for one in known])


def _say_terms(place: Place) -> None:
    console.print(f"Terms as the node states them: {escape(legible(place.stock.terms)) or '(none stated)'}")
    console.print(f"Terms as you state them: {escape(place.licence) or '(none stated)'}")


def _say(report: Report, *, dry_run: bool) -> None:
    shown = Table("what", "number", title="Rehearsal, nothing written" if dry_run else None)
    shown.add_row("listed", f"{report.listed} of {report.total}")
    for fate, number in sorted(report.fates.items()):
        shown.add_row(str(fate), str(number))
    for name, number in (
        ("new", report.new),
        ("renewed", report.renewed),
        ("no longer listed", report.not_listed),
    ):
        shown.add_row(name, str(number))
    for key, number in sorted(report.reasons.items()):
        shown.add_row(escape(key), str(number))
    console.print(shown)
    if not report.is_whole:
        console.print("The listing was not whole: nothing was marked as no longer listed.")
