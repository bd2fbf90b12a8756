"""Fetching from a node: paced, patient, bounded, and led nowhere else."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest

from registry.declarations.harvest import fetching
from registry.declarations.harvest.fetching import Fetcher, Manners, NodeAway, NodeRefused, connected
from registry.notices.gate import Gate

ADDRESS = "https://node.example/resource/processes"


@dataclass
class Time:
    """A clock that only sleeping moves."""

    now: float = 0.0
    slept: list[float] = field(default_factory=list)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def asking(
    answers: Sequence[httpx.Response | Exception], seen: list[httpx.Request]
) -> Callable[[httpx.Request], httpx.Response]:
    waiting = iter(answers)

    def handle(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        answer = next(waiting)
        if isinstance(answer, Exception):
            raise answer
        return answer

    return handle


@dataclass
class Asked:
    """One conversation with a made-up node."""

    answers: Sequence[httpx.Response | Exception]
    per_second: float = 0
    inside: bool = True
    addresses: Sequence[str] = ("93.184.216.34",)
    time: Time = field(default_factory=Time)
    seen: list[httpx.Request] = field(default_factory=list)

    def get(self, url: str = ADDRESS, times: int = 1) -> list[fetching.Answer]:
        manners = Manners(self.per_second, self.inside, sleep=self.time.sleep, clock=lambda: self.time.now)
        transport = httpx.MockTransport(asking(self.answers, self.seen))
        with connected(manners, transport=transport) as fetcher:
            fetcher.gate = Gate(resolve=self._resolve)
            return [fetcher.get(url) for _ in range(times)]

    async def _resolve(self, _host: str, _port: int) -> Sequence[str]:
        return self.addresses


OK = httpx.Response(200, json={})


def test_an_answer_comes_with_what_makes_the_next_request_conditional() -> None:
    headers = {
        "ETag": '"a"',
        "Last-Modified": "Mon, 01 Jun 2026 00:00:00 GMT",
        "Content-Type": "application/json; x=y",
    }
    (found,) = Asked([httpx.Response(200, content=b"{}", headers=headers)]).get()
    assert (found.status, found.body, found.media_type) == (200, b"{}", "application/json")
    assert (found.etag, found.modified) == ('"a"', "Mon, 01 Jun 2026 00:00:00 GMT")


def test_a_busy_node_is_asked_again_and_its_retry_after_is_kept_to() -> None:
    asked = Asked(
        [httpx.Response(429, headers={"Retry-After": "7"}), httpx.Response(503), httpx.ReadTimeout(""), OK]
    )
    assert asked.get()[0].status == 200
    assert asked.time.slept == [7.0, 2.0, 4.0]


def test_a_retry_after_may_be_a_day_and_time() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    asked = Asked([httpx.Response(503, headers={"Retry-After": later}), OK])
    asked.get()
    assert 60 < asked.time.slept[0] <= 90


def test_a_node_that_asks_for_too_much_patience_is_left_at_once() -> None:
    asked = Asked([httpx.Response(503, headers={"Retry-After": "86400"}), OK])
    with pytest.raises(NodeAway) as refused:
        asked.get()
    assert (asked.time.slept, refused.value.facts["said"]) == ([], "503")


def test_tries_come_to_an_end() -> None:
    asked = Asked([httpx.ConnectError("no")] * 9)
    with pytest.raises(NodeAway):
        asked.get()
    assert len(asked.seen) == fetching.TRIES


@pytest.mark.parametrize("status", [400, 401, 404, 410])
def test_a_plain_refusal_is_an_answer_and_not_tried_again(status: int) -> None:
    asked = Asked([httpx.Response(status, content=b"no"), OK])
    assert (asked.get()[0].status, len(asked.seen)) == (status, 1)


def test_requests_keep_their_distance() -> None:
    asked = Asked([httpx.Response(200, json={}) for _ in range(4)], per_second=2)
    asked.get(times=4)
    assert asked.time.slept == [0.5, 0.5, 0.5]


def test_a_redirect_is_followed_on_the_same_host_alone() -> None:
    here = httpx.Response(302, headers={"Location": "/other"})
    asked = Asked([here, OK])
    assert asked.get()[0].url == "https://node.example/other"
    for away in (
        "https://elsewhere.example/",
        "http://node.example/",
        "https://node.example:8443/",
        "//10.0.0.1/",
    ):
        with pytest.raises(NodeRefused):
            Asked([httpx.Response(302, headers={"Location": away}), OK]).get()


def test_redirects_come_to_an_end() -> None:
    with pytest.raises(NodeAway):
        Asked([httpx.Response(302, headers={"Location": "/again"}) for _ in range(20)]).get()


def test_an_answer_that_is_too_large_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "LARGEST", 10)
    with pytest.raises(NodeAway):
        Asked([httpx.Response(200, content=b"x" * 11)]).get()
    assert Asked([httpx.Response(200, content=b"x" * 10)]).get()[0].body == b"x" * 10


@pytest.mark.parametrize("stated", ["²", "٣", "1e3", "", "Thu, 01 Jan 99999 00:00:00 GMT", "-5"])
def test_a_retry_after_that_says_nothing_is_none(stated: str) -> None:
    headers = [(b"Retry-After", stated.encode())]
    asked = Asked([httpx.Response(503, headers=headers), OK])
    assert asked.get()[0].status == 200
    assert asked.time.slept == [1.0]


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


@pytest.mark.parametrize(
    "start", [b"HTTP/1.1 200 OK\r\nX: ", HEAD + b"\r\n", HEAD + b"Content-Length: 99\r\n\r\n"]
)
def test_an_answer_that_drips_in_is_cut_at_its_deadline(start: bytes) -> None:
    """In its headers, in a body without an end, and in one that says how long it is."""
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            with server.accept()[0] as line, contextlib.suppress(OSError):
                line.recv(4096)
                line.sendall(start)
                while not ended.wait(0.05):
                    line.sendall(b"x")

        node = threading.Thread(target=drip, daemon=True)
        node.start()
        manners = Manners(0, inside=True, tries=1, whole_seconds=0.4)
        begun = time.monotonic()
        with connected(manners) as fetcher, pytest.raises(NodeAway) as refused:
            fetcher.get(f"http://127.0.0.1:{server.getsockname()[1]}/")
        ended.set()
        node.join(5)
    assert refused.value.facts["said"] == "TimeoutError"
    assert time.monotonic() - begun < fetching.READ_SECONDS / 2


@pytest.mark.parametrize(
    ("url", "addresses"),
    [
        ("http://node.example/", ["93.184.216.34"]),
        ("https://127.0.0.1/", ["127.0.0.1"]),
        ("https://localhost/", ["127.0.0.1"]),
        ("https://node.example/", ["10.0.0.1"]),
        ("https://node.example/", ["93.184.216.34", "169.254.169.254"]),
        ("https://node.example/", ["::ffff:127.0.0.1"]),
        ("https://user@node.example/", ["93.184.216.34"]),
    ],
)
def test_addresses_inside_are_refused_unless_the_setting_allows_them(url: str, addresses: list[str]) -> None:
    with pytest.raises(NodeRefused):
        Asked([OK], inside=False, addresses=addresses).get(url)
    assert Asked([httpx.Response(200, json={})], inside=True).get(url)[0].status == 200


def test_the_connection_goes_to_the_address_that_was_looked_up_under_the_node_s_name() -> None:
    asked = Asked([httpx.Response(200, json={}), httpx.Response(200, json={})], inside=False)
    asked.get(times=2)
    assert {request.url.host for request in asked.seen} == {"93.184.216.34"}
    assert {request.headers["Host"] for request in asked.seen} == {"node.example"}
    assert asked.seen[0].extensions["sni_hostname"] == "node.example"


def test_the_token_travels_as_a_bearer() -> None:
    seen: list[httpx.Request] = []
    manners = Manners(0, inside=True)
    with connected(manners, token="secret", transport=httpx.MockTransport(asking([OK], seen))) as fetcher:
        assert isinstance(fetcher, Fetcher)
        fetcher.get(ADDRESS)
    assert seen[0].headers["Authorization"] == "Bearer secret"
