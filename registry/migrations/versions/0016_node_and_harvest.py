"""What our node lists, the states of declarations by day, and where harvests stand."""

import json
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

AT_ONCE = 500
TEXTS = (
    "name", "names", "description", "systems", "classes", "class_ids", "compliance", "sources", "owner",
    "authority", "number", "languages", "line",
)  # fmt: skip


def upgrade() -> None:
    _entries()
    _parts()
    _states()
    _fill(op.get_bind())
    _harvests()


def _entries() -> None:
    op.create_table(
        "declaration_entries",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("openxpd_id", sa.String(8), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        sa.Column("is_epd", sa.Boolean(), nullable=False),
        sa.Column("location", sa.String(40), nullable=False),
        sa.Column("reference_year", sa.Integer(), nullable=True),
        sa.Column("valid_until", sa.Integer(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("subtype", sa.String(20), nullable=False),
        sa.Column("rules", sa.String(20), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["changes.seq"]),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("ix_declaration_entries_identity", "declaration_entries", ["uuid", "version"])
    for column in ("declaration_id", "openxpd_id"):
        op.create_index(f"ix_declaration_entries_{column}", "declaration_entries", [column])


def _parts() -> None:
    op.create_table(
        "declaration_parts",
        sa.Column("folder", sa.String(20), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["changes.seq"]),
        sa.PrimaryKeyConstraint("folder", "uuid"),
    )


def _states() -> None:
    op.create_table(
        "declaration_states",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["changes.seq"]),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("ix_declaration_states_declaration_id", "declaration_states", ["declaration_id"])


def _fill(connection: sa.Connection) -> None:
    """The states as the records of the feed say; documents' contents are recorded since 0015 only."""
    changes = sa.table(
        "changes",
        sa.column("seq"),
        sa.column("kind"),
        sa.column("payload"),
        sa.column("effective_on", sa.Date()),
    )
    states = sa.table(
        "declaration_states",
        sa.column("seq"),
        sa.column("declaration_id", sa.Uuid()),
        sa.column("effective_on", sa.Date()),
        sa.column("withdrawn", sa.Boolean()),
    )
    told = sa.select(changes.c.seq, changes.c.payload, changes.c.effective_on).where(
        changes.c.kind == "declaration"
    )
    last = -1
    while rows := connection.execute(
        told.where(changes.c.seq > last).order_by(changes.c.seq).limit(AT_ONCE)
    ).all():
        last = rows[-1].seq
        connection.execute(sa.insert(states), [_state(row) for row in rows])


def _state(row: Any) -> dict[str, object]:
    fact = json.loads(row.payload)
    return {
        "seq": row.seq,
        "declaration_id": UUID(fact["id"]),
        "effective_on": row.effective_on,
        "withdrawn": fact.get("state") == "withdrawn",
    }


def _harvests() -> None:
    op.create_table(
        "harvest_sources",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("protocol", sa.String(12), nullable=False),
        sa.Column("address", sa.String(500), nullable=False),
        sa.Column("stock", sa.String(80), nullable=False),
        sa.Column("name", sa.String(2000), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("licence", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "harvest_runs",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("started_at", sa.String(27), nullable=False),
        sa.Column("listed_at", sa.String(27), nullable=True),
        sa.Column("ended_at", sa.String(27), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("is_whole", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["source_id"], ["harvest_sources.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_harvest_runs_source_id", "harvest_runs", ["source_id"])
    op.create_table(
        "harvest_items",
        sa.Column("source_id", sa.Uuid(), nullable=False),
        sa.Column("item", sa.String(80), nullable=False),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("name", sa.String(400), nullable=False),
        sa.Column("elsewhere", sa.String(2000), nullable=True),
        sa.Column("listed_in", sa.Uuid(), nullable=False),
        sa.Column("seen_in", sa.Uuid(), nullable=True),
        sa.Column("fate", sa.String(12), nullable=False),
        sa.Column("key", sa.String(80), nullable=True),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=True),
        sa.Column("url", sa.String(2000), nullable=True),
        sa.Column("sha256", sa.String(64), nullable=True),
        sa.Column("etag", sa.String(300), nullable=True),
        sa.Column("modified", sa.String(80), nullable=True),
        sa.Column("fetched_at", sa.String(27), nullable=True),
        sa.Column("not_listed_since", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["source_id"], ["harvest_sources.id"]),
        sa.PrimaryKeyConstraint("source_id", "item", "version"),
    )
    op.create_index("ix_harvest_items_to_do", "harvest_items", ["source_id", "listed_in", "seen_in"])
    op.create_index("ix_harvest_items_declaration_id", "harvest_items", ["declaration_id"])


def downgrade() -> None:
    for table in (
        "harvest_items", "harvest_runs", "harvest_sources", "declaration_states", "declaration_parts",
        "declaration_entries",
    ):  # fmt: skip
        op.drop_table(table)
