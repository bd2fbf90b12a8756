"""From a dossier to the plain values the rules judge; pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import zip_longest
from uuid import UUID

from catalogue.compliance import evidence as plain
from registry.certificates.facts import CertificateFact, State
from registry.certificates.states import on_day
from registry.certificates.timeline import Span
from registry.changes.kinds import Known
from registry.dossiers.dossier import Dossier
from registry.parties.service import in_scope
from registry.reports.facts import Comparator, SelfDeclarationFact, TestReportFact
from registry.standards.facts import StandardFact

_COMPARATORS = {
    Comparator.AT_LEAST: plain.Comparator.AT_LEAST,
    Comparator.AT_MOST: plain.Comparator.AT_MOST,
    Comparator.EQUALS: plain.Comparator.EQUAL,
}
_SAMPLES = {
    "drawn": plain.SampleType.SAMPLED,
    "witnessed": plain.SampleType.WITNESSED,
    "sent_in": plain.SampleType.SENT_IN,
}


def certificate(
    known: Known[CertificateFact],
    dossier: Dossier,
    standards: Mapping[str, StandardFact],
    *,
    spans: Sequence[Span] = (),
) -> plain.CertificateFact:
    """A certificate as the rules see it on the dossier's day; `spans` is how its state went."""
    fact = known.fact
    spans = [span for span in spans if span.since <= dossier.at.on]
    body = dossier.organisations[fact.body_id]
    check = fact.known_by.cross_check
    return plain.CertificateFact(
        id=fact.code,
        number=fact.number,
        body_name=body.name_zh,
        scheme=plain.Scheme(fact.scheme),
        star=fact.star,
        category_codes=(fact.category,),
        state_on_day=plain.CertificateState(on_day(fact, dossier.at.on)),
        valid_from=fact.valid_from,
        valid_to=fact.valid_to,
        state_since=spans[-1].since if spans else None,
        state_reason=spans[-1].reason if spans else fact.act_reason,
        suspensions=tuple(_suspensions(spans)),
        body_scope_ok=in_scope(
            body.approved_scopes, scheme=fact.scheme, category=fact.category, on=fact.issued_on
        ),
        dispute=fact.disputed,
        standard_replaced_on=_replaced_on(fact.standards, standards),
        known_by=str(fact.known_by.source),
        checked_on=check.checked_on if check else None,
        rows=tuple(
            plain.ScopeRow(
                row_id=str(row.row),
                cert_unit=row.unit_name,
                product_ids=tuple(str(product) for product in row.product_ids),
                models=row.models,
                plant_id=str(row.plant_id),
                trademark=row.trademark,
                annex_page=row.annex_page,
                plant_name=_plant_name(row.plant_id, dossier),
            )
            for row in fact.rows
        ),
    )


def report(fact: TestReportFact, dossier: Dossier) -> plain.ReportFact:
    """A report as the rules see it."""
    return plain.ReportFact(
        id=fact.code,
        number=fact.number,
        lab=dossier.organisations[fact.laboratory_id].name_zh,
        cma_ok=fact.within_cma_scope,
        sample_type=_SAMPLES[fact.sample_type],
        product_id=str(fact.product_id),
        models=fact.models,
        plant_id=str(fact.plant_id),
        date=fact.tested_on,
        demand_standard=fact.demand_standard,
        indicators=tuple(
            plain.Indicator(
                name=one.name_zh,
                comparator=_COMPARATORS[one.comparator],
                limit=one.limit,
                value=one.value,
                unit=one.unit,
                page=one.page,
            )
            for one in fact.indicators
        ),
        known_by=str(fact.known_by.source),
        complete=fact.complete,
        plant_name=_plant_name(fact.plant_id, dossier),
    )


def claim(fact: SelfDeclarationFact) -> plain.SelfDeclarationFact:
    return plain.SelfDeclarationFact(fact.code, str(fact.product_id), fact.declared_on)


def _suspensions(spans: Sequence[Span]) -> Iterator[tuple[date, date | None]]:
    """From each suspension's first day to the day it no longer stood."""
    for span, following in zip_longest(spans, spans[1:]):
        if span.state is State.SUSPENDED:
            yield span.since, following.since if following else None


def _replaced_on(named: tuple[str, ...], standards: Mapping[str, StandardFact]) -> date | None:
    """The first day on which one of the certificate's standards no longer counted."""
    days = [day for name in named if name in standards and (day := standards[name].replaced_on) is not None]
    return min(days, default=None)


def _plant_name(plant: UUID, dossier: Dossier) -> str | None:
    return dossier.plants[plant].name_zh if plant in dossier.plants else None
