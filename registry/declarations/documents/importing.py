"""Many documents of one file: a dry run that writes nothing, and a commit in parts, each whole or not at all.

Sent again after a cut, what was recorded is found by its identity and nothing is recorded twice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session

from registry.access.actors import Actor
from registry.declarations.documents import kept_readings
from registry.declarations.documents.entering import About, Entered, enter
from registry.declarations.documents.kept_readings import File, Saving
from registry.declarations.formats.reading import Reading
from registry.kit.db import read_session, write_session
from registry.kit.errors import Conflict, DomainError

PART = 200  # documents of one transaction


class Outcome(StrEnum):
    """What becomes of one document."""

    NEW = "new"
    REPLACING = "replacing"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Result:
    """One document of the file, counted from 1; the refusal says why nothing was recorded of it."""

    place: int
    reading: Reading
    outcome: Outcome
    code: str | None = None
    refusal: DomainError | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """For whom a file is taken in, by whom, and when."""

    file: File
    about: About
    actor: Actor
    today: date
    now: datetime


def dry_run(engine: Engine, readings: Sequence[Reading], task: Task) -> Iterator[Result]:
    """What a commit would do with each document."""
    seen: set[UUID] = set()
    with read_session(engine) as session:
        for place, reading in enumerate(readings, 1):
            yield _looked(session, place, reading, task, seen)[0]


def commit(engine: Engine, readings: Sequence[Reading], task: Task) -> Iterator[Result]:
    """Record what can be recorded; the results of a part come when it stands."""
    seen: set[UUID] = set()
    numbered = enumerate(readings, 1)
    while part := list(islice(numbered, PART)):
        with write_session(engine) as session:
            looked = [_looked(session, place, reading, task, seen) for place, reading in part]
            found = [(result.reading, entered) for result, entered in looked if entered is not None]
            saving = Saving(task.actor, task.now, task.about.maker_id)
            kept_readings.save_all(session, found, task.file, saving)
        yield from (result for result, _ in looked)


def _looked(
    session: Session, place: int, reading: Reading, task: Task, seen: set[UUID]
) -> tuple[Result, Entered | None]:
    """What one document would become; the same declaration a second time in one file is refused."""
    try:
        entered = enter(session, reading, task.about, actor=task.actor, today=task.today)
        if entered.declaration_id in seen:
            raise Conflict("declaration-twice-in-file", code=entered.code)
    except DomainError as refused:
        return Result(place, reading, Outcome.REFUSED, refusal=refused), None
    seen.add(entered.declaration_id)
    if not entered.drafts:
        return Result(place, reading, Outcome.KNOWN, entered.code), None
    outcome = Outcome.REPLACING if entered.drafts[0].after_version else Outcome.NEW
    return Result(place, reading, outcome, entered.code), entered
