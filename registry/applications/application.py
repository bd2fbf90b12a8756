"""An application as it was read, and what its stored columns hold."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from registry.access.permissions import Target
from registry.applications.fields import Part
from registry.applications.given import Given
from registry.applications.models import ApplicationRow
from registry.applications.parts import Subject
from registry.applications.states import Case, Person, State
from registry.applications.typed import Typed, loaded


@dataclass(frozen=True, slots=True)
class Event:
    """One act as it was kept."""

    at: datetime
    act: str
    role: str
    account_id: UUID
    revision: int
    reason: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remark:
    id: UUID
    round: int
    path: str
    text: str
    at: datetime
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class Pinned:
    """A file and the field or part it is pinned to."""

    path: str
    file_id: UUID
    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Published:
    """What a part became."""

    part: str
    kind: str
    key: UUID
    code: str

    def is_removable(self, subject: Subject) -> bool:
        """Not so a certificate, which its body ends, a report and a claim, which stay as they were said."""
        is_new = self.part == Part.PRODUCT and subject is Subject.NEW_PRODUCT
        return is_new or self.part in (Part.CARBON, Part.HONOUR, Part.ENERGY, Part.DISCLOSURE)


@dataclass(frozen=True, slots=True)
class Application:
    """Everything of an application but its events and remarks, as of one revision."""

    id: UUID
    number: str
    subject: Subject
    revision: int
    case: Case
    typed: Typed
    open_paths: tuple[str, ...]
    warnings: int
    started_at: datetime
    submitted_at: datetime | None
    pinned: tuple[Pinned, ...]
    published: tuple[Published, ...]
    base_version: int = 0
    follows_id: UUID | None = None

    @property
    def state(self) -> State:
        return self.case.state

    def given(self) -> Given:
        evidence = frozenset(pinned.path for pinned in self.pinned)
        owner = self.case.organisation_id
        return Given(self.id, self.subject, owner, self.typed, evidence, self.follows_id)

    def target(self) -> Target:
        """Whose it is, for the permission table."""
        return Target(
            organisation_id=self.case.organisation_id,
            assignee_id=self.case.assignee,
            state=self.case.state,
        )

    def is_open(self, path: str) -> bool:
        """Whether a field may be edited: after a return only what was returned."""
        if self.state is State.DRAFT:
            return True
        return self.state is State.RETURNED and any(
            path == one or path.startswith(f"{one}.") for one in self.open_paths
        )


def of_row(
    row: ApplicationRow, applicants: frozenset[UUID], pinned: tuple[Pinned, ...], *, levels: int
) -> Application:
    first = (
        Person(row.first_account_id, row.first_organisation_id, row.first_region)
        if row.first_account_id is not None and row.first_organisation_id is not None
        else None
    )
    published = tuple(
        Published(one["part"], one["kind"], UUID(one["key"]), one["code"])
        for one in json.loads(row.published)
    )
    is_list = row.subject == Subject.PRODUCT_LIST  # its rows say what became of it: products, all of them
    case = Case(
        organisation_id=row.organisation_id,
        state=State(row.state),
        applicants=applicants,
        assignee=row.assignee_id,
        first=first,
        round=row.round,
        region=row.region,
        levels=levels,
        removable=is_list or any(one.is_removable(Subject(row.subject)) for one in published),
    )
    return Application(
        id=row.id,
        number=row.number,
        subject=Subject(row.subject),
        revision=row.revision,
        case=case,
        typed=loaded(row.typed),
        open_paths=tuple(json.loads(row.open_paths)),
        warnings=row.warnings,
        started_at=row.started_at,
        submitted_at=row.submitted_at,
        pinned=pinned,
        published=published,
        base_version=row.base_version,
        follows_id=row.follows_id,
    )
