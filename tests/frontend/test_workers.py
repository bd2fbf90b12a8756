"""Two processes behind one port: one writes the index, both read it, and a killed writer is succeeded."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from frontend.cli import app
from frontend.serving import STARTUP_FAILED
from frontend.workers import listening
from registry.changes.feed import Draft
from registry.kit.db import write_session
from registry.products.service import PRODUCT
from search.feeding.turn import FILE, FolderTurn
from tests import factories
from tests.databases import environment_of, settings_of

T = TypeVar("T")
PATIENCE = 180.0  # two fresh interpreters on a machine that is busy with other tests
RUN = (sys.executable, "-m", "frontend.cli", "run", "--workers", "2", "--port", "0")


def until(found: Callable[[], T | None], what: str) -> T:
    """Whatever comes in time; a site that is only just starting refuses connections."""
    ends = time.monotonic() + PATIENCE
    while time.monotonic() < ends:
        try:
            if found_now := found():
                return found_now
        except OSError:
            pass
        time.sleep(0.05)
    raise AssertionError(f"in {PATIENCE:.0f} seconds: not {what}")


@dataclass(frozen=True)
class Several:
    """A running site of two processes, its register from outside, and what it has logged."""

    process: "subprocess.Popen[bytes]"
    engine: Engine
    index: Path
    said: Path

    @property
    def address(self) -> str:
        """Empty until it is said; something may be said before it."""
        said = self.said.read_text("utf-8").partition("→")[2].partition("\n")
        return said[0].strip().rstrip("/") if said[1] else ""

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:
            return json.load(answer)

    def writer(self) -> int:
        return int((self.index / FILE).read_text("ascii") or 0)

    def record(self, n: int) -> None:
        fact = factories.product(n)
        with write_session(self.engine) as session:
            factories.record(session, [Draft(PRODUCT, fact.id, factories.START, fact)])

    def found(self) -> int:
        return int(self.get("/api/v1/search")["total"])

    def logged(self) -> list[Mapping[str, Any]]:
        return [json.loads(one) for one in self.said.read_text("utf-8").splitlines() if one.startswith("{")]


@pytest.fixture
def several(engine: Engine, tmp_path: Path) -> Iterator[Several]:
    """Started on a register without any index."""
    with write_session(engine) as session:
        factories.record(session, factories.world())
    settings = settings_of(engine)
    if settings.database_url:
        settings = settings.model_copy(update={"data_dir": tmp_path})
    said = tmp_path / "said.txt"
    environment = environment_of(settings) | {"GREENMAT_LOG_FORMAT": "json"}
    with said.open("wb") as log, subprocess.Popen(RUN, env=environment, stderr=log) as process:
        found = Several(process, engine, settings.index_dir, said)
        try:
            until(lambda: found.address, f"an address; said at {said}")
            yield found
        finally:
            process.kill()  # its processes end by themselves


def test_no_answer_waits_for_an_acknowledgement(engine: Engine) -> None:
    with (
        listening(settings_of(engine).model_copy(update={"port": 0})) as opened,
        socket.create_connection(opened.getsockname()),
        opened.accept()[0] as accepted,
    ):
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_one_writes_all_read_and_a_killed_writer_is_succeeded(several: Several) -> None:
    ready = until(lambda: several.get("/readyz"), "ready")
    assert ready["status"] == "ok"
    first = several.writer()
    started = several.found()
    several.record(2)
    until(lambda: several.found() == started + 1, "found")
    os.kill(first, signal.SIGSTOP)  # whoever answers now is the one that does not write
    try:
        assert [several.found() for _ in range(3)] == [started + 1] * 3
    finally:
        os.kill(first, signal.SIGCONT)
    os.kill(first, signal.SIGKILL)
    several.record(3)
    until(lambda: several.found() == started + 2, "found again")
    assert several.writer() != first
    assert until(lambda: several.get("/readyz")["lag"] == 0, "caught up")
    several.process.terminate()
    assert several.process.wait(PATIENCE) == 0
    logged = several.logged()
    rebuilt = [one for one in logged if one["event"] == "The search index was rebuilt."]
    assert len(rebuilt) == 1, "both built it"
    worse = [one["event"] for one in logged if one["level"] in {"warning", "error", "critical"}]
    assert worse == ["A server process ended; another one is started."]


@pytest.mark.full
def test_processes_end_when_whoever_started_them_is_killed(several: Several) -> None:
    until(lambda: several.get("/healthz"), "answering")
    address = several.address
    several.process.kill()

    def silent() -> bool:
        try:
            with urllib.request.urlopen(address + "/healthz", timeout=PATIENCE):
                return False
        except ConnectionError:
            return True
        except urllib.error.URLError as error:
            return isinstance(error.reason, ConnectionError)

    assert until(silent, "silent")


@pytest.mark.full
def test_a_site_whose_processes_cannot_start_ends_with_that_number(engine: Engine) -> None:
    environment = environment_of(settings_of(engine)) | {"GREENMAT_MODE": "production"}
    ended = subprocess.run(RUN, env=environment, stderr=subprocess.PIPE, timeout=PATIENCE, check=False)
    assert ended.returncode == STARTUP_FAILED
    assert b"WrongFeed" in ended.stderr


def test_an_index_in_use_is_not_built_anew_from_outside(engine: Engine) -> None:
    settings = settings_of(engine)
    turn = FolderTurn(settings.index_dir)
    assert turn.take()
    refused = CliRunner().invoke(app, ["reindex"], env=environment_of(settings))
    turn.give_back()
    assert (refused.exit_code, "stop it first" in refused.output) == (2, True), refused.output
    done = CliRunner().invoke(app, ["reindex"], env=environment_of(settings))
    assert (done.exit_code, "0 documents." in done.output) == (0, True), done.output
