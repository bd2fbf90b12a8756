"""Files on disk under their SHA-256: written beside, flushed, renamed; the same content lies there once."""

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from registry.kit.errors import NotFound


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def place(folder: Path, sha256: str) -> Path:
    return folder / sha256[:2] / sha256


def keep(folder: Path, data: bytes) -> str:
    """Store content and return its SHA-256; when this returns it survives a power loss."""
    sha256 = digest(data)
    target = place(folder, sha256)
    if target.is_file() and digest(target.read_bytes()) == sha256:
        return sha256
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(name).unlink()
        raise
    for changed in (target.parent, folder):
        _flush_folder(changed)
    return sha256


def content(folder: Path, sha256: str) -> bytes:
    """The bytes of a stored file, proved against their name."""
    try:
        data = place(folder, sha256).read_bytes()
    except FileNotFoundError as error:
        raise NotFound("evidence-not-found") from error
    if digest(data) != sha256:
        raise NotFound("evidence-damaged", sha256=sha256)
    return data


def _flush_folder(folder: Path) -> None:
    """The name is only safe once its folder is; Windows opens no folders and needs none of it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def headers(name: str) -> dict[str, str]:
    """A file of somebody else's is saved, never shown in place, and runs nothing if it is opened."""
    return {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
