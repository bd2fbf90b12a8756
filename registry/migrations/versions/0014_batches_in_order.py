"""What puts batches in order in the database: their last day of production, and whether they were withdrawn."""

import json
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

NEW: dict[str, TypeEngine[Any]] = {"made_to": sa.Date(), "withdrawn": sa.Boolean()}
AT_ONCE = 500


def upgrade() -> None:
    for name, kind in NEW.items():
        op.add_column("batches", sa.Column(name, kind, nullable=True))
    _fill(op.get_bind())
    with op.batch_alter_table("batches") as table:
        for name, kind in NEW.items():
            table.alter_column(name, existing_type=kind, nullable=False)


def _fill(connection: sa.Connection) -> None:
    """Both as the records of the feed say."""
    changes = sa.table("changes", sa.column("seq"), sa.column("payload"))
    batches = sa.table("batches", sa.column("seq"), *(sa.column(name, kind) for name, kind in NEW.items()))
    told = sa.select(changes.c.seq, changes.c.payload).join(batches, batches.c.seq == changes.c.seq)
    last = -1
    while rows := connection.execute(
        told.where(changes.c.seq > last).order_by(changes.c.seq).limit(AT_ONCE)
    ).all():
        last = rows[-1].seq
        for row in rows:
            fact = json.loads(row.payload)
            found = {
                "made_to": date.fromisoformat(fact["made_to"]),
                "withdrawn": fact.get("withdrawn", False),
            }
            connection.execute(sa.update(batches).where(batches.c.seq == row.seq).values(found))


def downgrade() -> None:
    with op.batch_alter_table("batches") as table:
        for name in NEW:
            table.drop_column(name)
