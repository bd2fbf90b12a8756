"""Surveillance rounds: the list is frozen and the seed's source named, then drawn, found out, closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from pydantic import ValidationError
from sqlmodel import Session

from registry.access.permissions import Act, Target, require
from registry.categories.service import ancestors, kinds
from registry.changes import feed
from registry.changes.codes import by_code, key_of_code
from registry.changes.feed import Draft
from registry.changes.kinds import Known
from registry.changes.reading import Point, every, get
from registry.kit.errors import Conflict, Invalid
from registry.kit.ids import derived, new, public_code
from registry.parties.service import PLANT
from registry.products.facts import ProductFact
from registry.products.service import PRODUCT
from registry.supervision import draw
from registry.supervision.facts import OutcomeFact, Result, RoundFact, RoundState
from registry.supervision.kinds import OUTCOME, ROUND
from registry.supervision.reading import outcomes_of_round
from registry.supervision.store import By

LETTER = "J"
MOST_CANDIDATES = 20_000

# state: the states that may follow it
FOLLOWING: Mapping[RoundState, frozenset[RoundState]] = {
    RoundState.ANNOUNCED: frozenset({RoundState.DRAWN, RoundState.ANNULLED}),
    RoundState.DRAWN: frozenset({RoundState.CLOSED, RoundState.ANNULLED}),
    RoundState.CLOSED: frozenset(),
    RoundState.ANNULLED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Scope:
    """Which products may be drawn: of a kind with all below it, made in a province or city, on a day."""

    on: date
    kind: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """A round as somebody plans it; the seed's day lies ahead, so nobody knows the seed yet."""

    name_zh: str
    name_en: str
    scope: Scope
    size: int
    seed_source: str
    seed_day: date


@dataclass(frozen=True, slots=True)
class Found:
    """What was found on one drawn product."""

    product_code: str
    result: Result
    found_on: date
    report_number: str | None = None
    laboratory: str | None = None


def candidates(session: Session, scope: Scope, *, as_of: int) -> tuple[str, ...]:
    """The 登记号 of every product in the scope, sorted."""
    at = Point(scope.on, as_of)
    tree = kinds(session, at)
    plants = {one.header.key: one.fact.region for one in every(session, PLANT, at)}
    prefix = _prefix(scope.region)

    def in_scope(fact: ProductFact) -> bool:
        of_kind = scope.kind is None or scope.kind in ancestors(fact.kind, tree)
        made_there = any(plants.get(one, "").startswith(prefix) for one in fact.plant_ids)
        return not fact.removed and of_kind and (not prefix or made_there)

    return tuple(sorted(one.fact.code for one in every(session, PRODUCT, at) if in_scope(one.fact)))


def announce(session: Session, planned: Planned, by: By) -> RoundFact:
    """Freeze the list and publish its digest with the seed's source; from here on nothing of it changes."""
    require(by.actor, Act.RUN_SURVEILLANCE)
    if planned.seed_day <= by.today:
        raise Invalid("round-seed-known", day=planned.seed_day)
    if planned.scope.on > by.today:
        raise Invalid("round-scope-ahead", day=planned.scope.on)
    head = feed.head(session)
    listed = candidates(session, planned.scope, as_of=head.seq)
    if not 1 <= planned.size <= len(listed):
        raise Invalid("round-size", size=planned.size, count=len(listed))
    if len(listed) > MOST_CANDIDATES:
        raise Invalid("round-too-wide", count=len(listed), limit=MOST_CANDIDATES)
    key = new()
    fact = _built(
        id=key,
        code=public_code(LETTER, key, demonstration=head.feed == "demonstration"),
        name_zh=planned.name_zh,
        name_en=planned.name_en,
        organisation_id=by.person.organisation_id,
        kind=planned.scope.kind,
        region=planned.scope.region,
        scope_on=planned.scope.on,
        size=planned.size,
        candidates=listed,
        candidates_sha256=draw.digest(listed),
        seed_source=planned.seed_source,
        seed_day=planned.seed_day,
    )
    _append(session, Draft(ROUND, key, by.today, fact, after_version=0), by)
    return fact


def draw_lots(session: Session, code: str, by: By, *, seed: str, reference: str) -> RoundFact:
    """Enter the seed where it was announced from; the sample follows from it."""
    known = _for_act(session, code, by)
    if by.today < known.fact.seed_day:
        raise Conflict("round-seed-too-early", day=known.fact.seed_day)
    given = seed.strip()
    drawn = draw.drawn(given, known.fact.candidates, known.fact.size)
    changes = {"seed": given, "seed_reference": reference.strip(), "drawn": drawn}
    return _next(session, known, RoundState.DRAWN, by, changes)


