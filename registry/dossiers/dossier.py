"""A product with its parties, evidence and declarations as known at one point, and its standing that day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from registry.categories.facts import MaterialKindFact
from registry.certificates.facts import CertificateFact
from registry.certificates.states import StateOnDay, on_day
from registry.certificates.timeline import Span
from registry.changes.kinds import Known
from registry.changes.reading import Point
from registry.declarations.comparable import Cell, Generation
from registry.declarations.facts import DataKind, DeclarationFact, Verification
from registry.declarations.figures.converted import Spoken
from registry.declarations.figures.stated import Stated, stated_by
from registry.declarations.validity import Validity, validity
from registry.parties.facts import OrganisationFact, PlantFact
from registry.products.conversions import unit_facts
from registry.products.facts import ProductFact
from registry.reports.facts import SelfDeclarationFact, TestReportFact
from registry.units.convert import ProductFact as UnitFact


class Standing(StrEnum):
    """The best certificate a product has on a day, in one word."""

    VALID = "valid"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    NONE = "none"


_BEST_FIRST = (
    (StateOnDay.ACTIVE, Standing.VALID),
    (StateOnDay.SUSPENDED, Standing.SUSPENDED),
    (StateOnDay.EXPIRED, Standing.EXPIRED),
    (StateOnDay.WITHDRAWN, Standing.WITHDRAWN),
    (StateOnDay.CANCELLED, Standing.CANCELLED),
)
_DATA_RANK = {DataKind.SPECIFIC: 0, DataKind.AVERAGE: 1, DataKind.GENERIC: 2}
_PROOF_RANK = {Verification.THIRD_PARTY: 0, Verification.INTERNAL: 1, Verification.NONE: 2}


@dataclass(frozen=True)
class Dossier:
    """What was known at `at`; `organisations` and `plants` hold every party the records name.

    `documents` hold what the documents of its declarations state, by declaration, where they were entered
    with one. `spans` say since when and why certificates stand as they do where their last version does not.
    """

    at: Point
    product: Known[ProductFact]
    kind: MaterialKindFact
    organisations: Mapping[UUID, OrganisationFact]
    plants: Mapping[UUID, PlantFact]
    certificates: tuple[Known[CertificateFact], ...]
    reports: tuple[Known[TestReportFact], ...]
    self_declarations: tuple[Known[SelfDeclarationFact], ...]
    declarations: tuple[Known[DeclarationFact], ...]
    documents: Mapping[UUID, Stated] = field(default_factory=dict)
    spans: Mapping[UUID, Span] = field(default_factory=dict)

    @property
    def maker(self) -> OrganisationFact:
        return self.organisations[self.product.fact.manufacturer_id]

    @cached_property
    def standing(self) -> Standing:
        states = {on_day(known.fact, self.at.on) for known in self.certificates}
        return next((word for state, word in _BEST_FIRST if state in states), Standing.NONE)

    @cached_property
    def best_certificate(self) -> Known[CertificateFact] | None:
        """The certificate behind the standing: of several, the one that lasts longest."""
        for state, _ in _BEST_FIRST:
            for known in self.certificates:
                if on_day(known.fact, self.at.on) is state:
                    return known
        return None

    @cached_property
    def declaration(self) -> Known[DeclarationFact] | None:
        """The declaration to speak for the product: in force, specific before average, proved before not."""
        return min(self._usable(), key=_preference, default=None)

    def own_declaration(self, plant_id: UUID | None) -> Known[DeclarationFact] | None:
        """The specific declaration in force that covers a plant; an average is nobody's own."""
        own = (
            known
            for known in self._usable()
            if known.fact.data_kind is DataKind.SPECIFIC
            and (not known.fact.plant_ids or plant_id in known.fact.plant_ids)
        )
        return min(own, key=_preference, default=None)

    def _usable(self) -> Iterator[Known[DeclarationFact]]:
        for known in self.declarations:
            if validity(known.fact, self.at.on) in (Validity.IN_FORCE, Validity.UNCERTAIN):
                yield known

    @cached_property
    def cell(self) -> Cell | None:
        """The comparable A1–A3 value of that declaration, per the kind's own unit."""
        return self._cell(self._spoken) if self._spoken is not None else None

    @cached_property
    def rules(self) -> Generation | None:
        """The family of rules that declaration follows; None without one."""
        return self._spoken.stated.generation if self._spoken is not None else None

    @cached_property
    def figures(self) -> Mapping[str, Decimal]:
        """The same declared value per kg, t, m² and m³, where what is stated leads there."""
        return self._spoken.figures if self._spoken is not None else {}

    @cached_property
    def _spoken(self) -> Spoken | None:
        return self._say(self.declaration.fact) if self.declaration is not None else None

    def _say(self, fact: DeclarationFact) -> Spoken:
        own_unit = self.kind.declared_unit or self.product.fact.unit
        named = None if fact.id in self.documents else fact.indicator
        return Spoken(self.stated(fact), own_unit, named)

    def _cell(self, said: Spoken) -> Cell | None:
        product = self.product.fact
        return said.cell(kind=product.kind, performance=product.performance)

    def cell_of(self, fact: DeclarationFact) -> Cell | None:
        return self._cell(self._say(fact))

    def stated(self, fact: DeclarationFact, ties: Sequence[UnitFact] | None = None) -> Stated:
        """One of its declarations, by its document where there is one; `ties` where a bill states others."""
        own = unit_facts(self.product.fact) if ties is None else ties
        return stated_by(fact, self.documents.get(fact.id), own)

    def boundary_days(self) -> Iterator[date]:
        """Every day on which something derived from dates may change."""
        for certificate in self.certificates:
            yield certificate.fact.valid_from
            yield certificate.fact.valid_to + timedelta(days=1)
        for declaration in self.declarations:
            fact = declaration.fact
            yield from (fact.valid_from.day, fact.valid_from.last_day())
            yield from (fact.valid_to.day + timedelta(days=1), fact.valid_to.last_day() + timedelta(days=1))


def _preference(known: Known[DeclarationFact]) -> tuple[int, int, int, str]:
    fact = known.fact
    newest_first = -fact.valid_to.day.toordinal()
    return _DATA_RANK[fact.data_kind], _PROOF_RANK[fact.verification], newest_first, str(fact.id)
