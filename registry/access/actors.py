"""The actor behind every act: a visitor, the machinery, or a signed-in account in one of its roles."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class ActorRole(StrEnum):
    """What somebody acts as; an account may hold several roles and acts in one at a time."""

    ANONYMOUS = "anonymous"
    LOADER = "loader"
    OPERATOR = "operator"
    SIGNED_IN = "signed_in"  # an account that holds no role (any more)
    MANUFACTURER = "manufacturer"
    AGENT = "agent"
    CERTIFICATION_BODY = "certification_body"
    VERIFIER = "verifier"
    LABORATORY = "laboratory"
    REGISTRY_OFFICER = "registry_officer"
    PURCHASING_OFFICER = "purchasing_officer"
    CENTRAL_PURCHASING_BODY = "central_purchasing_body"
    CONTRACTOR = "contractor"
    SUPERVISOR = "supervisor"
    THIRD_PARTY_EVALUATOR = "third_party_evaluator"
    REGULATOR = "regulator"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


# Nobody signs in as these: no account, or the program itself.
WITHOUT_ACCOUNT = frozenset({ActorRole.ANONYMOUS, ActorRole.LOADER, ActorRole.OPERATOR})
# What an organisation can make somebody.
GIVEN_ROLES = tuple(role for role in ActorRole if role not in {*WITHOUT_ACCOUNT, ActorRole.SIGNED_IN})


@dataclass(frozen=True, slots=True)
class Actor:
    """A role and an opaque name, never a person's; `scopes` are the acts that an API key is held to.

    `organisations` are all that the account holds a role in, whichever it acts in: a conflict of interest
    does not end with a change of role. `proved_twice` is False for who should have proved a second factor.
    """

    role: ActorRole
    name: str = ""
    account_id: UUID | None = None
    organisation_id: UUID | None = None
    manages: bool = False
    scopes: frozenset[str] | None = None
    organisations: frozenset[UUID] = frozenset()
    proved_twice: bool = True

    @property
    def belongs_to(self) -> frozenset[UUID]:
        """Every organisation whose interests the actor may have."""
        return self.organisations | ({self.organisation_id} if self.organisation_id else set())

    def __str__(self) -> str:
        return f"{self.role}:{self.name}" if self.name else str(self.role)


ANONYMOUS = Actor(ActorRole.ANONYMOUS)
LOADER = Actor(ActorRole.LOADER, "seeds")
OPERATOR = Actor(ActorRole.OPERATOR, "command-line")
