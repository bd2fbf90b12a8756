"""Conditional requests: every answer carries an ETag, and a reader who has it already is told so with 304."""

import hashlib
from collections.abc import Callable, Coroutine
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

NOT_MODIFIED: dict[int | str, dict[str, Any]] = {
    304: {"description": "Unchanged since the answer whose ETag stands in `If-None-Match`; no content"}
}
ALSO_WHEN_UNCHANGED = ("etag", "last-modified", "cache-control", "vary", "x-feed-position")


class Conditional(APIRoute):
    """A route whose answers may be kept and asked for again with `If-None-Match`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answer = super().get_route_handler()

        async def conditional(request: Request) -> Response:
            response = await answer(request)
            if response.status_code != 200:
                return response
            return unchanged_or(response, request.headers.get("if-none-match"))

        return conditional


def unchanged_or(response: Response, known: str | None) -> Response:
    """The answer with its ETag, or 304 where the reader names that ETag."""
    body = getattr(response, "body", None)
    if "etag" not in response.headers and isinstance(body, bytes):
        # Weak: the same content may travel compressed.
        response.headers["ETag"] = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    response.headers.setdefault("Cache-Control", "no-cache")  # keep it, but ask before using it again
    if known is None or not _names(known, response.headers.get("etag", "")):
        return response
    kept = {name: response.headers[name] for name in ALSO_WHEN_UNCHANGED if name in response.headers}
    return Response(status_code=304, headers=kept)


def http_date(instant: datetime) -> str:
    """An instant as `Last-Modified` writes it; whole seconds."""
    return format_datetime(instant.replace(microsecond=0), usegmt=True)


def _names(known: str, etag: str) -> bool:
    """Weak comparison (RFC 9110, 13.1.2): the mark W/ makes no difference."""
    opaque = etag.removeprefix("W/")
    listed = {one.strip().removeprefix("W/") for one in known.split(",")}
    return bool(opaque) and ("*" in listed or opaque in listed)
