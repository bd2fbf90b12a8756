"""Complaints with their acts, and what finds findings, surveillance outcomes and recognitions."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

FEED = "changes.seq"


def _instant(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(27), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "complaints",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(14), nullable=False),
        sa.Column("token_sha256", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(16), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("subject_code", sa.String(20), nullable=False),
        sa.Column("respondent_id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=True),
        sa.Column("parties", sa.Text(), nullable=False),
        sa.Column("allegation", sa.String(24), nullable=False),
        sa.Column("lot", sa.String(40), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("contact", sa.String(120), nullable=False),
        _instant("received_at"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("sender", sa.String(64), nullable=False),
        sa.Column("submitter_id", sa.Uuid(), nullable=True),
        sa.Column("reply_due", sa.Date(), nullable=True),
        sa.Column("forwarded", sa.Boolean(), nullable=False),
        sa.Column("deciders", sa.Text(), nullable=False),
        _instant("ended_at", nullable=True),
        sa.Column("file_sha256", sa.String(64), nullable=True),
        sa.Column("file_name", sa.String(120), nullable=False),
        sa.Column("file_type", sa.String(40), nullable=False),
        sa.Column("file_size", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
        sa.UniqueConstraint("token_sha256"),
    )
    for column in ("state", "subject_id", "respondent_id", "body_id", "sender", "ended_at"):
        op.create_index(f"ix_complaints_{column}", "complaints", [column])
    op.create_table(
        "complaint_events",
        sa.Column("complaint_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        _instant("at"),
        sa.Column("act", sa.String(16), nullable=False),
        sa.Column("role", sa.String(40), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaints.id"]),
        sa.PrimaryKeyConstraint("complaint_id", "place"),
    )
    _finders()


def _finders() -> None:
    for table, columns in (
        ("findings", ("subject_id", "organisation_id")),
        ("surveillance_outcomes", ("round_id", "product_id")),
        ("recognitions", ("product_id",)),
    ):
        op.create_table(
            table,
            sa.Column("seq", sa.Integer(), nullable=False),
            sa.Column("id", sa.Uuid(), nullable=False),
            *(sa.Column(name, sa.Uuid(), nullable=False) for name in columns),
            sa.ForeignKeyConstraint(["seq"], [FEED]),
            sa.PrimaryKeyConstraint("seq"),
        )
        for name in ("id", *columns):
            op.create_index(f"ix_{table}_{name}", table, [name])


def downgrade() -> None:
    for table in ("recognitions", "surveillance_outcomes", "findings", "complaint_events", "complaints"):
        op.drop_table(table)
