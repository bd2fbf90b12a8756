"""Tables that find supply facts, plant coordinates and look-ups of certificates."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _follower(
        "plant_sites",
        sa.Column("plant_id", sa.Uuid(), nullable=False),
        sa.Column("latitude_e6", sa.Integer(), nullable=False),
        sa.Column("longitude_e6", sa.Integer(), nullable=False),
    )
    op.create_index("ix_plant_sites_plant_id", "plant_sites", ["plant_id"])
    op.create_index("ix_plant_sites_place", "plant_sites", ["latitude_e6", "longitude_e6"])
    _follower(
        "supply",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("plant_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=True),
    )
    for column in ("id", "plant_id", "product_id"):
        op.create_index(f"ix_supply_{column}", "supply", [column])
    _follower(
        "cross_checks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
    )
    for column in ("id", "certificate_id"):
        op.create_index(f"ix_cross_checks_{column}", "cross_checks", [column])


def downgrade() -> None:
    for table in ("cross_checks", "supply", "plant_sites"):
        op.drop_table(table)


def _follower(name: str, *parts: sa.schema.SchemaItem) -> None:
    """A table whose rows each stand at a position of the feed."""
    op.create_table(
        name,
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        *parts,
        sa.ForeignKeyConstraint(["seq"], ["changes.seq"]),
        sa.PrimaryKeyConstraint("seq"),
    )
