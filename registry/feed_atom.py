"""The feed for people's readers: Atom (RFC 4287) with archive pages that never change (RFC 5005)."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request

from registry.access.http import May
from registry.access.permissions import Act
from registry.changes import feed
from registry.changes.kinds import KINDS
from registry.changes.record import Change
from registry.kit import atom
from registry.kit.atom import MEDIA_TYPE, AtomResponse
from registry.kit.db import ReadDep
from registry.kit.errors import NotFound
from registry.kit.etags import NOT_MODIFIED, Conditional, http_date
from registry.kit.ids import derived
from registry.kit.messages import say
from registry.kit.problems import PROBLEMS, wanted_language
from registry.kit.types import Fact

router = APIRouter(prefix="/api/v1", tags=["feed"], route_class=Conditional)

PATH = "/api/v1/changes.atom"
PAGE = 100
HISTORY = "http://purl.org/syndication/history/1.0"
NAMES = ("number", "item", "row", "code")
_ATOM: dict[int | str, dict[str, Any]] = {
    **PROBLEMS,
    **NOT_MODIFIED,
    200: {"description": "An Atom document", "content": {MEDIA_TYPE: {"schema": {"type": "string"}}}},
}


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

    def written(self, changes: Sequence[Change], *, archive: int | None, complete: int) -> bytes:
        known = changes[-1].header.recorded_at if changes else datetime(1970, 1, 1, tzinfo=UTC)
        title = "feed.title.demonstration" if self._head.feed == "demonstration" else "feed.title"
        urn = derived("feed", self._head.feed).urn
        root = atom.begun(urn, say(title, self._lang), known, lang=self._lang, fh=HISTORY)
        self._link(root, "self", archive)
        if archive is not None:
            self._link(root, "current", None)
            ET.SubElement(root, "fh:archive")
        previous = complete if archive is None else archive - 1
        if previous > 0:
            self._link(root, "prev-archive", previous)
        for change in reversed(changes):
            self._entry(root, change)
        return atom.written(root)

    def _link(self, root: ET.Element, rel: str, archive: int | None) -> None:
        page = "" if archive is None else f"&archive={archive}"
        href = f"{PATH}?lang={self._lang}{page}"
        ET.SubElement(root, "link", {"rel": rel, "type": MEDIA_TYPE, "href": href})

    def _entry(self, root: ET.Element, change: Change) -> None:
        header, fact = change.header, KINDS[change.header.kind].known(change).fact
        entry = ET.SubElement(root, "entry")
        urn = derived("feed", self._head.feed, str(header.seq)).urn
        atom.head(entry, urn, title_of(change, fact, self._lang), header.recorded_at)
        ET.SubElement(entry, "category", {"term": header.kind})
        href = f"/api/v1/changes?after={header.seq - 1}&limit=1"
        ET.SubElement(entry, "link", {"rel": "alternate", "type": "application/json", "href": href})
        if code := getattr(fact, "code", None):
            page = {"rel": "related", "type": "text/html", "href": f"/v/{quote(code)}"}
            ET.SubElement(entry, "link", page)
        atom.add(
            entry, "summary", f"{header.kind} {header.key} · {header.seq} · sha256 {change.payload_sha256}"
        )


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
