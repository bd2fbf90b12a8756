"""Where webhooks may go: public addresses over https, told by the address that is then connected to."""

import ipaddress
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from registry.kit.errors import Invalid
from registry.notices.names import Names

if TYPE_CHECKING:
    import httpx

LONGEST = 500
Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


class AddressRefused(Invalid):
    code = "webhook-address-refused"


_NAMES = Names()  # one for the process: a name that hangs is known to the next batch


@dataclass(frozen=True, slots=True)
class Gate:
    """`loopback` also lets plain http to this machine through: for tests alone, no setting turns it on."""

    loopback: bool = False
    resolve: Resolve = _NAMES

    def parsed(self, address: str) -> "httpx.URL":
        """The address somebody typed, refused where it could never be sent to."""
        import httpx  # noqa: PLC0415  loaded with the first webhook

        try:
            url = httpx.URL(address)
            port = url.port
        except (httpx.InvalidURL, ValueError) as error:
            raise AddressRefused from error
        fits = len(address) <= LONGEST and address.isascii() and address.isprintable() and " " not in address
        schemes = ("https", "http") if self.loopback else ("https",)
        if not fits or url.scheme not in schemes or not url.host or url.userinfo or url.fragment or port == 0:
            raise AddressRefused
        literal = _literal(url.host)
        if literal is not None and not self.lets(literal):
            raise AddressRefused
        if literal is None and (
            "." not in url.host or url.host.endswith((".localhost", ".local", ".internal"))
        ):
            raise AddressRefused  # a name that means something inside a network alone
        return url

    async def pinned(self, url: "httpx.URL") -> str:
        """The one address to connect to; refused when any address of the name is none of the public ones."""
        found = await self.resolve(url.host, url.port or 443)
        if not found or not all(self.lets(one) for one in found):
            raise AddressRefused
        return found[0]

    def lets(self, address: str) -> bool:
        try:
            parsed = ipaddress.ip_address(address)
        except ValueError:
            return False
        return is_public(parsed) or (self.loopback and parsed.is_loopback)


def is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Not private, loopback, link-local, shared (CGNAT), multicast or reserved, nor these in disguise."""
    if address.is_multicast or address.is_reserved or address.is_unspecified or not address.is_global:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return True
    disguised = (address.ipv4_mapped, address.sixtofour, address.teredo)
    return not address.is_site_local and address.scope_id is None and not any(disguised)


def _literal(host: str) -> str | None:
    """The host as an address where it is one, in the short and octal forms that resolvers also read."""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return None
