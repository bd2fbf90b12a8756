"""What an application says of itself, as checking needs it; and what it becomes when it is published."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from registry.applications.fields import Part
from registry.applications.findings import Finding, errors_of
from registry.applications.parts import ASKED, Subject
from registry.applications.typed import Typed, is_begun
from registry.certificates.facts import CertificateFact
from registry.declarations.facts import DeclarationFact
from registry.firms.facts import DisclosureFact, EnergyRecordFact, HonourFact
from registry.kit.ids import derived
from registry.parties.facts import OrganisationFact, PlantFact
from registry.products.facts import ProductFact
from registry.reports.facts import SelfDeclarationFact, TestReportFact

Record: TypeAlias = (
    OrganisationFact
    | PlantFact
    | ProductFact
    | CertificateFact
    | TestReportFact
    | SelfDeclarationFact
    | DeclarationFact
    | HonourFact
    | EnergyRecordFact
    | DisclosureFact
)


@dataclass(frozen=True, slots=True)
class Given:
    """An application's own side: typed texts and the paths that have a file pinned to them.

    `follows_id` is the declaration that the carbon part is the next version of.
    """

    id: UUID
    subject: Subject
    organisation_id: UUID
    typed: Typed
    evidence: frozenset[str] = frozenset()
    follows_id: UUID | None = None

    def parts(self) -> tuple[Part, ...]:
        """The parts it must have, and the others in which anything was typed."""
        asked = ASKED[self.subject]
        return tuple(part for part in asked.parts if part in asked.must or is_begun(self.typed, part))

    def key(self, part: Part) -> UUID:
        """The id of what a part becomes: always the same, so that nothing is published twice."""
        if part is Part.CARBON and self.follows_id is not None:
            return self.follows_id
        return derived("application", str(self.id), str(part))


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything found, and the records by part where no error stands in the way."""

    findings: tuple[Finding, ...]
    records: Sequence[tuple[Part, Record]] = ()

    @property
    def is_fit(self) -> bool:
        return not errors_of(self.findings)
