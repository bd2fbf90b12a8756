"""What covered product and plant on the days of production; never a batch, never more than is recorded."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from catalogue.batches.cover import Covered, Made, Reason, cover
from catalogue.batches.of_batch import of_batch
from registry.access.actors import OPERATOR
from registry.certificates import service as certificates
from registry.certificates.facts import ActKind, CertificateFact, State
from registry.certificates.service import BodyAct
from registry.changes.kinds import Known
from registry.changes.reading import Point, point
from registry.changes.record import Header
from tests import factories
from tests.factories import NOW, START, key, scope_row
from tests.oracles import cover_oracle
from tests.oracles.cover_oracle import Version
from tests.registry.batches import TODAY, batch, recorded

MODEL = "P·O 42.5"
DAY = date(2026, 5, 4)


def known(seq: int, since: date, **fields: Any) -> Known[CertificateFact]:
    fact = factories.certificate(**fields)
    return Known(Header(seq, "certificate", fact.id, seq, since, NOW), fact)


def made(start: date = DAY, end: date = DAY, *, plant_n: int = 1, models: tuple[str, ...] = (MODEL,)) -> Made:
    return Made(key("product"), key("plant", plant_n), models, start, end)


@pytest.mark.parametrize(
    ("what", "fields", "reason", "state"),
    [
        (made(), {}, Reason.IN_SCOPE, Covered.COVERED),
        (made(plant_n=2), {}, Reason.OTHER_PLANT, Covered.NOT_COVERED),
        (made(models=("P·O 52.5",)), {}, Reason.OTHER_MODEL, Covered.NOT_COVERED),
        (made(models=()), {}, Reason.MODEL_UNCLEAR, Covered.UNDECIDED),
        (made(models=(MODEL, "P·O 52.5")), {}, Reason.MODEL_UNCLEAR, Covered.UNDECIDED),
        (made(models=()), {"rows": (scope_row(models=()),)}, Reason.IN_SCOPE, Covered.COVERED),
        (made(), {"state": State.SUSPENDED}, Reason.NOT_IN_FORCE, Covered.NOT_COVERED),
        (made(), {"state": State.WITHDRAWN}, Reason.NOT_IN_FORCE, Covered.NOT_COVERED),
        (made(), {"valid_to": DAY - timedelta(days=1)}, Reason.NOT_IN_FORCE, Covered.NOT_COVERED),
        (made(), {"valid_to": DAY}, Reason.IN_SCOPE, Covered.COVERED),
        (made(), {"rows": (scope_row(product_n=2),)}, Reason.NO_CERTIFICATE, Covered.NOT_COVERED),
    ],
)
def test_each_reason(what: Made, fields: dict[str, Any], reason: Reason, state: Covered) -> None:
    found = cover(what, [[known(1, START, **fields)]])
    assert (found.reason, found.state) == (reason, state)


def test_no_certificate_at_all() -> None:
    assert cover(made(), []).reason is Reason.NO_CERTIFICATE


def test_another_certificate_that_covers_wins_over_one_that_does_not() -> None:
    gone = known(1, START, state=State.WITHDRAWN)
    good = known(2, START, n=2)
    found = cover(made(), [[gone], [good]])
    assert found.reason is Reason.IN_SCOPE
    assert [one.id for one in found.certificates] == [good.fact.id]


def test_a_run_across_the_end_of_a_certificate_cannot_be_decided_for_the_whole() -> None:
    until = [known(1, START, valid_to=DAY)]
    assert cover(made(end=DAY + timedelta(days=1)), [until]).reason is Reason.DAYS_DIFFER
    renewed = [known(2, DAY + timedelta(days=1), n=2, valid_from=DAY + timedelta(days=1))]
    found = cover(made(end=DAY + timedelta(days=1)), [until, renewed])
    assert found.reason is Reason.IN_SCOPE
    assert len(found.certificates) == 2


days = st.integers(0, 8).map(lambda n: DAY + timedelta(days=n))
versions = st.builds(
    Version,
    since=days,
    start=days,
    end=days.map(lambda day: day + timedelta(days=3)),
    state=st.sampled_from(["active", "active", "suspended", "withdrawn"]),
    plants=st.frozensets(st.sampled_from(["1", "2"]), min_size=1),
    models=st.frozensets(st.sampled_from(["C30", "C40"]), min_size=1),
)

histories = st.lists(versions, min_size=1, max_size=3)


def history(number: int, told: list[Version]) -> list[Known[CertificateFact]]:
    """The versions of one certificate as the register holds them."""
    found = []
    for seq, one in enumerate(told, 1):
        rows = tuple(
            scope_row(n, plant_n=int(plant), models=tuple(sorted(one.models)))
            for n, plant in enumerate(sorted(one.plants), 1)
        )
        fields = {
            "valid_from": min(one.start, one.end),
            "valid_to": one.end,
            "state": State(one.state),
            "rows": rows,
        }
        found.append(known(100 * number + seq, one.since, n=number, **fields))
    return found


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(versions, min_size=1, max_size=3), max_size=3),
    days,
    st.integers(0, 5),
    st.sampled_from(["1", "2"]),
)
def test_the_turning_days_alone_give_what_every_day_gives(
    told: list[list[Version]], start: date, length: int, plant: str
) -> None:
    end = start + timedelta(days=length)
    fixed = [[replace(v, start=min(v.start, v.end)) for v in one] for one in told]
    what = Made(key("product"), key("plant", int(plant)), ("C30",), start, end)
    found = cover(what, [history(n, one) for n, one in enumerate(fixed, 1)])
    assert found.state == cover_oracle.answer(fixed, plant, "C30", start=start, end=end)


def test_a_recorded_batch_is_judged_anew_at_every_point(session: Session) -> None:
    factories.record(session, factories.world())
    fact = batch(model=MODEL)
    factories.record(session, [recorded(fact)])
    before = point(session, TODAY)
    assert of_batch(session, fact, before).reason is Reason.IN_SCOPE
    suspended = BodyAct(ActKind.SUSPEND, date(2026, 5, 1), "演示原因")
    factories.record(session, certificates.act(session, key("certificate"), suspended, actor=OPERATOR))
    assert of_batch(session, fact, point(session, TODAY)).reason is Reason.NOT_IN_FORCE
    assert of_batch(session, fact, Point(TODAY, before.as_of)).reason is Reason.IN_SCOPE, "as it was known"


def test_a_batch_without_a_model_may_be_any_of_the_products(session: Session) -> None:
    factories.record(session, factories.world())
    assert of_batch(session, batch(), point(session, TODAY)).reason is Reason.IN_SCOPE
