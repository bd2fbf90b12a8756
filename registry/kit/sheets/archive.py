"""The ZIP around an XLSX: bombs, odd entries and missing parts are refused before anything is opened."""

import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from xml.parsers import expat

from registry.kit.confined import MEGABYTE
from registry.kit.sheets.prescan import walk
from registry.kit.sheets.sheets import Limits, ReadProblem

_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_SMALL = 1024 * 1024  # below this a high ratio harms nobody: blank sheets compress a thousandfold
_ROOT_RELATIONS = "_rels/.rels"


@dataclass(frozen=True, slots=True)
class Part:
    """A worksheet as the workbook names it, and where in the ZIP it lies."""

    sheet: str
    path: str
    hidden: bool


def check_archive(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Hold the ZIP's directory to the limits, then inflate every entry once to prove sizes and checksums."""
    entries = archive.infolist()
    if len(entries) > limits.entries:
        raise ReadProblem("bom.read.too-many-parts", count=len(entries), limit=limits.entries)
    names = [_safe_name(entry) for entry in entries]
    if len(set(names)) != len(names):
        raise ReadProblem("bom.read.damaged", part="ZIP")
    inflated = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if inflated > limits.inflated_bytes or (inflated > _SMALL and inflated > packed * limits.inflation):
        raise ReadProblem("bom.read.bomb", size=inflated // MEGABYTE, limit=limits.inflated_bytes // MEGABYTE)
    try:
        broken = archive.testzip()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise ReadProblem("bom.read.damaged", part="ZIP") from error
    if broken is not None:
        raise ReadProblem("bom.read.damaged", part=broken[:80])


def has_macros(archive: zipfile.ZipFile) -> bool:
    return any(name.casefold().endswith("vbaproject.bin") for name in archive.namelist())


def worksheets(archive: zipfile.ZipFile) -> tuple[Part, ...]:
    """The worksheets in the workbook's order; a part that is named but absent is a refusal."""
    paths = {name.casefold(): name for name in archive.namelist()}
    workbook = _workbook(archive, paths)
    folder, name = posixpath.split(workbook)
    targets = _targets(archive, paths, f"{folder}/_rels/{name}.rels".lstrip("/"), folder=folder)
    parts = []
    for attributes in _elements(archive, paths, workbook, wanted="sheet"):
        relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        kind, target = targets.get(relation, ("", ""))
        if kind and not kind.endswith("/worksheet"):
            continue  # a chart or dialogue sheet holds no cells
        path = paths.get(target.casefold())
        sheet = attributes.get("name", "")
        if path is None:
            raise ReadProblem("bom.read.part-missing", part=target or sheet[:80])
        parts.append(Part(sheet, path, attributes.get("state", "visible") != "visible"))
    if not parts:
        raise ReadProblem("bom.read.empty")
    return tuple(parts)


def _workbook(archive: zipfile.ZipFile, paths: Mapping[str, str]) -> str:
    """Where the workbook lies; found as calamine finds it, or the scan would look at another file."""
    for kind, target in _targets(archive, paths, _ROOT_RELATIONS, folder="").values():
        if kind.endswith("/officeDocument"):
            return target
    raise ReadProblem("bom.read.part-missing", part="xl/workbook.xml")


def _targets(
    archive: zipfile.ZipFile, paths: Mapping[str, str], part: str, *, folder: str
) -> dict[str, tuple[str, str]]:
    """Each relation of a part: its id, what it is, and the path it leads to."""
    found = {}
    for attributes in _elements(archive, paths, part, wanted="Relationship"):
        target = attributes.get("Target", "")
        path = (
            target.lstrip("/")
            if target.startswith("/")
            else posixpath.normpath(posixpath.join(folder, target))
        )
        found[attributes.get("Id", "")] = (attributes.get("Type", ""), path)
    return found


def _elements(
    archive: zipfile.ZipFile, paths: Mapping[str, str], part: str, *, wanted: str
) -> list[dict[str, str]]:
    """The attributes of every element of one name in a part."""
    path = paths.get(part.casefold())
    if path is None:
        raise ReadProblem("bom.read.part-missing", part=part)
    found: list[dict[str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == wanted:
            found.append(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    with archive.open(path) as stream:
        walk(stream, parser, part)
    return found


def _safe_name(entry: zipfile.ZipInfo) -> str:
    name = entry.filename.replace("\\", "/").casefold()
    if entry.flag_bits & _ENCRYPTED:
        raise ReadProblem("bom.read.password")
    if entry.compress_type not in _METHODS or name.startswith("/") or ".." in name.split("/"):
        raise ReadProblem("bom.read.damaged", part=entry.filename[:80])
    return name
