"""One file in, declarations out: the reader is chosen by what a file holds, never by its name alone."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from registry.declarations.formats import ilcd, iso22057, oekobaudat, openepd, template
from registry.declarations.formats.apart import apart
from registry.declarations.formats.openepd import bundle
from registry.declarations.formats.reading import Reading, Unreadable
from registry.declarations.formats.zipped import Archive, opened
from registry.kit.sheets.kinds import kind_of
from registry.kit.sheets.sheets import ReadProblem

LARGEST = 64 * 1024 * 1024  # bytes; real files hold 50 kB to 2 MB, a bundle with its PDFs up to 30 MB
_HEAD = 4096
_NO_TABLE = frozenset(f"bom.read.{kind}" for kind in ("pdf", "image", "archive", "markup", "binary"))
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
_NOT_ROOT = re.compile(r"<\?.*?\?>|<!--.*?-->", re.DOTALL)


class Container(StrEnum):
    """How a file is packed, seen from its first bytes."""

    XML = "xml"
    JSON = "json"
    ZIP = "zip"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Peek:
    """What choosing a reader needs: `root` of XML (`{` of JSON, a text's first line), the opened ZIP."""

    container: Container
    data: bytes
    root: str = ""
    archive: Archive | None = None

    @property
    def members(self) -> tuple[str, ...]:
        return self.archive.names if self.archive else ()


@dataclass(frozen=True, slots=True)
class Reader:
    """`takes` says whether a file is of this format; `read` answers its declarations or says why not.

    It is given the bytes, or `of_members` the archive that was opened to look into it.
    """

    format: str
    takes: Callable[[Peek], bool]
    read: Callable[..., tuple[Reading, ...]]
    of_members: bool = False


# The first that takes a file reads it.
READERS: tuple[Reader, ...] = (
    Reader("ilcd-zip", lambda peek: ilcd.is_archive(peek.members), ilcd.read_zip, of_members=True),
    Reader("ilcd-xml", lambda peek: ilcd.is_dataset(peek.root), ilcd.read_xml),
    Reader("ilcd-json", lambda peek: peek.root == "{" and ilcd.is_json(peek.data), ilcd.read_json),
    Reader("openepd-bundle", lambda peek: bundle.is_bundle(peek.members), bundle.read, of_members=True),
    Reader("table-xlsx", lambda peek: any(name.startswith("xl/") for name in peek.members), template.read),
    Reader("iso22057", lambda peek: peek.root == "{" and b'"subIndicators"' in peek.data, iso22057.read),
    Reader("openepd", lambda peek: peek.root == "{" and openepd.is_openepd(peek.data), openepd.read),
    Reader("oekobaudat", lambda peek: oekobaudat.is_oekobaudat(peek.root), oekobaudat.read),
    Reader("table-csv", lambda peek: peek.container is Container.TEXT and _is_text(peek.data), template.read),
)  # fmt: skip


def read_file(data: bytes, name: str) -> tuple[Reading, ...]:
    """Every declaration of a file with its loss report, persons put apart; `Unreadable` says why none."""
    peek = peeked(data)
    for reader in READERS:
        if reader.takes(peek):
            held = peek.archive if reader.of_members else data
            return tuple(apart(one) for one in reader.read(held, name=name))
    if peek.container is Container.JSON:
        _whole_json(data)
    raise Unreadable("declaration-unknown-format", name=name)


def _is_text(data: bytes) -> bool:
    """A picture, a PDF or the like is no table; a workbook behind a password is told as what it is."""
    try:
        kind_of(data)
    except ReadProblem as problem:
        return problem.key not in _NO_TABLE
    return True


def _whole_json(data: bytes) -> None:
    """What is not of any format may only be half a file: then it says where it ends."""
    try:
        json.loads(data)
    except json.JSONDecodeError as error:
        raise Unreadable("declaration-broken-json", line=error.lineno, column=error.colno) from error
    except (ValueError, RecursionError):
        return


def peeked(data: bytes) -> Peek:
    if not data.removeprefix(b"\xef\xbb\xbf").strip(b"\0 \t\r\n"):
        raise Unreadable("declaration-empty")
    if len(data) > LARGEST:
        raise Unreadable("declaration-too-large", bytes=len(data), limit=LARGEST)
    if data[:4] == b"PK\x03\x04" or data[:4] == b"PK\x05\x06":
        return Peek(Container.ZIP, data, archive=opened(data))
    head = _text(data[:_HEAD]).lstrip("\ufeff \t\r\n")
    if head.startswith("<"):
        found = _ROOT.search(_NOT_ROOT.sub("", head))
        return Peek(Container.XML, data, root=found[1] if found else "")
    if head[:1] in ("{", "["):
        return Peek(Container.JSON, data, root="{")
    return Peek(Container.TEXT, data, root=head.partition("\n")[0])


def _text(head: bytes) -> str:
    """Enough to see how a file begins; XML may come in UTF-16."""
    utf16 = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return head.decode("utf-16" if utf16 else "utf-8", "replace")
