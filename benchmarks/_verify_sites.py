"""The two sites that `verify_load` measures: the register's own, and one that only sends its SQL."""

import logging
import multiprocessing
import os
import socket
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Response
from fastapi.testclient import TestClient
from sqlalchemy import event

from frontend.app import create_app
from frontend.serving import serve
from registry.kit.db import make_engine
from registry.kit.log import configure
from registry.kit.settings import Settings

Asking = list[tuple[str, Any]]
QUIET, MOST_SETTLING = 0.1, 300.0  # seconds of processor in a second of one process; seconds


@dataclass(frozen=True, slots=True)
class Sent:
    """The SQL that the page sends for a number when it is asked for first, and when it is asked for again."""

    first: Asking
    again: Asking


def statements(settings: Settings, codes: Sequence[str]) -> Mapping[str, Sent]:
    """What the page sends, once what all pages share is in memory."""
    app, seen = create_app(settings), []
    with TestClient(app) as client:
        engine = app.state.engine

        def note(_c: Any, _k: Any, sql: str, given: Any, _x: Any, _m: Any) -> None:
            seen.append((sql, given))

        client.get(f"/v/{codes[0]}")
        found: dict[str, Sent] = {}
        event.listen(engine, "before_cursor_execute", note)
        logging.disable(logging.INFO)  # a line for each answer would bury the figures

        def sent(code: str) -> Asking:
            seen.clear()
            assert client.get(f"/v/{code}").status_code == 200, code
            return [(sql, given) for sql, given in seen if sql.startswith("SELECT")]

        for one in codes[1:]:
            found[one] = Sent(sent(one), sent(one))
        logging.disable(logging.NOTSET)
        event.remove(engine, "before_cursor_execute", note)
    return found


def bare(settings: Settings, asked: Mapping[str, Sent]) -> FastAPI:
    """An endpoint that sends the same statements to the same database and does nothing with the rows."""
    app, engine, before = FastAPI(openapi_url=None), make_engine(settings), set[str]()

    @app.get("/v/{code}")
    def answer(code: str) -> Response:
        sending = asked[code].again if code in before else asked[code].first
        if settings.answers_remembered:
            before.add(code)
        connection = engine.raw_connection()
        try:
            cursor = connection.cursor()
            count = 0
            for sql, given in sending:
                cursor.execute(sql, given)
                count += len(cursor.fetchall())
        finally:
            connection.close()
        return Response(str(count), media_type="text/plain")

    return app


def serve_one(settings: Settings, port: int, asked: Mapping[str, Sent] | None) -> None:
    """One process of two that listen at one port; the system shares the connections out between them."""
    configure("json")
    app = create_app(settings) if asked is None else bare(settings, asked)
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # as `frontend.workers` has it
        listening.bind(("127.0.0.1", port))
        serve(app, host="127.0.0.1", port=port, sockets=[listening])


@dataclass(frozen=True, slots=True)
class Serving:
    """Where processes answer, and how long they worked after their start for what is not an answer."""

    address: str
    pids: tuple[int, ...]
    settled_after: float

    def processor(self) -> float:
        """Seconds of processor that they have taken so far."""
        return sum(map(_processor, self.pids))


def _processor(pid: int) -> float:
    told = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def _settled(pids: Sequence[int]) -> float:
    """Seconds until a second passes in which the processes do nothing to speak of.

    A register just filled has notices to tell of each certificate and a day to remind of, once in its life:
    2026-11, 100,000 products, 6 s of processor in each process, which were taken for the work of answers.
    """
    begun = time.monotonic()
    before = sum(map(_processor, pids))
    while time.monotonic() < begun + MOST_SETTLING:
        time.sleep(1)
        now = sum(map(_processor, pids))
        if now - before < QUIET * len(pids):
            break
        before = now
    return time.monotonic() - begun


@contextmanager
def serving(folders: Sequence[Settings], asked: Mapping[str, Sent] | None) -> Iterator[Serving]:
    """Processes with a data folder each, as an operator would start them; their log goes nowhere."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_quietly, args=(one, port, asked), daemon=True) for one in folders]
    for worker in workers:
        worker.start()
    try:
        time.sleep(6)  # each has opened its folder and listens; the first to listen would answer for both
        pids = tuple(one.pid for one in workers if one.pid is not None)
        yield Serving(f"http://127.0.0.1:{port}", pids, _settled(pids))
    finally:
        for worker in workers:
            worker.terminate()
            worker.join()


def _quietly(settings: Settings, port: int, asked: Mapping[str, Sent] | None) -> None:
    with Path(os.devnull).open("w") as nowhere:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(nowhere.fileno(), stream.fileno())
        serve_one(settings, port, asked)
