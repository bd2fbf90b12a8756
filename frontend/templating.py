"""One strict Jinja environment per language; every page is rendered and answered here."""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from frontend.assets import asset
from frontend.headers import PARTIAL, vary
from frontend.i18n import HTML_LANG, Lang, language, other, translations
from frontend.views import formats
from frontend.views.frame import Frame, Place

ENGLISH = re.compile(r"[a-z]{3}")
_HAN = r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff5e\U00020000-\U0003ffff]"
HAN_RUN = re.compile(rf"((?:\d+ ?)?{_HAN}+(?:[\d \-·]+{_HAN}+)*)")


@cache
def environment(lang: Lang) -> Environment:
    env = Environment(
        loader=PackageLoader("frontend", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.globals.update(
        _=_gettext(lang),
        ngettext=_ngettext(lang),
        lang=lang,
        html_lang=HTML_LANG[lang],
        other_lang=other(lang),
        other_html_lang=HTML_LANG[other(lang)],
        asset=asset,
        url=_url(lang),
    )
    env.filters.update(
        han=_marked_han if lang == "en" else escape,
        spoken=lambda text: Markup(' lang="zh-CN"') if lang == "en" and formats.has_han(text) else "",
        day=lambda value: formats.day(value, lang),
        instant=lambda value: formats.instant(value, lang),
        number=formats.number,
        signed=formats.signed,
        quantity=formats.quantity,
        percent=formats.percent,
        file_size=formats.file_size,
    )
    return env


def render(request: Request | None, lang: str, name: str, **context: object) -> str:
    """The page as text. `frame` comes from the context, else from `request.state`, else a bare one."""
    spoken = language(lang)
    frame = getattr(request.state, "frame", None) or Frame() if request else Frame()
    context.setdefault("frame", frame)
    context.setdefault("place", place_of(request, spoken, base=frame.base))
    return environment(spoken).get_template(name).render(context)


def respond(
    request: Request,
    lang: str,
    name: str,
    *,
    status: int = 200,
    also_partial: bool = False,
    **context: object,
) -> HTMLResponse:
    """The page as an answer; `also_partial` marks an address that serves a fragment too."""
    response = HTMLResponse(render(request, lang, name, **context), status_code=status)
    response.headers["Content-Language"] = HTML_LANG[language(lang)]
    if also_partial:
        vary(response.headers, [PARTIAL])
    return response


def wants_partial(request: Request) -> bool:
    return PARTIAL in request.headers


def place_of(request: Request | None, lang: Lang, *, base: str = "") -> Place:
    """Where the reader is: the path below the language, and the query, both kept by the language link.

    `base` is the address the operator gives; without it the one asked for, which any client may invent.
    """
    if request is None:
        return Place.at(lang, "", "")
    path = quote(request.url.path.removeprefix(f"/{lang}").removeprefix("/"))
    return Place.at(lang, path, request.url.query, base=base or str(request.base_url).rstrip("/"))


def _gettext(lang: Lang) -> Callable[..., Markup]:
    found = translations(lang).gettext

    def words(msgid: str, /, **facts: object) -> Markup:
        return _filled(found(msgid), facts)

    return words


def _ngettext(lang: Lang) -> Callable[..., Markup]:
    found = translations(lang).ngettext

    def words(one: str, many: str, count: int, /, **facts: object) -> Markup:
        return _filled(found(one, many, count), {"n": count, **facts})

    return words


def _filled(text: str, facts: dict[str, Any]) -> Markup:
    """Placeholders in braces, so a percent sign is only that; facts are escaped, markup is not."""
    return escape(text).format(**facts)


def _url(lang: Lang) -> Callable[..., str]:
    def address(path: str = "", query: Sequence[tuple[str, str]] = ()) -> str:
        return f"/{lang}/{path}" + (f"?{urlencode(query)}" if query else "")

    return address


def _marked_han(text: str) -> Markup:
    """Chinese words inside an English page say what they are, for voices and fonts.

    A Chinese name is marked whole, figures and all; inside an English sentence only the Chinese run is.
    """
    marked = Markup('<span lang="zh-CN">{}</span>').format
    if not formats.has_han(text):
        return escape(text)
    if not ENGLISH.search(text):
        return marked(text)
    pieces = enumerate(HAN_RUN.split(text))
    return Markup().join(marked(piece) if place % 2 else escape(piece) for place, piece in pieces)
