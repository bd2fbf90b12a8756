"""The table that finds honours, energy records and disclosures by whose they are."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "firm_facts",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("plant_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["seq"], ["changes.seq"]),
        sa.PrimaryKeyConstraint("seq"),
    )
    for column in ("id", "organisation_id", "plant_id"):
        op.create_index(f"ix_firm_facts_{column}", "firm_facts", [column])


def downgrade() -> None:
    op.drop_table("firm_facts")
