"""One polite connection to one node: paced, patient, bounded, and never led to another host."""

import asyncio
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TYPE_CHECKING

from registry.declarations.harvest.line import Line
from registry.kit.errors import Unavailable
from registry.notices.gate import AddressRefused, Gate

if TYPE_CHECKING:
    import httpx

CONNECT_SECONDS, READ_SECONDS = 10.0, 60.0
WHOLE_SECONDS = 180.0  # of one answer, however it comes in
TRIES = 5
LONGEST_WAIT = 300.0  # a node that asks for more patience is left for another day
MOST_REDIRECTS = 5
LARGEST = 32 * 1024 * 1024  # real answers hold 50 kB to 2 MB
AGAIN = frozenset({429, 500, 502, 503, 504})
USER_AGENT = "GreenMat-Harvest/1"


class NodeAway(Unavailable):
    """The node gave no usable answer after every try; what was fetched so far is kept."""

    code = "harvest-node-away"


class NodeRefused(AddressRefused):
    """The address is not one that this site may fetch from."""

    code = "harvest-address-refused"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; `body` is empty where the node said 304 or refused."""

    url: str
    status: int
    body: bytes
    media_type: str
    etag: str | None
    modified: str | None


@dataclass(frozen=True, slots=True)
class Manners:
    """How we behave: requests a second (0: unpaced, for tests), and whether inside addresses are allowed."""

    per_second: float = 2.0
    inside: bool = False
    tries: int = TRIES
    whole_seconds: float = WHOLE_SECONDS
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic


@dataclass(slots=True)
class Fetcher:
    """GET requests to one node."""

    client: "httpx.Client"
    manners: Manners
    gate: Gate = field(default_factory=Gate)
    token: str = ""
    _next: float = 0.0
    _pinned: dict[str, str] = field(default_factory=dict)
    _line: Line = field(default_factory=Line)

    def get(
        self, url: str, params: Mapping[str, str] | None = None, known: Mapping[str, str] | None = None
    ) -> Answer:
        """The answer of the node; `known` are conditional headers of an earlier one."""
        import httpx  # noqa: PLC0415  loaded with the first harvest

        target = httpx.URL(url).copy_merge_params(dict(params or {}))
        for _ in range(MOST_REDIRECTS):
            answer, onward = self._patiently(target, known or {})
            if onward is None:
                return answer
            target = _same_host(target, onward)
        raise NodeAway("harvest-redirects", url=str(target))

    def _patiently(self, url: "httpx.URL", known: Mapping[str, str]) -> tuple[Answer, str | None]:
        """Try again while the node is only busy or the connection breaks."""
        import httpx  # noqa: PLC0415

        said = ""
        for tried in range(self.manners.tries):
            self._pace()
            wait = 2.0**tried
            try:
                answer, onward, asked = self._once(url, known)
            except (httpx.TransportError, TimeoutError, OSError) as error:
                said = type(error).__name__
            else:
                if answer.status not in AGAIN:
                    return answer, onward
                said, wait = str(answer.status), wait if asked is None else asked
            if wait > LONGEST_WAIT:
                break
            if tried + 1 < self.manners.tries:
                self.manners.sleep(wait)
        raise NodeAway(url=str(url), said=said)

    def _once(self, url: "httpx.URL", known: Mapping[str, str]) -> tuple[Answer, str | None, float | None]:
        headers = {"Host": url.netloc.decode("ascii"), "User-Agent": USER_AGENT, **known}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        request = self.client.build_request(
            "GET",
            url.copy_with(host=self._address(url)),
            headers=headers,
            extensions={"sni_hostname": url.host, "trace": self._line.opened},
        )
        with self._line.cut_after(self.manners.whole_seconds):
            answer = self.client.send(request, stream=True)
            try:
                body = self._bounded(answer.iter_bytes(), url) if answer.status_code == 200 else b""
            finally:
                answer.close()
        found = Answer(
            url=str(url),
            status=answer.status_code,
            body=body,
            media_type=answer.headers.get("content-type", "").partition(";")[0].strip().lower(),
            etag=answer.headers.get("etag"),
            modified=answer.headers.get("last-modified"),
        )
        onward = answer.headers.get("location") if answer.is_redirect else None
        return found, onward, _retry_after(answer.headers.get("retry-after"))

    def _bounded(self, chunks: Iterator[bytes], url: "httpx.URL") -> bytes:
        taken = bytearray()
        for chunk in chunks:
            taken += chunk
            if len(taken) > LARGEST:
                raise NodeAway("harvest-answer-too-large", url=str(url), limit=LARGEST)
        return bytes(taken)

    def _address(self, url: "httpx.URL") -> str:
        """The one address of the host, looked up once for the whole run."""
        if self.manners.inside:
            return url.host
        if url.host not in self._pinned:
            try:
                self._pinned[url.host] = asyncio.run(self.gate.pinned(self.gate.parsed(str(url))))
            except AddressRefused as error:
                raise NodeRefused(address=url.host) from error
        return self._pinned[url.host]

    def _pace(self) -> None:
        """Wait for our turn: at most so many requests a second, with no burst after a pause."""
        if self.manners.per_second <= 0:
            return
        now = self.manners.clock()
        if self._next > now:
            self.manners.sleep(self._next - now)
        self._next = max(now, self._next) + 1 / self.manners.per_second


@cache
def _trusted() -> ssl.SSLContext:
    return ssl.create_default_context()


@contextmanager
def connected(
    manners: Manners, *, token: str = "", transport: "httpx.BaseTransport | None" = None
) -> Iterator[Fetcher]:
    """A connection that is closed with the block."""
    import httpx  # noqa: PLC0415

    with httpx.Client(
        transport=transport,
        verify=_trusted(),
        timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
        follow_redirects=False,
        trust_env=False,  # a proxy of the environment would resolve the name anew
    ) as client:
        yield Fetcher(client, manners, token=token)


def _same_host(url: "httpx.URL", onward: str) -> "httpx.URL":
    target = url.join(onward)
    if (target.scheme, target.host, target.port) != (url.scheme, url.host, url.port):
        raise NodeRefused("harvest-led-elsewhere", address=str(target.host))
    return target


def _retry_after(text: str | None) -> float | None:
    """Seconds that a node asks us to wait, stated as a number or as a day and time."""
    if text is None:
        return None
    stated = text.strip()
    if stated.isascii() and stated.isdecimal():
        return float(stated)
    try:
        return max(0.0, parsedate_to_datetime(stated).timestamp() - time.time())
    except (ValueError, OverflowError):
        return None
