"""The `greenmat` command: serve, send, migrate, reindex, verify, copy, dump, restore, harvest."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from sqlalchemy import Engine

from frontend import cli_accounts, cli_declarations, cli_persons
from frontend.app import create_app
from frontend.cli_harvest import harvest_command
from frontend.forms import legible
from frontend.looking_up import Seen, record_look
from frontend.serving import serve
from frontend.terminal import configured, console, refusals_said
from frontend.workers import listening, serve_several
from registry.changes import feed
from registry.crosschecks.facts import Result
from registry.dump.make import make
from registry.dump.restore import restore
from registry.feedback import service as feedback
from registry.kit import clock, revision
from registry.kit.db import open_engine, read_session, sqlite_engine, write_session
from registry.kit.log import configure
from registry.kit.settings import MOST_WORKERS
from registry.rebuild import rebuild as rebuild_feed
from registry.supervision.erasing import Keeping
from registry.telling.worker import Worker
from search.engine import chosen
from search.feeding import follow
from search.feeding.turn import FolderTurn

app = typer.Typer(no_args_is_help=True, add_completion=False, help="GreenMat 绿材名录")
app.add_typer(cli_accounts.app, name="account")
app.add_typer(cli_persons.app, name="persons")
app.command("import")(cli_declarations.import_command)
app.command("export")(cli_declarations.export_command)
app.command("harvest")(harvest_command)


@app.command()
def run(
    port: Annotated[int | None, typer.Option(help="Port; the setting GREENMAT_PORT otherwise")] = None,
    host: Annotated[str | None, typer.Option(help="Address to listen on")] = None,
    workers: Annotated[int | None, typer.Option(min=1, max=MOST_WORKERS, help="Server processes")] = None,
) -> None:
    """Serve the site."""
    settings = configured()
    given = {"port": port, "host": host, "workers": workers}
    settings = settings.model_copy(update={name: one for name, one in given.items() if one is not None})
    configure(settings.log_format)
    if settings.workers == 1:
        _say_where(settings.host, settings.port)
        serve(create_app(settings), host=settings.host, port=settings.port)
        return
    with listening(settings) as opened:
        _say_where(settings.host, opened.getsockname()[1])
        serve_several(settings, opened)


def _say_where(host: str, port: int) -> None:
    console.print(f"GreenMat 绿材名录  →  [bold]http://{host}:{port}/[/]")


@app.command("migrate")
def migrate_command() -> None:
    """Bring the database to this version's tables."""
    with open_engine(configured()) as engine:
        revision.bring_up(engine)


@app.command()
def reindex() -> None:
    """Build the search index anew beside the current one, then swap; the one on a server too."""
    settings = configured()
    turn = FolderTurn(settings.index_dir)
    if not turn.take():
        console.print("[bold red]A running server writes this index: stop it first.[/]")
        raise typer.Exit(2)
    away = chosen.away(settings)
    with open_engine(settings) as engine:
        for index in (chosen.embedded(settings.index_dir), *((away,) if away else ())):
            count = follow.rebuild(engine, index.writer, on=clock.today())
            index.writer.close()
    turn.give_back()
    console.print(f"{count} documents.")


@app.command()
def worker() -> None:
    """Follow and send notices without serving the site; ends with the first Ctrl-C."""
    settings = configured()
    configure(settings.log_format)
    with open_engine(settings) as engine:
        revision.bring_up(engine)
        notices = Worker(engine, Keeping.of(settings))
        notices.start()
        try:
            notices.join()
        except KeyboardInterrupt:
            notices.stop()


@app.command("verify-feed")
def verify_feed() -> None:
    """Check every record's hashes and the gapless order."""
    with open_engine(configured()) as engine, read_session(engine) as session:
        console.print(f"{feed.verify(feed.every(session))} records, all intact.")


@app.command()
def rebuild(target: Annotated[Path, typer.Argument(help="File of the new, empty SQLite database")]) -> None:
    """Write the whole feed into an empty database; the tables come out the same."""
    other = _new_database(target)
    with (
        open_engine(configured()) as engine,
        read_session(engine) as source,
        write_session(other) as session,
    ):
        console.print(f"{rebuild_feed(source, session)} records copied.")
    other.dispose()


@app.command("dump")
def dump_command(folder: Annotated[Path, typer.Argument(help="New folder for the files")]) -> None:
    """Write the whole catalogue into a folder: NDJSON and Parquet with a manifest."""
    with refusals_said(), open_engine(configured()) as engine:
        manifest = make(engine, folder, now=clock.now())
    console.print(f"{manifest.position} records in {len(manifest.files)} files.")


@app.command("restore")
def restore_command(folder: Annotated[Path, typer.Argument(help="Folder of a dump")]) -> None:
    """Fill the configured, empty database from a dump: a second instance."""
    with refusals_said(), open_engine(configured()) as engine:
        revision.bring_up(engine)
        with write_session(engine) as session:
            manifest = restore(folder, session)
    console.print(f"{manifest.position} records of the {manifest.feed} feed restored.")


@app.command()
def problems() -> None:
    """List the problems that visitors reported, oldest first; expired ones are deleted."""
    now = clock.now()
    with open_engine(configured()) as engine, write_session(engine) as session:
        purged = feedback.purge(session, now=now)
        listed = Table("number", "day", "kind", "about", "text", "contact", show_lines=True)
        for row in feedback.kept(session, now=now):
            cells = (row.number, row.day.isoformat(), row.kind, row.about, row.text, row.contact)
            listed.add_row(*(escape(legible(cell)) for cell in cells))
    Console().print(listed)
    console.print(f"{listed.row_count} problems, {purged} expired and deleted.")


@app.command("cross-check")
def cross_check(  # noqa: PLR0913 - the options of a command stand in its signature
    code: Annotated[str, typer.Argument(help="The certificate's 登记号")],
    *,
    platform: Annotated[str, typer.Option(help="The official platform that was looked at")],
    result: Annotated[Result, typer.Option(help="What it showed")],
    differences: Annotated[str | None, typer.Option(help="What differs; only with --result differs")] = None,
    screenshot: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Its sha256 is recorded, the file is not")
    ] = None,
    recheck_in: Annotated[int, typer.Option(min=1, max=3650, help="Days until the next look is due")] = 180,
) -> None:
    """Record that the operator looked a certificate up today."""
    seen = Seen(platform, result, differences, screenshot, recheck_in)
    with refusals_said(), open_engine(configured()) as engine, write_session(engine) as session:
        look = record_look(session, code, seen, now=clock.now())
    console.print(
        f"{code}: {look.result} on {look.checked_on}, next look due {look.recheck_due or 'at once'}."
    )


def _new_database(target: Path) -> Engine:
    if target.exists():
        console.print(f"[bold red]{target} exists already.[/]")
        raise typer.Exit(2)
    engine = sqlite_engine(str(target))
    revision.bring_up(engine)
    return engine


def main() -> None:
    app()


if __name__ == "__main__":
    main()
