"""An approved application becomes public facts, through the services every other record goes through."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlmodel import Session

from registry.access.actors import Actor
from registry.applications import documents, lists, looking
from registry.applications.application import Application, Published
from registry.applications.fields import Part
from registry.applications.given import Record
from registry.applications.looking import LookUp
from registry.applications.parts import Subject
from registry.applications.reference import Reference
from registry.certificates import service as certificates
from registry.certificates.facts import CertificateFact
from registry.changes.feed import Draft, head
from registry.changes.reading import history
from registry.crosschecks import service as crosschecks
from registry.declarations import service as declarations
from registry.declarations.documents.taking_back import Version, take_back
from registry.declarations.facts import DeclarationFact
from registry.declarations.service import DECLARATION
from registry.firms import service as firms
from registry.firms.facts import DisclosureFact, EnergyRecordFact, HonourFact
from registry.firms.service import Removal
from registry.kit.errors import Conflict
from registry.parties import service as parties
from registry.parties.facts import OrganisationFact, PlantFact
from registry.products import service as products
from registry.products.facts import ProductFact
from registry.reports import service as reports
from registry.reports.facts import SelfDeclarationFact, TestReportFact


@dataclass(frozen=True, slots=True)
class Approval:
    """The second approver, the register of the day, and what each of the two found."""

    actor: Actor
    reference: Reference
    first: Mapping[Part, LookUp]
    second: Mapping[Part, LookUp]


def drafts(
    session: Session, application: Application, records: tuple[tuple[Part, Record], ...], by: Approval
) -> list[Draft]:
    """The versions to append, each refused later if another version of the same thing came between."""
    kinds = _Kinds(session, application, by)
    return [draft for part, record in records for draft in kinds.drafts(part, record)]


def published(records: tuple[tuple[Part, Record], ...], appended: list[Draft]) -> tuple[Published, ...]:
    kinds = {draft.key: draft.kind.name for draft in reversed(appended)}  # a document comes after its record
    return tuple(Published(str(part), kinds[record.id], record.id, record.code) for part, record in records)


@dataclass(frozen=True, slots=True)
class _Kinds:
    session: Session
    application: Application
    by: Approval

    def drafts(self, part: Part, record: Record) -> Iterator[Draft]:
        draft = self._draft(part, record)
        if self.application.subject is Subject.PRODUCT_LIST:
            yield replace(draft, after_version=0)  # thousands: the feed looks at all of them at once
            return
        follows = self._may_follow(part)
        if not follows and history(self.session, draft.kind, draft.key, as_of=head(self.session).seq):
            raise Conflict("already-recorded", kinds=[draft.kind.name])
        yield replace(draft, after_version=self.application.base_version if follows else 0)
        if isinstance(record, DeclarationFact):
            document = documents.of_application(self.session, self.application.id)
            if document is not None:
                owner = self.application.case.organisation_id
                yield from documents.drafts(
                    self.session, document, draft, actor=self.by.actor, owner_id=owner
                )
        if isinstance(record, CertificateFact):
            look = self.by.second[Part.CERTIFICATE]
            fact = looking.second(self.application.id, look, certificate_id=record.id, number=record.number)
            yield crosschecks.record(fact, today=self.by.reference.today, actor=self.by.actor)

    def _may_follow(self, part: Part) -> bool:
        """Only an organisation verified again, a changed product and a document's next version follow."""
        if part is Part.CARBON:
            return self.application.follows_id is not None
        subjects = {Part.COMPANY: Subject.ORGANISATION, Part.PRODUCT: Subject.PRODUCT_CHANGE}
        return subjects.get(part) is self.application.subject

    def _draft(self, part: Part, record: Record) -> Draft:
        actor, reference = self.by.actor, self.by.reference
        match record:
            case OrganisationFact():
                return parties.publish_organisation(record, effective_on=reference.today, actor=actor)
            case PlantFact():
                return parties.publish_plant(record, effective_on=reference.today, actor=actor)
            case ProductFact():
                kind = reference.kinds[record.kind]
                return products.publish(record, kind=kind, effective_on=reference.today, actor=actor)
            case CertificateFact():
                looked = record.model_copy(update={"known_by": looking.known_by(self.by.first[part])})
                return certificates.record(looked, actor=actor)
            case HonourFact() | EnergyRecordFact() | DisclosureFact():
                return self._of_firm(part, record)
            case _:
                return self._beside(part, record)

    def _of_firm(self, part: Part, record: HonourFact | EnergyRecordFact | DisclosureFact) -> Draft:
        """An honour is copied, so both looked it up; energy and disclosures are the firm's own word."""
        actor, today = self.by.actor, self.by.reference.today
        match record:
            case HonourFact():
                looked = record.model_copy(update={"known_by": looking.known_by(self.by.first[part])})
                day = min(record.awarded_on.last_day(), today)
                return firms.record(firms.HONOUR, looked, effective_on=day, actor=actor)
            case EnergyRecordFact():
                return firms.record(firms.ENERGY_RECORD, record, effective_on=record.period_to, actor=actor)
            case DisclosureFact():
                day = record.published_on or today
                return firms.record(firms.DISCLOSURE, record, effective_on=day, actor=actor)

    def _beside(self, part: Part, record: TestReportFact | SelfDeclarationFact | DeclarationFact) -> Draft:
        """What speaks for a product beside a certificate; its owner is the applicant."""
        actor, owner = self.by.actor, self.application.case.organisation_id
        match record:
            case TestReportFact():
                looked = record.model_copy(update={"known_by": looking.known_by(self.by.first[part])})
                day = record.tested_on
                return reports.record_report(looked, effective_on=day, actor=actor, owner_id=owner)
            case SelfDeclarationFact():
                return reports.record_self_declaration(record, actor=actor, owner_id=owner)
            case DeclarationFact():
                day = self._counts_from(record)
                return declarations.record(record, effective_on=day, actor=actor, owner_id=owner)

    def _counts_from(self, record: DeclarationFact) -> date:
        """A first version from the day its document counts; one that replaces it from the day it came."""
        if self.application.follows_id is None:
            return record.valid_from.day
        earlier = history(self.session, DECLARATION, record.id, as_of=head(self.session).seq)
        return max([self.by.reference.today, *(one.header.effective_on for one in earlier)])


