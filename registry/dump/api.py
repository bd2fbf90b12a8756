"""The whole catalogue as files: the manifest, and each file of it."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import FileResponse

from registry.access.http import May
from registry.access.permissions import Act
from registry.dump.keep import Dumps
from registry.dump.manifest import FILE_NAME, MEDIA_TYPE, Manifest
from registry.kit.clock import NowDep
from registry.kit.etags import NOT_MODIFIED, Conditional, http_date
from registry.kit.problems import problems

router = APIRouter(prefix="/api/v1/dump", tags=["dump"], route_class=Conditional)

_BINARY = {"schema": {"type": "string", "format": "binary"}}
_FILE: dict[int | str, dict[str, Any]] = {
    **problems(404, 410, 422),
    **NOT_MODIFIED,
    200: {
        "description": "The file; its ETag is its sha256",
        "content": dict.fromkeys(MEDIA_TYPE.values(), _BINARY),
    },
    206: {"description": "The part asked for with `Range`"},
    416: {"description": "The range lies outside the file"},
}


def _dumps(request: Request) -> Dumps:
    """The dumps of the running site."""
    found: Dumps = request.app.state.dumps
    return found


DumpsDep = Annotated[Dumps, Depends(_dumps)]


@router.get("", dependencies=[Depends(May(Act.READ))], responses={**problems(422, 503), **NOT_MODIFIED})
def read_manifest(dumps: DumpsDep, now: NowDep, response: Response) -> Manifest:
    """What the newest dump holds; made on demand, at most once for each feed position."""
    manifest = dumps.current(now)
    response.headers["X-Feed-Position"] = str(manifest.position)
    response.headers["Last-Modified"] = http_date(manifest.made_at)
    return manifest


@router.get("/{file}", dependencies=[Depends(May(Act.READ))], response_class=FileResponse, responses=_FILE)
def read_file(
    dumps: DumpsDep,
    file: Annotated[str, Path(pattern=FILE_NAME.pattern, description="A file's name from the manifest")],
) -> FileResponse:
    """One file of a dump; the newest three dumps are kept, so that a download can be finished."""
    path, listed = dumps.file(file)
    headers = {"ETag": f'"{listed.sha256}"', "Cache-Control": "public, max-age=86400, immutable"}
    return FileResponse(path, media_type=MEDIA_TYPE[listed.format], filename=file, headers=headers)
