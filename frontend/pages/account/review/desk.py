"""An officer at work: who, on which day, with what settings of the registry."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import Depends, Request

from frontend.pages.account.parts import Visit, VisitDep
from registry.access.actors import Actor
from registry.accounts.http import SignedInDep
from registry.applications.http import Desk
from registry.applications.store import By
from registry.kit.clock import TodayDep


@dataclass(frozen=True, slots=True)
class Officer:
    """The officer behind a request; every step is taken from the revision that was looked at."""

    actor: Actor
    now: datetime
    today: date
    desk: Desk

    def by(self, revision: int = 0) -> By:
        return By(self.actor, self.now, revision, self.desk.levels)


def _officer(request: Request, visit: VisitDep, person: SignedInDep, today: TodayDep) -> Officer:
    return Officer(person.actor, visit.moment.now, today, request.app.state.applications)


OfficerDep = Annotated[Officer, Depends(_officer)]


def case_path(visit: Visit, number: str, rest: str = "") -> str:
    return visit.path(f"review/cases/{quote(number, safe='')}{'/' if rest else ''}{rest}")
