"""Answers to scanned numbers as they were written: at one point of the register they stay the same."""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

from registry.changes.reading import Point

MOMENT = "\ue000"  # a sign of private use: stands for the moment of the answer while the page is written


@dataclass(frozen=True, slots=True)
class Page:
    """A written answer on both sides of the moment it names."""

    before: str
    after: str

    @classmethod
    def of(cls, written: str) -> "Page":
        before, _, after = written.partition(MOMENT)
        return cls(before, after)

    def at(self, moment: str) -> str:
        return f"{self.before}{moment}{self.after}"


@dataclass(slots=True)
class Remembered:
    """The latest answers by the number asked for and the point it was answered at; thread-safe.

    A record anywhere moves the point, so nothing outdated is ever found; what pushes out is only the count.
    """

    most: int
    _pages: OrderedDict[tuple[str, Point], Page] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def find(self, number: str, at: Point) -> Page | None:
        with self._lock:
            page = self._pages.get((number, at))
            if page is not None:
                self._pages.move_to_end((number, at))
            return page

    def keep(self, number: str, at: Point, page: Page) -> None:
        with self._lock:
            self._pages[number, at] = page
            while len(self._pages) > self.most:
                self._pages.popitem(last=False)
