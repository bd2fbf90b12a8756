"""The web server's process: uvicorn, with Python's memory and threads set for many short answers."""

import asyncio
import gc
import sys
from contextlib import suppress
from socket import socket

import uvicorn
from fastapi import FastAPI

# Seconds that a thread keeps the interpreter while others wait; Python's own 5 ms is as long as an answer.
TURN = 0.0005
STARTUP_FAILED = 3  # uvicorn's own
SETTLED_AFTER = 20.0  # seconds; by then the first answers have built what all answers share


class Server(uvicorn.Server):
    """Sets what lives as long as the process aside: no answer waits while it is searched for waste."""

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets=sockets)
        sys.setswitchinterval(TURN)
        set_aside()
        asyncio.get_running_loop().call_later(SETTLED_AFTER, set_aside)


def set_aside() -> None:
    """A full search walks 340,000 objects, 250 ms on a small machine; after this it walks what came since."""
    gc.collect()
    gc.freeze()


def serve(app: FastAPI, *, host: str, port: int, sockets: list[socket] | None = None) -> None:
    """Answer until the process is told to stop; our own log has the requests."""
    server = Server(uvicorn.Config(app, host=host, port=port, log_config=None, access_log=False))
    with suppress(KeyboardInterrupt):  # the usual way to stop it
        server.run(sockets=sockets)
    if not server.started:
        sys.exit(STARTUP_FAILED)
