"""The closed list of notices, and one before it has its place; any feature tells, by `store.tell`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from registry.kit.ids import derived


class NoticeKind(StrEnum):
    """Every kind of notice; also the `type` of a webhook.

    A feature that tells something new adds its kind here, its `notice.…` sentence to the messages of this
    package and its `notice-kind.…` name to those of the front end, each in both languages.
    """

    APPLICATION_TAKEN = "application.taken"
    APPLICATION_RETURNED = "application.returned"
    APPLICATION_PUBLISHED = "application.published"
    APPLICATION_REMOVED = "application.removed"
    CERTIFICATE_SUSPENDED = "certificate.suspended"
    CERTIFICATE_REINSTATED = "certificate.reinstated"
    CERTIFICATE_WITHDRAWN = "certificate.withdrawn"
    CERTIFICATE_CANCELLED = "certificate.cancelled"
    CERTIFICATE_REISSUED = "certificate.reissued"
    CERTIFICATE_OBJECTED = "certificate.objected"
    CERTIFICATE_SETTLED = "certificate.settled"
    DECLARATION_REPLACED = "declaration.replaced"
    DECLARATION_TAKEN_BACK = "declaration.taken-back"
    DECLARATION_WITHDRAWN = "declaration.withdrawn"
    RENEWAL_DUE = "certificate.renewal-due"
    SURVEILLANCE_OVERDUE = "certificate.surveillance-overdue"
    COMPLAINT_RECEIVED = "complaint.received"
    REPLY_DUE = "complaint.reply-due"
    COMPLAINT_DECIDED = "complaint.decided"

    @property
    def about(self) -> str:
        """What its record is: a certificate, a declaration, an application, a complaint."""
        return self.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Told:
    """A notice before it has a place; the same `source` for the same organisation is the same notice.

    `code` is the 登记号 or number people know the record by; `facts` fill the sentence of its kind.
    """

    organisation_id: UUID
    kind: NoticeKind
    record: UUID
    code: str
    at: datetime
    facts: Mapping[str, str]
    source: str

    @property
    def id(self) -> UUID:
        return derived("notice", str(self.organisation_id), self.kind, str(self.record), self.source)
