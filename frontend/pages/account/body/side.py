"""The two sides that record an act: the body on what it issued, an officer who says where it is published."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated
from urllib.parse import quote
from uuid import UUID

from fastapi import Depends
from sqlmodel import Session

from frontend.pages.account.parts import Visit, VisitDep
from registry.access.actors import Actor
from registry.access.permissions import Act, require
from registry.accounts.http import SignedInDep
from registry.accounts.sessions import SignedIn
from registry.certificates.facts import CertificateFact
from registry.certificates.kind import CERTIFICATE
from registry.certificates.service import target
from registry.changes.codes import by_code
from registry.changes.kinds import Known
from registry.changes.reading import Point, point
from registry.kit.clock import TodayDep


@dataclass(frozen=True, slots=True)
class Side:
    """Who records: under which address, by which right, and whether a source must be named."""

    name: str
    act: Act
    copies: bool


BODY = Side("body", Act.CHANGE_CERTIFICATE_STATE, copies=False)
OFFICER = Side("review", Act.TRANSCRIBE_CERTIFICATE_STATE, copies=True)


@dataclass(frozen=True, slots=True)
class Clerk:
    """The person at work on one request."""

    visit: Visit
    person: SignedIn
    today: date

    @property
    def actor(self) -> Actor:
        return self.person.actor

    @property
    def organisation_id(self) -> UUID | None:
        return self.actor.organisation_id

    @property
    def now(self) -> datetime:
        return self.visit.moment.now

    def path(self, side: Side, code: str = "", rest: str = "") -> str:
        pieces = [f"{side.name}/certificates", *([quote(code, safe="")] if code else []), rest]
        return self.visit.path("/".join(piece for piece in pieces if piece))


def _clerk(visit: VisitDep, person: SignedInDep, today: TodayDep) -> Clerk:
    return Clerk(visit, person, today)


ClerkDep = Annotated[Clerk, Depends(_clerk)]


def certificate(
    session: Session, code: str, side: Side, clerk: Clerk
) -> tuple[Known[CertificateFact], Point]:
    """The certificate today, for whoever may act on it."""
    at = point(session, clerk.today)
    known = by_code(session, code, CERTIFICATE, at)
    require(clerk.actor, side.act, target(known.fact))
    return known, at
