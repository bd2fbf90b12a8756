"""What was kept, as its sealed document: any kind, byte for byte, by whoever has the address."""

from typing import Any

from fastapi import APIRouter, Depends, Response

from catalogue.archive import store
from catalogue.archive.sealed import Sealed
from registry.access.http import May
from registry.access.permissions import Act
from registry.kit.clock import NowDep
from registry.kit.db import ReadDep
from registry.kit.etags import NOT_MODIFIED, Conditional
from registry.kit.problems import PROBLEMS

router = APIRouter(prefix="/api/v1/archive", tags=["archive"], responses=PROBLEMS, route_class=Conditional)
_ETAG: dict[int | str, dict[str, Any]] = {
    **NOT_MODIFIED,
    200: {"headers": {"ETag": {"description": "The digest", "schema": {"type": "string"}}}},
}


@router.get("/{token}", dependencies=[Depends(May(Act.READ))], response_model=Sealed, responses=_ETAG)
def read_archived(session: ReadDep, now: NowDep, token: str) -> Response:
    """The sealed document; its SHA-256 is the digest that stands on every page and paper made of it."""
    return as_json(store.get(session, token, now=now))


def as_json(archived: store.Archived) -> Response:
    headers = {
        "ETag": f'"{archived.sha256}"',
        "Content-Disposition": f'attachment; filename="{archived.number}.json"',
    }
    return Response(archived.text, media_type="application/json", headers=headers)
