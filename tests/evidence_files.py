"""Files of evidence made by hand: honest ones, and each way a hostile one may look."""

import base64
import struct
import zlib
from collections.abc import Callable, Sequence


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects with a cross-reference table."""
    body, offsets = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", []
    found = objects or (b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>")
    for number, one in enumerate(found, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(body)
    size = len(found) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return (
        body
        + head
        + b"trailer << /Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    )


def stream(content: bytes, header: bytes = b"", *, filters: Sequence[str] = ("FlateDecode",)) -> bytes:
    """A stream object whose content went through these filters, the first being the outermost."""
    packed = content
    for name in reversed(filters):
        packed = _PACK[name](packed)
    named = b" ".join(b"/" + name.encode() for name in filters)
    return b"<< /Length %d /Filter [%s] %s >>\nstream\n%s\nendstream" % (len(packed), named, header, packed)


_PACK: dict[str, Callable[[bytes], bytes]] = {
    "FlateDecode": zlib.compress,
    "ASCII85Decode": lambda data: base64.a85encode(data) + b"~>",
    "ASCIIHexDecode": lambda data: data.hex().encode() + b">",
}
CATALOG = b"<< /Type /Catalog /Pages 2 0 R %s >>"
JAVASCRIPT = b"<< /S /JavaScript /JS (app.alert(1)) >>"


def objects(content: bytes, extra: bytes = b"") -> bytes:
    """An object stream, where dictionaries hide from a search through the raw file."""
    return stream(b"1 0 " + content, b"/Type /ObjStm /N 1 /First 4 " + extra)


def before(entry: bytes, one: bytes) -> bytes:
    """The stream with one more entry at the head of its dictionary."""
    return one.replace(b"<<", b"<< " + entry, 1)


def png(width: int = 2, height: int = 2, *, behind: bytes = b"") -> bytes:
    rows = b"".join(b"\0" + b"\x80" * 3 * min(width, 4) for _ in range(min(height, 4)))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts) + behind


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def jpeg(width: int = 2, height: int = 2) -> bytes:
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    scan = b"\x01\x01\x00\x00\x3f\x00"
    return (
        b"\xff\xd8"
         b"\xff\xe0" + struct.pack(">H", 16) + b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0"
        + b"\xff\xc0" + struct.pack(">H", len(frame) + 2) + frame
        + b"\xff\xda" + struct.pack(">H", len(scan) + 2) + scan + b"\x12\x34"
        + b"\xff\xd9"
    )  # fmt: skip


BOMB = stream(b"\0" * 60_000_000, filters=("FlateDecode", "FlateDecode"))
HOSTILE: dict[str, tuple[bytes, str]] = {
    "javascript in the open": (pdf(CATALOG % b"", JAVASCRIPT), "acts"),
    "javascript with escaped letters": (pdf(CATALOG % b"", b"<< /S /J#61va#53cript >>"), "acts"),
    "javascript in an object stream": (pdf(CATALOG % b"", objects(JAVASCRIPT)), "acts"),
    "javascript deflated twice": (
        pdf(CATALOG % b"", stream(JAVASCRIPT, b"/Type /ObjStm", filters=("FlateDecode", "FlateDecode"))),
        "acts",
    ),
    "javascript behind text filters": (
        pdf(CATALOG % b"", stream(JAVASCRIPT, filters=("ASCII85Decode", "FlateDecode"))), "acts",
    ),
    "javascript as hexadecimal": (pdf(stream(JAVASCRIPT, filters=("ASCIIHexDecode",))), "acts"),
    "an action on opening": (pdf(CATALOG % b"/OpenAction 5 0 R"), "acts"),
    "launch of a program": (pdf(CATALOG % b"", b"<< /S /Launch /F (cmd.exe) >>"), "acts"),
    "a file carried inside": (pdf(CATALOG % b"/Names << /EmbeddedFiles 4 0 R >>"), "acts"),
    "an embedded file's stream": (pdf(CATALOG % b"", stream(b"MZ", b"/Type /EmbeddedFile ")), "acts"),
    "a form in XML": (pdf(CATALOG % b"/AcroForm << /XFA 4 0 R >>"), "acts"),
    "rich media": (pdf(CATALOG % b"", b"<< /Subtype /RichMedia >>"), "acts"),
    "a password": (pdf(trailer=b"/Encrypt 9 0 R "), "encrypted"),
    "a filter we cannot undo": (
        pdf(b"<< /Length 3 /Filter /LZWDecode /Type /ObjStm >>\nstream\nabc\nendstream"), "hidden",
    ),
    "a filter named elsewhere": (
        pdf(b"<< /Length 3 /Filter 7 0 R /Type /ObjStm >>\nstream\nabc\nendstream"), "hidden",
    ),
    "a predictor over objects": (
        pdf(objects(b"<< >>", b"/DecodeParms << /Predictor 12 >>")), "hidden",
    ),
    "a string that looks like an object": (pdf(CATALOG % b"", objects(JAVASCRIPT, b"/X (obj)")), "acts"),
    "a string with a whole header": (
        pdf(CATALOG % b"", objects(JAVASCRIPT, b"/X (5 0 obj <<%) \n")), "acts",
    ),
    "a string with a picture's filter": (
        pdf(CATALOG % b"", before(b"/X (/Filter /DCTDecode)", objects(JAVASCRIPT))), "acts",
    ),
    "a filter of something inside": (
        pdf(CATALOG % b"", before(b"/X << /Filter /DCTDecode >>", objects(JAVASCRIPT))), "acts",
    ),
    "a long dictionary": (pdf(CATALOG % b"", objects(JAVASCRIPT, b"/X (" + b"x" * 5000 + b")")), "acts"),
    "a dictionary without an end": (
        pdf(CATALOG % b"", objects(JAVASCRIPT, b"/X (" + b"x" * 70_000 + b")")), "hidden",
    ),
    "a comment in the object's number": (
        pdf(CATALOG % b"", objects(JAVASCRIPT)).replace(b"2 0 obj", b"2 0%\nobj"), "hidden",
    ),
    "a stream behind another end of line": (
        pdf(CATALOG % b"", objects(JAVASCRIPT)).replace(b">>\nstream\n", b">>\nstream \n"), "hidden",
    ),
    "objects behind a picture's filter": (
        pdf(CATALOG % b"", objects(b"<< >>").replace(b"/FlateDecode", b"/CCITTFaxDecode")), "hidden",
    ),
    "a filter in a list, named elsewhere": (
        pdf(CATALOG % b"", objects(JAVASCRIPT).replace(b"[/FlateDecode]", b"[7 0 R]")), "hidden",
    ),
    "a filter by its short name": (
        pdf(CATALOG % b"", objects(JAVASCRIPT).replace(b"/Filter", b"/F")), "hidden",
    ),
    "two filters": (pdf(CATALOG % b"", before(b"/Filter /DCTDecode", objects(JAVASCRIPT))), "hidden"),
    "a wrong sum behind the deflated": (
        pdf(stream(JAVASCRIPT).removesuffix(b"\nendstream")[:-4] + b"abcd\nendstream"), "damaged",
    ),
    "a bomb": (pdf(CATALOG % b"", BOMB), "bomb"),
    "no end": (pdf()[:-40], "damaged"),
    "a header alone": (b"%PDF-1.7\n", "damaged"),
}  # fmt: skip
