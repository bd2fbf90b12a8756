"""The record's state machine, explored whole: every sequence of steps up to eight, by every person."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

import pytest

from registry.access.permissions import TABLE, Act
from registry.accounts.memberships import OPERATING_BODY
from registry.applications.states import (
    ENDED,
    NEEDS_REASON,
    OF_THE_APPLICANT,
    TRANSITIONS,
    WHOLE_COUNTRY,
    WITH_REGISTRY,
    Case,
    Person,
    State,
    Step,
    open_steps,
    step,
)
from registry.kit.errors import Conflict, DomainError, Invalid, NotAllowed
from tests.factories import key
from tests.oracles.application_oracle import Done, may_follow, told

DEPTH = 8
MAKER, REGISTRY = "maker", "registry"
ORGANISATIONS = {MAKER: key("organisation", 1), REGISTRY: key("organisation", 800)}
# A maker's typist, two officers, and an officer who works for the maker as well.
PEOPLE = {"typist": MAKER, "first": REGISTRY, "second": REGISTRY, "insider": MAKER}
ACCOUNTS = {name: key("person", n) for n, name in enumerate(PEOPLE)}


def person(name: str) -> Person:
    return Person(ACCOUNTS[name], ORGANISATIONS[PEOPLE[name]])


@dataclass(frozen=True, slots=True)
class Edge:
    before: Case
    act: Step
    who: str
    to: str
    after: Case
    history: tuple[Done, ...]


def tries() -> Iterator[tuple[Step, str, str]]:
    for act in Step:
        for who in PEOPLE:
            for to in PEOPLE if act is Step.HAND_OVER else ("",):
                yield act, who, to


def taken(case: Case, act: Step, who: str, *, to: str) -> Case | None:
    receiver = ACCOUNTS[to] if to else None
    try:
        return step(case, act, person(who), reason="演示", to=receiver)
    except (Conflict, NotAllowed, Invalid):
        return None


def explored() -> list[Edge]:
    """Every legal step from every case that some sequence of up to eight steps leads to.

    A step looks at the case and at nothing else, so a case met again needs no second visit.
    """
    start = Case(ORGANISATIONS[MAKER])
    layer: dict[Case, tuple[Done, ...]] = {start: ()}
    seen = {start}
    edges = []
    for _ in range(DEPTH):
        following: dict[Case, tuple[Done, ...]] = {}
        for case, history in layer.items():
            for act, who, to in tries():
                after = taken(case, act, who, to=to)
                if after is None:
                    continue
                told_history = (*history, Done(act, who, PEOPLE[who], to))
                edges.append(Edge(case, act, who, to, after, told_history))
                if after not in seen:
                    seen.add(after)
                    following[after] = told_history
        layer = following
    return edges


@pytest.fixture(scope="module")
def edges() -> list[Edge]:
    return explored()


def test_the_exploration_meets_every_state_and_every_step(edges: list[Edge]) -> None:
    assert {edge.after.state for edge in edges} == set(State)
    assert {edge.act for edge in edges} == set(Step)
    assert len(edges) > 300


def test_every_step_agrees_with_a_clerk_who_reads_the_whole_history(edges: list[Edge]) -> None:
    """Both ways: what the machine allows and what it refuses."""
    histories = {edge.after: edge.history for edge in edges} | {Case(ORGANISATIONS[MAKER]): ()}
    for case, history in histories.items():
        assert told(history)[0] == case.state
        for act, who, to in tries():
            wanted = Done(act, who, PEOPLE[who], to)
            allowed = taken(case, act, who, to=to) is not None
            assert allowed == may_follow(history, wanted, applicant=MAKER), (history, wanted)


def test_nothing_is_published_without_submission_and_two_people_of_the_registry(edges: list[Edge]) -> None:
    publications = [edge for edge in edges if edge.act is Step.PUBLISH]
    assert publications
    for edge in publications:
        acts = [one.act for one in edge.history]
        assert acts.index("submit") < acts.index("take") < acts.index("approve") < acts.index("publish")
        last = {one.act: one for one in edge.history}
        deciders = {last["approve"].who, last["publish"].who}
        assert len(deciders) == 2
        assert {PEOPLE[name] for name in deciders} == {REGISTRY}
        assert deciders.isdisjoint(one.who for one in edge.history if one.act in ("save", "submit"))
        assert edge.before.state is State.APPROVED_ONCE


def test_no_step_is_skipped(edges: list[Edge]) -> None:
    for edge in edges:
        assert edge.after.state is TRANSITIONS[edge.act][edge.before.state]
        if edge.after.state in WITH_REGISTRY:
            assert edge.after.round >= 1
        if edge.after.state is State.APPROVED_ONCE:
            assert edge.after.first is not None
        if edge.after.state in (State.SUBMITTED, State.RETURNED, State.DRAFT):
            assert (edge.after.first, edge.after.assignee) == (None, None)


def test_what_has_ended_stays_ended(edges: list[Edge]) -> None:
    assert {edge.act for edge in edges if edge.before.state in ENDED} == {Step.REMOVE}
    assert [edge for edge in edges if edge.before.state in (State.REMOVED, State.WITHDRAWN)] == []


def test_a_step_that_needs_a_reason_is_refused_without_one(edges: list[Edge]) -> None:
    needing = [edge for edge in edges if edge.act in NEEDS_REASON]
    assert {edge.act for edge in needing} == NEEDS_REASON
    for edge in needing:
        for reason in ("", " \n"):
            with pytest.raises(Invalid):
                step(edge.before, edge.act, person(edge.who), reason=reason, to=_receiver(edge))


def _receiver(edge: Edge) -> UUID | None:
    return ACCOUNTS[edge.to] if edge.to else None


def test_pages_are_told_exactly_the_steps_that_would_be_taken(edges: list[Edge]) -> None:
    for case in {edge.after for edge in edges}:
        for who in PEOPLE:
            shown = open_steps(case, person(who))
            for act in set(Step) - {Step.HAND_OVER}:
                assert (act in shown) == (taken(case, act, who, to="") is not None)


def test_the_permission_table_and_the_machine_speak_of_the_same_states() -> None:
    of_table = {
        act: frozenset().union(*(row.states or frozenset() for row in TABLE if act in row.acts))
        for act in (Act.EDIT_APPLICATION, Act.WITHDRAW_APPLICATION, Act.REVIEW_APPLICATION, Act.REMOVE_RECORD)
    }
    review = set(Step) - OF_THE_APPLICANT - {Step.REMOVE}
    assert of_table[Act.EDIT_APPLICATION] == set(TRANSITIONS[Step.SAVE]) == set(TRANSITIONS[Step.SUBMIT])
    assert of_table[Act.WITHDRAW_APPLICATION] == set(TRANSITIONS[Step.WITHDRAW])
    assert of_table[Act.REVIEW_APPLICATION] == {state for act in review for state in TRANSITIONS[act]}
    assert of_table[Act.REMOVE_RECORD] == set(TRANSITIONS[Step.REMOVE])


def test_two_levels_need_both_offices() -> None:
    applicant = Case(ORGANISATIONS[MAKER], State.SUBMITTED, region="520100", levels=2, round=1)
    city, province, far = (
        Person(key("level", n), key("office", n), region)
        for n, region in enumerate(("520100", "520000", "530000"))
    )
    for wrong in (province, far, Person(key("level", 9), key("office", 9))):
        with pytest.raises(NotAllowed, match="application-wrong-level"):
            step(applicant, Step.TAKE, wrong)
    approved = step(step(applicant, Step.TAKE, city), Step.APPROVE, city)
    for wrong in (far, Person(key("level", 8), key("office", 8), "520100")):
        with pytest.raises(DomainError):
            step(approved, Step.TAKE, wrong)
    assert step(approved, Step.TAKE, province).assignee == province.account_id
    registry = Person(key("level", 7), OPERATING_BODY, WHOLE_COUNTRY)
    assert step(approved, Step.TAKE, registry).assignee == registry.account_id
    with pytest.raises(NotAllowed, match="application-wrong-level"):
        step(applicant, Step.TAKE, registry)


@pytest.mark.parametrize("region", ["520000", None])
def test_an_applicant_without_a_city_meets_two_persons_all_the_same(region: str | None) -> None:
    applicant = Case(ORGANISATIONS[MAKER], State.SUBMITTED, region=region, levels=2, round=1)
    office = region or WHOLE_COUNTRY
    first, second = (Person(key("level", n), OPERATING_BODY, office) for n in range(2))
    for wrong in ("520100", "530000", None):
        with pytest.raises(NotAllowed, match="application-wrong-level"):
            step(applicant, Step.TAKE, Person(key("level", 5), key("office", 5), wrong))
    approved = step(step(applicant, Step.TAKE, first), Step.APPROVE, first)
    taken = step(approved, Step.TAKE, second)
    assert step(taken, Step.PUBLISH, second).state is State.PUBLISHED


def test_an_officer_who_also_belongs_to_the_applicant_decides_nothing_of_it(edges: list[Edge]) -> None:
    free = person("first")
    both = replace(free, organisations=frozenset(ORGANISATIONS.values()))
    of_officers = [edge for edge in edges if edge.who == "first"]
    assert of_officers
    for edge in of_officers:
        with pytest.raises(NotAllowed):
            step(edge.before, edge.act, both, reason="演示", to=_receiver(edge))
        assert not open_steps(edge.before, both) - OF_THE_APPLICANT
