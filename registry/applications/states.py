"""The record's own states, the one table of what may follow what, and who may take each step.

草稿 → 已提交 → 审核中 → (退回 → 已提交) → 初审通过 → 已公开 → 移出; the applicant may withdraw before
publication. The certificate's states are another machine, of its body.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from registry.kit.errors import Conflict, Invalid, NotAllowed


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    APPROVED_ONCE = "approved_once"
    PUBLISHED = "published"
    REMOVED = "removed"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """Every act on an application; each becomes an event."""

    SAVE = "save"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    TAKE = "take"
    HAND_OVER = "hand_over"
    PUT_BACK = "put_back"
    REMARK = "remark"
    SETTLE = "settle"
    RETURN = "return"
    APPROVE = "approve"
    PUBLISH = "publish"
    REMOVE = "remove"


_S = State
# step: {state it may start from: state it leads to}
TRANSITIONS: Mapping[Step, Mapping[State, State]] = {
    Step.SAVE: {_S.DRAFT: _S.DRAFT, _S.RETURNED: _S.RETURNED},
    Step.SUBMIT: {_S.DRAFT: _S.SUBMITTED, _S.RETURNED: _S.SUBMITTED},
    Step.WITHDRAW: dict.fromkeys(
        (_S.DRAFT, _S.SUBMITTED, _S.IN_REVIEW, _S.RETURNED, _S.APPROVED_ONCE), _S.WITHDRAWN
    ),
    Step.TAKE: {_S.SUBMITTED: _S.IN_REVIEW, _S.APPROVED_ONCE: _S.APPROVED_ONCE},
    Step.HAND_OVER: {_S.IN_REVIEW: _S.IN_REVIEW, _S.APPROVED_ONCE: _S.APPROVED_ONCE},
    Step.PUT_BACK: {_S.IN_REVIEW: _S.SUBMITTED, _S.APPROVED_ONCE: _S.APPROVED_ONCE},
    Step.REMARK: {_S.IN_REVIEW: _S.IN_REVIEW, _S.APPROVED_ONCE: _S.APPROVED_ONCE},
    Step.SETTLE: {_S.IN_REVIEW: _S.IN_REVIEW, _S.APPROVED_ONCE: _S.APPROVED_ONCE},
    Step.RETURN: {_S.IN_REVIEW: _S.RETURNED, _S.APPROVED_ONCE: _S.RETURNED},
    Step.APPROVE: {_S.IN_REVIEW: _S.APPROVED_ONCE},
    Step.PUBLISH: {_S.APPROVED_ONCE: _S.PUBLISHED},
    Step.REMOVE: {_S.PUBLISHED: _S.REMOVED},
}
OF_THE_APPLICANT = frozenset({Step.SAVE, Step.SUBMIT, Step.WITHDRAW})
NEEDS_REASON = frozenset({Step.HAND_OVER, Step.PUT_BACK, Step.RETURN, Step.REMOVE})
# Only whoever has taken the case may do these. Any free reviewer may put it back: its holder may have left.
OF_THE_ASSIGNEE = frozenset(
    {Step.HAND_OVER, Step.REMARK, Step.SETTLE, Step.RETURN, Step.APPROVE, Step.PUBLISH}
)
WHOLE_COUNTRY = "000000"  # the region of the registry's own staff; GB/T 2260 has no such code
ENDED = frozenset({_S.PUBLISHED, _S.REMOVED, _S.WITHDRAWN})
WITH_REGISTRY = frozenset({_S.SUBMITTED, _S.IN_REVIEW, _S.APPROVED_ONCE})


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts: an opaque account, its organisation, and the region of that office where it is known.

    `organisations` are all that the account belongs to, besides the one it acts for.
    """

    account_id: UUID
    organisation_id: UUID
    region: str | None = None
    organisations: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Case:
    """What the steps look at; `applicants` are all accounts that typed or submitted anything."""

    organisation_id: UUID
    state: State = State.DRAFT
    applicants: frozenset[UUID] = frozenset()
    assignee: UUID | None = None
    first: Person | None = None
    round: int = 0
    region: str | None = None
    levels: int = 1
    removable: bool = True  # whether anything that became public of it can be taken out again


