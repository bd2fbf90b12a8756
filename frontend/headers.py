"""Headers of every answer: the proved content policy, no framing, no sniffing; and answers to HEAD."""

import re
from collections.abc import Iterable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
ALWAYS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# Every answer says it, machines' answers too; header values are ASCII.
INVENTED = {"X-Data-Notice": "demonstration: invented throughout, no valid evidence"}
PARTIAL = "X-Partial"
ACCOUNT_PAGES = re.compile(r"/((zh|en)/)?account(/|$)")


class SecurityHeaders:
    """ASGI middleware; a header the handler has set itself is left as it is."""

    def __init__(self, app: ASGIApp, *, demonstration: bool) -> None:
        self.app = app
        self._headers = ALWAYS | (INVENTED if demonstration else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers)


class HeadAsGet:
    """ASGI middleware: HEAD is answered like GET without the content (RFC 9110, 9.3.2)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return

        async def send_without_content(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self.app({**scope, "method": "GET"}, receive, send_without_content)


class PrivateAnswers:
    """ASGI middleware: what is said to somebody who is known is kept by nobody, nor are account pages."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})

        async def send_private(message: Message) -> None:
            if message["type"] == "http.response.start" and (
                state.get("known") or ACCOUNT_PAGES.match(scope["path"])
            ):
                headers = MutableHeaders(scope=message)
                headers["Cache-Control"] = "private, no-store"
                headers.add_vary_header("Cookie")
            await send(message)

        await self.app(scope, receive, send_private)


def vary(headers: MutableHeaders, names: Iterable[str]) -> None:
    """Add names to `Vary`: without `X-Partial` the Back button shows a bare fragment."""
    for name in names:
        headers.add_vary_header(name)
