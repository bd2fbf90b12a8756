"""openEPD bundle (.epb): a ZIP with a manifest, a table of contents and one JSON file for each document."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import orjson

from registry.declarations.dataset import Dataset
from registry.declarations.formats import openepd
from registry.declarations.formats.pointing import Node, parse
from registry.declarations.formats.reading import Reading, Remark, Source, Unreadable, Weight, Written
from registry.declarations.formats.zipped import Archive, opened

FORMAT = "openEPD Bundle"
MEDIA_TYPE = "application/zip"
_CONTENTS = (
    "ref", "name", "type", "lang", "rel_type", "rel_asset", "comment", "content_type", "size", "custom_type",
    "custom_data",
)  # fmt: skip
_TRANSLATION = "translation"
_LIKE_NOTHING_ELSE = frozenset({"manifest", "toc"})
_MADE = (1980, 1, 1, 0, 0, 0)  # the same datasets make the same bytes

Row = Mapping[str, str]


def is_bundle(members: Sequence[str]) -> bool:
    return set(members) >= _LIKE_NOTHING_ELSE


def read(data: bytes | Archive, *, name: str = "") -> tuple[Reading, ...]:
    """Its declarations; a translation adds its words to the document it translates."""
    archive = opened(data)
    version = _version(archive)
    rows = _rows(archive)
    found = tuple(
        replace(_with_relatives(one, row, rows, archive=archive), source=Source(FORMAT, version, row["ref"]))
        for row in rows
        if row["type"] == "epd" and row["rel_type"] != _TRANSLATION
        for one in openepd.read(_member(archive, row["ref"]), name=name)
    )
    if not found:
        raise Unreadable("declaration-bundle-empty")
    return found


def write(datasets: Sequence[Dataset]) -> Written:
    """A bundle of documents without attachments; remarks name the member they are about."""
    content, contents = io.BytesIO(), io.StringIO()
    table = csv.DictWriter(contents, _CONTENTS, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    table.writeheader()
    remarks: list[Remark] = []
    total = 0
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for number, dataset in enumerate(datasets, 1):
            member, written = f"epd/{number:06}.json", openepd.write(dataset)
            archive.writestr(zipfile.ZipInfo(member, _MADE), written.content)
            size = len(written.content)
            total += size
            table.writerow({"ref": member, "type": "epd", "content_type": written.media_type, "size": size})
            remarks += [one.model_copy(update={"place": f"{member}#{one.place}"}) for one in written.remarks]
        archive.writestr(zipfile.ZipInfo("manifest", _MADE), orjson.dumps(_manifest(len(datasets), total)))
        archive.writestr(zipfile.ZipInfo("toc", _MADE), contents.getvalue())
    return Written(content.getvalue(), MEDIA_TYPE, "declarations.epb", tuple(remarks))


def _manifest(count: int, size: int) -> dict[str, Any]:
    assets = {"total_count": count, "total_size": size, "count_by_type": {"epd": count} if count else {}}
    return {"format": f"{FORMAT}/1.0", "generator": "GreenMat", "assets": assets}


def _version(archive: Archive) -> str | None:
    stated = Node(parse(_member(archive, "manifest"))).at("format").text() or ""
    kind, _, version = stated.partition("/")
    if kind != FORMAT:
        raise Unreadable("declaration-bundle-manifest", format=stated[:40])
    return version or None


def _rows(archive: Archive) -> list[Row]:
    try:
        text = _member(archive, "toc").decode("utf-8-sig")
        rows: list[Row] = list(csv.DictReader(io.StringIO(text), restval="", restkey="more"))
    except (UnicodeDecodeError, csv.Error) as error:
        raise Unreadable("declaration-bundle-contents") from error
    if any(not {"ref", "type", "rel_type", "rel_asset"} <= set(row) or not row["ref"] for row in rows):
        raise Unreadable("declaration-bundle-contents")
    return rows


def _with_relatives(reading: Reading, row: Row, rows: Sequence[Row], *, archive: Archive) -> Reading:
    """What else the bundle holds of a document: translations give their words, the rest is told."""
    dataset, remarks = reading.dataset, list(reading.remarks)
    for other in rows:
        if row["ref"] not in other["rel_asset"].split(";") or other is row:
            continue
        if other["type"] == "epd" and other["rel_type"] == _TRANSLATION:
            (twin, *_) = openepd.read(_member(archive, other["ref"]))
            names = {**twin.dataset.names, **dataset.names}
            descriptions = {**twin.dataset.descriptions, **dataset.descriptions}
            dataset = dataset.model_copy(update={"names": names, "descriptions": descriptions})
        facts = {"member": other["ref"], "kind": other["rel_type"] or other["type"]}
        remarks.append(Remark(weight=Weight.NOT_CARRIED, key="openepd.member", place="toc", facts=facts))
    return replace(reading, dataset=dataset, remarks=tuple(remarks))


def _member(archive: Archive, name: str) -> bytes:
    if name not in archive.names:
        raise Unreadable("declaration-bundle-member", member=name[:80])
    return archive.read(name)
