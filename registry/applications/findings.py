"""What a check found: where, how grave, and a message key with its facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from registry.kit.errors import Fault, Faulty


class Severity(StrEnum):
    """An error keeps an application from being submitted; a warning never does, and both sides see it."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    path: str
    severity: Severity
    key: str
    facts: Mapping[str, str] = field(default_factory=dict)


def error(path: str, name: str, **facts: str) -> Finding:
    return Finding(path, Severity.ERROR, f"application.check.{name}", facts)


def warning(path: str, name: str, **facts: str) -> Finding:
    return Finding(path, Severity.WARNING, f"application.check.{name}", facts)


def errors_of(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    return tuple(one for one in findings if one.severity is Severity.ERROR)


def refused(findings: Sequence[Finding]) -> Faulty:
    """All errors at once, each pinned to its field."""
    found = errors_of(findings)
    return Faulty(
        "application-has-errors",
        faults=[Fault(one.path, one.key, one.facts) for one in found],
        count=len(found),
    )
