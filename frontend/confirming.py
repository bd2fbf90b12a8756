"""Asked who they are in the middle of an act: what was typed waits on the way back."""

from urllib.parse import urlencode

from anyio.to_thread import run_sync
from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from frontend import coming_back
from frontend.i18n import Lang, spoken
from frontend.pages.check_desk import fits
from registry.accounts import kept_forms
from registry.accounts.kept_forms import KeptForm
from registry.accounts.sessions import SignedIn
from registry.kit import clock
from registry.kit.db import write_session

LARGEST = 16_000
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
SECRETS = frozenset({"password"})


async def ask_first(request: Request, step: str = "confirm") -> Response:
    """To the page that asks, and from there to what was typed, or to where the person was."""
    lang = spoken(request)
    following = await _kept(request, lang) or coming_back.here(request, lang)
    query = urlencode({"next": following})
    return RedirectResponse(f"/{lang}/account/{step}?{query}", status_code=303)


async def _kept(request: Request, lang: Lang) -> str:
    """Where the form waits; empty where nothing was typed, or it is none that may be kept."""
    person: SignedIn | None = getattr(request.state, "signed_in", None)
    form = await _typed(request, lang) if person is not None else None
    if person is None or form is None:
        return ""
    engine = request.app.state.site.engine

    def keep() -> str:
        with write_session(engine) as session:
            key = kept_forms.keep(session, person.session_id, form, now=clock.now())
        return f"/{lang}/account/confirm/kept/{key}"

    return await run_sync(keep)


async def _typed(request: Request, lang: Lang) -> KeptForm | None:
    """The fields of a form of ours; files are chosen anew, and a form with a secret is not kept at all."""
    path, query = request.url.path, request.url.query
    address = f"{path}?{query}" if query else path
    is_form = request.headers.get("content-type", "").startswith(FORMS)
    if request.method != "POST" or not is_form or not fits(request, LARGEST):
        return None
    try:
        async with request.form(max_files=1, max_fields=40) as typed:
            fields = tuple((name, value) for name, value in typed.multi_items() if isinstance(value, str))
    except HTTPException:
        return None
    is_ours = coming_back.safe(address, lang) == address
    if not is_ours or not any(value for _, value in fields) or SECRETS & {name for name, _ in fields}:
        return None
    return KeptForm(address, fields)
