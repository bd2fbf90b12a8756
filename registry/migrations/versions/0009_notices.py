"""Notices with their followers' cursors, private feeds, webhooks and deliveries; forms on their way."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

CURSORS = ("feed", "notices", "day")


def _instant(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(27), nullable=nullable)


def upgrade() -> None:
    cursors = op.create_table(
        "notice_cursors",
        sa.Column("name", sa.String(16), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.bulk_insert(cursors, [{"name": name, "position": 0} for name in CURSORS])
    op.create_table(
        "notice_applications",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["applications.id"]),
        sa.PrimaryKeyConstraint("application_id"),
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("record", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(24), nullable=False),
        _instant("at"),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("position"),
    )
    op.create_index("ix_notices_organisation", "notices", ["organisation_id", "position"])
    op.create_table(
        "notice_reads",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
        sa.PrimaryKeyConstraint("account_id", "organisation_id"),
    )
    op.create_table(
        "notice_feeds",
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("token_sha256", sa.String(64), nullable=False),
        _instant("created_at"),
        sa.ForeignKeyConstraint(["membership_id"], ["memberships.id"]),
        sa.PrimaryKeyConstraint("membership_id"),
        sa.UniqueConstraint("token_sha256"),
    )
    _webhooks()
    _kept_forms()


def _kept_forms() -> None:
    op.create_table(
        "kept_forms",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.String(1000), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        _instant("kept_at"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_kept_forms_session_id", "kept_forms", ["session_id"])


def _webhooks() -> None:
    op.create_table(
        "webhooks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.String(500), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("secret", sa.String(64), nullable=False),
        sa.Column("old_secret", sa.String(64), nullable=True),
        _instant("old_until", nullable=True),
        _instant("created_at"),
        _instant("stopped_at", nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_webhooks_organisation_id", "webhooks", ["organisation_id"])
    op.create_table(
        "webhook_deliveries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("webhook_id", sa.Uuid(), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("record", sa.Uuid(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        _instant("next_at"),
        _instant("settled_at", nullable=True),
        sa.Column("answer", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["webhook_id"], ["webhooks.id"]),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_webhook_deliveries_line", "webhook_deliveries", ["webhook_id", "record", "position"])
    op.create_index("ix_webhook_deliveries_due", "webhook_deliveries", ["state", "next_at"])


def downgrade() -> None:
    for table in (
        "kept_forms", "webhook_deliveries", "webhooks", "notice_feeds", "notice_reads", "notices", "notice_applications",
        "notice_cursors",
    ):  # fmt: skip
        op.drop_table(table)
