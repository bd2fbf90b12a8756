"""Which files are taken: PDF, PNG and JPEG, told by content, with a name that says the same."""

from enum import StrEnum
from pathlib import PurePath

from registry.kit.confined import MEGABYTE
from registry.kit.errors import Invalid

LARGEST = 20 * MEGABYTE
# Of one organisation, whatever it has taken off again: a file stays with its event.
MOST_BYTES = 4096 * MEGABYTE
LONGEST_NAME = 120


class EvidenceRefused(Invalid):
    """The file is not taken: a message key and the facts its sentence names."""

    code = "evidence.refused"


class MediaType(StrEnum):
    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"


_MAGIC = (
    (b"%PDF-", MediaType.PDF),
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"\xff\xd8\xff", MediaType.JPEG),
)
_SUFFIXES = {MediaType.PDF: (".pdf",), MediaType.PNG: (".png",), MediaType.JPEG: (".jpg", ".jpeg")}


def media_type(data: bytes, name: str) -> MediaType:
    """The type by content; refused where the content is none of ours or the name promises another."""
    if not data:
        raise EvidenceRefused("evidence.empty")
    if len(data) > LARGEST:
        raise EvidenceRefused("evidence.too-large", limit=LARGEST // MEGABYTE)
    found = next((kind for magic, kind in _MAGIC if data.startswith(magic)), None)
    if found is None:
        raise EvidenceRefused("evidence.kind-not-taken")
    if not name.lower().endswith(_SUFFIXES[found]):
        raise EvidenceRefused("evidence.name-differs", name=name, suffix=_SUFFIXES[found][0])
    return found


def shown_name(name: str) -> str:
    """The last part of a file's name as it may be shown and sent back: printable and short."""
    base = PurePath(name.encode(errors="replace").decode().replace("\\", "/")).name
    return "".join(sign for sign in base if sign.isprintable())[-LONGEST_NAME:].strip()
