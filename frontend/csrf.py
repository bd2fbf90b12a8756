"""Writes from another site are refused by what the browser itself says; no token is needed.

Browsers since 2020 send `Sec-Fetch-Site` with every request; older ones send `Origin` with every POST.
A client that sends neither is no browser and carries nobody's rights with it: with a cookie it is refused.
"""

from urllib.parse import urlsplit

from fastapi import Request

from registry.kit.errors import NotAllowed

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_SITE = frozenset({"same-origin", "none"})


class CrossSiteWrite(NotAllowed):
    code = "cross-site-write"


def refuse_cross_site_writes(request: Request) -> None:
    """A FastAPI dependency for every router that holds forms."""
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        if site not in OWN_SITE:
            raise CrossSiteWrite
        return
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise CrossSiteWrite


def refuse_unproved_writes(request: Request) -> None:
    """The same for a request that carries somebody's rights in a cookie: it must say where it comes from."""
    refuse_cross_site_writes(request)
    stated = "sec-fetch-site" in request.headers or "origin" in request.headers
    if request.method not in SAFE_METHODS and not stated:
        raise CrossSiteWrite
