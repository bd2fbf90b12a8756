"""One batch of a harvest: fetched, read in confinement, entered, and noted as done in one transaction."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Engine
from sqlmodel import Session

from registry.declarations import openxpd
from registry.declarations.dataset import Dataset
from registry.declarations.documents.content import OPENEPD
from registry.declarations.formats.reading import Reading
from registry.declarations.harvest import store
from registry.declarations.harvest.fetching import Answer, Fetcher
from registry.declarations.harvest.models import HarvestItemRow, HarvestRunRow
from registry.declarations.harvest.nodes import Listed, Node
from registry.declarations.harvest.reading import Read, read_all
from registry.declarations.harvest.store import Fate
from registry.kit.db import write_session
from registry.kit.errors import DomainError, Faulty

HELD = (Fate.KEPT, Fate.CHANGED)  # we have a content under this id and version
LONGEST_URL, LONGEST_ETAG, LONGEST_DATE = 2000, 300, 80


@dataclass(frozen=True, slots=True)
class Fetched:
    """Where a document came from, as it is kept beside what was read in it."""

    url: str
    sha256: str
    file_name: str
    licence: str
    at: datetime


Keep = Callable[[Session, Reading, Fetched], UUID]


@dataclass(slots=True)
class Done:
    """What one process did for a run."""

    new: int = 0
    renewed: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    def count(self, fate: str, changes: Mapping[str, Any]) -> None:
        if changes.get("key"):
            self.reasons[changes["key"]] += 1
        elif changes:
            self.new += fate != Fate.KEPT
            self.renewed += fate == Fate.KEPT


@dataclass(frozen=True, slots=True)
class Taking:
    """What taking a batch works with; `keep` enters one reading and answers its declaration's id."""

    node: Node
    fetcher: Fetcher
    keep: Keep
    run: HarvestRunRow
    licence: str
    done: Done

    def take(self, engine: Engine, batch: Sequence[HarvestItemRow], *, now: datetime) -> None:
        """Nothing of a batch is written before all of it is read; what it enters is entered once."""
        answers = [(row, self._fetch(row)) for row in batch]
        fresh = [(row, answer) for row, answer in answers if _is_fresh(row, answer)]
        reads = read_all([(_file_name(row), answer.body) for row, answer in fresh])
        found = {(row.item, row.version): read for (row, _), read in zip(fresh, reads, strict=True)}
        with write_session(engine) as session:
            for row, answer in answers:
                read = found.get((row.item, row.version))
                changes = _not_given(row, answer)
                if read is not None:
                    fetched = Fetched(answer.url, _digest(answer), _file_name(row), self.licence, now)
                    changes = _came(answer, now) | self._enter(session, row, read, fetched=fetched)
                store.settle(session, self.run, row, changes)
                self.done.count(row.fate, changes)

    def _fetch(self, row: HarvestItemRow) -> Answer:
        """Ask only for what is new where we hold it and the node can tell; what was refused is read anew."""
        known = {}
        if row.fate in HELD and row.etag:
            known["If-None-Match"] = row.etag
        elif row.fate in HELD and row.modified:
            known["If-Modified-Since"] = row.modified
        return self.node.document(self.fetcher, Listed(row.item, row.version), known)

    def _enter(
        self, session: Session, row: HarvestItemRow, read: Read, *, fetched: Fetched
    ) -> dict[str, Any]:
        """What became of a document; every declaration of it is entered, or none of them."""
        if read.key is not None:
            return _refused(row, read.key, read.facts)
        if not all(row.item in _names(one.dataset) for one in read.readings):
            got = "、".join(name for one in read.readings for name in sorted(_names(one.dataset)))
            return _refused(row, "harvest-other-document", {"listed": row.item, "got": got or "–"})
        try:
            with session.begin_nested():
                ids = [self.keep(session, one, fetched) for one in read.readings]
        except DomainError as error:
            places = (
                {"where": ", ".join(one.where for one in error.faults)} if isinstance(error, Faulty) else {}
            )
            return _refused(row, error.key, {**error.facts, **places})
        return {
            "fate": Fate.KEPT, "key": None, "facts": "{}", "declaration_id": ids[0], "sha256": fetched.sha256,
        }  # fmt: skip


def _is_fresh(row: HarvestItemRow, answer: Answer) -> bool:
    return answer.status == 200 and (row.fate != Fate.KEPT or row.sha256 != _digest(answer))


def _not_given(row: HarvestItemRow, answer: Answer) -> dict[str, Any]:
    """Nothing new, or nothing at all: what we hold already stays as it is."""
    if answer.status in (200, 304) or row.fate in HELD:
        return {}
    return {"fate": Fate.MISSING, **store.refusal("harvest-missing", {"status": answer.status})}


def _came(answer: Answer, now: datetime) -> dict[str, Any]:
    return {
        "url": answer.url[:LONGEST_URL],
        "etag": answer.etag[:LONGEST_ETAG] if answer.etag else None,
        "modified": answer.modified[:LONGEST_DATE] if answer.modified else None,
        "fetched_at": now,
    }


def _names(dataset: Dataset) -> set[str]:
    """What a listing may call a document."""
    own = (openxpd.parsed(one.value) for one in dataset.identifiers if one.scheme == OPENEPD)
    return {name for name in (str(dataset.uuid) if dataset.uuid else None, *own) if name}


def _refused(row: HarvestItemRow, key: str, facts: Mapping[str, object]) -> dict[str, Any]:
    """The same version with other content never takes the place of what we hold."""
    return {"fate": Fate.CHANGED if row.fate in HELD else Fate.REFUSED, **store.refusal(key, facts)}


def _file_name(row: HarvestItemRow) -> str:
    return f"{row.item}.json"


def _digest(answer: Answer) -> str:
    return hashlib.sha256(answer.body).hexdigest()
