"""The permission table: what is not written is refused, and nobody but a body touches a state."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.access.actors import ANONYMOUS, GIVEN_ROLES, LOADER, OPERATOR, Actor, ActorRole
from registry.access.permissions import (
    IN_PERSON,
    NOTHING,
    TABLE,
    Act,
    Relation,
    SignInNeeded,
    Target,
    allows,
    fields,
    may,
    require,
    rows,
)
from registry.kit.errors import NotAllowed

MINE, THEIRS = UUID(int=1), UUID(int=2)
ME, SOMEBODY = UUID(int=11), UUID(int=12)
EVERYONE = {Act.READ, Act.CHECK_BILL, Act.REPORT_PROBLEM, Act.KEEP_SEARCH, Act.SIGN_IN, Act.COMPLAIN}
WITH_ACCOUNT = EVERYONE | {Act.USE_ACCOUNT}
RECORDS = {
    Act.PUBLISH_ORGANISATION, Act.PUBLISH_PRODUCT, Act.RECORD_CERTIFICATE, Act.RECORD_REPORT,
    Act.RECORD_SELF_DECLARATION, Act.RECORD_DECLARATION, Act.RECORD_SUPPLY, Act.RECORD_BATCH,
    Act.RECORD_FIRM_FACT,
}  # fmt: skip
STATES = {Act.CHANGE_CERTIFICATE_STATE, Act.TRANSCRIBE_CERTIFICATE_STATE}
JUDGED = {Act.RECORD_OUTCOME, Act.DECIDE_RECOGNITION}
SUPERVISION = JUDGED | {Act.RUN_SURVEILLANCE}
ALL_RECORDS = (
    RECORDS | STATES | SUPERVISION | {Act.PUBLISH_REFERENCE, Act.PUBLISH_RULES, Act.RECORD_CROSS_CHECK}
)
# The table once more, as practice has it: what each role may do to something of its own organisation, to
# something its organisation issued, and to something it has no part in.
OWN = {
    ActorRole.MANUFACTURER: {Act.PUBLISH_PRODUCT, Act.RECORD_SUPPLY, Act.RECORD_SELF_DECLARATION,
                             Act.RECORD_DECLARATION, Act.RECORD_BATCH},
    ActorRole.AGENT: {Act.PUBLISH_PRODUCT, Act.RECORD_SUPPLY},
}  # fmt: skip
ISSUED = {
    ActorRole.CERTIFICATION_BODY: {Act.RECORD_CERTIFICATE, Act.CHANGE_CERTIFICATE_STATE},
    ActorRole.LABORATORY: {Act.RECORD_REPORT},
}
# Any member's own organisation: its members, its applications and their files.
OF_MEMBERS = {Act.READ_MEMBERS, Act.APPLY, Act.READ_APPLICATION, Act.READ_EVIDENCE, Act.READ_NOTICES}
FOREIGN = {
    ActorRole.REGISTRY_OFFICER: RECORDS | JUDGED | {Act.TRANSCRIBE_CERTIFICATE_STATE},
    ActorRole.REGULATOR: JUDGED,
}
ALWAYS = {
    ActorRole.ANONYMOUS: EVERYONE,
    ActorRole.LOADER: EVERYONE | ALL_RECORDS,
    ActorRole.OPERATOR: EVERYONE | ALL_RECORDS | {Act.READ_MEMBERS, Act.MANAGE_MEMBERS, Act.ERASE_PERSONS},
    ActorRole.REGISTRY_OFFICER: WITH_ACCOUNT
    | {Act.PUBLISH_REFERENCE, Act.RECORD_CROSS_CHECK, Act.RUN_SURVEILLANCE},
    ActorRole.REGULATOR: WITH_ACCOUNT | {Act.RUN_SURVEILLANCE},
    ActorRole.AUDITOR: WITH_ACCOUNT | {Act.READ_MEMBERS},
    ActorRole.ADMINISTRATOR: WITH_ACCOUNT | {Act.READ_MEMBERS, Act.MANAGE_MEMBERS},
}


def actor(role: ActorRole, *, manages: bool = False, scopes: frozenset[str] | None = None) -> Actor:
    if role in (ActorRole.ANONYMOUS, ActorRole.LOADER, ActorRole.OPERATOR):
        return Actor(role)
    return Actor(role, account_id=ME, organisation_id=MINE, manages=manages, scopes=scopes)


def always(role: ActorRole) -> set[Act]:
    return ALWAYS.get(role, WITH_ACCOUNT)


@pytest.mark.parametrize("role", ActorRole)
@pytest.mark.parametrize("act", Act)
def test_each_role_may_do_exactly_what_practice_gives_it(role: ActorRole, act: Act) -> None:
    one, of_members = actor(role), OF_MEMBERS if role in GIVEN_ROLES else set()
    expected = {
        NOTHING: always(role),
        Target(organisation_id=MINE): always(role) | OWN.get(role, set()) | of_members,
        Target(organisation_id=THEIRS, issuer_id=MINE): always(role) | ISSUED.get(role, set()),
        Target(organisation_id=THEIRS, issuer_id=THEIRS): always(role) | FOREIGN.get(role, set()),
        Target(organisation_id=THEIRS, submitter_id=ME): always(role),
    }
    for target, acts in expected.items():
        assert allows(one, act, target) is (act in acts), target
    if allows(one, act):
        require(one, act)
        return
    with pytest.raises(NotAllowed) as refused:
        require(one, act)
    assert refused.value.facts == {"role": str(role), "act": str(act)}
    assert isinstance(refused.value, SignInNeeded) is (role is ActorRole.ANONYMOUS)


@pytest.mark.parametrize("role", GIVEN_ROLES)
def test_only_who_manages_an_organisation_changes_its_members_and_keys(role: ActorRole) -> None:
    keeper = actor(role, manages=True)
    for act in (Act.MANAGE_MEMBERS, Act.MANAGE_KEYS, Act.MANAGE_WEBHOOKS):
        assert allows(keeper, act, Target(organisation_id=MINE))
        elsewhere = role is ActorRole.ADMINISTRATOR and act is Act.MANAGE_MEMBERS
        assert allows(keeper, act, Target(organisation_id=THEIRS)) is elsewhere
        assert allows(actor(role), act, Target(organisation_id=MINE)) is elsewhere


def test_nobody_changes_a_certificates_state_but_its_body_and_who_writes_down_what_bodies_did() -> None:
    changing = {role for row in TABLE if Act.CHANGE_CERTIFICATE_STATE in row.acts for role in row.roles}
    assert changing == {ActorRole.CERTIFICATION_BODY, ActorRole.LOADER, ActorRole.OPERATOR}
    body = actor(ActorRole.CERTIFICATION_BODY)
    assert not allows(body, Act.CHANGE_CERTIFICATE_STATE, Target(organisation_id=MINE, issuer_id=THEIRS))


def test_fields_are_those_of_every_row_that_matches() -> None:
    member, keeper = actor(ActorRole.CONTRACTOR), actor(ActorRole.CONTRACTOR, manages=True)
    own = Target(organisation_id=MINE)
    assert fields(member, Act.READ_MEMBERS, own) == frozenset({"name", "role", "since"})
    assert fields(keeper, Act.READ_MEMBERS, own) is None
    assert fields(actor(ActorRole.AUDITOR), Act.READ_MEMBERS, Target(organisation_id=THEIRS)) == frozenset(
        {"role", "since"}
    )
    with pytest.raises(NotAllowed):
        fields(member, Act.READ_MEMBERS, Target(organisation_id=THEIRS))


def test_a_key_does_what_it_was_made_for_and_nothing_in_person() -> None:
    key = actor(ActorRole.MANUFACTURER, manages=True, scopes=frozenset({Act.RECORD_SUPPLY, *IN_PERSON}))
    own = Target(organisation_id=MINE)
    assert {act for act in Act if allows(key, act, own)} == {
        Act.READ, Act.CHECK_BILL, Act.REPORT_PROBLEM, Act.KEEP_SEARCH, Act.RECORD_SUPPLY, Act.COMPLAIN,
    }  # fmt: skip
    assert not allows(key, Act.RECORD_SUPPLY, Target(organisation_id=THEIRS))
    assert not may(key, Act.PUBLISH_PRODUCT)


identities = st.sampled_from([None, MINE, THEIRS])
persons = st.sampled_from([None, ME, SOMEBODY])
targets = st.builds(
    Target, organisation_id=identities, issuer_id=identities, assignee_id=persons, submitter_id=persons
)


def _slowly(one: Actor, act: Act, target: Target) -> Iterator[bool]:
    """The table read aloud, row by row."""
    for row in TABLE:
        if one.role not in row.roles or act not in row.acts:
            continue
        if row.states is not None and target.state not in row.states:
            continue
        own = one.organisation_id and target.organisation_id == one.organisation_id
        told = any((target.organisation_id, target.issuer_id, target.submitter_id))
        part = one.organisation_id in (target.organisation_id, target.issuer_id) and one.organisation_id
        other = bool(told and not part and target.submitter_id != (one.account_id or 0))
        yield {
            Relation.ANY: True,
            Relation.OWN: bool(own),
            Relation.MANAGED: bool(own and one.manages),
            Relation.ISSUED: bool(one.organisation_id and target.issuer_id == one.organisation_id),
            Relation.ASSIGNED: bool(one.account_id and target.assignee_id == one.account_id) and other,
            Relation.OTHER: other,
        }[row.relation]


@given(st.sampled_from(ActorRole), st.sampled_from(Act), targets, st.booleans())
def test_swapped_identities_never_open_what_the_table_closes(
    role: ActorRole, act: Act, target: Target, manages: bool
) -> None:
    one = actor(role, manages=manages)
    assert allows(one, act, target) is any(_slowly(one, act, target))
    assert not allows(one, act, target) or may(one, act), "a route's guard never closes what a service opens"


def test_evidence_stays_shut_to_an_assigned_officer_who_has_a_part_in_it() -> None:
    one = actor(ActorRole.REGISTRY_OFFICER)
    assert allows(one, Act.READ_EVIDENCE, Target(THEIRS, assignee_id=ME))
    assert not allows(one, Act.READ_EVIDENCE, Target(THEIRS, MINE, assignee_id=ME))
    assert not allows(one, Act.READ_EVIDENCE, Target(THEIRS, assignee_id=ME, submitter_id=ME))


def test_every_role_and_every_act_stands_in_the_table() -> None:
    assert {role for row in TABLE for role in row.roles} == set(ActorRole)
    assert {act for row in TABLE for act in row.acts} == set(Act)
    assert {act for act in Act if list(rows(ActorRole.SIGNED_IN, act))} == WITH_ACCOUNT


def test_an_actor_is_named_by_role_and_opaque_name() -> None:
    assert [str(one) for one in (ANONYMOUS, LOADER)] == ["anonymous", "loader:seeds"]
    assert str(OPERATOR) == "operator:command-line"


@pytest.mark.parametrize("act", [Act.REVIEW_APPLICATION, Act.READ_APPLICATION, Act.RECORD_CERTIFICATE])
def test_a_conflict_of_interest_does_not_end_with_a_change_of_role(act: Act) -> None:
    """An officer who is also a member of the firm, or of the body that issued it, has a part in the case."""
    office = UUID(int=9)
    free = Actor(ActorRole.REGISTRY_OFFICER, account_id=ME, organisation_id=office)
    insider = replace(free, organisations=frozenset({office, MINE}))
    theirs = Target(organisation_id=MINE, issuer_id=THEIRS, state="submitted")
    issued = Target(organisation_id=THEIRS, issuer_id=MINE, state="submitted")
    for target in (theirs, issued):
        assert allows(free, act, target)
        assert not allows(insider, act, target)
