"""Domain errors: services raise the leaves, the edge knows the status codes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar


class DomainError(Exception):
    """An expected refusal: a stable code, the facts its sentence needs, and an HTTP status for the edge."""

    code: ClassVar[str] = "error"
    status: ClassVar[int] = 400
    retry_after: int | None = None

    def __init__(self, code: str = "", /, **facts: object) -> None:
        self.key = code or self.code
        self.facts: Mapping[str, object] = facts
        super().__init__(self.key + ("" if not facts else f" {facts}"))


class NotFound(DomainError):
    code = "not-found"
    status = 404


class NotAllowed(DomainError):
    code = "not-allowed"
    status = 403


class Conflict(DomainError):
    code = "conflict"
    status = 409


class Invalid(DomainError):
    code = "invalid"
    status = 422


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong, and with which field."""

    where: str
    key: str
    facts: Mapping[str, object] = field(default_factory=dict)


class Faulty(Invalid):
    """Several things are wrong at once, each with its own field; all are told together."""

    def __init__(self, code: str = "", /, *, faults: Sequence[Fault] = (), **facts: object) -> None:
        super().__init__(code, **facts)
        self.faults = tuple(faults)


class Gone(DomainError):
    code = "gone"
    status = 410


class TooLarge(DomainError):
    code = "too-large"
    status = 413


class Unavailable(DomainError):
    """Not now; `retry_after` is the number of seconds after which to ask again."""

    code = "unavailable"
    status = 503
    retry_after = 5
