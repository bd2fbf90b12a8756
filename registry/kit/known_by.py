"""How a fact is known: signed by the body, read from its interface, or transcribed and cross-checked."""

from datetime import date
from enum import StrEnum

from registry.kit.types import Fact


class Source(StrEnum):
    SIGNED = "signed"
    INTERFACE = "interface"
    TRANSCRIBED = "transcribed"
    SELF_STATED = "self_stated"


class CrossCheck(Fact):
    """One look at an official platform: where, when, with what result; the looker's name stays private."""

    platform: str
    checked_on: date
    result: str
    screenshot_sha256: str | None = None
    recheck_due: date | None = None


class KnownBy(Fact):
    """The way in, and the official cross-check beside it (None: never checked)."""

    source: Source
    cross_check: CrossCheck | None = None
    note: str | None = None
