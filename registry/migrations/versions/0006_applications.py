"""Private tables of applications and of the evidence files behind them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evidence_files",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("media_type", sa.String(40), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("stored_at", sa.String(27), nullable=False),
        sa.Column("stored_by", sa.String(80), nullable=False),
        sa.Column("held", sa.String(120), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("organisation_id", "sha256", name="uq_evidence_files_content"),
    )
    op.create_index("ix_evidence_files_sha256", "evidence_files", ["sha256"])
    op.create_table(
        "applications",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(24), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("subject", sa.String(24), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("typed", sa.Text(), nullable=False),
        sa.Column("open_paths", sa.Text(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(6), nullable=True),
        sa.Column("assignee_id", sa.Uuid(), nullable=True),
        sa.Column("first_account_id", sa.Uuid(), nullable=True),
        sa.Column("first_organisation_id", sa.Uuid(), nullable=True),
        sa.Column("first_region", sa.String(6), nullable=True),
        sa.Column("warnings", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.String(27), nullable=False),
        sa.Column("submitted_at", sa.String(27), nullable=True),
        sa.Column("published", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    for column in ("organisation_id", "state", "assignee_id"):
        op.create_index(f"ix_applications_{column}", "applications", [column])
    _events_and_remarks()


def _events_and_remarks() -> None:
    op.create_table(
        "application_events",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["applications.id"]),
        sa.PrimaryKeyConstraint("application_id", "place"),
    )
    op.create_index("ix_application_events_account_id", "application_events", ["account_id"])
    op.create_table(
        "application_remarks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("settled_at", sa.String(27), nullable=True),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["application_id"], ["applications.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_application_remarks_application_id", "application_remarks", ["application_id"])
    op.create_table(
        "application_files",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.String(120), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("pinned_at", sa.String(27), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["applications.id"]),
        sa.ForeignKeyConstraint(["file_id"], ["evidence_files.id"]),
        sa.PrimaryKeyConstraint("application_id", "path", "file_id"),
    )
    op.create_index("ix_application_files_file_id", "application_files", ["file_id"])


def downgrade() -> None:
    for table in ("application_files", "application_remarks", "application_events", "applications"):
        op.drop_table(table)
    op.drop_table("evidence_files")
