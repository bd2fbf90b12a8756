"""`greenmat import` and `greenmat export`: declarations from files, looked at first; out in any format."""

import hashlib
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy import Engine
from sqlmodel import Session

from frontend.terminal import configured, console, refusals_said
from registry.access.actors import OPERATOR
from registry.changes.codes import by_code, key_of_code
from registry.changes.reading import Point, find_code, point
from registry.declarations.documents import importing
from registry.declarations.documents.content import content_of
from registry.declarations.documents.entering import About
from registry.declarations.documents.importing import Outcome, Result, Task
from registry.declarations.documents.kept_readings import File
from registry.declarations.formats import confined
from registry.declarations.formats.confined import Limits
from registry.declarations.formats.reading import Reading, Unreadable
from registry.declarations.formats.writers import WRITERS, written
from registry.declarations.service import DECLARATION, of_products
from registry.kit import clock, revision
from registry.kit.confined import MEGABYTE, Bounds
from registry.kit.db import open_engine, read_session
from registry.kit.errors import DomainError, Faulty, NotFound
from registry.kit.ids import parse_code
from registry.kit.messages import say
from registry.parties.service import ORGANISATION
from registry.products.service import PRODUCT

# Files of whoever runs the site: larger than what strangers may upload, and still read in a child.
LIMITS = Limits(
    largest=64 * MEGABYTE,
    most=20_000,
    bounds=Bounds(answer_bytes=256 * MEGABYTE, cpu_seconds=300, wall_seconds=600),
)
SHOWN = 20  # refusals told one by one
REFUSED, MISTAKEN = 1, 2  # exit codes

FilesArgument = Annotated[list[Path], typer.Argument(help="Files in any format that is read", exists=True)]
CommitOption = Annotated[bool, typer.Option("--commit", help="Record; without it nothing is written")]
MakerOption = Annotated[str, typer.Option("--as", help="登记号 of the maker that declares")]
ProductsOption = Annotated[
    list[str] | None, typer.Option("--product", help="登记号 of a product of the maker")
]


def import_command(
    files: FilesArgument,
    *,
    commit: CommitOption = False,
    maker: MakerOption = "",
    product: ProductsOption = None,
) -> None:
    """Take carbon declarations in from files: a dry run, or with --commit the record itself.

    Ends with 0 where every document can be recorded, 1 where some are refused, 2 where a file is not read.
    """
    told, unread = _Told(), False
    with refusals_said(), open_engine(configured()) as engine:
        revision.bring_up(engine)
        about = _about(engine, maker, product or [])
        for path in files:
            try:
                told.add(_results(engine, path, about, commit=commit), path)
            except Unreadable as refused:
                unread = True
                console.print(
                    f"[bold red]{escape(path.name)}: {escape(say(refused.key, 'en', refused.facts))}[/]"
                )
    told.sum_up(committed=commit)
    if unread or told.counted[Outcome.REFUSED]:
        raise typer.Exit(MISTAKEN if unread else REFUSED)


def _about(engine: Engine, maker: str, products: list[str]) -> About:
    with read_session(engine) as session:
        keys = tuple(key_of_code(session, code, PRODUCT.name) for code in products)
        maker_id = key_of_code(session, maker, ORGANISATION.name) if maker else None
    return About(product_ids=keys, maker_id=maker_id)


def _results(engine: Engine, path: Path, about: About, *, commit: bool) -> Iterator[Result]:
    """The file's documents one by one with what becomes of each, and a bar that shows how far it is."""
    data = path.read_bytes()
    readings: tuple[Reading, ...] = confined.read(data, path.name, LIMITS)
    digest = hashlib.sha256(data).hexdigest()
    named = About(about.product_ids, about.plant_ids, about.maker_id, source_sha256=digest)
    task = Task(File(path.name, digest, "machine"), named, OPERATOR, clock.today(), clock.now())
    run = importing.commit if commit else importing.dry_run
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        yield from bar.track(run(engine, readings, task), total=len(readings), description=escape(path.name))


@dataclass(slots=True)
class _Told:
    """What is said at the end."""

    counted: Counter[Outcome] = field(default_factory=Counter)
    remarks: int = 0
    told: int = 0

    def add(self, results: Iterator[Result], path: Path) -> None:
        for one in results:
            self.counted[one.outcome] += 1
            self.remarks += len(one.reading.remarks)
            if one.refusal is not None:
                self.told += 1
                if self.told <= SHOWN:
                    console.print(
                        f"{escape(path.name)} #{one.place}: {escape(_why(one.refusal))}", highlight=False
                    )

    def sum_up(self, *, committed: bool) -> None:
        if self.told > SHOWN:
            console.print(f"… and {self.told - SHOWN} more refused.")
        said = ", ".join(f"{self.counted[one]} {one}" for one in Outcome)
        done = "Recorded" if committed else "Dry run, nothing written; --commit records it"
        Console().print(f"{done}: {said}. Loss report: {self.remarks} lines.", highlight=False)


def _why(refused: DomainError) -> str:
    faults = refused.faults if isinstance(refused, Faulty) else ()
    sentences = [say(refused.key, "en", refused.facts), *(say(one.key, "en", one.facts) for one in faults)]
    return " ".join(sentences)


def _require_declaration(session: Session, code: str, at: Point) -> None:
    """Whoever gives another number is told which one to take."""
    found = find_code(session, parse_code(code) or "")
    if found is None:
        raise NotFound("declaration-code-unknown", code=code)
    if found.kind == PRODUCT.name:
        codes = [one.fact.code for one in of_products(session, [found.key], at)[found.key]]
        if codes:
            raise NotFound("declaration-code-of-product", code=code, codes=", ".join(codes))
    if found.kind != DECLARATION.name:
        raise NotFound("declaration-code-of-another", code=code, kind=found.kind)


def export_command(
    code: Annotated[str, typer.Argument(help="登记号 of the declaration")],
    *,
    ending: Annotated[str, typer.Option("--format", help=", ".join(WRITERS))] = "ilcd.zip",
    output: Annotated[Path | None, typer.Option("--output", help="File; standard output otherwise")] = None,
) -> None:
    """Write the document of a declaration in a format; what the format cannot hold is said."""
    with refusals_said(), open_engine(configured()) as engine, read_session(engine) as session:
        at = point(session, clock.today())
        _require_declaration(session, code, at)
        known = content_of(session, by_code(session, code, DECLARATION, at).fact.id, at)
        if known is None:
            raise NotFound("declaration-without-document", code=code)
        found = written(known.fact.dataset, ending)
    if output is not None:
        output.write_bytes(found.content)
    else:
        sys.stdout.buffer.write(found.content)
    for one in found.remarks:
        console.print(f"{escape(one.place)}: {escape(say(one.key, 'en', one.facts))}", highlight=False)
