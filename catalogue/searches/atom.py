"""A kept search for a feed reader: Atom (RFC 4287) with one entry for each product that differs from then."""

import xml.etree.ElementTree as ET
from datetime import datetime
from urllib.parse import quote

from catalogue.archive.store import Archived
from catalogue.naming import Lang
from catalogue.searches.news import Item, News
from registry.kit import atom
from registry.kit.clock import civil_day
from registry.kit.ids import derived
from registry.kit.messages import say

MOST_ID = "most"  # of the entry that only says that too much is found to compare one by one


def document(archived: Archived, told: News, lang: Lang, *, path: str) -> bytes:
    """`path` is the kept search's page; an entry keeps its id as long as its product differs."""
    known = max((item.since or archived.created_at for item in told.items), default=archived.created_at)
    root = _begun(archived, lang, known, path=path)
    if told.untold:
        atom.add(root, "subtitle", say("kept.feed.untold", lang, {"count": told.untold}))
    for item in told.items:
        _entry(root, archived, item, lang)
    return atom.written(root)


def too_many(archived: Archived, total: int, lang: Lang, *, path: str, most: int) -> bytes:
    """One entry: the search finds more than can be compared, as the page says."""
    root = _begun(archived, lang, archived.created_at, path=path)
    entry = ET.SubElement(root, "entry")
    sentence = say("kept.feed.too-many", lang, {"count": total, "most": most})
    atom.head(entry, derived("kept-search", archived.number, MOST_ID).urn, sentence, archived.created_at)
    _link(entry, "alternate", "text/html", path)
    return atom.written(root)


def _begun(archived: Archived, lang: Lang, updated: datetime, *, path: str) -> ET.Element:
    notice = archived.sealed.notice
    title = say("kept.feed.title", lang, {"number": archived.number})
    if notice is not None:
        title = f"{title} · {notice.in_language(lang)}"
    root = atom.begun(derived("kept-search", archived.number).urn, title, updated, lang=lang)
    _link(root, "self", atom.MEDIA_TYPE, f"{path}.atom")
    _link(root, "alternate", "text/html", path)
    return root


def _entry(root: ET.Element, archived: Archived, item: Item, lang: Lang) -> None:
    entry, kind = ET.SubElement(root, "entry"), "new" if item.is_new else "gone"
    title = say(f"kept.feed.{kind}", lang, {"number": item.number, "name": item.name.in_language(lang)})
    urn = derived("kept-search", archived.number, item.number, kind).urn
    atom.head(entry, urn, title, item.since or archived.created_at)
    ET.SubElement(entry, "category", {"term": kind})
    _link(entry, "alternate", "text/html", f"/{lang}/products/{quote(item.number)}")
    atom.add(entry, "summary", " · ".join(_summary(item, lang)))


def _summary(item: Item, lang: Lang) -> list[str]:
    since = "" if item.since is None else say("kept.feed.since", lang, {"day": civil_day(item.since)})
    return [one for one in (item.maker.in_language(lang), item.now.in_language(lang), since) if one]


def _link(parent: ET.Element, rel: str, media: str, href: str) -> None:
    ET.SubElement(parent, "link", {"rel": rel, "type": media, "href": href})
