"""Looking names up so that a slow name server holds up nobody but those who chose it."""

import asyncio
import socket
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

# A resolver asks its second server after five seconds as a rule; whoever takes longer is tried again later.
PATIENCE = 6.0
MOST = 400  # under way at once: twice a batch of the outbox, in which each webhook has another name
Ask = Callable[[str], Sequence[str]]


def of_system(host: str) -> Sequence[str]:
    """Every address that the system's resolver gives; this may take as long as it likes."""
    return [str(entry[4][0]) for entry in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]


@dataclass(slots=True)
class _Lookup:
    begun: float
    waiting: list["asyncio.Future[Sequence[str]]"] = field(default_factory=list)


class Names:
    """One look-up at a time for each name, on a thread that nobody waits for longer than `patience`.

    A call to the system's resolver cannot be broken off. In a pool, or in the loop's own executor, a few
    names that hang take every thread, and the loop does not even end before them.
    """

    def __init__(self, ask: Ask = of_system, *, patience: float = PATIENCE, most: int = MOST) -> None:
        self._ask, self._patience, self._most = ask, patience, most
        self._guard = threading.Lock()
        self._under_way: dict[str, _Lookup] = {}

    async def __call__(self, host: str, _port: int) -> Sequence[str]:
        """The addresses of a name; TimeoutError when its look-up, whoever began it, takes too long."""
        answer: asyncio.Future[Sequence[str]] = asyncio.get_running_loop().create_future()
        async with asyncio.timeout(self._join(host, answer)):
            return await answer

    def _join(self, host: str, answer: "asyncio.Future[Sequence[str]]") -> float:
        """Wait for the look-up under way, or begin one; how many seconds are left for it."""
        with self._guard:
            lookup = self._under_way.get(host)
            if lookup is None:
                if len(self._under_way) >= self._most:
                    raise TimeoutError
                lookup = _Lookup(time.monotonic())
                threading.Thread(target=self._look, args=(host, lookup), name="names", daemon=True).start()
                self._under_way[host] = lookup
            left = lookup.begun + self._patience - time.monotonic()
            if left <= 0:
                raise TimeoutError
            lookup.waiting.append(answer)
            return left

    def _look(self, host: str, lookup: _Lookup) -> None:
        found: Sequence[str] | Exception
        try:
            found = self._ask(host)
        except Exception as error:  # noqa: BLE001 - told to whoever asked, on the thread that asked
            found = error
        with self._guard:
            del self._under_way[host]
        for answer in lookup.waiting:
            with suppress(RuntimeError):  # its loop is closed: nobody waits any more
                answer.get_loop().call_soon_threadsafe(_tell, answer, found)


def _tell(answer: "asyncio.Future[Sequence[str]]", found: Sequence[str] | Exception) -> None:
    if answer.done():
        return  # given up
    if isinstance(found, Exception):
        answer.set_exception(found)
    else:
        answer.set_result(found)
