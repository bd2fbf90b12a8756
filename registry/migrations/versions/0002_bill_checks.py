"""Private checks of bills of materials and their reports."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "checks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_sha256", sa.String(64), nullable=False),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.Column("expires_at", sa.String(27), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_sha256"),
    )
    op.create_index("ix_checks_expires_at", "checks", ["expires_at"])
    op.create_table(
        "check_reports",
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("check_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.String(27), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["check_id"], ["checks.id"]),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_check_reports_check_id", "check_reports", ["check_id"])


def downgrade() -> None:
    op.drop_table("check_reports")
    op.drop_table("checks")
