"""The complaint's state machine, explored whole: every sequence of steps up to eight, by every person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from registry.access.permissions import TABLE, Act
from registry.kit.errors import Conflict, Invalid, NotAllowed
from registry.supervision.states import (
    ENDED,
    NEEDS_WORDS,
    TRANSITIONS,
    Case,
    Doing,
    Person,
    State,
    Step,
    obstacle,
    open_steps,
    step,
)
from tests.factories import key
from tests.oracles.complaint_oracle import Done, may_follow, state_of

DEPTH = 8
DUE = date(2026, 6, 15)
ON_TIME, LATE = DUE, DUE + timedelta(days=1)
MAKER, BODY, OFFICE, OTHER = (key("organisation", n) for n in (1, 900, 800, 2))
PEOPLE = {
    "complainant": None,
    "maker": Person(key("person", 1), MAKER),
    "body": Person(key("person", 2), BODY),
    "first": Person(key("person", 3), OFFICE),
    "second": Person(key("person", 4), OFFICE),
    "third": Person(key("person", 5), OFFICE),
    # An officer of the maker's, one who belongs to the body as well, and one who complained.
    "insider": Person(key("person", 6), OFFICE, frozenset({OFFICE, BODY})),
    "accuser": Person(key("person", 7), OFFICE),
    "stranger-to-it": Person(key("person", 8), OTHER, frozenset({MAKER})),
}
CONCERNED = {"maker", "body", "insider", "accuser", "stranger-to-it"}
START = Case(MAKER, frozenset({MAKER, BODY}), body=BODY, submitter=key("person", 7))


@dataclass(frozen=True, slots=True)
class Edge:
    before: Case
    done: Done
    after: Case
    history: tuple[Done, ...]


def tries() -> Iterator[Done]:
    return (Done(act, who, late) for act in Step for who in PEOPLE for late in (False, True))


def taken(case: Case, wanted: Done) -> Case | None:
    today = LATE if wanted.late else ON_TIME
    due = DUE if not wanted.late else LATE
    try:
        return step(case, PEOPLE[wanted.who], Doing(Step(wanted.act), today, "演示", due))
    except (Conflict, NotAllowed, Invalid):
        return None


def explored() -> list[Edge]:
    """Every legal step from every case that some sequence of up to eight steps leads to.

    Days may only go on, so a case is met once with the days before its last and once after.
    """
    layer: dict[tuple[Case, bool], tuple[Done, ...]] = {(START, False): ()}
    seen, edges = set(layer), []
    for _ in range(DEPTH):
        following: dict[tuple[Case, bool], tuple[Done, ...]] = {}
        for (case, late), history in layer.items():
            for wanted in tries():
                after = taken(case, wanted) if wanted.late or not late else None
                if after is None:
                    continue
                told = (*history, wanted)
                edges.append(Edge(case, wanted, after, told))
                if (after, wanted.late) not in seen:
                    seen.add((after, wanted.late))
                    following[(after, wanted.late)] = told
        layer = following
    return edges


@pytest.fixture(scope="module")
def edges() -> list[Edge]:
    return explored()


def admitted_late(history: tuple[Done, ...]) -> bool:
    return any(one.act == "admit" and one.late for one in history)


def test_the_exploration_meets_every_state_and_every_step(edges: list[Edge]) -> None:
    assert {edge.after.state for edge in edges} == set(State) - {START.state}
    assert {edge.done.act for edge in edges} == set(Step)
    assert len(edges) > 300


def test_every_step_agrees_with_a_clerk_who_reads_the_whole_history(edges: list[Edge]) -> None:
    """Both ways: what the machine allows and what it refuses."""
    histories = {(edge.after, edge.history[-1].late): edge.history for edge in edges} | {(START, False): ()}
    for (case, late), history in histories.items():
        assert state_of(history) == case.state
        for wanted in tries():
            if late and not wanted.late:
                continue
            # What was admitted on the later day has its time until that day's end.
            known = wanted._replace(late=wanted.late and not admitted_late(history))
            allowed = may_follow(history, known, concerned=CONCERNED, party={"maker"})
            assert (taken(case, wanted) is not None) is allowed, (history, wanted)


def test_nobody_is_judged_unheard_or_by_one_person_alone(edges: list[Edge]) -> None:
    decisions = [edge for edge in edges if edge.done.act == "decide"]
    assert decisions
    for edge in decisions:
        acts = {one.act: one for one in edge.history}
        assert "reply" in acts or (edge.before.reply_due == DUE and edge.done.late)
        assert acts["admit"].who != acts["decide"].who
        assert {acts["admit"].who, acts["decide"].who}.isdisjoint(CONCERNED | {"complainant"})


def test_each_revision_is_by_somebody_new(edges: list[Edge]) -> None:
    for edge in edges:
        judges = [one.who for one in edge.history if one.act in ("admit", "decide", "revise")]
        assert len(judges) == len(set(judges))
        assert len(edge.after.deciders) == len(judges)


def test_no_step_is_skipped_and_what_has_ended_stays_ended(edges: list[Edge]) -> None:
    for edge in edges:
        assert edge.after.state is TRANSITIONS[Step(edge.done.act)][edge.before.state]
        if edge.after.state not in (State.RECEIVED, State.INADMISSIBLE, State.WITHDRAWN):
            assert edge.after.reply_due is not None
    assert {edge.done.act for edge in edges if edge.before.state in ENDED} == {Step.REVISE, Step.FORWARD}
    dead = (State.INADMISSIBLE, State.WITHDRAWN)
    assert [edge for edge in edges if edge.before.state in dead] == []


def test_a_step_that_needs_words_is_refused_without_them(edges: list[Edge]) -> None:
    needing = [edge for edge in edges if edge.done.act in NEEDS_WORDS]
    assert {edge.done.act for edge in needing} == NEEDS_WORDS
    for edge in needing:
        today = LATE if edge.done.late else ON_TIME
        for words in ("", " \n"):
            with pytest.raises(Invalid, match="complaint-words-needed"):
                step(edge.before, PEOPLE[edge.done.who], Doing(Step(edge.done.act), today, words, LATE))


def test_pages_are_told_exactly_the_steps_that_would_be_taken(edges: list[Edge]) -> None:
    for case in {edge.after for edge in edges}:
        for who, person in PEOPLE.items():
            for late in (False, True):
                shown = open_steps(case, person, today=LATE if late else ON_TIME)
                assert shown == {act for act in Step if taken(case, Done(act, who, late)) is not None}


def test_an_obstacle_is_told_to_exactly_those_who_must_stand_aside() -> None:
    for who, person in PEOPLE.items():
        if person is not None:
            assert (obstacle(START, person) is not None) is (who in CONCERNED)


def test_a_complaint_about_no_certificate_is_forwarded_to_nobody() -> None:
    case = Case(MAKER, frozenset({MAKER}), state=State.ADMITTED, reply_due=DUE)
    with pytest.raises(Conflict, match="complaint-nothing-to-forward"):
        step(case, PEOPLE["first"], Doing(Step.FORWARD, ON_TIME))


def test_the_permission_table_and_the_machine_speak_of_the_same_states() -> None:
    def of_table(act: Act) -> frozenset[str]:
        return frozenset().union(*(row.states or frozenset() for row in TABLE if act in row.acts))

    office = set(Step) - {Step.REPLY, Step.WITHDRAW}
    assert of_table(Act.REPLY_TO_COMPLAINT) == set(TRANSITIONS[Step.REPLY])
    assert of_table(Act.HANDLE_COMPLAINT) == {state for act in office for state in TRANSITIONS[act]}
    assert of_table(Act.READ_COMPLAINT) == {*State, "forwarded"}
