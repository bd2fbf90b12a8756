"""Products in brief, as answers of search list them: read once at a point of the register, then kept."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar
from uuid import UUID

from sqlmodel import Session

from registry.changes.reading import Point
from registry.dossiers.dossier import Dossier
from registry.dossiers.load import load

T = TypeVar("T")
MOST = 8192  # products of about 2 kB each


@dataclass(frozen=True, slots=True)
class Brief(Generic[T]):
    """What an answer shows of a product wherever one stands, and the plants that a distance is taken to."""

    shown: T
    plants: tuple[str, ...]


@dataclass(slots=True)
class Briefs(Generic[T]):
    """The products asked for last; thread-safe. 2026-11: reading twenty took longer than the search itself.

    A record anywhere moves the point, so nothing outdated is ever found; what pushes out is only the count.
    """

    make: Callable[[Dossier], T]
    most: int = MOST
    _kept: OrderedDict[tuple[UUID, Point], Brief[T]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def read(self, session: Session, ids: Iterable[UUID], at: Point) -> dict[UUID, Brief[T]]:
        """In the order asked for; products unknown at the point are left out."""
        wanted = list(dict.fromkeys(ids))
        found = self._found(wanted, at)
        if missing := [key for key in wanted if key not in found]:
            read = {key: self._brief(dossier) for key, dossier in load(session, missing, at).items()}
            self._keep(read, at)
            found |= read
        return {key: found[key] for key in wanted if key in found}

    def _brief(self, dossier: Dossier) -> Brief[T]:
        return Brief(self.make(dossier), tuple(map(str, dossier.product.fact.plant_ids)))

    def _found(self, wanted: Iterable[UUID], at: Point) -> dict[UUID, Brief[T]]:
        with self._lock:
            found = {key: kept for key in wanted if (kept := self._kept.get((key, at))) is not None}
            for key in found:
                self._kept.move_to_end((key, at))
        return found

    def _keep(self, read: dict[UUID, Brief[T]], at: Point) -> None:
        with self._lock:
            self._kept.update({(key, at): one for key, one in read.items()})
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
