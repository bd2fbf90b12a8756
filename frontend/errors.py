"""Refusals and faults at the edge: pages for people, RFC 9457 problems for machines, never a bare trace."""

from collections.abc import Mapping
from urllib.parse import urlencode

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import IntegrityError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from frontend.coming_back import here
from frontend.confirming import ask_first
from frontend.forms import legible
from frontend.headers import ALWAYS
from frontend.i18n import spoken
from frontend.pages.coded import worded
from frontend.pages.error_codes import remedy
from frontend.templating import respond
from frontend.views.errors import ErrorView
from frontend.views.parts import Link
from registry.access.permissions import SecondFactorNeeded, SignInNeeded
from registry.accounts.http import ConfirmationNeeded
from registry.kit.errors import DomainError
from registry.kit.log import get as get_log
from registry.kit.messages import say
from registry.kit.problems import headers_of, problem, refusal, validation_errors

_log = get_log("frontend.errors")
PAGES = ("/zh/", "/en/", "/v/", "/V/", "/account/")
_BY_STATUS = {404: "not-found", 405: "method-not-allowed", 413: "too-large"}


def install(app: FastAPI) -> None:
    """Answer every exception in one place."""
    app.add_exception_handler(DomainError, _domain_error)
    app.add_exception_handler(ConfirmationNeeded, _confirm_first)
    app.add_exception_handler(SecondFactorNeeded, _confirm_first)
    app.add_exception_handler(RequestValidationError, _not_understood)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(IntegrityError, _integrity_error)
    app.add_exception_handler(Exception, _fault)


def wants_page(request: Request) -> bool:
    """Pages live under a language or /v/; elsewhere a browser gets one too, but for the interface."""
    path = request.url.path
    if path.startswith(PAGES) or path.startswith("/api/"):
        return path.startswith(PAGES)
    return "text/html" in request.headers.get("accept", "")


def _domain_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, DomainError)
    _log.info("Request refused.", refusal=error.key, facts={k: str(v) for k, v in error.facts.items()})
    if not wants_page(request):
        return refusal(request, error)
    if isinstance(error, SignInNeeded):
        lang = spoken(request)
        query = urlencode({"next": here(request, lang)})
        return RedirectResponse(f"/{lang}/account/sign-in?{query}", status_code=303)
    answer = _page(request, error.key, error.status, error.facts)
    answer.headers.update(headers_of(error))
    return answer


async def _confirm_first(request: Request, error: Exception) -> Response:
    if wants_page(request):
        return await ask_first(request, "second" if isinstance(error, SecondFactorNeeded) else "confirm")
    return _domain_error(request, error)


def _not_understood(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    if any(one["loc"][0] == "path" for one in error.errors()):  # an address nothing can ever stand at
        missing = _page(request, "not-found", 404, {}) if wants_page(request) else None
        return missing or problem(request, "not-found", 404)
    if wants_page(request):
        return _page(request, "not-understood", 422, {})
    return problem(request, "not-understood", 422, errors=validation_errors(request, error))


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _BY_STATUS.get(error.status_code, "error")
    page = wants_page(request)
    status = error.status_code
    answer = _page(request, code, status, {}) if page else problem(request, code, status)
    answer.headers.update(error.headers or {})
    return answer


def _integrity_error(request: Request, error: Exception) -> Response:
    _log.info("A record was refused by the database.", reason=str(getattr(error, "orig", error))[:200])
    return _page(request, "conflict", 409, {}) if wants_page(request) else problem(request, "conflict", 409)


def _fault(request: Request, error: Exception) -> Response:
    _log.error("Request failed.", exc_info=error, reference=_reference(request))
    facts = {"reference": _reference(request)}
    page = wants_page(request)
    answer = _page(request, "fault", 500, {}) if page else problem(request, "fault", 500, facts=facts)
    answer.headers.update(ALWAYS)  # a fault is answered outside of every other middleware
    return answer


def _reference(request: Request) -> str:
    return str(getattr(request.state, "reference", ""))


def _page(request: Request, code: str, status: int, facts: Mapping[str, object]) -> Response:
    lang = spoken(request)
    known = {name: legible(value) if isinstance(value, str) else value for name, value in facts.items()}
    own = Link(say("step.account", lang), f"/{lang}/account")
    view = ErrorView(
        status=status,
        code=code,
        title=say(code, lang, worded(code, known, lang) | {"reference": _reference(request)}),
        text=say(remedy(code, status), lang, known),
        steps=(
            *((own,) if request.url.path.startswith(f"/{lang}/account/") else ()),
            Link(say("step.search", lang), f"/{lang}/products"),
            Link(say("step.verify", lang), f"/{lang}/verify"),
            Link(say("step.help", lang), f"/{lang}/help"),
        ),
        reference=_reference(request) if status >= 500 else "",
    )
    return respond(request, lang, "error.html", status=status, view=view)
