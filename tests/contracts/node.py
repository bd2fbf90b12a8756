"""A running instance of ours with invented declarations, behind a real web server."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Engine

from frontend.app import create_app
from registry.access.actors import OPERATOR
from registry.changes import feed
from registry.declarations.dataset import Classification, Level, Subtype, Value
from registry.declarations.documents import kept_readings
from registry.declarations.documents.entering import About, enter
from registry.declarations.documents.kept_readings import File, Saving
from registry.declarations.formats.reading import Reading
from registry.kit.clock import asked_now, asked_today
from registry.kit.db import open_engine, write_session
from registry.kit.settings import Settings
from tests import declared
from tests.journeys.live import served

TODAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 1, 0, tzinfo=UTC)


def reading(n: int) -> Reading:
    """An invented concrete; every tenth is an average, and the values differ."""
    cells = (Value(module="A1-A3", amount=Decimal(200 + n)), Value(module="D", amount=Decimal(-n)))
    return declared.reading(
        n % 90 + 1,
        uuid=declared.UUIDS[1] if n == 0 else _uuid(n),
        number=f"演示-EPD-{n:05}",
        names={"zh": f"示例混凝土 {n:05}（虚构）", "en": f"Example concrete {n:05} (invented)"},
        subtype=Subtype.AVERAGE if n % 10 == 9 else Subtype.SPECIFIC,
        location="CN" if n % 3 else "DE",
        classifications=(
            Classification(
                system="OEKOBAU.DAT", levels=(Level(id="1", name="Concrete"), Level(id="1.4", name="C30"))
            ),
        ),
        indicators=(declared.row("GWP-total", cells), declared.row("PERT", declared.values(A1_A3="310"))),
    )


def _uuid(n: int) -> UUID:
    return UUID(int=(0xD0D << 100) | n)


def fill(engine: Engine, count: int) -> None:
    """Record as many declarations, in batches."""
    for start in range(0, count, 100):
        with write_session(engine) as session:
            feed.start(session, "demonstration")
            for n in range(start, min(start + 100, count)):
                one = reading(n)
                entered = enter(session, one, About(), actor=OPERATOR, today=TODAY)
                file = File("示例.json", "a" * 64, "machine")
                kept_readings.save(session, one, entered, file, Saving(OPERATOR, NOW))


@contextmanager
def running(settings: Settings, count: int) -> Iterator[str]:
    """The address of an instance with as many declarations."""
    with open_engine(settings) as engine:
        fill(engine, count)
    app = create_app(settings)
    app.dependency_overrides |= {asked_now: lambda: NOW, asked_today: lambda: TODAY}
    with served(app) as address:
        yield address
