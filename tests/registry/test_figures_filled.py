"""What stands beside documents recorded before the column came is what entering them writes now."""

from collections.abc import Mapping

from sqlalchemy import Engine, text

from registry.changes import feed
from registry.kit import migrate
from registry.kit.db import write_session
from tests import databases, declared, factories

BEFORE = "0019"


def kept(engine: Engine) -> Mapping[int, str]:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT seq, figures FROM declaration_contents ORDER BY seq"))
        return {seq: figures for seq, figures in rows}  # noqa: C416 - rows are not pairs to the type checker


def test_a_database_of_before_is_filled_from_its_feed(engine: Engine) -> None:
    with write_session(engine) as session:
        factories.record(session, factories.world())
        factories.record(session, [declared.content_draft(n, of=n) for n in range(1, 5)])
        last = feed.head(session).seq
    written = kept(engine)
    assert len(written) == 4
    assert max(written) == last
    assert all('"GWP-total"' in one for one in written.values())
    with databases.owners(engine) as owner:
        migrate.downgrade(owner, BEFORE)
        migrate.upgrade(owner)
    assert kept(engine) == written
