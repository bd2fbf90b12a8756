"""Words that continue what is typed: each thing once, in the reader's language where it can be."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from sqlmodel import Session

from frontend.pages import verify
from frontend.pages.reference import reference
from frontend.pages.words import Words
from frontend.site import Site
from registry.changes.reading import Point, get
from registry.products.service import PRODUCT
from search.engine.ports import Suggestion, SuggestionKind
from search.text.highlight import is_found
from search.text.words import understand

SUGGESTIONS = 8

Line = dict[str, Any]


def lines(site: Site, session: Session, typed: str, at: Point, words: Words) -> list[Line]:
    """A kind leads to its products, a number to its verdict; what matched in the other language is beside."""
    known = reference(session, at)
    kinds = {name: kind for kind in known.kinds.values() for name in (kind.name_zh, kind.name_en)}
    found = dict[tuple[str, str], Line]()
    for one in site.search.suggest(typed, 2 * SUGGESTIONS):
        detail = words.say(f"suggest.{one.kind}")
        if one.kind is SuggestionKind.NUMBER:
            line = {"text": one.text, "detail": detail, "url": verify.address(one.text)}
        elif one.kind is SuggestionKind.KIND and one.text in kinds:
            kind = kinds[one.text]
            name = words.name(kind)
            beside = "" if is_found(name, understand(typed)) else one.text
            line = {"text": name, "detail": words.listed(filter(None, (beside, detail)))}
            line["url"] = f"/{words.lang}/products?kind={quote(kind.kind)}"
        else:
            line = {"text": _named(session, one, typed, at, words), "detail": detail}
        found.setdefault((one.kind, line["text"]), line)
    return list(found.values())[:SUGGESTIONS]


def _named(session: Session, one: Suggestion, typed: str, at: Point, words: Words) -> str:
    """A product's name in the reader's language, if what is typed stands in it too: it is searched."""
    product = get(session, PRODUCT, UUID(one.id), at) if one.id else None
    name = words.name(product.fact) if product else ""
    return name if name and is_found(name, understand(typed)) else one.text
