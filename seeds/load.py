"""Filling a register: reference facts and, unless told otherwise, the invented demonstration register.

Everything is written in one transaction, so a load that is killed leaves nothing behind; a second load finds
what is already recorded and adds nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Final

from sqlalchemy import Engine, select
from sqlmodel import Session, col

from registry.access.actors import LOADER
from registry.categories import service as categories
from registry.categories.facts import CategoryFact, MaterialKindFact, RegionFact
from registry.certificates import service as certificates
from registry.certificates.kind import CERTIFICATE
from registry.certificates.service import BodyAct
from registry.changes import feed
from registry.changes.feed import Draft
from registry.changes.models import ChangeRow
from registry.changes.reading import history
from registry.changes.record import canonical, digest
from registry.crosschecks import service as crosschecks
from registry.declarations import service as declarations
from registry.firms import service as firms
from registry.kit.db import write_session
from registry.kit.errors import Conflict
from registry.parties import service as parties
from registry.policies import service as policies
from registry.products import service as products
from registry.reports import service as reports
from registry.standards import service as standards
from registry.supply import service as supply
from seeds import mapping
from seeds.demo import accounts as demo_accounts
from seeds.demo import applications as demo_applications
from seeds.demo import batches as demo_batches
from seeds.demo import documents as demo_documents
from seeds.demo import firms as demo_firms
from seeds.demo import look_ups
from seeds.demo import parties as demo_parties
from seeds.demo import products as demo_products
from seeds.demo import supervision as demo_supervision
from seeds.demo import supply as demo_supply
from seeds.demo.certificates import Certified
from seeds.demo.register import Register, build
from seeds.demo.workshop import Reference
from seeds.policies.packs import read_packs
from seeds.reference.points import point_facts

# Reference facts describe the world and carry their own days inside, so they stand from the beginning.
FROM_THE_START: Final = date(2000, 1, 1)
BATCH: Final = 500
MUNICIPALITY: Final = "500000"

Progress = Callable[[str, int, int], None]


class DemonstrationRefused(Conflict):
    code = "demonstration-refused"


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What one load added, by fact kind (acts count as versions of their certificate), and the last seq."""

    feed: str
    seq: int
    added: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.added.values())


@dataclass(slots=True)
class _Writer:
    """Appends drafts in batches and tells how far it is."""

    session: Session
    now: datetime
    progress: Progress | None
    added: Counter[str]
    fresh: bool

    def write(self, stage: str, drafts: Sequence[Draft]) -> None:
        """Append the drafts that are not recorded yet."""
        wanted = list(drafts) if self.fresh else _not_recorded(self.session, drafts)
        self._tell(stage, 0, len(wanted))
        for start in range(0, len(wanted), BATCH):
            batch = wanted[start : start + BATCH]
            self.append(batch)
            self._tell(stage, start + len(batch), len(wanted))

    def append(self, drafts: Sequence[Draft]) -> None:
        feed.append(self.session, drafts, actor=str(LOADER), now=self.now)
        self.added.update(draft.kind.name for draft in drafts)

    def acts(self, stage: str, acts: Sequence[tuple[Certified, BodyAct]]) -> None:
        """Record the acts one by one: each is judged against the version before it."""
        for place, (certified, change) in enumerate(acts, 1):
            if self.fresh or not _acted(self.session, certified, change):
                self.append(certificates.act(self.session, certified.id, change, actor=LOADER))
            self._tell(stage, place, len(acts))

    def _tell(self, stage: str, done: int, total: int) -> None:
        if self.progress is not None:
            self.progress(stage, done, total)


def load(
    engine: Engine, *, now: datetime, progress: Progress | None = None, demonstration: bool = True
) -> LoadReport:
    """Write what is missing into a migrated database; a production feed refuses demonstration data."""
    with write_session(engine) as session:
        feed.start(session, "demonstration" if demonstration else "production")
        head = feed.head(session)
        if demonstration and head.feed != "demonstration":
            raise DemonstrationRefused(feed=head.feed)
        writer = _Writer(session, now, progress, Counter(), fresh=head.seq == 0)
        tables = _write_reference(writer)
        if demonstration:
            register = build(tables)
            _write_register(writer, register, tables)
            writer.write("supervision", list(demo_supervision.drafts(register)))
            demo_accounts.write(session, now=now)
            demo_applications.write(session, now=now)
            demo_supervision.write(session, now=now)
        return LoadReport(head.feed, feed.head(session).seq, dict(writer.added))


def reference() -> Reference:
    """The tables that the demonstration register leans on."""
    return _reference(mapping.region_facts(), mapping.category_facts(), mapping.kind_facts())


def _reference(
    regions: Sequence[RegionFact], certification: Sequence[CategoryFact], kinds: Sequence[MaterialKindFact]
) -> Reference:
    return Reference(
        kinds={fact.kind: fact for fact in kinds},
        categories={fact.category: fact for fact in certification},
        cities=cities(regions),
    )


def _write_reference(writer: _Writer) -> Reference:
    regions, kinds = mapping.region_facts(), mapping.kind_facts()
    certification = mapping.category_facts()
    writer.write("reference", list(_reference_drafts(regions, certification, kinds)))
    writer.write("policies", list(_policy_drafts()))
    return _reference(regions, certification, kinds)


def cities(regions: Sequence[RegionFact]) -> tuple[str, ...]:
    """Codes of the cities listed: those under a province, and the one municipality among the plans."""
    provinces = {fact.region for fact in regions if fact.parent is None}
    return (MUNICIPALITY, *(fact.region for fact in regions if fact.parent in provinces))


