"""The web server's process sets memory and threads once it has started, and says when it could not start."""

import gc
import socket
import sys
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress

import pytest
import uvicorn
from fastapi import FastAPI

from frontend.serving import STARTUP_FAILED, TURN, Server, serve

PATIENCE = 20


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    turn = sys.getswitchinterval()
    yield
    sys.setswitchinterval(turn)
    gc.unfreeze()


def test_what_was_built_at_the_start_is_no_longer_searched_for_waste() -> None:
    server = Server(uvicorn.Config(FastAPI(), port=0, log_config=None))
    running = threading.Thread(target=server.run)
    before = gc.get_freeze_count()
    running.start()
    until = time.monotonic() + PATIENCE
    while gc.get_freeze_count() <= before and time.monotonic() < until:
        time.sleep(0.01)
    frozen, turn = gc.get_freeze_count(), sys.getswitchinterval()
    server.should_exit = True
    running.join(PATIENCE)
    assert frozen > before + 1000
    assert turn == pytest.approx(TURN)


def test_a_site_that_cannot_start_ends_with_its_own_number() -> None:
    @asynccontextmanager
    async def broken(_app: FastAPI) -> AsyncIterator[None]:
        raise RuntimeError("no database")
        yield

    with pytest.raises(SystemExit) as ended:
        serve(FastAPI(lifespan=broken), host="127.0.0.1", port=0)
    assert ended.value.code == STARTUP_FAILED


def test_a_port_that_is_taken_is_a_failed_start() -> None:
    with socket.socket() as taken, suppress(KeyboardInterrupt):
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(SystemExit):
            serve(FastAPI(), host="127.0.0.1", port=taken.getsockname()[1])
