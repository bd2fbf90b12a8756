"""What a check is, what it is told and what it answers: a severity, places, and facts for its sentences."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Context as Arithmetic
from decimal import Decimal
from enum import StrEnum
from typing import Any

from registry.declarations.preflight.view import View
from registry.kit.messages import Listed, Spoken, say
from registry.kit.types import plain

PREFIX = "preflight."
_SHOWN = Arithmetic(prec=6)


class Severity(StrEnum):
    """What a finding asks of whoever sends the declaration in."""

    ERROR = "error"  # cannot be published so
    WARNING = "warning"  # must be mended or confirmed
    NOTE = "note"  # worth knowing; nothing has to be done


@dataclass(frozen=True, slots=True)
class Fault:
    """One place where a check found something, with the facts of its sentence."""

    place: str
    facts: Mapping[str, str] = field(default_factory=dict)


def at(place: str, **facts: object) -> Fault:
    """A fault; figures are shown with six digits, which is for reading and never for reckoning."""
    return Fault(place, {name: _shown(value) for name, value in facts.items()})


def _shown(value: object) -> str:
    if isinstance(value, Decimal):
        return plain(_SHOWN.plus(value))
    if isinstance(value, (tuple, list)):
        return Listed(_shown(one) for one in value)
    return value if isinstance(value, Spoken) else str(value)


@dataclass(frozen=True, slots=True)
class When:
    """The condition under which a check is asked at all; `text` says it on the page of checks."""

    text: str
    holds: Callable[[View], bool]


ALWAYS = When("every declaration", lambda _: True)


@dataclass(frozen=True, slots=True)
class Check:
    """One check; `words` names its sentences, which checks that differ only in a row of a table share.

    `source` is the document and clause it comes from, or says that it is our own rule.
    """

    id: str
    severity: Severity
    find: Callable[[View], Iterable[Fault]]
    when: When = ALWAYS
    source: str = "own rule"
    words: str = ""

    @property
    def says(self) -> str:
        return f"{PREFIX}{self.words or self.id}.says"

    @property
    def mend(self) -> str:
        return f"{PREFIX}{self.words or self.id}.mend"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found in one declaration: every place, and the facts of the first."""

    check: Check
    places: tuple[str, ...]
    facts: Mapping[str, str]

    def says(self, lang: str) -> str:
        return say(self.check.says, lang, self.facts)

    def mend(self, lang: str) -> str:
        return say(self.check.mend, lang, self.facts)


class Family:
    """The checks of one module, in the order they stand there."""

    def __init__(self, source: str = "own rule") -> None:
        self.checks: list[Check] = []
        self._source = source

    def check(
        self, name: str, severity: Severity, *, when: When = ALWAYS, source: str = ""
    ) -> Callable[[Callable[[View], Iterable[Fault]]], Callable[[View], Iterable[Fault]]]:
        """Make a check of a function that yields its faults."""

        def kept(find: Callable[[View], Iterable[Fault]]) -> Callable[[View], Iterable[Fault]]:
            self.checks.append(Check(name, severity, find, when, source or self._source))
            return find

        return kept

    def ask(
        self, name: str, severity: Severity, found: Callable[[View], bool], *, place: str, **asked: Any
    ) -> None:
        """A check that is one question about the whole declaration and needs no facts."""
        one = (Fault(place),)

        def find(view: View) -> Iterable[Fault]:
            return one if found(view) else ()

        self.check(name, severity, **asked)(find)
