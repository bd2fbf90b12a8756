"""Tables that find batches and what they carry."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "batches",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("plant_id", sa.Uuid(), nullable=False),
        sa.Column("number_folded", sa.String(120), nullable=False),
        sa.Column("gtin", sa.String(14), nullable=True),
        sa.ForeignKeyConstraint(["seq"], ["changes.seq"]),
        sa.PrimaryKeyConstraint("seq"),
    )
    for column in ("id", "product_id", "plant_id", "number_folded"):
        op.create_index(f"ix_batches_{column}", "batches", [column])
    op.create_index("ix_batches_gtin", "batches", ["gtin", "number_folded"])
    op.create_table(
        "batch_identifiers",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("scheme", sa.String(20), nullable=False),
        sa.Column("value", sa.String(120), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["changes.seq"]),
        sa.PrimaryKeyConstraint("seq", "scheme", "value"),
    )
    op.create_index("ix_batch_identifiers_batch_id", "batch_identifiers", ["batch_id"])
    op.create_index("ix_batch_identifiers_value", "batch_identifiers", ["value", "scheme"])


def downgrade() -> None:
    op.drop_table("batch_identifiers")
    op.drop_table("batches")