def removal(
    session: Session, application: Application, reason: str, *, today: date, actor: Actor
) -> list[Draft]:
    """Versions that take out what can be taken out: a product, a carbon declaration, a fact of a firm.

    Of a declaration's next version the version before counts again. A certificate ends by an act of its body
    alone; a report and a maker's own word stay as what was said.
    """
    found: list[Draft] = []
    for key in lists.keys(session, application):
        found += products.remove(session, key, from_day=today, reason=reason, actor=actor)
    for one in application.published:
        if one.part == Part.PRODUCT and application.subject is Subject.NEW_PRODUCT:
            found += products.remove(session, one.key, from_day=today, reason=reason, actor=actor)
        if one.part == Part.CARBON:
            found += _declaration_removed(session, application, one.key, today=today, actor=actor)
        found += _of_firm_removed(session, one, Removal(today, reason), actor=actor)
    if not found:
        raise Conflict("application-nothing-to-remove")
    return found


def _declaration_removed(
    session: Session, application: Application, key: UUID, *, today: date, actor: Actor
) -> list[Draft]:
    """With its product a declaration goes whole; alone, only the version that this application published."""
    owner = application.case.organisation_id
    if application.subject is Subject.NEW_PRODUCT:
        return declarations.withdraw(session, key, from_day=today, actor=actor, owner_id=owner)
    number = 1 + (application.base_version if application.follows_id is not None else 0)
    return take_back(session, Version(key, number, owner), from_day=today, actor=actor)


def _of_firm_removed(session: Session, one: Published, gone: Removal, *, actor: Actor) -> list[Draft]:
    """Versions that take out an honour, an energy record or a disclosure; nothing for other parts."""
    match one.part:
        case Part.HONOUR:
            return firms.remove(session, firms.HONOUR, one.key, gone=gone, actor=actor)
        case Part.ENERGY:
            return firms.remove(session, firms.ENERGY_RECORD, one.key, gone=gone, actor=actor)
        case Part.DISCLOSURE:
            return firms.remove(session, firms.DISCLOSURE, one.key, gone=gone, actor=actor)
        case _:
            return []
