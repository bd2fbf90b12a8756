"""One log line per request, with a reference that error pages print too."""

import random
import re
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from registry.kit.log import get as get_log

_log = get_log("frontend.request")
# Whoever knows the address of a check or of something kept may open it, so no log holds one.
_SECRET = re.compile(
    r"(/check|/api/v1/checks|/archive|/(?:zh|en)/complaints|/api/v1/complaints/followed|/api/v1/notices)/.*"
)


class RequestLog:
    """ASGI middleware; the query string is left out, since people type names into it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        reference = f"{random.getrandbits(32):08x}"  # names a line, opens nothing
        scope.setdefault("state", {})["reference"] = reference
        started = time.perf_counter()
        status = 500

        async def send_noting_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_noting_status)
        finally:
            _log.info(
                "Request answered.",
                method=scope["method"],
                path=_SECRET.sub(r"\1/…", scope["path"]),
                status=status,
                duration_ms=round((time.perf_counter() - started) * 1000, 1),
                reference=reference,
            )
