"""Static files with a fingerprint in their address, so that a browser may keep them for ever."""

from collections.abc import MutableMapping
from functools import cache
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from starlette.responses import Response
from starlette.staticfiles import StaticFiles

PREFIX = "/static"
FOR_EVER = "public, max-age=31536000, immutable"


@cache
def fingerprint(path: str) -> str:
    """The first ten hex digits of the file's sha256; a name that is not there is a defect and raises."""
    return sha256((resources.files(__package__) / "static" / path).read_bytes()).hexdigest()[:10]


def asset(path: str) -> str:
    return f"{PREFIX}/{path}?v={fingerprint(path)}"


class FingerprintedFiles(StaticFiles):
    """Serves `frontend/static`; only an address with the current fingerprint is kept for ever."""

    def __init__(self) -> None:
        super().__init__(directory=Path(__file__).parent / "static")

    async def get_response(self, path: str, scope: MutableMapping[str, Any]) -> Response:
        response = await super().get_response(path, scope)
        asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("v", [""])[0]
        if response.status_code in {200, 304} and asked == fingerprint(path):
            response.headers["Cache-Control"] = FOR_EVER
        return response
