"""What the routes of supervision need of the running site, and who takes a step over HTTP."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request, Response
from sqlalchemy import Engine

from registry.access.actors import Actor
from registry.access.http import ActorDep
from registry.kit.clock import NowDep, TodayDep
from registry.kit.problems import problems
from registry.kit.senders import sender
from registry.kit.settings import Settings
from registry.supervision.intake import Origin, Terms
from registry.supervision.store import By

RESPONSES = problems(400, 401, 403, 404, 409, 422)
LIMITED = problems(429)


@dataclass(frozen=True, slots=True)
class Desk:
    """Where files lie, and the days and limits that the operator has set."""

    evidence: Path
    terms: Terms
    notice_days: int

    @classmethod
    def of(cls, settings: Settings) -> "Desk":
        terms = Terms(
            settings.complaints_per_day, settings.reply_days, settings.appeal_days, settings.complaint_days
        )
        return cls(settings.evidence_folder, terms, settings.notice_days)


@dataclass(frozen=True, slots=True)
class Call:
    """What a route reaches for besides what it is sent."""

    engine: Engine
    desk: Desk
    actor: Actor
    address: str
    now: datetime
    today: date

    def by(self, revision: int = 0) -> By:
        return By(self.actor, self.now, revision)

    @property
    def origin(self) -> Origin:
        return Origin(self.actor, self.address, self.now, self.desk.terms)


def _call(request: Request, response: Response, actor: ActorDep, now: NowDep, today: TodayDep) -> Call:
    response.headers["Cache-Control"] = "private, no-store"
    state = request.app.state
    return Call(state.engine, state.supervision, actor, sender(request), now, today)


CallDep = Annotated[Call, Depends(_call)]
