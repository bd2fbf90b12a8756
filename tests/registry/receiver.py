"""A receiver of webhooks on loopback that fails on purpose: status 500, silence, a dropped connection."""

import asyncio
import json
import random
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

SILENT_FOR = 30.0
FAULTS = ("early", "drop", "500") * 4 + ("silent",)  # silence costs the tests most time


@dataclass(slots=True)
class Receiver:
    """`arrived` holds every complete request in the order of coming, also those then answered badly."""

    faults: float = 0.0
    kinds: Sequence[str] = FAULTS
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    port: int = 0
    arrived: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    accepted: set[str] = field(default_factory=set)
    faulty: int = 0

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    def bodies(self) -> list[dict[str, Any]]:
        return [json.loads(body) for _, body in self.arrived]

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            lines = head.split("\r\n")[1:-2]
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
            body = await reader.readexactly(int(headers["content-length"]))
            await self._answer(headers, body, writer)
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            pass  # the other side is gone, or the test is over
        finally:
            writer.close()

    async def _answer(self, headers: dict[str, str], body: bytes, writer: asyncio.StreamWriter) -> None:
        fault = self.chance.choice(self.kinds) if self._fails() else ""
        if fault == "early":
            return
        self.arrived.append((headers, body))
        if fault == "silent":
            await asyncio.sleep(SILENT_FOR)
        if fault in {"drop", "silent"}:
            return
        if not fault:
            self.accepted.add(headers["webhook-id"])
        status = "500 Fault" if fault else "204 Fine"
        writer.write(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()

    def _fails(self) -> bool:
        fails = self.chance.random() < self.faults
        self.faulty += fails
        return fails


@contextmanager
def listening(faults: float = 0.0) -> Iterator[Receiver]:
    receiver, loop = Receiver(faults), asyncio.new_event_loop()
    server = loop.run_until_complete(asyncio.start_server(receiver.handle, "127.0.0.1", 0, backlog=512))
    receiver.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def end() -> None:
        server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    try:
        yield receiver
    finally:
        asyncio.run_coroutine_threadsafe(end(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