def find(session: Session, code: str, found: Found, by: By) -> OutcomeFact:
    """Record or correct the outcome of one drawn product, until the round is closed."""
    known = _for_act(session, code, by)
    product = _drawn_product(session, known, found, by)
    if known.fact.state is not RoundState.DRAWN:
        raise Conflict("round-step-refused", state=str(known.fact.state), wanted=str(RoundState.DRAWN))
    if not known.header.effective_on <= found.found_on <= by.today:
        raise Invalid("round-outcome-day", first=known.header.effective_on, last=by.today)
    key = outcome_id(known.fact.id, found.product_code)
    before = get(session, OUTCOME, key, Point(by.today, feed.head(session).seq))
    try:
        fact = OutcomeFact(
            id=key,
            round_id=known.fact.id,
            round_code=known.fact.code,
            product_id=product.id,
            product_code=product.code,
            result=found.result,
            found_on=found.found_on,
            report_number=found.report_number or None,
            laboratory=found.laboratory or None,
        )
    except ValidationError as error:
        raise Invalid("round-outcome-unfit") from error
    version = before.header.version if before else 0
    _append(session, Draft(OUTCOME, key, by.today, fact, after_version=version), by)
    return fact


def close(session: Session, code: str, by: By) -> RoundFact:
    """The round is over once every drawn product has its outcome."""
    known = _for_act(session, code, by)
    at = Point(by.today, feed.head(session).seq)
    missing = set(known.fact.drawn) - outcomes_of_round(session, known.fact.id, at).keys()
    if missing:
        raise Conflict("round-outcomes-missing", count=len(missing))
    return _next(session, known, RoundState.CLOSED, by, {})


def annul(session: Session, code: str, by: By, *, reason: str) -> RoundFact:
    """End a round that cannot be carried out; the reason is public and what was published stays."""
    return _next(session, _for_act(session, code, by), RoundState.ANNULLED, by, {"reason": reason.strip()})


def outcome_id(round_id: UUID, product_code: str) -> UUID:
    return derived("surveillance-outcome", str(round_id), product_code)


def _for_act(session: Session, code: str, by: By) -> Known[RoundFact]:
    require(by.actor, Act.RUN_SURVEILLANCE)
    return by_code(session, code, ROUND, Point(by.today, feed.head(session).seq))


def _drawn_product(session: Session, known: Known[RoundFact], found: Found, by: By) -> ProductFact:
    """The product, where it was drawn and is nobody's of the officer's."""
    if found.product_code not in known.fact.drawn:
        raise Invalid("round-not-drawn", code=found.product_code[:40])
    key = key_of_code(session, found.product_code, PRODUCT.name)
    product = get(session, PRODUCT, key, Point(known.fact.scope_on, feed.head(session).seq))
    assert product is not None, "a candidate stood in the register on the day of its list"
    require(by.actor, Act.RECORD_OUTCOME, Target(organisation_id=product.fact.manufacturer_id))
    return product.fact


def _next(
    session: Session, known: Known[RoundFact], state: RoundState, by: By, changes: Mapping[str, object]
) -> RoundFact:
    fact = known.fact
    if state not in FOLLOWING[fact.state]:
        raise Conflict("round-step-refused", state=str(fact.state), wanted=str(state))
    after = _built(**{**fact.model_dump(), **changes, "state": state})
    _append(session, Draft(ROUND, fact.id, by.today, after, after_version=known.header.version), by)
    return after


def _built(**fields: object) -> RoundFact:
    """The fact, or a refusal that names no more than that a text is missing or too long."""
    try:
        return RoundFact.model_validate(fields)
    except ValidationError as error:
        raise Invalid(
            "round-unfit", fields=sorted({str(one["loc"][0]) for one in error.errors() if one["loc"]})
        ) from error


def _append(session: Session, draft: Draft, by: By) -> None:
    feed.append(session, [draft], actor=str(by.actor), now=by.now)


def _prefix(region: str | None) -> str:
    """A province's code stands for every place in it, a city's for its counties (GB/T 2260)."""
    if not region:
        return ""
    if region.endswith("0000"):
        return region[:2]
    return region[:4] if region.endswith("00") else region