def step(case: Case, act: Step, by: Person, *, reason: str = "", to: UUID | None = None) -> Case:
    """The case after a step; refused where the table, the roles or the two persons do not allow it."""
    target = TRANSITIONS[act].get(case.state)
    if target is None:
        raise Conflict("application-step-refused", act=str(act), state=str(case.state))
    if act in NEEDS_REASON and not reason.strip():
        raise Invalid("application-reason-needed", act=str(act))
    if act in OF_THE_APPLICANT:
        _is_applicant(case, by)
    else:
        _is_free(case, by)
    nobody_has_it = act is Step.PUT_BACK and case.assignee is None
    if nobody_has_it or (act in OF_THE_ASSIGNEE and case.assignee != by.account_id):
        raise Conflict("application-not-yours")
    return _after(replace(case, state=target), act, by, before=case, to=to)


def open_steps(case: Case, by: Person) -> frozenset[Step]:
    """What this person may do now; pages show these and nothing else."""

    def may(act: Step) -> bool:
        try:
            step(case, act, by, reason="-", to=UUID(int=0))
        except (Conflict, NotAllowed, Invalid):
            return False
        return True

    return frozenset(act for act in Step if may(act))


def obstacle(case: Case, by: Person) -> Conflict | NotAllowed | None:
    """Why this person may not decide a case that is with the registry; None where they may or may take it."""
    if case.state not in WITH_REGISTRY:
        return None
    decision = Step.PUBLISH if case.state is State.APPROVED_ONCE else Step.APPROVE
    try:
        _is_free(case, by)
        if case.assignee not in (None, by.account_id):
            return Conflict("application-taken")
        step(case, Step.TAKE if case.assignee is None else decision, by)
    except (Conflict, NotAllowed) as found:
        return found
    return None


def _after(case: Case, act: Step, by: Person, *, before: Case, to: UUID | None) -> Case:
    known = case.applicants | {by.account_id}
    match act:
        case Step.SAVE:
            case = replace(case, applicants=known)
        case Step.SUBMIT:
            case = replace(case, applicants=known, assignee=None, first=None, round=case.round + 1)
        case Step.TAKE:
            case = _taken(case, by, before)
        case Step.HAND_OVER:
            case = _handed_over(case, by, to)
        case Step.PUT_BACK:
            case = replace(case, assignee=None)
        case Step.RETURN | Step.WITHDRAW:
            case = replace(case, assignee=None, first=None)
        case Step.APPROVE:
            case = replace(case, assignee=None, first=by)
        case Step.PUBLISH:
            _is_second(case, by)
        case Step.REMOVE if not case.removable:
            raise Conflict("application-nothing-to-remove")
        case _:
            pass
    return case


def _taken(case: Case, by: Person, before: Case) -> Case:
    if before.assignee is not None:
        raise Conflict("application-taken")
    if case.state is State.APPROVED_ONCE:
        _is_second(case, by)
    _level_fits(case, by)
    return replace(case, assignee=by.account_id)


def _handed_over(case: Case, by: Person, to: UUID | None) -> Case:
    """The two persons alone; the receiver's roles are not of the case and are looked up before."""
    if to is None or to == by.account_id:
        raise Invalid("application-receiver-needed")
    if to in case.applicants or (case.first is not None and to == case.first.account_id):
        raise NotAllowed("application-same-person")
    return replace(case, assignee=to)


def _is_applicant(case: Case, by: Person) -> None:
    if by.organisation_id != case.organisation_id:
        raise NotAllowed("application-of-another")


def _is_free(case: Case, by: Person) -> None:
    """No conflict of interest: neither somebody who typed it nor anybody of the applicant's organisation."""
    if case.organisation_id in by.organisations | {by.organisation_id}:
        raise NotAllowed("application-own-organisation")
    if by.account_id in case.applicants:
        raise NotAllowed("application-same-person")


def _is_second(case: Case, by: Person) -> None:
    if case.first is None or by.account_id == case.first.account_id:
        raise NotAllowed("application-same-person")
    _level_fits(case, by)


def _level_fits(case: Case, by: Person) -> None:
    """With two levels the applicant's city looks first and its province second (GB/T 2260 codes).

    An applicant without a city is looked at twice by its province; the registry's own staff, who have no
    region, stand beside every province and for applicants without any.
    """
    if case.levels < 2:
        return
    region, office = case.region or "", by.region or ""
    province = f"{region[:2]}0000" if region else WHOLE_COUNTRY
    above = office in (province, WHOLE_COUNTRY)
    of_city = office[:4] == region[:4] and office != province
    if not (of_city if case.first is None and region not in ("", province) else above):
        raise NotAllowed("application-wrong-level")
