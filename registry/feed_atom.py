"""The feed for people's readers: Atom (RFC 4287) with archive pages that never change (RFC 5005)."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request, Response

from registry.access.http import May
from registry.access.permissions import Act
from registry.changes import feed
from registry.changes.kinds import KINDS
from registry.changes.record import Change
from registry.kit.db import ReadDep
from registry.kit.errors import NotFound
from registry.kit.etags import NOT_MODIFIED, Conditional, http_date
from registry.kit.ids import derived
from registry.kit.messages import say
from registry.kit.problems import PROBLEMS, wanted_language
from registry.kit.types import Fact, instant_text

router = APIRouter(prefix="/api/v1", tags=["feed"], route_class=Conditional)

PATH = "/api/v1/changes.atom"
PAGE = 100
ATOM, HISTORY = "http://www.w3.org/2005/Atom", "http://purl.org/syndication/history/1.0"
MEDIA_TYPE = "application/atom+xml"
NAMES = ("number", "item", "row", "code")
# Characters that XML 1.0 cannot carry even when escaped.
UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ATOM: dict[int | str, dict[str, Any]] = {
    **PROBLEMS,
    **NOT_MODIFIED,
    200: {"description": "An Atom document", "content": {MEDIA_TYPE: {"schema": {"type": "string"}}}},
}


class AtomResponse(Response):
    media_type = MEDIA_TYPE


@router.get(
    "/changes.atom", dependencies=[Depends(May(Act.READ))], response_class=AtomResponse, responses=_ATOM
)
def read_changes_atom(
    request: Request,
    session: ReadDep,
    archive: Annotated[
        int | None, Query(ge=1, le=2**53, description="A complete page of 100 records, which never changes")
    ] = None,
    lang: Annotated[Literal["zh", "en"] | None, Query(description="Language of the titles")] = None,  # noqa: ARG001 - read with the header by wanted_language
) -> AtomResponse:
    """The latest hundred changes with titles in words; older ones by the link `prev-archive`."""
    head = feed.head(session)
    complete = head.seq // PAGE
    if archive is not None and archive > complete:
        raise NotFound
    first = max(head.seq - PAGE, 0) if archive is None else (archive - 1) * PAGE
    changes = feed.after(session, first, limit=PAGE)
    language = wanted_language(request)
    document = _Document(head, language).written(changes, archive=archive, complete=complete)
    updated = changes[-1].header.recorded_at if changes else head.recorded_at
    headers = {
        "Last-Modified": http_date(updated),
        "Vary": "Accept-Language",
        "X-Feed-Position": str(head.seq),
    }
    return AtomResponse(document, headers=headers)


class _Document:
    """One Atom document of a feed in one language."""

    def __init__(self, head: feed.Head, lang: str) -> None:
        self._head = head
        self._lang = lang
        self._root = ET.Element("feed", {"xmlns": ATOM, "xmlns:fh": HISTORY, "xml:lang": lang})

    def written(self, changes: Sequence[Change], *, archive: int | None, complete: int) -> bytes:
        root, lang = self._root, self._lang
        known = changes[-1].header.recorded_at if changes else datetime(1970, 1, 1, tzinfo=UTC)
        title = "feed.title.demonstration" if self._head.feed == "demonstration" else "feed.title"
        _add(root, "id", derived("feed", self._head.feed).urn)
        _add(root, "title", say(title, lang))
        _add(root, "updated", instant_text(known))
        _add(ET.SubElement(root, "author"), "name", "GreenMat 绿材名录")
        self._link("self", archive)
        if archive is not None:
            self._link("current", None)
            ET.SubElement(root, "fh:archive")
        previous = complete if archive is None else archive - 1
        if previous > 0:
            self._link("prev-archive", previous)
        for change in reversed(changes):
            self._entry(change)
        written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
        return written

    def _link(self, rel: str, archive: int | None) -> None:
        page = "" if archive is None else f"&archive={archive}"
        href = f"{PATH}?lang={self._lang}{page}"
        ET.SubElement(self._root, "link", {"rel": rel, "type": MEDIA_TYPE, "href": href})

    def _entry(self, change: Change) -> None:
        header, fact = change.header, KINDS[change.header.kind].known(change).fact
        entry = ET.SubElement(self._root, "entry")
        _add(entry, "id", derived("feed", self._head.feed, str(header.seq)).urn)
        _add(entry, "title", title_of(change, fact, self._lang))
        _add(entry, "updated", instant_text(header.recorded_at))
        ET.SubElement(entry, "category", {"term": header.kind})
        href = f"/api/v1/changes?after={header.seq - 1}&limit=1"
        ET.SubElement(entry, "link", {"rel": "alternate", "type": "application/json", "href": href})
        if code := getattr(fact, "code", None):
            page = {"rel": "related", "type": "text/html", "href": f"/v/{quote(code)}"}
            ET.SubElement(entry, "link", page)
        _add(entry, "summary", f"{header.kind} {header.key} · {header.seq} · sha256 {change.payload_sha256}")


def title_of(change: Change, fact: Fact, lang: str) -> str:
    """What happened to what, in a sentence: the act for certificates, the version for the rest."""
    header = change.header
    act = getattr(fact, "act", None)
    facts: dict[str, object] = {
        "kind": say(f"feed.kind.{header.kind}", lang),
        "name": _name(fact, lang) or str(header.key),
        "version": header.version,
        "day": header.effective_on.isoformat(),
    }
    if act is None:
        return say("feed.entry", lang, facts)
    return say("feed.entry.act", lang, facts | {"act": say(f"feed.act.{act}", lang)})


def _name(fact: Fact, lang: str) -> str | None:
    """The fact's own name in the language, else in the other, else its number; packs carry theirs inside."""
    source = getattr(fact, "pack", fact)
    other = "en" if lang == "zh" else "zh"
    for name in (f"name_{lang}", f"title_{lang}", f"name_{other}", f"title_{other}", *NAMES):
        if found := getattr(source, name, None):
            return str(found)
    return None


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = UNWRITABLE.sub("\ufffd", text)
