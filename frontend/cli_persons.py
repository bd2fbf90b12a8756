"""`greenmat persons`: erase people whom declarations' files name; shown first, done with --commit, noted."""

from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table
from sqlmodel import Session

from frontend.forms import legible
from frontend.terminal import configured, console, refusals_said
from registry.access.actors import OPERATOR
from registry.applications import erasing
from registry.applications.erasing import Found, Wanted
from registry.changes.codes import key_of_code
from registry.changes.reading import get, point
from registry.declarations.service import DECLARATION
from registry.kit import clock, revision
from registry.kit.db import open_engine, read_session, write_session

app = typer.Typer(no_args_is_help=True, help="People named in declarations' files: find, erase")


@app.command()
def erase(
    *,
    name: Annotated[str, typer.Option(help="Everybody of this name, in every file")] = "",
    declaration: Annotated[str, typer.Option(help="登记号: everybody in this declaration's files")] = "",
    reason: Annotated[str, typer.Option(help="Why, for the note of the act; name nobody in it")],
    commit: Annotated[bool, typer.Option("--commit", help="Erase; without it nothing is changed")] = False,
) -> None:
    """List who would be erased, and erase them with --commit; the feed and its proofs stay as they are."""
    with refusals_said(), open_engine(configured()) as engine:
        revision.bring_up(engine)
        with read_session(engine) as session:
            key = key_of_code(session, declaration, DECLARATION.name) if declaration else None
            wanted = Wanted(key, name or None)
            if not commit:
                _show(session, erasing.find(session, wanted, actor=OPERATOR))
                console.print("Dry run, nothing erased; --commit erases them for good.")
                return
        with write_session(engine) as session:
            done = erasing.erase(session, wanted, reason=reason, actor=OPERATOR, now=clock.now())
            _show(session, done)
    console.print(f"{len(done)} erased, and the act noted." if done else "Nobody found, nothing erased.")


@app.command("erasures")
def erasures_command() -> None:
    """List every act that erased people: when, why and how many; never their names."""
    with refusals_said(), open_engine(configured()) as engine:
        revision.bring_up(engine)
        with read_session(engine) as session:
            table = Table("at", "by", "reason", "declarations", "applications", "uploads")
            for one in erasing.erasures(session):
                counts = map(str, (one.declarations, one.applications, one.uploads))
                table.add_row(
                    one.at.isoformat(" ", "minutes"), one.actor, escape(legible(one.reason)), *counts
                )
    Console().print(table)


def _show(session: Session, found: list[Found]) -> None:
    table = Table("kept with", "declaration", "role", "name")
    for one in found:
        table.add_row(
            str(one.kept), _code(session, one), *map(escape, (legible(one.role), legible(one.name)))
        )
    Console().print(table)


def _code(session: Session, one: Found) -> str:
    if one.declaration_id is None:
        return ""
    known = get(session, DECLARATION, one.declaration_id, point(session, clock.today()))
    return known.fact.code if known is not None else ""
