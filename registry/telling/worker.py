"""The worker: follows, reminds and sends while its process lives; several may run, none is needed twice."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Engine
from sqlmodel import Session

from registry.accounts import kept_forms
from registry.kit import clock
from registry.kit.clock import civil_day
from registry.kit.db import read_session, write_session
from registry.kit.log import get as get_log
from registry.notices import outbox
from registry.notices.gate import Gate
from registry.notices.outbox import Schedule
from registry.notices.sending import Sender
from registry.supervision import erasing
from registry.supervision.erasing import Keeping
from registry.telling import follow

EVERY = 1.0
AFTER_A_FAULT = 5.0
_log = get_log("registry.notices")


@dataclass(slots=True)
class Round:
    """What one round does; rounds of several processes do not disturb each other."""

    engine: Engine
    sender: Sender
    now: Callable[[], datetime] = clock.now
    schedule: Schedule = field(default_factory=Schedule)
    day: date | None = None
    keeping: Keeping | None = None  # None where there are no complaints to erase

    def follow(self) -> bool:
        """Whether anything was read; a new day is reminded of once, and what is too old is erased."""
        today = civil_day(self.now())
        if self.day != today:
            follow.remind(self.engine, today, now=self.now())
            with write_session(self.engine) as session:
                outbox.purge(session, now=self.now())
                self._erase(session)
            self.day = today
        return follow.step(self.engine, now=self.now())

    def _erase(self, session: Session) -> None:
        """What was promised to go goes on its day, also where nobody comes by."""
        kept_forms.purge(session, now=self.now())
        if self.keeping is not None:
            erasing.purge(session, self.keeping.folder, now=self.now(), kept_days=self.keeping.days)

    def send(self) -> int:
        """One batch of what is due: taken, sent, settled; returns how many were sent.

        A process killed in between has sent and not settled: when its lease is over they are sent again.
        """
        with read_session(self.engine) as session:
            if not outbox.is_due(session, now=self.now()):
                return 0
        with write_session(self.engine) as session:
            parcels = outbox.claim(session, now=self.now())
        if not parcels:
            return 0
        outcomes = self.sender.send(parcels)
        with write_session(self.engine) as session:
            outbox.settle(session, outcomes, now=self.now(), schedule=self.schedule)
        return len(parcels)


class Worker(threading.Thread):
    """Rounds in the background of a site or of the command `greenmat worker`."""

    def __init__(self, engine: Engine, keeping: Keeping, *, every: float = EVERY) -> None:
        super().__init__(name="notices", daemon=True)
        self._round = Round(engine, Sender(Gate(), clock.now), keeping=keeping)
        self._every = every
        self._stop_asked = threading.Event()

    def run(self) -> None:
        while not self._stop_asked.wait(self._every):
            well = [self._outlived(step) for step in (self._round.follow, self._round.send)]
            if not all(well):
                self._stop_asked.wait(AFTER_A_FAULT)

    def _outlived(self, step: Callable[[], object]) -> bool:
        """A step until nothing is left of it; its fault is told, and stops no other step."""
        try:
            while step() and not self._stop_asked.is_set():
                pass
        except Exception:  # noqa: BLE001 - a worker outlives every fault and says so
            _log.exception("Notices could not be followed or sent; trying again.")
            return False
        return True

    def stop(self) -> None:
        self._stop_asked.set()
        self.join(timeout=30)
