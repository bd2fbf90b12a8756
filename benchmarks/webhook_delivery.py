"""Webhooks delivered per second from the outbox, beside a bare httpx loop that posts the same bytes.

python -m benchmarks.webhook_delivery                2,000 events of 100 records, on SQLite
GREENMAT_TEST_POSTGRES=… python -m benchmarks.webhook_delivery

The receiver is a process of its own; it answers at once and keeps no connection, and neither do we.
"""

import argparse
import asyncio
import multiprocessing
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

import httpx
from rich.console import Console
from rich.table import Table
from sqlalchemy import Engine, func, select
from sqlmodel import col

from registry.kit.db import read_session, write_session
from registry.notices.models import DeliveryRow, NoticeRow
from registry.notices.sending import AT_ONCE, body_of
from registry.notices.store import DELIVERED
from tests import databases
from tests.registry.receiver import listening
from tests.registry.webhooks import rounds, sent, subscribed, tell

LEAST = 0.5  # of the bare loop


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=2000)
    count = parser.parse_args().events
    with (
        tempfile.TemporaryDirectory() as folder,
        databases.migrated(Path(folder)) as engine,
        receiving() as address,
    ):
        with write_session(engine) as session:
            subscribed(session, address)
        told = timed(lambda: tell(engine, count, records=count // 20))
        with read_session(engine) as session:
            bodies = [body_of(row) for row in session.scalars(select(NoticeRow))]
        asyncio.run(bare(address, bodies[: count // 10]))  # both begin warm
        alone = timed(lambda: asyncio.run(bare(address, bodies)))
        delivered = timed(lambda: sum(sent(rounds(engine))))
        whole(engine, count)
        name = engine.dialect.name
    table = Table("step", "seconds", "events/s")
    for step, seconds in (("told", told), ("bare httpx loop", alone), ("delivered", delivered)):
        table.add_row(step, f"{seconds:.2f}", f"{count / seconds:,.0f}")
    Console().print(f"{count:,} events, {name}", table, f"delivered / bare: {alone / delivered:.2f}")
    if alone / delivered < LEAST:
        raise SystemExit(1)


async def bare(address: str, bodies: Sequence[bytes]) -> None:
    """No outbox, no signature, no gate; as many at once, each on a connection of its own."""
    places = asyncio.Semaphore(AT_ONCE)
    limits = httpx.Limits(max_keepalive_connections=0)
    async with httpx.AsyncClient(limits=limits, trust_env=False) as client:

        async def one(place: int, body: bytes) -> None:
            async with places:
                answer = await client.post(address, content=body, headers={"Webhook-Id": str(place)})
                answer.raise_for_status()

        await asyncio.gather(*(one(*numbered) for numbered in enumerate(bodies)))


def whole(engine: Engine, count: int) -> None:
    with read_session(engine) as session:
        arrived = session.scalar(select(func.count()).where(col(DeliveryRow.state) == DELIVERED))
    if arrived != count:
        raise RuntimeError(f"{arrived} of {count} arrived")


def timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


@contextmanager
def receiving() -> Iterator[str]:
    """The address of a receiver that lives until the block ends."""
    near, far = multiprocessing.Pipe()
    child = multiprocessing.get_context("spawn").Process(target=receive, args=(far,))
    child.start()
    try:
        yield near.recv()
    finally:
        near.send("end")
        child.join(10)


def receive(line: Connection) -> None:
    with listening() as receiver:
        line.send(receiver.address)
        line.recv()


if __name__ == "__main__":
    main()
