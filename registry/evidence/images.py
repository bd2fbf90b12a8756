"""PNG and JPEG walked part by part: whole, of a size that can be shown, nothing behind a PNG's end."""

import struct
import zlib

from registry.evidence.pdf_headers import Unfit

MOST_PIXELS = 100_000_000
_PNG_HEAD = 8
_STANDALONE = {0x01, *range(0xD0, 0xD8)}
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_SCAN, _END = 0xDA, b"\xff\xd9"


def check_png(data: bytes) -> None:
    at, first, ended = _PNG_HEAD, True, False
    while at + 12 <= len(data) and not ended:
        length, name = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + length]
        if len(body) != length or at + 12 + length > len(data):
            raise Unfit("damaged")
        (stated,) = struct.unpack_from(">I", data, at + 8 + length)
        if stated != zlib.crc32(body, zlib.crc32(name)) or (first and (name != b"IHDR" or length != 13)):
            raise Unfit("damaged")
        if first:
            _size_fits(*struct.unpack_from(">II", body))
        first, ended = False, name == b"IEND"
        at += 12 + length
    if not ended or at != len(data):
        raise Unfit("damaged")


def check_jpeg(data: bytes) -> None:
    """Segment by segment to the first scan; what cameras append behind the end is left alone."""
    at, framed = 2, False
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise Unfit("damaged")
        marker = data[at + 1]
        if marker == 0xFF or marker in _STANDALONE:
            at += 1 if marker == 0xFF else 2
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        if length < 2 or at + 2 + length > len(data):
            raise Unfit("damaged")
        if marker in _FRAMES and length >= 8:
            height, width = struct.unpack_from(">HH", data, at + 5)
            _size_fits(width, height)
            framed = True
        at += 2 + length
        if marker == _SCAN:
            break
    if not framed or data.find(_END, at) < 0:
        raise Unfit("damaged")


def _size_fits(width: int, height: int) -> None:
    if not width or not height:
        raise Unfit("damaged")
    if width * height > MOST_PIXELS:
        raise Unfit("too-many-pixels")
