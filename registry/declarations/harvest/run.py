"""One harvest: list, then take what is new or may have changed, batch by batch; broken off, it goes on."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Engine

from registry.declarations.harvest import store
from registry.declarations.harvest.fetching import Fetcher
from registry.declarations.harvest.models import HarvestItemRow, HarvestRunRow
from registry.declarations.harvest.nodes import Listed, Node
from registry.declarations.harvest.reading import read_all
from registry.declarations.harvest.store import Fate, Place
from registry.declarations.harvest.taking import Done, Keep, Taking
from registry.kit.clock import civil_day
from registry.kit.db import read_session, write_session

BATCH = 20  # documents fetched, read by one child and kept in one transaction


Told = Callable[[int, int], None]


def _silent(_done: int, _total: int) -> None:
    """For who wants no progress bar."""


@dataclass(frozen=True, slots=True)
class Harvester:
    """What a harvest works with; `keep` enters one reading and answers its declaration's id."""

    engine: Engine
    node: Node
    fetcher: Fetcher
    keep: Keep
    clock: Callable[[], datetime]
    told: Told = _silent


@dataclass(frozen=True, slots=True)
class Report:
    """What a run found; `fates` counts the documents of its listing, the others what this run changed."""

    listed: int
    total: int
    is_whole: bool
    fates: Mapping[str, int]
    new: int
    renewed: int
    not_listed: int
    reasons: Mapping[str, int] = field(default_factory=dict)


def harvest(harvester: Harvester, place: Place) -> Report:
    """Harvest a place, or go on with the run of it that was broken off."""
    with write_session(harvester.engine) as session:
        run = store.begin(session, place, now=harvester.clock())
        session.expunge(run)
    if run.listed_at is None:
        _list(harvester, place, run)
    done = Done()
    taking = Taking(
        harvester.node,
        harvester.fetcher,
        harvester.keep,
        run,
        licence=place.licence or place.stock.terms,
        done=done,
    )
    with read_session(harvester.engine) as session:
        count = store.fates(session, run)
    total = sum(count.values()) - count.get(Fate.ELSEWHERE, 0)
    looked_at = 0
    while batch := _next(harvester, run):
        taking.take(harvester.engine, batch, now=harvester.clock())
        looked_at += len(batch)
        harvester.told(looked_at, total)
    now = harvester.clock()
    with write_session(harvester.engine) as session:
        gone = store.finish(session, run, now=now, today=civil_day(now))
        found = store.fates(session, run)
    return Report(
        listed=sum(found.values()),
        total=run.total,
        is_whole=run.is_whole,
        fates=found,
        new=done.new,
        renewed=done.renewed,
        not_listed=gone,
        reasons=done.reasons,
    )


def rehearse(harvester: Harvester, place: Place, *, sample: int) -> Report:
    """What a harvest would find: the whole listing, and a sample read, with nothing written at all."""
    with read_session(harvester.engine) as session:
        known = store.known(session, place.id)
    listed: dict[tuple[str, str], Listed] = {}
    total = 0
    for page in harvester.node.pages(harvester.fetcher, place.stock.id):
        listed |= {(one.id, one.version): one for one in page.items}
        total = page.total
    fresh = [one for key, one in sorted(listed.items()) if key not in known and one.elsewhere is None]
    answers = [harvester.node.document(harvester.fetcher, one, {}) for one in fresh[:sample]]
    good = [("document.json", one.body) for one in answers if one.status == 200]
    reasons = Counter(read.key or "harvest-readable" for read in read_all(good))
    reasons.update("harvest-missing" for one in answers if one.status != 200)
    elsewhere = sum(one.elsewhere is not None for one in listed.values())
    return Report(
        listed=len(listed),
        total=total,
        is_whole=len(listed) >= total,
        fates={Fate.WAITING: len(fresh), Fate.ELSEWHERE: elsewhere},
        new=len(fresh),
        renewed=0,
        not_listed=len(known - listed.keys()) if len(listed) >= total else 0,
        reasons=reasons,
    )


def _list(harvester: Harvester, place: Place, run: HarvestRunRow) -> None:
    """Each page is noted as it comes; a listing that was broken off begins anew, since stocks move."""
    total = 0
    for page in harvester.node.pages(harvester.fetcher, place.stock.id):
        with write_session(harvester.engine) as session:
            store.list_items(session, run, page.items)
        total = page.total
        harvester.told(0, total)
    with write_session(harvester.engine) as session:
        store.close_listing(session, run, total=total, now=harvester.clock())


def _next(harvester: Harvester, run: HarvestRunRow) -> Sequence[HarvestItemRow]:
    with read_session(harvester.engine) as session:
        rows = store.to_do(session, run, BATCH)
        session.expunge_all()
        return rows
