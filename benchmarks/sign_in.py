"""How long a right log-in takes alone and while 200 wrong passwords are under way, in one run.

python -m benchmarks.sign_in                  20 log-ins among the wrong ones, on SQLite
GREENMAT_TEST_POSTGRES=… python -m benchmarks.sign_in

Hashes queue on purpose, a few at once, so that pages go on being served; a right log-in waits for the tries
before it. It must not wait longer than those take one after the other. Client and site share a process.
"""

import argparse
import asyncio
import logging
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

import structlog
from httpx2 import ASGITransport, AsyncClient
from rich.console import Console
from rich.table import Table

from tests import databases
from tests.frontend.account_site import LOGIN, PASSWORD, SAME, Town, opened

WRONG = 200
ALONE = 4  # times as many log-ins alone: each takes a fraction of one in the crowd
MOST = 1.5  # times what the wrong ones take one after the other
UNLIMITED = 10**6  # every wrong one comes from an account of its own, and none is turned away early
PAGE = "/zh/account/sign-in"
Times = Sequence[float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tries", type=int, default=20)
    tries = parser.parse_args().tries
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    with (
        tempfile.TemporaryDirectory() as folder,
        databases.migrated(Path(folder)) as engine,
        opened(databases.settings_of(engine), sign_in_tries=UNLIMITED) as town,
    ):
        town.employ()
        alone, refused, crowd = asyncio.run(measured(town, tries))
        name = engine.dialect.name
    table = Table("log-in", "median s", "p99 s", "median ÷ alone", "p99 ÷ alone")
    for step, found in (
        ("right, alone", alone),
        ("wrong, alone", refused),
        (f"right, among {WRONG} wrong", crowd),
    ):
        middle, slowest = median(found), p99(found)
        ratios = (middle / median(alone), slowest / p99(alone))
        table.add_row(step, f"{middle:.3f}", f"{slowest:.3f}", *(f"{one:.1f}" for one in ratios))
    share = p99(crowd) / (WRONG * median(refused))
    console = Console()
    console.print(f"{len(alone)} log-ins alone, {len(crowd)} among wrong ones, {name}", table)
    console.print(f"p99 among wrong ones ÷ {WRONG} wrong ones in turn: {share:.2f} (at most {MOST})")
    if share > MOST:
        raise SystemExit(1)


async def measured(town: Town, tries: int) -> tuple[Times, Times, Times]:
    """Seconds of log-ins, one after the other: right and wrong ones alone, right ones in the crowd."""
    transport = ASGITransport(app=town.app)
    async with AsyncClient(transport=transport, base_url="http://testserver", headers=SAME) as client:
        await right(client)  # argon2 is loaded with the first one
        numbers = count()
        alone = [await right(client) for _ in range(tries * ALONE)]
        refused = [await wrong(client, numbers) for _ in range(tries * ALONE)]
        async with crowded(client, numbers):
            return alone, refused, [await right(client) for _ in range(tries)]


@asynccontextmanager
async def crowded(client: AsyncClient, numbers: Iterator[int]) -> AsyncIterator[None]:
    """While the block runs, as many wrong tries are under way: whoever is answered tries again."""
    over = False

    async def again_and_again() -> None:
        while not over:
            await wrong(client, numbers)

    crowd = [asyncio.ensure_future(again_and_again()) for _ in range(WRONG)]
    await asyncio.sleep(1)  # until all of them queue
    yield
    over = True
    await asyncio.gather(*crowd)


async def right(client: AsyncClient) -> float:
    seconds = await tried(client, LOGIN, PASSWORD, status=303)
    client.cookies.clear()
    return seconds


async def wrong(client: AsyncClient, numbers: Iterator[int]) -> float:
    return await tried(client, f"nobody-{next(numbers)}@example.com", "no such password", status=422)


async def tried(client: AsyncClient, login: str, password: str, *, status: int) -> float:
    start = time.perf_counter()
    answer = await client.post(PAGE, data={"login": login, "password": password})
    if answer.status_code != status:
        raise RuntimeError(f"answered with {answer.status_code}")
    return time.perf_counter() - start


def median(found: Times) -> float:
    return statistics.median(found)


def p99(found: Times) -> float:
    return statistics.quantiles(found, n=100, method="inclusive")[98]


if __name__ == "__main__":
    main()
