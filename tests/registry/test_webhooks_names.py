"""A name server that hangs holds up its own webhooks alone, within a batch and from one batch to the next."""

import asyncio
import socket
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from registry.kit import clock
from registry.kit.ids import new
from registry.notices import signing
from registry.notices.gate import Gate
from registry.notices.names import Names
from registry.notices.sending import AT_ONCE, Parcel, Sender

PUBLIC = "93.184.215.14"
HANGS_FOR = 8.0  # far longer than a sender may wait, also on a busy machine
QUICK, SLOW = "https://quick.example.com/", "https://slow.example.com/"


def parcel(address: str) -> Parcel:
    lease = datetime(2026, 6, 1, tzinfo=UTC)
    return Parcel(new(), address, (signing.new_secret(),), b"{}", 0, lease)


def sender(names: Names) -> Sender:
    transport = httpx.MockTransport(lambda _: httpx.Response(204, stream=httpx.ByteStream(b"")))
    return Sender(Gate(resolve=names), clock.now, seconds=3, transport=transport)


def answers(one: Sender, parcels: Sequence[Parcel]) -> dict[str, set[str]]:
    told: dict[str, set[str]] = {}
    for outcome in one.send(parcels):
        told.setdefault(outcome.parcel.address, set()).add(outcome.answer)
    return told


class Resolver:
    """The system's, in whose place it stands: names of the slow server answer once they are let."""

    def __init__(self) -> None:
        self.let, self.asked = threading.Event(), list[str]()

    def __call__(self, host: str, *_given: Any, **_more: Any) -> list[tuple[Any, ...]]:
        self.asked.append(host)
        if host.startswith("slow"):
            self.let.wait(HANGS_FOR)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (PUBLIC, 0))]


@pytest.fixture
def resolver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Resolver]:
    found = Resolver()
    monkeypatch.setattr(socket, "getaddrinfo", found)
    yield found
    found.let.set()


def test_whose_name_hangs_holds_up_no_other_webhook(resolver: Resolver) -> None:
    """More parcels for slow names than there are places and threads, and the others come after them."""
    slow = [f"https://slow{n % 40}.example.com/" for n in range(3 * AT_ONCE)]
    one, begun = sender(Names(patience=1.5)), time.monotonic()
    told = answers(one, [*map(parcel, slow), *(parcel(QUICK) for _ in range(5))])
    assert time.monotonic() - begun < HANGS_FOR / 2
    assert told.pop(QUICK) == {"204"}
    assert told == {address: {"timeout"} for address in slow}


def test_the_next_batch_does_not_wait_for_a_name_that_still_hangs(resolver: Resolver) -> None:
    one = sender(Names(patience=1.0))
    assert answers(one, [parcel(SLOW)]) == {SLOW: {"timeout"}}
    begun = time.monotonic()
    assert answers(one, [parcel(SLOW), parcel(QUICK), parcel(SLOW)]) == {SLOW: {"timeout"}, QUICK: {"204"}}
    assert time.monotonic() - begun < 1.0, "it is refused at once"
    assert resolver.asked.count("slow.example.com") == 1, "and nobody asks again meanwhile"


def test_a_name_that_answers_again_is_sent_to_again(resolver: Resolver) -> None:
    one = sender(Names(patience=0.2))
    assert answers(one, [parcel(SLOW)]) == {SLOW: {"timeout"}}
    resolver.let.set()
    ends = time.monotonic() + HANGS_FOR
    while (told := answers(one, [parcel(SLOW)])) != {SLOW: {"204"}} and time.monotonic() < ends:
        time.sleep(0.01)
    assert told == {SLOW: {"204"}}


def test_parcels_for_one_name_share_a_look_up_and_its_fault() -> None:
    asked, gate = list[str](), threading.Event()

    def fails(host: str) -> Sequence[str]:
        asked.append(host)
        gate.wait(HANGS_FOR)
        raise UnicodeError("a label is too long")

    names = Names(fails)

    async def both() -> list[object]:
        waiting = [asyncio.ensure_future(names("a.example.com", 443)) for _ in range(2)]
        await asyncio.sleep(0.05)
        gate.set()
        return list(await asyncio.gather(*waiting, return_exceptions=True))

    assert [type(one) for one in asyncio.run(both())] == [UnicodeError, UnicodeError]
    assert asked == ["a.example.com"]


def test_there_are_no_more_look_ups_than_are_allowed(resolver: Resolver) -> None:
    one = sender(Names(patience=0.2, most=2))
    told = answers(one, [parcel(f"https://slow{n}.example.com/") for n in range(5)])
    assert set().union(*told.values()) == {"timeout"}
    assert len(resolver.asked) == 2
