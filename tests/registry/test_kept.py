"""A whole table is read once per point, and never on the word of a session that may still roll back."""

from datetime import date

from sqlalchemy import Engine
from sqlmodel import Session

from registry.categories import service
from registry.categories.service import MATERIAL_KIND
from registry.changes.feed import Draft, head
from registry.changes.kept import POINTS, Kept
from registry.changes.reading import Point, point
from registry.kit.db import read_session, write_session
from tests.factories import START, kind, record

DAY = date(2026, 6, 1)


def test_a_point_is_read_once_and_only_the_last_points_are_kept(engine: Engine) -> None:
    asked: list[int] = []

    def read(_session: Session, at: Point) -> int:
        asked.append(at.as_of)
        return at.as_of

    kept = Kept(read)
    with read_session(engine) as session:
        assert [kept(session, Point(DAY, n)) for n in (1, 1, 2, 1)] == [1, 1, 2, 1]
        assert asked == [1, 2]
        for n in range(3, 3 + POINTS):
            kept(session, Point(DAY, n))
        kept(session, Point(DAY, 1))
    assert asked == [1, 2, *range(3, 3 + POINTS), 1]


def test_what_was_rolled_back_was_never_kept(engine: Engine) -> None:
    with Session(engine.execution_options(greenmat_writes=True)) as session:
        record(session, [Draft(MATERIAL_KIND, kind("lost").id, START, kind("lost"))])
        at = point(session, DAY)
        assert "lost" in service.kinds(session, at)
        session.rollback()
    with write_session(engine) as session:
        record(session, [Draft(MATERIAL_KIND, kind("stays").id, START, kind("stays"))])
        assert head(session).seq == at.as_of, "the position was given again"
    with read_session(engine) as session:
        assert set(service.kinds(session, at)) == {"stays"}
