"""Sending signed notices: one POST each, to the pinned address, with one deadline for everything."""

import asyncio
import json
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

from registry.kit.types import instant_text
from registry.notices import signing
from registry.notices.gate import AddressRefused, Gate
from registry.notices.models import NoticeRow

if TYPE_CHECKING:
    import httpx

SECONDS = 10.0
AT_ONCE = 32
MOST_READ = 4096


@dataclass(frozen=True, slots=True)
class Parcel:
    """A delivery in hand: until `lease` nobody else takes it."""

    id: UUID
    address: str
    secrets: tuple[str, ...]
    body: bytes
    tries: int
    lease: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a parcel: a status, or why there is none."""

    parcel: Parcel
    answer: str

    @property
    def arrived(self) -> bool:
        return len(self.answer) == 3 and self.answer.startswith("2")


def body_of(notice: NoticeRow) -> bytes:
    """The same bytes at every try; `position` lets a receiver ask for everything after it."""
    told = {
        "type": notice.kind,
        "timestamp": instant_text(notice.at),
        "data": {
            "position": notice.position,
            "record": str(notice.record),
            "code": notice.code,
            **json.loads(notice.facts),
        },
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@cache
def _trusted() -> ssl.SSLContext:
    """The authorities of the system, read once."""
    return ssl.create_default_context()


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends through a gate; `transport` is the network unless a test puts another in its place."""

    gate: Gate
    clock: Callable[[], datetime]
    seconds: float = SECONDS
    transport: "httpx.AsyncBaseTransport | None" = None

    def send(self, parcels: Sequence[Parcel]) -> list[Outcome]:
        """Every parcel once, many at a time; each ends in an outcome, whatever the receiver does."""
        return asyncio.run(self._all(parcels))

    async def _all(self, parcels: Sequence[Parcel]) -> list[Outcome]:
        import httpx  # noqa: PLC0415  loaded with the first delivery

        places = asyncio.Semaphore(AT_ONCE)
        async with httpx.AsyncClient(
            transport=self.transport,
            verify=_trusted(),
            timeout=self.seconds,
            follow_redirects=False,
            trust_env=False,  # a proxy of the environment would resolve the name anew
            limits=httpx.Limits(max_keepalive_connections=0),
        ) as client:

            async def one(parcel: Parcel) -> Outcome:
                return Outcome(parcel, await self._answer(client, parcel, places))

            return await asyncio.gather(*map(one, parcels))

    async def _answer(self, client: "httpx.AsyncClient", parcel: Parcel, places: asyncio.Semaphore) -> str:
        """The name is resolved before a place is taken: a name server that hangs holds none."""
        import httpx  # noqa: PLC0415

        clock = asyncio.get_running_loop().time
        begun = clock()
        try:
            async with asyncio.timeout(self.seconds):
                url = self.gate.parsed(parcel.address)
                address = await self.gate.pinned(url)
            left = self.seconds - (clock() - begun)
            async with places, asyncio.timeout(left):
                return await self._post(client, parcel, url=url, address=address)
        except AddressRefused:
            return "address"
        except Exception as error:  # noqa: BLE001 - whatever one receiver does, the others are served
            return "timeout" if isinstance(error, (TimeoutError, httpx.TimeoutException)) else "connection"

    async def _post(
        self, client: "httpx.AsyncClient", parcel: Parcel, *, url: "httpx.URL", address: str
    ) -> str:
        """The name was resolved once; the connection goes to that address, the certificate is the name's."""
        at = int(self.clock().timestamp())
        headers = {
            "Host": url.netloc.decode("ascii"),
            "Content-Type": "application/json",
            "User-Agent": "GreenMat-Webhooks/1",
            **signing.headers(parcel.secrets, str(parcel.id), at, parcel.body),
        }
        request = client.build_request(
            "POST",
            url.copy_with(host=address),
            content=parcel.body,
            headers=headers,
            extensions={"sni_hostname": url.host},
        )
        answer = await client.send(request, stream=True)
        try:
            read = 0
            async for chunk in answer.aiter_raw():
                read += len(chunk)
                if read > MOST_READ:
                    break
        finally:
            await answer.aclose()
        return str(answer.status_code)
