"""What the register knows of a check's products on the days of their delivery."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from sqlmodel import Session

from catalogue.checks.inputs import CheckInput, LineInput
from registry.certificates import queries as certificates
from registry.certificates.states import StateOnDay, on_day
from registry.certificates.timeline import Span, timelines
from registry.changes.reading import Point, every, many
from registry.dossiers.dossier import Dossier
from registry.dossiers.load import load
from registry.parties.service import ORGANISATION, PLANT
from registry.policies.pack import Pack
from registry.policies.pack_terms import DateSource
from registry.standards.facts import StandardFact
from registry.standards.service import STANDARD

Dossiers = Mapping[tuple[date, UUID], Dossier]


@dataclass(frozen=True, slots=True)
class Facts:
    """Dossiers by day and product; timelines of the certificates that are not simply in force."""

    dossiers: Dossiers
    standards: Mapping[str, StandardFact] = field(default_factory=dict)
    timelines: Mapping[UUID, tuple[Span, ...]] = field(default_factory=dict)


def facts_for(session: Session, given: CheckInput, pack: Pack) -> Facts:
    """Read at the stored position, with one load for each day."""
    at = Point(given.report_day, given.as_of)
    wanted: dict[date, set[UUID]] = {}
    for line in given.lines:
        if line.product_id is not None:
            wanted.setdefault(day_of(line, given, pack), set()).add(line.product_id)
    dossiers = {
        (day, key): dossier
        for day, keys in sorted(wanted.items())
        for key, dossier in _dossiers(session, keys, Point(day, given.as_of)).items()
    }
    standards = {one.fact.number: one.fact for one in every(session, STANDARD, at)}
    asked = _not_in_force(dossiers.values())
    return Facts(dossiers, standards, timelines(session, asked, as_of=given.as_of))


def day_of(line: LineInput, given: CheckInput, pack: Pack) -> date:
    """The first day that the pack's order of sources gives; without one, the report's day."""
    days = {DateSource.LINE_DELIVERY: line.delivery, DateSource.REPORT: given.report_day}
    stated = (days[source] for source in pack.reference_date.order)
    return next((day for day in stated if day is not None), given.report_day)


def _dossiers(session: Session, keys: Iterable[UUID], at: Point) -> dict[UUID, Dossier]:
    """Dossiers that also hold certificates of a later first day, so that a gap between two is seen."""
    found = load(session, keys, at)
    coming = certificates.coming(session, found, at)
    later = [one.fact for group in coming.values() for one in group]
    ever = Point(date.max, at.as_of)  # a body may be recorded from the same later day on
    bodies = many(session, ORGANISATION, {fact.body_id for fact in later}, ever)
    plants = many(session, PLANT, {row.plant_id for fact in later for row in fact.rows}, ever)
    return {
        key: replace(
            dossier,
            certificates=(*dossier.certificates, *coming[key]),
            organisations={**{k: body.fact for k, body in bodies.items()}, **dossier.organisations},
            plants={**{k: plant.fact for k, plant in plants.items()}, **dossier.plants},
        )
        for key, dossier in found.items()
    }


def _not_in_force(dossiers: Iterable[Dossier]) -> set[UUID]:
    return {
        known.fact.id
        for dossier in dossiers
        for known in dossier.certificates
        if on_day(known.fact, dossier.at.on) is not StateOnDay.ACTIVE
    }
