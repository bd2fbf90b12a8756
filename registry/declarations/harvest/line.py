"""The connection of a fetch, cut when an answer takes too long in all: bytes that drip in never time out."""

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Timer
from typing import Any

_OPENED = (".connect_tcp.complete", ".start_tls.complete")


@dataclass(slots=True)
class Line:
    """The newest connection of one client, which may carry several requests."""

    _socket: socket.socket | None = None
    _is_cut: bool = False

    def opened(self, event: str, info: Mapping[str, Any]) -> None:
        """What `httpx` is given as `trace`."""
        if event.endswith(_OPENED):
            self._socket = info["return_value"].get_extra_info("socket")

    @contextmanager
    def cut_after(self, seconds: float) -> Iterator[None]:
        """TimeoutError where the block was not done in time, whatever it took the end of its data for."""
        self._is_cut = False
        timer = Timer(seconds, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        except Exception as error:
            if self._is_cut:
                raise TimeoutError from error
            raise
        finally:
            timer.cancel()
        if self._is_cut:
            raise TimeoutError

    def _cut(self) -> None:
        self._is_cut = True
        if self._socket is not None:
            with suppress(OSError):
                # Below TLS: nothing is sent, and whoever waits for data is told that none comes.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
