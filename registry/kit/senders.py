"""Where a request comes from, as every limit counts it: one household is one sender."""

import ipaddress

from fastapi import Request


def sender(request: Request) -> str:
    """The place of the client's address; it is digested before it is stored."""
    return place(request.client.host if request.client else "")


def place(address: str) -> str:
    """An IPv4 address, however it is written, or the /64 that one household of IPv6 has."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return address
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((int(found), 64), strict=False))
