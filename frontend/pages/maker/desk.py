"""What every page of an application asks of its request, and one application opened for its own people."""

import hashlib
import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session
from starlette.datastructures import FormData

from frontend.pages.account.parts import Visit, VisitDep
from frontend.pages.check_desk import fits, writable
from frontend.pages.words import Words
from frontend.templating import respond
from registry.applications import acting, lists, store
from registry.applications.application import Application, Event, Remark
from registry.applications.fields import Part
from registry.applications.given import Outcome
from registry.applications.http import Call, CallDep
from registry.applications.reference import Reference
from registry.applications.states import State, Step
from registry.applications.store import By
from registry.applications.typed import of_part
from registry.evidence.kinds import LARGEST
from registry.kit.confined import MEGABYTE
from registry.kit.errors import NotFound, TooLarge

MOST_FIELDS = 3_000
FORM_BYTES = LARGEST + MEGABYTE


@dataclass(frozen=True, slots=True)
class Maker:
    """One request to a page of applications."""

    visit: Visit
    call: Call

    @property
    def words(self) -> Words:
        return self.visit.words

    def path(self, *rest: str) -> str:
        return self.visit.path("/".join(("maker", *rest)))

    def go(self, *rest: str, query: str = "") -> Response:
        return RedirectResponse(self.path(*rest) + query, status_code=303)

    def page(self, name: str, view: object, *, status: int = 200) -> Response:
        return respond(self.visit.request, self.visit.lang, f"maker/{name}.html", status=status, view=view)

    def by(self, revision: int = 0) -> By:
        return self.call.by(revision)


def _maker(visit: VisitDep, call: CallDep) -> Maker:
    return Maker(visit, call)


MakerDep = Annotated[Maker, Depends(_maker)]


@dataclass(frozen=True, slots=True)
class Opened:
    """An application with what is wrong today, the register it was checked against, and what was said."""

    application: Application
    known: Reference
    outcome: Outcome
    remarks: tuple[Remark, ...]
    events: tuple[Event, ...]

    @property
    def is_returned(self) -> bool:
        return self.application.state is State.RETURNED

    def reason(self, path: str) -> str:
        """Why a field came back: the remark pinned to it or to what it belongs to, in this round."""
        said = [
            writable(one.text)
            for one in self.remarks
            if one.round == self.application.case.round
            and one.settled_at is None
            and (path == one.path or path.startswith(f"{one.path}."))
        ]
        return " ".join(said)

    def returned_for(self) -> str:
        """What the reviewer wrote to the whole when sending it back."""
        returns = [one.reason for one in self.events if one.act == Step.RETURN]
        return writable(returns[-1]) if returns and self.is_returned else ""


def is_own(application: Application, by: By) -> bool:
    return application.case.organisation_id == by.actor.organisation_id


def open_one(session: Session, maker: Maker, number: str) -> Opened:
    """For the people of its organisation; to everybody else, reviewers too, these pages do not exist."""
    application = acting.read(session, number, maker.by())
    if not is_own(application, maker.by()):
        raise NotFound("application-not-found", number=number[: len(application.number)])
    return of(session, maker, application)


def of(session: Session, maker: Maker, application: Application) -> Opened:
    outcome, known = lists.for_page(session, application, today=maker.call.today)
    return Opened(
        application=application,
        known=known,
        outcome=outcome,
        remarks=tuple(store.remarks(session, application.id)),
        events=tuple(store.events(session, application.id)),
    )


def mark(typed: Mapping[str, str], part: Part) -> str:
    """A mark of what a part said when its page was made: another mark means that somebody changed it."""
    texts = {path: text for path, text in of_part(typed, part).items() if text}
    return hashlib.sha256(json.dumps(texts, sort_keys=True).encode()).hexdigest()[:32]


async def _sent(request: Request) -> AsyncIterator[FormData]:
    """The form with at most one file, which is closed afterwards; its size is known before it is read."""
    if not fits(request, FORM_BYTES):
        raise TooLarge
    async with request.form(max_files=1, max_fields=MOST_FIELDS) as form:
        yield form


SentDep = Annotated[FormData, Depends(_sent)]
