"""A site behind a real web server on a free port, on a fixed day."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
import uvicorn
from fastapi import FastAPI

from frontend.app import create_app
from registry.kit import clock
from registry.kit.clock import asked_now, asked_today, now
from registry.kit.settings import Settings

PATIENCE = 60  # seconds until the server must answer


@contextmanager
def serving(settings: Settings, *, day: date) -> Iterator[str]:
    """The address of the site, whose clock starts in the morning of that day."""
    app = create_app(settings)
    begun, morning = now(), datetime(day.year, day.month, day.day, 1, tzinfo=UTC)

    def ticking() -> datetime:
        return morning + (now() - begun)

    app.dependency_overrides |= {asked_now: ticking, asked_today: lambda: day}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(clock, "now", ticking)
        patched.setattr(clock, "today", lambda: day)  # the index follows for that day
        with served(app) as address:
            yield address


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """An application behind a web server, until the caller is done."""
    config = uvicorn.Config(app, port=0, log_config=None, access_log=False, ws="none", timeout_keep_alive=60)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, name="live-site", daemon=True)
    thread.start()
    _await_start(server, thread)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def _await_start(server: uvicorn.Server, thread: threading.Thread) -> None:
    end = time.monotonic() + PATIENCE
    while not server.started:
        if not thread.is_alive() or time.monotonic() > end:
            raise RuntimeError("the site did not start")
        time.sleep(0.02)
