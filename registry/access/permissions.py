"""The whole permission table: which role may do which act; what is not written here is refused."""

from collections.abc import Mapping
from enum import StrEnum

from registry.access.actors import Actor, ActorRole
from registry.kit.errors import NotAllowed


class Act(StrEnum):
    """Every act of the system."""

    READ = "read"
    CHECK_BILL = "check-bill"
    REPORT_PROBLEM = "report-problem"
    KEEP_SEARCH = "keep-search"
    PUBLISH_REFERENCE = "publish-reference"
    PUBLISH_RULES = "publish-rules"
    PUBLISH_ORGANISATION = "publish-organisation"
    PUBLISH_PRODUCT = "publish-product"
    RECORD_CERTIFICATE = "record-certificate"
    CHANGE_CERTIFICATE_STATE = "change-certificate-state"
    RECORD_REPORT = "record-report"
    RECORD_SELF_DECLARATION = "record-self-declaration"
    RECORD_DECLARATION = "record-declaration"
    RECORD_SUPPLY = "record-supply"
    RECORD_CROSS_CHECK = "record-cross-check"


_EVERYONE = frozenset({Act.READ, Act.CHECK_BILL, Act.REPORT_PROBLEM, Act.KEEP_SEARCH})
_REGISTRY_WORK = frozenset(Act)

ALLOWED: Mapping[ActorRole, frozenset[Act]] = {
    ActorRole.ANONYMOUS: _EVERYONE,
    ActorRole.LOADER: _REGISTRY_WORK,
    ActorRole.OPERATOR: _REGISTRY_WORK,
    ActorRole.DEMO_MANUFACTURER: _EVERYONE
    | {Act.PUBLISH_PRODUCT, Act.RECORD_SELF_DECLARATION, Act.RECORD_DECLARATION, Act.RECORD_SUPPLY},
    # Only an approved body suspends, restores, withdraws or cancels what it issued (practice, section 1).
    ActorRole.DEMO_BODY: _EVERYONE | {Act.RECORD_CERTIFICATE, Act.CHANGE_CERTIFICATE_STATE},
    ActorRole.DEMO_OFFICER: _REGISTRY_WORK - {Act.CHANGE_CERTIFICATE_STATE, Act.PUBLISH_RULES},
}


def allows(actor: Actor, act: Act) -> bool:
    return act in ALLOWED[actor.role]


def require(actor: Actor, act: Act) -> None:
    """Refuse an act the table does not allow."""
    if not allows(actor, act):
        raise NotAllowed(role=str(actor.role), act=str(act))
