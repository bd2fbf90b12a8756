"""The invented batches: every answer about the days of production, and nothing that could be anybody's."""

from catalogue.batches.cover import Reason
from catalogue.batches.of_batch import of_batch
from registry.batches.finding import find
from registry.batches.kind import BATCH
from registry.changes.reading import every, point
from registry.kit.db import read_session
from registry.kit.known_by import Source
from seeds.demo.batches import CASES, NODE
from tests.seeded import TODAY, Seeded


def test_the_demonstration_shows_every_answer(seeded: Seeded) -> None:
    with read_session(seeded.engine) as session:
        at = point(session, TODAY)
        batches = [known.fact for known in every(session, BATCH, at)]
        reasons = {one.number: of_batch(session, one, at).reason for one in batches}
    assert len(batches) == len(CASES)
    assert reasons["YS-TL-260902"] is Reason.IN_SCOPE
    assert reasons["YS-TL-260903"] is Reason.OTHER_PLANT
    assert reasons["YS-ALC-260420"] is Reason.NOT_IN_FORCE
    assert reasons["YS-ALC-260408"] is Reason.DAYS_DIFFER
    assert reasons["YS-S-260408"] is Reason.NOT_IN_FORCE
    assert reasons["演示-260715"] is Reason.NO_CERTIFICATE


def test_nothing_of_a_batch_could_be_anybodys(seeded: Seeded) -> None:
    with read_session(seeded.engine) as session:
        at = point(session, TODAY)
        for known in every(session, BATCH, at):
            fact = known.fact
            assert fact.number.startswith(("YS-", "演示-"))
            assert fact.code.startswith("YS-B")
            assert fact.gtin is None or fact.gtin.startswith("0952")
            assert all(one.startswith(f"{NODE}/") for one in fact.industrial_ids)
            assert all((one.laboratory or "（虚构）").endswith("（虚构）") for one in fact.tests)
            assert all((one.report_number or "演示").startswith("演示") for one in fact.tests)
            assert fact.known_by.source is Source.SELF_STATED
            assert [one.code for one in find(session, fact.number, at)] == [fact.code]
