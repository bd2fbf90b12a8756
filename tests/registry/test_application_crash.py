"""Publication is exactly once and whole: through a killed process, and with two publishers at one case."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from registry.applications import reviewing, store
from registry.applications.application import Application
from registry.applications.fields import Part
from registry.applications.models import ApplicationRow
from registry.applications.states import State, Step
from registry.changes import feed
from registry.changes.models import ChangeRow
from registry.kit.db import read_session, write_session
from registry.kit.errors import DomainError
from tests import applicants, databases
from tests.applicants import SECOND, by

ROOT = Path(__file__).parents[2]
RECORDS = {
    Part.PRODUCT: "product", Part.CERTIFICATE: "certificate", Part.REPORT: "test_report",
    Part.SELF_DECLARATION: "self_declaration", Part.CARBON: "declaration",
}  # fmt: skip


def recorded(session: Session, application: Application) -> list[str]:
    """The kinds of fact that stand in the feed for an application."""
    keys = [application.given().key(part) for part in RECORDS]
    rows = session.scalars(select(ChangeRow.kind).where(ChangeRow.key.in_(keys)))  # type: ignore[attr-defined]
    return sorted(rows)


def every(session: Session) -> list[Application]:
    numbers = list(session.scalars(select(ApplicationRow.number)))
    return [store.get(session, number) for number in numbers]


# How many publications each process may finish before it is killed; a thousand in the long run.
KILLED_AFTER = [(1, 2, 3), pytest.param((40,) * 25, marks=pytest.mark.full)]


@pytest.mark.parametrize("killed_after", KILLED_AFTER, ids=["few", "thousand"])
def test_a_killed_process_never_publishes_half_and_loses_nothing_acknowledged(
    engine: Engine, killed_after: tuple[int, ...]
) -> None:
    with write_session(engine) as session:
        applicants.registered(session)
    acknowledged: list[str] = []
    for attempt, patience in enumerate(killed_after):
        child = subprocess.Popen(
            [sys.executable, "-m", "tests.registry.application_writer", f"run{attempt}"],
            cwd=ROOT,
            env=databases.environment_of(databases.settings_of(engine)),
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        acknowledged += [child.stdout.readline().strip() for _ in range(patience)]
        time.sleep(0.013 * (attempt % 12))  # somewhere inside the next one
        child.kill()
        acknowledged += [line.strip() for line in child.communicate(timeout=30)[0].splitlines()]
    with databases.owners(engine) as owner, read_session(owner) as session:
        feed.verify(feed.every(session))
        found = every(session)
        public = {one.number for one in found if one.state is State.PUBLISHED}
        assert set(acknowledged) <= public
        assert len(acknowledged) >= sum(killed_after)
        for one in found:
            kinds = recorded(session, one)
            assert kinds == (sorted(RECORDS.values()) if one.number in public else [])
            acts = [event.act for event in store.events(session, one.id)]
            assert acts.count(Step.PUBLISH) == (one.number in public)
    with databases.owners(engine) as owner, write_session(owner) as session:
        left = [one for one in every(session) if one.state is State.SUBMITTED]
        for one in left:  # whatever was cut off goes on from where it stood
            applicants.published(session, one)


def test_of_publishers_at_once_one_publishes_and_every_answer_is_the_same(engine: Engine) -> None:
    """One person on two tabs: two clicks, one publication."""
    with write_session(engine) as session:
        applicants.registered(session)
        ready = applicants.approved(session, applicants.submitted(session))
    answers: list[Application] = []
    refusals: list[DomainError] = []
    begin = threading.Barrier(4)

    def publish() -> None:
        begin.wait(10)
        try:
            with write_session(engine) as session:
                given = by(SECOND, ready)
                done = reviewing.publish(session, ready.number, given, looks=applicants.LOOKS)
            answers.append(done)
        except DomainError as error:
            refusals.append(error)

    clicks = [threading.Thread(target=publish) for _ in range(4)]
    for click in clicks:
        click.start()
    for click in clicks:
        click.join(30)
    assert refusals == []
    assert len(answers) == 4
    assert len({one.published for one in answers}) == 1
    with read_session(engine) as session:
        assert recorded(session, ready) == sorted(RECORDS.values())
