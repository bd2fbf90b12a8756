"""Where somebody goes on after signing in: an address of this site and of nobody else's."""

import re
from urllib.parse import urlsplit

from fastapi import Request

from frontend.csrf import SAFE_METHODS
from frontend.i18n import Lang

LONGEST = 1000
# A path of a language; two slashes or a backslash could name another host, a space or sign the header.
_OWN = re.compile(r"/(zh|en)(/[^/\\\s\x00-\x1f\x7f][^\\\s\x00-\x1f\x7f]*)?/?")


def safe(address: str, lang: Lang) -> str:
    """The address where it is one of ours, else the account's own page."""
    fits = len(address) <= LONGEST and address.isascii() and _OWN.fullmatch(address)
    return address if fits else f"/{lang}/account"


def here(request: Request, lang: Lang) -> str:
    """The page somebody is at: what is asked for, or the page whose form was sent."""
    if request.method in SAFE_METHODS:
        path, query = request.url.path, request.url.query
    else:
        came = urlsplit(request.headers.get("referer", ""))
        path, query = (came.path, came.query) if came.netloc == request.headers.get("host") else ("", "")
    return safe(f"{path}?{query}" if query else path, lang)
