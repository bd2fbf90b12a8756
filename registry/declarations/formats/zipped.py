"""ZIP files of strangers: bounded in count and size, no member outside, nothing encrypted."""

import io
import zipfile
import zlib
from dataclasses import dataclass

from registry.declarations.formats.reading import Unreadable

MEMBERS = 5000  # a stock's export holds a few thousand datasets
LARGEST_MEMBER = 32 * 1024 * 1024
LARGEST_TOTAL = 256 * 1024 * 1024
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # the others unpack without a bound on memory
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Archive:
    """An opened ZIP whose directory has been looked through; `names` are its files."""

    names: tuple[str, ...]
    _zip: zipfile.ZipFile

    def read(self, name: str) -> bytes:
        """One member; its declared size was checked, and more than declared is not unpacked."""
        try:
            return self._zip.read(name)
        except _BROKEN as error:
            raise Unreadable("declaration-broken-zip", member=name) from error


def opened(data: bytes | Archive) -> Archive:
    """The archive in memory, with nothing to close; `Unreadable` with the reason its directory gives."""
    if isinstance(data, Archive):
        return data
    try:
        found = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise Unreadable("declaration-broken-zip", member="") from error
    infos = [info for info in found.infolist() if not info.is_dir()]
    _check(infos)
    return Archive(tuple(info.filename for info in infos), found)


def _check(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MEMBERS:
        raise Unreadable("declaration-zip-members", members=len(infos), limit=MEMBERS)
    for info in infos:
        name = info.filename.replace("\\", "/")
        if name.startswith("/") or ":" in name.split("/")[0] or ".." in name.split("/"):
            raise Unreadable("declaration-zip-path", member=info.filename)
        if info.compress_type not in _METHODS:
            raise Unreadable("declaration-broken-zip", member=info.filename)
        if info.flag_bits & _ENCRYPTED:
            raise Unreadable("declaration-zip-encrypted", member=info.filename)
        if info.file_size > LARGEST_MEMBER:
            raise Unreadable("declaration-zip-size", bytes=info.file_size, limit=LARGEST_MEMBER)
    total = sum(info.file_size for info in infos)
    if total > LARGEST_TOTAL:
        raise Unreadable("declaration-zip-size", bytes=total, limit=LARGEST_TOTAL)
