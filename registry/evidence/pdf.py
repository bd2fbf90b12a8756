"""A bounded look through a PDF: whole, readable to the scan, and without anything that acts by itself.

Every stream that is no picture is inflated, because dictionaries hide in object streams. What the scan cannot
look into is refused: encryption, unknown filters, predictors over object streams, streams without a header.
"""

import base64
import binascii
import re
import zlib
from collections.abc import Iterator

from registry.evidence.pdf_headers import Unfit, headers, unescaped

LONGEST_STREAM = 48 * 1024 * 1024
LONGEST_TOTAL = 256 * 1024 * 1024
_CHUNK = 256 * 1024
_TAIL = 2048

# Long names, and only followed by a delimiter: none of them stands in compressed bytes by chance.
_ACTS = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA|OpenAction(?!\s*\[))(?=[\s/<>\[\](){}%]|$)"
)
_PICTURES = frozenset({b"DCTDecode", b"JPXDecode", b"CCITTFaxDecode", b"JBIG2Decode"})


def check(data: bytes) -> None:
    """Raise Unfit where the file is damaged, shut, or does something when it is opened."""
    if b"startxref" not in data[-_TAIL:] or b"%%EOF" not in data[-_TAIL:]:
        raise Unfit("damaged")
    if b"/Encrypt" in data:
        raise Unfit("encrypted")
    _refuse_acts(data)
    total = 0
    for body in _streams(data):
        total += len(body)
        if total > LONGEST_TOTAL:
            raise Unfit("bomb")
        _refuse_acts(body)


def _refuse_acts(text: bytes) -> None:
    found = _ACTS.search(unescaped(text))
    if found is not None:
        # An OpenAction that is an array only says where to open the file; the pattern lets it pass.
        raise Unfit("acts", found[1].decode())


def _streams(data: bytes) -> Iterator[bytes]:
    for header in headers(data):
        filters = header.filters()
        is_picture = not _PICTURES.isdisjoint(filters)
        if header.holds_objects and (is_picture or header.is_predicted):
            raise Unfit("hidden")
        if filters and not is_picture:
            yield _decoded(data, header.start, filters)


def _decoded(data: bytes, start: int, filters: list[bytes]) -> bytes:
    """What the stream holds; deflated data end where they end, whatever length the file states."""
    body: bytes | None = None
    for name in filters:
        if name in (b"FlateDecode", b"Fl"):
            body = _inflated(data, start) if body is None else _inflated(body, 0)
            continue
        end = data.find(b"endstream", start)
        text = body if body is not None else data[start : end if end >= 0 else len(data)]
        body = _from_ascii(name, text)
    return body or b""


def _from_ascii(name: bytes, text: bytes) -> bytes:
    try:
        if name == b"ASCII85Decode":
            return base64.a85decode(text.strip().removeprefix(b"<~").removesuffix(b"~>"))
        if name == b"ASCIIHexDecode":
            digits = b"".join(text.split()).partition(b">")[0]
            return bytes.fromhex(digits.decode("ascii") + "0" * (len(digits) % 2))
    except (ValueError, binascii.Error) as error:
        raise Unfit("damaged") from error
    raise Unfit("hidden")


def _inflated(data: bytes, start: int) -> bytes:
    reader, parts, size = zlib.decompressobj(), list[bytes](), 0
    try:
        for at in range(start, len(data), _CHUNK):
            part = reader.decompress(data[at : at + _CHUNK], LONGEST_STREAM - size + 1)
            parts.append(part)
            size += len(part)
            if size > LONGEST_STREAM:
                raise Unfit("bomb")
            if reader.eof:
                break
    except zlib.error as error:
        # A reader shows what came before the damage, and that is lost to us.
        raise Unfit("damaged") from error
    return b"".join(parts)
