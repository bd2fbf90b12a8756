"""Power loss on SQLite: what was acknowledged is there afterwards, and nothing is half there."""

from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import event, text

from registry.applications import reviewing, store
from registry.applications.states import State, Step
from registry.changes import feed
from registry.kit import migrate
from registry.kit.db import read_session, sqlite_engine, write_session
from tests import applicants, power
from tests.applicants import SECOND, by
from tests.registry.test_application_crash import RECORDS, every, recorded

DATABASE = "greenmat.db"
FEW, MANY = 6, 60


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What somebody has been told is done, and how much had been written by then."""

    place: int
    number: str
    act: Step


def written(folder: Path, synchronous: str, count: int) -> tuple[power.Disk, list[Acknowledged]]:
    """Applications typed, submitted, approved and published, each act in its own transaction."""
    path = str(folder / DATABASE)
    engine = sqlite_engine(path)
    migrate.upgrade(engine)
    with write_session(engine) as session:
        feed.start(session, "demonstration")
        applicants.registered(session)
    engine.dispose()
    told: list[Acknowledged] = []
    with power.watched(folder) as disk:
        engine = sqlite_engine(path)
        event.listen(engine, "connect", lambda made, _: made.execute(f"PRAGMA synchronous={synchronous}"))
        for n in range(count):
            typed = {
                **applicants.EVERYTHING,
                **{f"{part}.number": f"演示-{part}-{n}" for part in ("certificate", "report", "carbon")},
            }
            with write_session(engine) as session:
                one = applicants.submitted(session, typed)
            told.append(Acknowledged(disk.now, one.number, Step.SUBMIT))
            with write_session(engine) as session:
                one = applicants.approved(session, one)
            told.append(Acknowledged(disk.now, one.number, Step.APPROVE))
            with write_session(engine) as session:
                reviewing.publish(session, one.number, by(SECOND, one), looks=applicants.LOOKS)
            told.append(Acknowledged(disk.now, one.number, Step.PUBLISH))
        engine.dispose()
    return disk, told


def lost(folder: Path, told: list[Acknowledged]) -> list[Acknowledged]:
    """What was acknowledged and is not there; a database that is damaged or half written fails the test."""
    engine = sqlite_engine(str(folder / DATABASE))
    try:
        with read_session(engine) as session:
            assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
            feed.verify(feed.every(session))
            acts: dict[str, set[str]] = {}
            for one in every(session):
                acts[one.number] = {event.act for event in store.events(session, one.id)}
                whole = sorted(RECORDS.values()) if one.state is State.PUBLISHED else []
                assert recorded(session, one) == whole
                assert (Step.PUBLISH in acts[one.number]) == (one.state is State.PUBLISHED)
        return [one for one in told if one.act not in acts.get(one.number, set())]
    finally:
        engine.dispose()


@pytest.mark.parametrize("count", [FEW, pytest.param(MANY, marks=pytest.mark.full)])
def test_nothing_acknowledged_is_lost_with_the_power(tmp_path: Path, count: int) -> None:
    """Cut right after each answer, and once inside what follows; without luck and with any."""
    (tmp_path / "running").mkdir()
    disk, told = written(tmp_path / "running", "FULL", count)
    chance = Random(20_261_121)
    for n, one in enumerate(told):
        cuts = (one.place, chance.randint(one.place, disk.now))
        for name, cut in zip(("at", "later"), cuts, strict=True):
            for luck in (None, Random(n)):
                folder = tmp_path / f"{name}-{n}-{luck is None}"
                disk.after_cut(cut, folder, luck=luck)
                assert lost(folder, [each for each in told if each.place <= cut]) == []


@pytest.mark.parametrize("synchronous", ["NORMAL", "OFF"])
def test_the_cut_does_lose_what_is_not_flushed(tmp_path: Path, synchronous: str) -> None:
    """The same check with a weaker setting: it finds losses, so it can fail."""
    (tmp_path / "running").mkdir()
    disk, told = written(tmp_path / "running", synchronous, 2)
    disk.after_cut(told[-1].place, tmp_path / "cut")
    assert told[-1] in lost(tmp_path / "cut", told)
