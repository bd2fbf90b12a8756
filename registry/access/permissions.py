"""The whole permission table: role, act, relation, states, fields; what is not written here is refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from registry.access.actors import GIVEN_ROLES, Actor, ActorRole
from registry.kit.errors import NotAllowed


class Act(StrEnum):
    """Every act of the system."""

    READ = "read"
    CHECK_BILL = "check-bill"
    REPORT_PROBLEM = "report-problem"
    KEEP_SEARCH = "keep-search"
    SIGN_IN = "sign-in"
    USE_ACCOUNT = "use-account"
    READ_MEMBERS = "read-members"
    MANAGE_MEMBERS = "manage-members"
    MANAGE_KEYS = "manage-keys"
    READ_NOTICES = "read-notices"
    MANAGE_WEBHOOKS = "manage-webhooks"
    PUBLISH_REFERENCE = "publish-reference"
    PUBLISH_RULES = "publish-rules"
    PUBLISH_ORGANISATION = "publish-organisation"
    PUBLISH_PRODUCT = "publish-product"
    RECORD_CERTIFICATE = "record-certificate"
    CHANGE_CERTIFICATE_STATE = "change-certificate-state"
    TRANSCRIBE_CERTIFICATE_STATE = "transcribe-certificate-state"
    RECORD_REPORT = "record-report"
    RECORD_SELF_DECLARATION = "record-self-declaration"
    RECORD_DECLARATION = "record-declaration"
    RECORD_SUPPLY = "record-supply"
    RECORD_BATCH = "record-batch"
    RECORD_CROSS_CHECK = "record-cross-check"
    RECORD_FIRM_FACT = "record-firm-fact"
    APPLY = "apply"
    READ_APPLICATION = "read-application"
    EDIT_APPLICATION = "edit-application"
    WITHDRAW_APPLICATION = "withdraw-application"
    DELETE_LIST = "delete-list"
    REVIEW_APPLICATION = "review-application"
    REMOVE_RECORD = "remove-record"
    READ_EVIDENCE = "read-evidence"
    COMPLAIN = "complain"
    READ_COMPLAINT = "read-complaint"
    HANDLE_COMPLAINT = "handle-complaint"
    REPLY_TO_COMPLAINT = "reply-to-complaint"
    RUN_SURVEILLANCE = "run-surveillance"
    RECORD_OUTCOME = "record-outcome"
    DECIDE_RECOGNITION = "decide-recognition"
    ERASE_PERSONS = "erase-persons"


class Relation(StrEnum):
    """How the actor must stand to what is acted on; all but `any` are refused where that is unknown."""

    ANY = "any"
    OWN = "own"  # it belongs to the actor's organisation
    MANAGED = "managed"  # the same, and the actor manages that organisation's members
    ISSUED = "issued"  # the actor's organisation issued it
    ASSIGNED = "assigned"  # it is assigned to the actor's account, which has no part in it
    OTHER = "other"  # neither the actor nor any of the actor's organisations has a part in it


@dataclass(frozen=True, slots=True)
class Target:
    """What is acted on: whose it is, who issued, handles and handed it in, and in which state it is."""

    organisation_id: UUID | None = None
    issuer_id: UUID | None = None
    assignee_id: UUID | None = None
    submitter_id: UUID | None = None
    state: str | None = None


NOTHING = Target()


@dataclass(frozen=True, slots=True)
class Row:
    """These roles may do these acts on what stands in the relation; None is every state, every field."""

    roles: tuple[ActorRole, ...]
    acts: tuple[Act, ...]
    relation: Relation = Relation.ANY
    states: frozenset[str] | None = None
    fields: frozenset[str] | None = None


_R, _A = ActorRole, Act
EVERYONE = tuple(ActorRole)
ACCOUNTS = (_R.SIGNED_IN, *GIVEN_ROLES)
_OFFICE = (_R.REGISTRY_OFFICER, _R.REGULATOR)
# What these roles do binds others, so they do it only after a second factor, where the site requires one.
BINDING_ROLES = frozenset({_R.REGISTRY_OFFICER, _R.CERTIFICATION_BODY, _R.ADMINISTRATOR, _R.REGULATOR})
# They look, and do what anybody does for oneself, without it; every other act asks, also one made tomorrow.
WITHOUT_SECOND = frozenset({
    _A.READ, _A.CHECK_BILL, _A.REPORT_PROBLEM, _A.KEEP_SEARCH, _A.SIGN_IN, _A.USE_ACCOUNT, _A.READ_MEMBERS,
    _A.APPLY, _A.READ_APPLICATION, _A.EDIT_APPLICATION, _A.WITHDRAW_APPLICATION, _A.READ_EVIDENCE,
    _A.READ_NOTICES, _A.COMPLAIN, _A.READ_COMPLAINT, _A.DELETE_LIST,
})  # fmt: skip
# Acts that need the person: no API key ever carries them.
IN_PERSON = frozenset(
    {_A.SIGN_IN, _A.USE_ACCOUNT, _A.READ_MEMBERS, _A.MANAGE_MEMBERS, _A.MANAGE_KEYS, _A.MANAGE_WEBHOOKS}
)
_RECORDS = (
    _A.PUBLISH_ORGANISATION, _A.PUBLISH_PRODUCT, _A.RECORD_CERTIFICATE, _A.RECORD_REPORT,
    _A.RECORD_SELF_DECLARATION, _A.RECORD_DECLARATION, _A.RECORD_SUPPLY, _A.RECORD_BATCH,
    _A.RECORD_FIRM_FACT,
)  # fmt: skip
_STATES = (_A.CHANGE_CERTIFICATE_STATE, _A.TRANSCRIBE_CERTIFICATE_STATE)
_OPEN = frozenset({"draft", "returned"})
_WITH_REGISTRY = frozenset({"submitted", "in_review", "approved_once"})
_HANDED_IN = _WITH_REGISTRY | {"returned", "published", "removed"}
# Complaints: with the office, admitted and not taken back, and every state.
_UNDECIDED = frozenset({"received", "admitted", "replied"})
_ADMITTED = frozenset({"admitted", "replied", "decided"})
_ANY_COMPLAINT = _UNDECIDED | _ADMITTED | {"inadmissible", "withdrawn"}
_SUPERVISION = (_A.RUN_SURVEILLANCE, _A.RECORD_OUTCOME, _A.DECIDE_RECOGNITION)
_REGISTRY_WORK = (*_RECORDS, _A.PUBLISH_REFERENCE, _A.PUBLISH_RULES, _A.RECORD_CROSS_CHECK)

TABLE: tuple[Row, ...] = (
    Row(EVERYONE, (_A.READ, _A.CHECK_BILL, _A.REPORT_PROBLEM, _A.KEEP_SEARCH, _A.SIGN_IN)),
    Row(ACCOUNTS, (_A.USE_ACCOUNT,)),
    Row(GIVEN_ROLES, (_A.READ_MEMBERS,), Relation.OWN, fields=frozenset({"name", "role", "since"})),
    Row(
        GIVEN_ROLES,
        (_A.READ_MEMBERS, _A.MANAGE_MEMBERS, _A.MANAGE_KEYS, _A.MANAGE_WEBHOOKS),
        Relation.MANAGED,
    ),
    Row(GIVEN_ROLES, (_A.READ_NOTICES,), Relation.OWN),
    Row((_R.ADMINISTRATOR,), (_A.READ_MEMBERS, _A.MANAGE_MEMBERS)),
    Row((_R.AUDITOR,), (_A.READ_MEMBERS,), fields=frozenset({"role", "since"})),
    Row((_R.MANUFACTURER, _R.AGENT), (_A.PUBLISH_PRODUCT, _A.RECORD_SUPPLY), Relation.OWN),
    Row((_R.MANUFACTURER,), (_A.RECORD_SELF_DECLARATION, _A.RECORD_DECLARATION), Relation.OWN),
    # What was made, when and where is its maker's own word.
    Row((_R.MANUFACTURER,), (_A.RECORD_BATCH,), Relation.OWN),
    Row((_R.LABORATORY,), (_A.RECORD_REPORT,), Relation.ISSUED),
    # Only an approved body suspends, restores, withdraws or cancels, and only what it issued (practice, 1).
    Row((_R.CERTIFICATION_BODY,), (_A.RECORD_CERTIFICATE, _A.CHANGE_CERTIFICATE_STATE), Relation.ISSUED),
    # An officer copies such an act from the body's own publication and says where it stands.
    Row((_R.REGISTRY_OFFICER,), (*_RECORDS, _A.TRANSCRIBE_CERTIFICATE_STATE), Relation.OTHER),
    Row((_R.REGISTRY_OFFICER,), (_A.PUBLISH_REFERENCE, _A.RECORD_CROSS_CHECK)),
    # Applications are private until they are published: their organisation, then who reviews them.
    Row(GIVEN_ROLES, (_A.APPLY, _A.READ_APPLICATION, _A.READ_EVIDENCE), Relation.OWN),
    Row(GIVEN_ROLES, (_A.EDIT_APPLICATION,), Relation.OWN, states=_OPEN),
    Row(GIVEN_ROLES, (_A.WITHDRAW_APPLICATION,), Relation.OWN, states=_OPEN | _WITH_REGISTRY),
    Row(GIVEN_ROLES, (_A.DELETE_LIST,), Relation.OWN, states=frozenset({"draft"})),
    Row((_R.REGISTRY_OFFICER,), (_A.READ_APPLICATION,), Relation.OTHER, states=_HANDED_IN),
    Row((_R.REGISTRY_OFFICER,), (_A.REVIEW_APPLICATION,), Relation.OTHER, states=_WITH_REGISTRY),
    Row((_R.REGISTRY_OFFICER,), (_A.REMOVE_RECORD,), Relation.OTHER, states=frozenset({"published"})),
    Row((_R.REGISTRY_OFFICER,), (_A.READ_EVIDENCE,), Relation.ASSIGNED),
    Row((_R.CERTIFICATION_BODY,), (_A.READ_EVIDENCE,), Relation.ISSUED, states=_HANDED_IN),
    # Anybody complains; the office decides what is nobody's of theirs; the party answers; the body is told.
    Row(EVERYONE, (_A.COMPLAIN,)),
    Row(GIVEN_ROLES, (_A.READ_COMPLAINT,), Relation.OWN, states=_ADMITTED,
        fields=frozenset({"statement", "decision"})),
    Row((_R.CERTIFICATION_BODY,), (_A.READ_COMPLAINT,), Relation.ISSUED, states=frozenset({"forwarded"}),
        fields=frozenset({"statement"})),
    Row(GIVEN_ROLES, (_A.REPLY_TO_COMPLAINT,), Relation.OWN, states=frozenset({"admitted"})),
    Row(_OFFICE, (_A.READ_COMPLAINT,), Relation.OTHER, states=_ANY_COMPLAINT),
    Row(_OFFICE, (_A.HANDLE_COMPLAINT,), Relation.OTHER, states=_UNDECIDED | _ADMITTED),
    Row(_OFFICE, (_A.RUN_SURVEILLANCE,)),
    Row(_OFFICE, (_A.RECORD_OUTCOME, _A.DECIDE_RECOGNITION), Relation.OTHER),
    # The program and whoever runs it write down what bodies did.
    Row((_R.LOADER, _R.OPERATOR), (*_REGISTRY_WORK, *_STATES, *_SUPERVISION)),
    Row((_R.OPERATOR,), (_A.READ_MEMBERS, _A.MANAGE_MEMBERS, _A.ERASE_PERSONS)),
)  # fmt: skip


class SignInNeeded(NotAllowed):
    """Refused to somebody who has not said who they are; signing in may help."""

    code = "sign-in-needed"
    status = 401


class SecondFactorNeeded(NotAllowed):
    """Allowed to the role, once its person has proved a second factor."""

    code = "second-factor-needed"


def rows(role: ActorRole, act: Act) -> Iterator[Row]:
    return (row for row in TABLE if role in row.roles and act in row.acts)


def may(actor: Actor, act: Act) -> bool:
    """Whether the actor may do the act to anything at all; routes ask this, services ask `require`."""
    return _in_scope(actor, act) and any(rows(actor.role, act))


def allows(actor: Actor, act: Act, target: Target = NOTHING) -> bool:
    """Whether the actor may do the act to this."""
    return any(_matching(actor, act, target))


def require(actor: Actor, act: Act, target: Target = NOTHING) -> None:
    """Refuse an act the table does not allow."""
    if not allows(actor, act, target):
        raise refused(actor, act)
    _require_second(actor, act)


def require_some(actor: Actor, act: Act) -> None:
    """Refuse an act the table allows to the actor on nothing at all."""
    if not may(actor, act):
        raise refused(actor, act)
    _require_second(actor, act)


def asks_second(role: ActorRole, act: Act) -> bool:
    """Whether this role does this act only with a second factor."""
    return role in BINDING_ROLES and act not in WITHOUT_SECOND


def fields(actor: Actor, act: Act, target: Target = NOTHING) -> frozenset[str] | None:
    """The fields of a permitted act, None for every one; refuses what the table does not allow."""
    matching = list(_matching(actor, act, target))
    if not matching:
        raise refused(actor, act)
    named = [row.fields for row in matching if row.fields is not None]
    return frozenset().union(*named) if len(named) == len(matching) else None


def refused(actor: Actor, act: Act) -> NotAllowed:
    kind = SignInNeeded if actor.role is ActorRole.ANONYMOUS else NotAllowed
    return kind(role=str(actor.role), act=str(act))


def _require_second(actor: Actor, act: Act) -> None:
    if not actor.proved_twice and asks_second(actor.role, act):
        raise SecondFactorNeeded(role=str(actor.role), act=str(act))


def _matching(actor: Actor, act: Act, target: Target) -> Iterator[Row]:
    if not _in_scope(actor, act):
        return
    for row in rows(actor.role, act):
        if _stands(row.relation, actor, target) and (row.states is None or target.state in row.states):
            yield row


def _in_scope(actor: Actor, act: Act) -> bool:
    """A key may do what it was made for and what every visitor may, nothing in person."""
    if actor.scopes is None:
        return True
    return act not in IN_PERSON and (act in actor.scopes or any(rows(ActorRole.ANONYMOUS, act)))


def _stands(relation: Relation, actor: Actor, target: Target) -> bool:
    own = actor.organisation_id is not None and actor.organisation_id == target.organisation_id
    match relation:
        case Relation.ANY:
            return True
        case Relation.OWN:
            return own
        case Relation.MANAGED:
            return own and actor.manages
        case Relation.ISSUED:
            return actor.organisation_id is not None and actor.organisation_id == target.issuer_id
        case Relation.ASSIGNED:
            mine = actor.account_id is not None and actor.account_id == target.assignee_id
            return mine and _has_no_part(actor, target)
        case Relation.OTHER:
            return _has_no_part(actor, target)


def _has_no_part(actor: Actor, target: Target) -> bool:
    """Whether it is known whose it is, and that it is not the actor's in any way."""
    parties = {target.organisation_id, target.issuer_id} - {None}
    known = bool(parties) or target.submitter_id is not None
    mine = bool(actor.belongs_to & parties) or (
        actor.account_id is not None and actor.account_id == target.submitter_id
    )
    return known and not mine
