"""The actor behind every act: until accounts come, anonymous, loader, operator or a demonstration role."""

from dataclasses import dataclass
from enum import StrEnum


class ActorRole(StrEnum):
    ANONYMOUS = "anonymous"
    LOADER = "loader"
    OPERATOR = "operator"
    DEMO_MANUFACTURER = "demo_manufacturer"
    DEMO_BODY = "demo_body"
    DEMO_OFFICER = "demo_officer"


@dataclass(frozen=True, slots=True)
class Actor:
    """A role and an opaque name; never a person's name."""

    role: ActorRole
    name: str = ""

    def __str__(self) -> str:
        return f"{self.role}:{self.name}" if self.name else str(self.role)


ANONYMOUS = Actor(ActorRole.ANONYMOUS)
LOADER = Actor(ActorRole.LOADER, "seeds")
OPERATOR = Actor(ActorRole.OPERATOR, "command-line")
