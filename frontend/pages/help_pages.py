"""Help: how things are searched, compared and checked, one page for each error, and the interface."""

import json
from string import Formatter

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from frontend.frame import LangPath
from frontend.i18n import Lang
from frontend.pages.error_codes import codes, remedy
from frontend.pages.words import Words
from frontend.site import SiteDep
from frontend.templating import respond
from frontend.views.help import ErrorEntry, HelpErrorView, HelpIndexView, PrivacyView
from registry.access.http import May
from registry.access.permissions import Act
from registry.kit.errors import NotFound
from registry.kit.messages import catalogue

router = APIRouter(dependencies=[Depends(May(Act.READ))])


def _plain(name: str) -> None:
    """A help page that says the same to everyone."""

    @router.get(f"/{{lang}}/help/{name}")
    def page(request: Request, lang: LangPath) -> Response:
        return respond(request, lang, f"help/{name}.html")


for _name in ("about", "method", "evidence", "order", "accessibility"):
    _plain(_name)


@router.get("/{lang}/help/privacy")
def privacy(request: Request, lang: LangPath, site: SiteDep) -> Response:
    kept = site.settings
    view = PrivacyView(kept.check_days, kept.problem_days, kept.complaint_days)
    return respond(request, lang, "help/privacy.html", view=view)


@router.get("/{lang}/help")
def index(request: Request, lang: LangPath) -> Response:
    entries = tuple(
        ErrorEntry(code, str(status), _meaning(code, lang), f"/{lang}/help/errors/{code}")
        for code, status in codes().items()
    )
    return respond(request, lang, "help/index.html", view=HelpIndexView(entries))


@router.get("/{lang}/help/errors")
def errors(lang: LangPath) -> Response:
    """Where the type of every problem points; the fragment names the code."""
    return RedirectResponse(f"/{lang}/help#errors", status_code=302)


@router.get("/{lang}/help/errors/{code}")
def error(request: Request, lang: LangPath, code: str) -> Response:
    if code not in codes():
        raise NotFound
    words, status = Words(lang), codes()[code]
    title = _meaning(code, lang)
    example = {"type": f"/zh/help/errors#{code}", "title": title, "status": status, "code": code}
    view = HelpErrorView(
        code=code,
        status=str(status),
        title=title,
        meaning=words.say("error.help", status=str(status), code=code),
        remedies=(words.say(remedy(code, status)),),
        example=json.dumps(example, ensure_ascii=False, indent=2),
    )
    return respond(request, lang, "help/error.html", view=view)


@router.get("/{lang}/help/report")
@router.get("/{lang}/feedback")
def report(request: Request, lang: LangPath) -> Response:
    """Addresses printed earlier; the form has its own."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/{lang}/report-problem{query}", status_code=301)


def _meaning(code: str, lang: Lang) -> str:
    """The sentence of a code with an ellipsis for every fact it would carry."""
    sentence = catalogue(lang)[code]
    facts = {name: "…" for _, name, _, _ in Formatter().parse(sentence) if name}
    return sentence.format_map(facts)
