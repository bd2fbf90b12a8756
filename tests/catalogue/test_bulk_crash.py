"""A list that was killed at any step goes on from where it stood, and everything happens exactly once."""

import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import select

from registry.applications.models import ApplicationRow, ListedProductRow
from registry.changes import feed
from registry.changes.models import ChangeRow
from registry.kit.db import read_session, write_session
from registry.products.facts import ProductFact
from tests import applicants, databases, product_files

ROOT = Path(__file__).parents[2]
ROWS = 120


def run(engine: Engine, *, until: str | None, more: float = 0) -> list[str]:
    """The steps acknowledged by one process, which is killed some time after the named one."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.catalogue.list_writer", str(ROWS)],
        cwd=ROOT,
        env=databases.environment_of(databases.settings_of(engine)),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    seen: list[str] = []
    for line in child.stdout:
        seen.append(line.strip())
        if seen[-1] == until:
            time.sleep(more)
            child.kill()
    child.communicate(timeout=60)
    return seen


def test_a_list_killed_at_every_step_and_resumed_is_there_exactly_once(engine: Engine) -> None:
    with write_session(engine) as session:
        applicants.registered(session)
    killed = [
        run(engine, until=until, more=more)
        for until, more in (("ready", 0.005), ("received", 0.01), ("checked 60", 0), ("checked 120", 0.05))
    ]
    killed.append(run(engine, until="committed", more=0.06))
    assert all(seen[0] == "ready" for seen in killed)
    assert run(engine, until=None)[-1] == "published"
    assert run(engine, until=None)[-1] == "published"  # and sent once more: nothing changes
    with databases.owners(engine) as owner, read_session(owner) as session:
        feed.verify(feed.every(session))
        assert len(session.exec(select(ApplicationRow)).all()) == 1
        rows = session.exec(select(ListedProductRow).order_by(ListedProductRow.place)).all()  # type: ignore[arg-type]
        assert [one.row for one in rows] == list(range(2, ROWS + 2))
        changes = session.exec(select(ChangeRow).where(ChangeRow.kind == "product")).all()
        names = [ProductFact.model_validate_json(one.payload).name_zh for one in changes]
    wanted = [line[1] for line in product_files.rows(ROWS)]
    assert sorted(name for name in names if "批量" in name) == sorted(wanted)
