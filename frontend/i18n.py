"""Words of the templates: Chinese msgids, one English catalogue compiled in memory, and checks on both."""

import re
from collections.abc import Iterator
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib import resources
from io import BytesIO
from string import Formatter
from typing import Literal

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from fastapi import Request

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = ("zh", "en")
HTML_LANG: dict[Lang, str] = {"zh": "zh-CN", "en": "en"}
LONE_PERCENT = re.compile(r"(?<![\d}])(?<![\d}] )%|%(?=[(A-Za-z])")
KEYWORDS = {"_": None, "ngettext": (1, 2)}


def language(text: str) -> Lang:
    """The language an address names; anything but English is read as Chinese."""
    return "en" if text == "en" else "zh"


def spoken(request: Request) -> Lang:
    """The language of a request: what its address names, or what a page without one has found out."""
    found: Lang | None = getattr(request.state, "lang", None)
    return found or language(request.url.path.strip("/").split("/")[0])


def other(lang: Lang) -> Lang:
    return "zh" if lang == "en" else "en"


@cache
def translations(lang: Lang) -> NullTranslations:
    """Chinese is the source, so it needs no catalogue; English is compiled here, once, from `en.po`."""
    if lang == "zh":
        return NullTranslations()
    compiled = BytesIO()
    write_mo(compiled, english())
    compiled.seek(0)
    return GNUTranslations(compiled)


def english() -> Catalog:
    with (resources.files(__package__) / "locales" / "en.po").open("rb") as source:
        return read_po(source, locale="en", abort_invalid=True)


def problems() -> list[str]:
    """Everything wrong between the templates and the English catalogue, one line each; empty when whole."""
    return list(compare(used_in_templates(), english()))


def used_in_templates() -> frozenset[str | tuple[str, str]]:
    """Every msgid the templates ask for; a plural is the pair of its two forms."""
    return frozenset(msgid for source in _template_sources() for msgid in msgids_in(source))


def msgids_in(source: bytes) -> Iterator[str | tuple[str, str]]:
    for _, msgid, _, _ in extract(
        "jinja2", BytesIO(source), keywords=KEYWORDS, options={"encoding": "utf-8"}
    ):
        yield msgid if isinstance(msgid, str) else (msgid[0], msgid[1])


def compare(used: frozenset[str | tuple[str, str]], catalogue: Catalog) -> Iterator[str]:
    known = {_key(message): message for message in catalogue if message.id}
    yield from (f"missing: {msgid}" for msgid in sorted(map(str, used - known.keys())))
    yield from (f"obsolete: {msgid}" for msgid in sorted(map(str, known.keys() - used)))
    yield from (f"obsolete: {msgid} (commented out)" for msgid in catalogue.obsolete)
    for message in known.values():
        yield from faults(message)


def faults(message: Message) -> Iterator[str]:
    """What is wrong with one English entry on its own."""
    sources, targets = _forms(message.id), _forms(message.string)
    if message.fuzzy:
        yield f"fuzzy: {sources[0]}"
    if not all(targets):
        yield f"missing: {sources[0]} has no English"
        return
    wanted = set().union(*map(_placeholders, sources))
    if any(_placeholders(target) != wanted for target in targets):
        yield f"placeholders differ: {sources[0]}"
    if any(_lone_percent(text) for text in (*sources, *targets)):
        yield f"lone percent sign: {sources[0]}"


def _key(message: Message) -> str | tuple[str, str]:
    forms = _forms(message.id)
    return forms[0] if len(forms) == 1 else (forms[0], forms[1])


def _forms(text: str | list[str] | tuple[str, ...] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str | None) else tuple(text)


def _placeholders(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def _lone_percent(text: str) -> bool:
    """A percent sign follows a figure or a placeholder; else it is what is left of a `%(name)s`."""
    return LONE_PERCENT.search(text) is not None


def _template_sources() -> Iterator[bytes]:
    pending = [resources.files(__package__) / "templates"]
    while pending:
        for entry in pending.pop().iterdir():
            if entry.is_dir():
                pending.append(entry)
            elif entry.name.endswith((".html", ".j2")):
                yield entry.read_bytes()
