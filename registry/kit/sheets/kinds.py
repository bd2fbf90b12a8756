"""What a file is by its content; its name only decides whether a note is due."""

import io
import zipfile

from registry.kit.sheets.sheets import FileKind, Note, ReadProblem

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_FOREIGN = (
    (b"%PDF", "bom.read.pdf"),
    (b"\x89PNG", "bom.read.image"),
    (b"\xff\xd8\xff", "bom.read.image"),
    (b"GIF8", "bom.read.image"),
    (b"Rar!", "bom.read.archive"),
    (b"7z\xbc\xaf\x27\x1c", "bom.read.archive"),
    (b"\x1f\x8b", "bom.read.archive"),
)
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<?mso")
_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_TABLE_NAMES = {FileKind.XLSX: (".xlsx", ".xlsm"), FileKind.TEXT: (".csv", ".txt", ".tsv")}


def kind_of(data: bytes) -> FileKind:
    """XLSX or text, or the refusal that says what the file is instead."""
    if not data.strip(b"\0 \t\r\n"):
        raise ReadProblem("bom.read.empty")
    if data.startswith(OLE):
        raise ReadProblem(_ole_problem(data))
    for magic, key in _FOREIGN:
        if data.startswith(magic):
            raise ReadProblem(key)
    if data.startswith(b"PK"):
        return _zip_kind(data)
    if data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        raise ReadProblem("bom.read.markup")
    if b"\0" in data and not data.startswith(_BOMS[:2]) and not looks_utf16(data):
        raise ReadProblem("bom.read.binary")
    return FileKind.TEXT


def name_notes(filename: str, kind: FileKind) -> tuple[Note, ...]:
    """A note where the file's name promises another kind than its content."""
    if filename.lower().endswith(_TABLE_NAMES[kind]):
        return ()
    return (Note("bom.note.name-differs", {"name": filename[-80:], "kind": kind.value.upper()}),)


def looks_utf16(data: bytes) -> bool:
    """UTF-16 without its mark: NUL bytes on one side only, for a fifth of the signs (commas, digits)."""
    if len(data) % 2:
        return False
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    return min(even, odd) == 0 and max(even, odd) * 5 >= len(head) // 2


def _ole_problem(data: bytes) -> str:
    """Old Office containers: an encrypted XLSX, an old XLS, or something else."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "bom.read.password"
    if any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        return "bom.read.old-xls"
    return "bom.read.binary"


def _zip_kind(data: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = [name.casefold() for name in archive.namelist()]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise ReadProblem("bom.read.damaged", part="ZIP") from error
    if "xl/workbook.bin" in names:
        raise ReadProblem("bom.read.old-xls")
    if not any(name.startswith("xl/") for name in names):
        raise ReadProblem("bom.read.archive")
    return FileKind.XLSX
