"""`python -m seeds load` fills the configured database; `bill` and `bills` write the example bills."""

from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from registry.kit import clock, migrate, settings
from registry.kit.db import open_engine
from registry.kit.errors import DomainError
from registry.kit.messages import say
from seeds.demo.bill import FILE, write
from seeds.demo.bills.writing import FOLDER, write_all
from seeds.demo.register import build
from seeds.load import load as load_into
from seeds.load import reference

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Seed data of the register.")


@app.command()
def load(
    *,
    demonstration: Annotated[
        bool | None, typer.Option(help="With the invented register; by default where the mode asks for it")
    ] = None,
) -> None:
    """Write what is missing; running it again adds nothing."""
    console = Console(stderr=True)
    configured = settings.load()
    wanted = configured.mode is settings.Mode.DEMONSTRATION if demonstration is None else demonstration
    if wanted and configured.mode is settings.Mode.PRODUCTION:
        console.print("Refused: GREENMAT_MODE is production, which never takes demonstration data.")
        raise typer.Exit(2)
    started = perf_counter()
    try:
        with open_engine(configured) as engine, _bars(console) as shown:
            migrate.upgrade(engine)
            report = load_into(engine, now=clock.now(), progress=_follow(shown), demonstration=wanted)
    except DomainError as refused:
        console.print(f"Refused: {say(refused.key, 'en', refused.facts)}")
        raise typer.Exit(2) from refused
    seconds = perf_counter() - started
    console.print(f"{report.feed}: {report.total} records added, {report.seq} in the feed, {seconds:.1f} s")


@app.command()
def bill(
    path: Annotated[
        Path, typer.Argument(help="Where to write it; by default where the site offers it")
    ] = FILE,
) -> None:
    """Write the example bill of materials from the demonstration register."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write(build(reference()), path)


@app.command()
def bills(
    folder: Annotated[
        Path, typer.Argument(help="Where to write them; by default beside the example bill")
    ] = FOLDER,
) -> None:
    """Write the three larger example bills: a school, a hospital, housing."""
    folder.mkdir(parents=True, exist_ok=True)
    write_all(build(reference()), folder)


def _bars(console: Console) -> Progress:
    return Progress(TextColumn("{task.description:<14}"), BarColumn(), MofNCompleteColumn(), console=console)


def _follow(shown: Progress) -> Callable[[str, int, int], None]:
    bars: dict[str, TaskID] = {}

    def tell(stage: str, done: int, total: int) -> None:
        if stage not in bars:
            bars[stage] = shown.add_task(stage)
        shown.update(bars[stage], completed=done, total=total)

    return tell


if __name__ == "__main__":
    app()
