"""A child process that writes to the feed from several threads, with slow commits and random rollbacks."""

import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from sqlalchemy import Engine

import registry.rebuild  # noqa: F401 - defines every fact kind
from registry.changes.feed import Draft, append, head
from registry.kit import settings
from registry.kit.db import make_engine, write_session
from registry.parties.service import PLANT
from tests import factories


class ChangedMind(Exception):
    """A writer that rolls back on purpose."""


def write(engine: Engine, name: str, *, transactions: int) -> int:
    """Write transactions of one to three records; returns how many records were committed."""
    chance = random.Random(name)
    committed = 0
    for turn in range(transactions):
        count = chance.randint(1, 3)
        facts = [factories.plant(chance.randint(1, 40), region=f"99{turn:04d}") for _ in range(count)]
        drafts = [Draft(PLANT, fact.id, factories.START, fact) for fact in facts]
        try:
            with write_session(engine) as session:
                head(session)  # an act reads before it writes
                append(session, drafts, actor=name, now=datetime.now(UTC))
                time.sleep(chance.random() * 0.008)
                _perhaps_change_mind(chance)
        except ChangedMind:
            continue
        committed += count
    return committed


def _perhaps_change_mind(chance: random.Random) -> None:
    if chance.random() < 0.3:
        raise ChangedMind


def main() -> None:
    """Arguments: a name, the number of threads, the transactions of each; prints the records committed.

    It says that it is ready and waits for a line on its input, so that several processes begin together.
    """
    name, threads, transactions = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    engine = make_engine(settings.load())
    print("ready", flush=True)
    sys.stdin.readline()
    with ThreadPoolExecutor(threads) as pool:
        names = [f"{name}-{number}" for number in range(threads)]
        committed = list(pool.map(lambda each: write(engine, each, transactions=transactions), names))
    engine.dispose()
    print(sum(committed))


if __name__ == "__main__":
    main()
