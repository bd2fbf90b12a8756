"""A bounded look through a PDF: whole, readable to the scan, and without anything that acts by itself.

Every stream that is no picture is inflated, because dictionaries hide in object streams. What the scan cannot
look into is refused: encryption, unknown filters, predictors over object streams.
"""

import base64
import binascii
import re
import zlib
from collections.abc import Iterator

LONGEST_STREAM = 48 * 1024 * 1024
LONGEST_TOTAL = 256 * 1024 * 1024
_CHUNK = 256 * 1024
_DICTIONARY = 4096
_TAIL = 2048

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
# Long names, and only followed by a delimiter: none of them stands in compressed bytes by chance.
_ACTS = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|XFA|OpenAction(?!\s*\[))(?=[\s/<>\[\](){}%]|$)"
)
_FILTER = re.compile(rb"/Filter\s*(\[[^\]]*\]|/[A-Za-z0-9]+|[^\s/\[])")
_NAME = re.compile(rb"/([A-Za-z0-9]+)")
_PICTURES = frozenset({b"DCTDecode", b"JPXDecode", b"CCITTFaxDecode", b"JBIG2Decode"})


class Unfit(Exception):
    """Why the file is refused: the last part of a message key, and the name that was found."""

    def __init__(self, reason: str, found: str = "") -> None:
        self.reason, self.found = reason, found
        super().__init__(reason)


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
    """A name may be written /J#61vaScript, so escapes are undone first."""
    plain = _ESCAPED.sub(lambda match: bytes.fromhex(match[1].decode()), text)
    found = _ACTS.search(plain)
    if found is not None:
        # An OpenAction that is an array only says where to open the file; the pattern lets it pass.
        raise Unfit("acts", found[1].decode())


def _streams(data: bytes) -> Iterator[bytes]:
    for match in _STREAM.finditer(data):
        before = data[max(0, match.start() - _DICTIONARY) : match.start()]
        header = _ESCAPED.sub(lambda one: bytes.fromhex(one[1].decode()), before[before.rfind(b"obj") + 1 :])
        filters = _filters(header)
        if b"/ObjStm" in header and b"/Predictor" in header:
            raise Unfit("hidden")
        if filters and not _PICTURES & set(filters):
            yield _decoded(data, match.end(), filters)


def _filters(header: bytes) -> list[bytes]:
    found = _FILTER.search(header)
    if found is None:
        return []
    names = _NAME.findall(found[1])
    if not names and found[1][:1] != b"[":
        raise Unfit("hidden")  # the filter is named elsewhere in the file
    return names


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
    except zlib.error:
        # A reader shows what came before the damage, so that is what is looked at.
        return b"".join(parts)
    return b"".join(parts)
