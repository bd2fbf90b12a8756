"""Several processes behind one port: started together, replaced when one dies, stopped together."""

import multiprocessing
import os
import signal
import sys
import threading
import time
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from socket import AF_INET, AF_INET6, IPPROTO_TCP, TCP_NODELAY, create_server, socket

from frontend.app import create_app
from frontend.serving import STARTUP_FAILED, serve
from registry.kit.log import configure
from registry.kit.log import get as get_log
from registry.kit.settings import Settings

AGAIN_AFTER = 1.0  # seconds before a process that died is replaced: one that dies at once must not spin
PATIENCE = 90  # seconds for the answers under way and the index's last round
BACKLOG = 2048  # connections that wait while every process is busy; uvicorn's own number
_log = get_log("frontend.workers")


def listening(settings: Settings) -> socket:
    """The socket that all processes answer at; taken once, so a taken port is known before any starts.

    Connections inherit its TCP_NODELAY. asyncio sets it only on sockets it opened itself, and without it
    answers on a kept connection waited 40 ms for an acknowledgement (2026-11, in a browser).
    """
    family = AF_INET6 if ":" in settings.host else AF_INET
    opened = create_server((settings.host, settings.port), family=family, backlog=BACKLOG)
    opened.setsockopt(IPPROTO_TCP, TCP_NODELAY, 1)
    return opened


def serve_several(settings: Settings, opened: socket) -> None:
    """Keep so many processes alive until told to stop; one that cannot start at all stops the rest."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    first = [_started(settings, opened) for _ in range(settings.workers)]
    running = list(first)
    try:
        while True:
            wait([one.sentinel for one in running])
            for place, one in enumerate(running):
                if one.exitcode is None:
                    continue
                if one.exitcode == STARTUP_FAILED and one in first:
                    sys.exit(STARTUP_FAILED)
                _log.warning("A server process ended; another one is started.", exit_code=one.exitcode)
                time.sleep(AGAIN_AFTER)
                running[place] = _started(settings, opened)
    except KeyboardInterrupt:
        _log.info("The server processes are stopping.")
    finally:
        for one in running:
            one.terminate()
        for one in running:
            one.join(PATIENCE)


def _started(settings: Settings, opened: socket) -> SpawnProcess:
    """A fresh interpreter: threads and locks of this process would not survive a fork."""
    process = multiprocessing.get_context("spawn").Process(target=_serve_one, args=(settings, opened))
    process.start()
    return process


def _serve_one(settings: Settings, opened: socket) -> None:
    configure(settings.log_format)
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()
    serve(create_app(settings), host=settings.host, port=settings.port, sockets=[opened])


def _end_with_parent() -> None:
    """A killed parent can stop nobody; what it started must not go on answering beside its successor."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)