def _reference_drafts(
    regions: Sequence[RegionFact],
    certification: Sequence[CategoryFact],
    kinds: Sequence[MaterialKindFact],
) -> Iterator[Draft]:
    day, actor = FROM_THE_START, LOADER
    yield from (categories.publish_region(fact, effective_on=day, actor=actor) for fact in regions)
    yield from (supply.publish_point(fact, effective_on=day, actor=actor) for fact in point_facts())
    yield from (standards.publish(f, effective_on=day, actor=actor) for f in mapping.standard_facts())
    yield from (categories.publish_category(fact, effective_on=day, actor=actor) for fact in certification)
    yield from (categories.publish_kind(fact, effective_on=day, actor=actor) for fact in kinds)


def _policy_drafts() -> Iterator[Draft]:
    """Rule packs count from their own first day; the cited facts stand from the beginning."""
    day, actor = FROM_THE_START, LOADER
    yield from (policies.publish_pack(p, effective_on=p.valid_from, actor=actor) for p in read_packs())
    yield from (policies.publish_document(f, effective_on=day, actor=actor) for f in mapping.document_facts())
    yield from (policies.publish_item(f, effective_on=day, actor=actor) for f in mapping.item_facts())
    figures = mapping.benchmark_facts()
    yield from (policies.publish_benchmark(fact, effective_on=day, actor=actor) for fact in figures)


def _write_register(writer: _Writer, register: Register, tables: Reference) -> None:
    writer.write("organisations", list(_party_drafts(register)))
    made = [
        products.publish(fact, kind=tables.kinds[fact.kind], effective_on=demo_products.SINCE, actor=LOADER)
        for fact in register.products
    ]
    writer.write("products", made)
    issued = [certificates.record(certified.fact, actor=LOADER) for certified in register.certificates]
    writer.write("certificates", issued)
    writer.acts("acts", list(register.acts))
    writer.write("evidence", list(_evidence_drafts(register)))
    writer.write("supply", list(_supply_drafts(register)))
    writer.write("firms", list(_firm_drafts(register)))
    looks = look_ups.build(register.certificates)
    writer.write("look-ups", [crosschecks.record(f, today=look_ups.LATEST, actor=LOADER) for f in looks])
    writer.write("batches", list(demo_batches.drafts(register.products)))
    named = demo_documents.Names(
        {one.id: one for one in register.products},
        {one.id: one for one in register.plants},
        {one.id: one for one in register.organisations},
    )
    writer.write("documents", list(demo_documents.drafts(register.documented, named)))


def _party_drafts(register: Register) -> Iterator[Draft]:
    day = demo_parties.SINCE
    return chain(
        (parties.publish_organisation(f, effective_on=day, actor=LOADER) for f in register.organisations),
        (parties.publish_plant(fact, effective_on=day, actor=LOADER) for fact in register.plants),
    )


def _evidence_drafts(register: Register) -> Iterator[Draft]:
    return chain(
        (reports.record_report(f, effective_on=f.tested_on, actor=LOADER) for f in register.reports),
        (reports.record_self_declaration(fact, actor=LOADER) for fact in register.self_declarations),
        (
            declarations.record(fact, effective_on=fact.valid_from.day, actor=LOADER)
            for fact in register.declarations
        ),
    )


def _firm_drafts(register: Register) -> Iterator[Draft]:
    told = demo_firms.build(register.organisations, register.plants)
    for honour in told.honours:
        day = honour.awarded_on.last_day()
        yield firms.record(firms.HONOUR, honour, effective_on=day, actor=LOADER)
    for energy in told.energy:
        yield firms.record(firms.ENERGY_RECORD, energy, effective_on=energy.period_to, actor=LOADER)
    for disclosure in told.disclosures:
        day = disclosure.published_on or date(disclosure.year, 12, 31)
        yield firms.record(firms.DISCLOSURE, disclosure, effective_on=day, actor=LOADER)


def _supply_drafts(register: Register) -> Iterator[Draft]:
    day, stated = demo_supply.SINCE, demo_supply.build(register.plants, register.products)
    return chain(
        (parties.publish_organisation(f, effective_on=day, actor=LOADER) for f in stated.dealers),
        (supply.publish_site(fact, effective_on=day, actor=LOADER) for fact in stated.sites),
        (
            supply.publish(fact, product=product, effective_on=fact.stated_on, actor=LOADER)
            for fact, product in stated.supply
        ),
    )


def _not_recorded(session: Session, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts whose exact content is not in the feed for its day yet."""
    kinds = {draft.kind.name for draft in drafts}
    rows = session.execute(
        select(
            col(ChangeRow.kind),
            col(ChangeRow.key),
            col(ChangeRow.effective_on),
            col(ChangeRow.payload_sha256),
        ).where(col(ChangeRow.kind).in_(kinds))
    )
    known = {tuple(row) for row in rows}
    return [
        draft
        for draft in drafts
        if (draft.kind.name, draft.key, draft.effective_on, digest(canonical(draft.fact))) not in known
    ]


def _acted(session: Session, certified: Certified, change: BodyAct) -> bool:
    """Whether the certificate already has a version by this act from this day."""
    versions = history(session, CERTIFICATE, certified.id, as_of=feed.head(session).seq)
    return any(
        version.fact.act == change.kind and version.header.effective_on == change.effective_on
        for version in versions
    )
