"""Limits on wrong passwords: per account and per source, also for many tries at once."""

from contextlib import suppress
from threading import Thread

import anyio
import anyio.lowlevel
import pytest
from fastapi import Request

from registry.accounts.limiting import CEREMONIES, SOURCES_SHARE, Limiter, TooManyTries
from registry.kit.senders import place, sender

TRIES = 4
HOME = "192.0.2.7"


async def one_try(limiter: Limiter, account: str = "a", source: str = HOME, *, fails: bool = True) -> bool:
    """Whether the try was let through."""
    try:
        async with limiter.trying(account=account, source=source) as one:
            await anyio.lowlevel.checkpoint()
            one.failed = fails
    except TooManyTries:
        return False
    return True


def many(limiter: Limiter, *tries: tuple[str, str, bool]) -> list[bool]:
    """Several tries, one after the other."""

    async def run() -> list[bool]:
        return [await one_try(limiter, account, source, fails=fails) for account, source, fails in tries]

    return anyio.run(run)


def test_an_account_has_so_many_failures_from_wherever_they_come() -> None:
    tries = [("a", f"192.0.2.{n}", True) for n in range(TRIES + 2)]
    assert many(Limiter(TRIES), *tries) == [True] * TRIES + [False] * 2


def test_a_source_has_a_few_times_as_many_over_all_accounts() -> None:
    most = TRIES * SOURCES_SHARE
    tries = [(f"account-{n}", HOME, True) for n in range(most + 2)]
    limiter = Limiter(TRIES)
    assert many(limiter, *tries) == [True] * most + [False] * 2
    assert many(limiter, ("another", "198.51.100.1", True)) == [True], "others are not hindered"


def test_right_passwords_never_count() -> None:
    limiter = Limiter(TRIES)
    assert all(many(limiter, *[("a", HOME, False)] * 50))
    assert many(limiter, *[("a", HOME, True)] * (TRIES + 1)) == [True] * TRIES + [False]


def test_two_hundred_at_once_are_no_way_around() -> None:
    limiter, let_through = Limiter(TRIES), []

    async def run() -> None:
        async def one() -> None:
            let_through.append(await one_try(limiter))

        async with anyio.create_task_group() as group:
            for _ in range(200):
                group.start_soon(one)

    anyio.run(run)
    assert let_through.count(True) == TRIES


def test_a_fault_in_a_try_gives_its_place_back() -> None:
    limiter = Limiter(TRIES)

    async def run() -> None:
        for _ in range(20):
            with pytest.raises(ValueError, match="broken"):
                async with limiter.trying(account="a", source=HOME):
                    raise ValueError("broken")
        assert await one_try(limiter)

    anyio.run(run)


def test_the_refusal_says_when_to_come_back() -> None:
    limiter = Limiter(2)
    many(limiter, *[("a", HOME, True)] * 2)

    async def run() -> None:
        async with limiter.trying(account="a", source=HOME):
            pass

    with pytest.raises(TooManyTries) as refused:
        anyio.run(run)
    assert refused.value.retry_after is not None
    assert 0 < refused.value.retry_after <= 15 * 60
    assert refused.value.facts == {"minutes": 15}


def test_what_is_no_failure_is_counted_too() -> None:
    limiter = Limiter(TRIES)
    for _ in range(CEREMONIES):
        limiter.spend("ceremony:x")
    with pytest.raises(TooManyTries):
        limiter.spend("ceremony:x")
    limiter.spend("ceremony:y")


def test_a_household_of_ipv6_is_one_source() -> None:
    assert place("2001:db8::1") == place("2001:db8::ffff:1") != place("2001:db8:0:1::1")
    assert place("192.0.2.7") == "192.0.2.7"
    assert place("testclient") == "testclient"
    assert place("::ffff:192.0.2.7") == "192.0.2.7"
    assert place(place("2001:db8::1")) == place("2001:db8::1")


def test_every_limit_counts_a_household_as_one_sender() -> None:
    def asks(address: str) -> Request:
        return Request({"type": "http", "headers": [], "client": (address, 1)})

    one, other, far = (sender(asks(f"2001:db8:0:{net}::{host}")) for net, host in ((0, 1), (0, 2), (1, 1)))
    assert one == other != far
    assert sender(Request({"type": "http", "headers": [], "client": None})) == ""


def test_threads_that_spend_at_once_share_one_count() -> None:
    limiter, refused = Limiter(5), list[bool]()

    def spend() -> None:
        try:
            limiter.spend("ceremony:x", 10)
        except TooManyTries:
            refused.append(True)

    threads = [Thread(target=spend) for _ in range(30)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(refused) == 20


def test_several_processes_together_allow_no_more_than_one_would() -> None:
    tries = [("a", HOME, True)] * (TRIES + 2)
    together = [Limiter(TRIES, processes) for processes in (2, 2)]
    assert sum(sum(many(one, *tries)) for one in together) == TRIES // 2 * 2
    alone = Limiter(2, 8)
    assert many(alone, *tries[:2]) == [True, False]
    spending, passed = Limiter(TRIES, 2), 0
    with suppress(TooManyTries):
        while True:
            spending.spend("ceremony", 10)
            passed += 1
    assert passed == 5
