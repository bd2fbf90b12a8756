"""How often somebody may be wrong: failures counted per account and per source, tries under way as well."""

import math
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from registry.kit.errors import DomainError
from registry.kit.senders import place

if TYPE_CHECKING:
    from limits import RateLimitItem
    from limits.strategies import MovingWindowRateLimiter

MINUTES = 15
CEREMONIES = 100  # begun by one source in that time
SOURCES_SHARE = 3  # an office behind one address has more people than one


class TooManyTries(DomainError):
    """The sentence names minutes; `retry_after` is in seconds."""

    code = "too-many-tries"
    status = 429

    def __init__(self, seconds: int) -> None:
        super().__init__(minutes=max(1, math.ceil(seconds / 60)))
        self.retry_after = seconds


class Try:
    """One try under way; whoever makes it says whether it failed."""

    failed = False


@dataclass
class Limiter:
    """Counts in this process; tries are made in the event loop only.

    Several processes know nothing of each other's counts: each gives its part of what is allowed, at least
    one. A try under way counts as a failure until it is over: two hundred at once are no way around.
    """

    tries: int
    processes: int = 1

    def __post_init__(self) -> None:
        self._under_way: Counter[str] = Counter()
        self._spending = threading.Lock()

    @cached_property
    def _window(self) -> "MovingWindowRateLimiter":
        from limits.storage import MemoryStorage  # noqa: PLC0415  loaded with the first sign-in
        from limits.strategies import MovingWindowRateLimiter  # noqa: PLC0415

        return MovingWindowRateLimiter(MemoryStorage())

    @asynccontextmanager
    async def trying(self, *, account: str, source: str) -> AsyncIterator[Try]:
        """Refuses with TooManyTries, else counts a failure if the body says that the try failed."""
        asked = {
            f"account:{account}": self._part(self.tries),
            f"source:{place(source)}": self._part(self.tries * SOURCES_SHARE),
        }
        for key, most in asked.items():
            self._refuse_spent(key, most)
        self._under_way.update(asked.keys())
        one = Try()
        try:
            yield one
        finally:
            self._under_way.subtract(asked.keys())
            self._under_way += Counter()  # forget what is zero
            if one.failed:
                for key, most in asked.items():
                    self._window.hit(_rate(most), key)

    def spend(self, key: str, most: int = CEREMONIES) -> None:
        """Count something that is no failure but must not go on for ever; TooManyTries when it does.

        Any thread may call it: between the look and the count nobody else comes.
        """
        part = self._part(most)
        with self._spending:
            self._refuse_spent(key, part)
            self._window.hit(_rate(part), key)

    def _part(self, most: int) -> int:
        return max(1, most // self.processes)

    def _refuse_spent(self, key: str, most: int) -> None:
        reset, remaining = self._window.get_window_stats(_rate(most), key)
        if remaining - self._under_way[key] <= 0:
            raise TooManyTries(max(1, math.ceil(reset - time.time())))


def _rate(most: int) -> "RateLimitItem":
    from limits import RateLimitItemPerMinute  # noqa: PLC0415

    return RateLimitItemPerMinute(most, MINUTES)
