"""Accounts with their roles, sessions, passkeys, identities, keys, history, and ceremonies under way."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ACCOUNT, MEMBERSHIP = "accounts.id", "memberships.id"


def _instant(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(27), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("login", sa.String(254), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=True),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        _instant("created_at"),
        _instant("disabled_at", nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("login"),
    )
    op.create_table(
        "memberships",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("manages", sa.Boolean(), nullable=False),
        _instant("since"),
        _instant("until", nullable=True),
        sa.ForeignKeyConstraint(["account_id"], [ACCOUNT]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_memberships_account_id", "memberships", ["account_id"])
    op.create_index("ix_memberships_organisation_id", "memberships", ["organisation_id"])
    op.create_table(
        "invitations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_sha256", sa.String(64), nullable=False),
        sa.Column("login", sa.String(254), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(32), nullable=False),
        sa.Column("manages", sa.Boolean(), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=True),
        _instant("created_at"),
        _instant("expires_at"),
        _instant("accepted_at", nullable=True),
        _instant("withdrawn_at", nullable=True),
        sa.ForeignKeyConstraint(["invited_by"], [ACCOUNT]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_sha256"),
    )
    op.create_index("ix_invitations_organisation_id", "invitations", ["organisation_id"])
    op.create_table(
        "sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_sha256", sa.String(64), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=True),
        sa.Column("device", sa.String(120), nullable=False),
        _instant("created_at"),
        _instant("seen_at"),
        _instant("confirmed_at"),
        _instant("expires_at"),
        sa.ForeignKeyConstraint(["account_id"], [ACCOUNT]),
        sa.ForeignKeyConstraint(["membership_id"], [MEMBERSHIP]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_sha256"),
    )
    op.create_index("ix_sessions_account_id", "sessions", ["account_id"])
    _credentials()


def _credentials() -> None:
    op.create_table(
        "passkeys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("credential_id", sa.String(1400), nullable=False),
        sa.Column("public_key", sa.Text(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        _instant("created_at"),
        _instant("used_at", nullable=True),
        sa.ForeignKeyConstraint(["account_id"], [ACCOUNT]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("credential_id"),
    )
    op.create_index("ix_passkeys_account_id", "passkeys", ["account_id"])
    op.create_table(
        "identities",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("issuer", sa.String(400), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        _instant("created_at"),
        sa.ForeignKeyConstraint(["account_id"], [ACCOUNT]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("issuer", "subject", name="uq_identities_issuer_subject"),
    )
    op.create_index("ix_identities_account_id", "identities", ["account_id"])
    op.create_table(
        "api_keys",
        sa.Column("id", sa.String(12), nullable=False),
        sa.Column("secret_sha256", sa.String(64), nullable=False),
        sa.Column("membership_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        _instant("created_at"),
        _instant("expires_at"),
        _instant("used_at", nullable=True),
        _instant("revoked_at", nullable=True),
        sa.ForeignKeyConstraint(["membership_id"], [MEMBERSHIP]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_api_keys_membership_id", "api_keys", ["membership_id"])
    op.create_table(
        "account_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        _instant("at"),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("detail", sa.String(120), nullable=False),
        sa.Column("source", sa.String(12), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], [ACCOUNT]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_account_events_account_id", "account_events", ["account_id"])
    op.create_table(
        "ceremonies",
        sa.Column("token_sha256", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("data", sa.Text(), nullable=False),
        _instant("expires_at"),
        sa.ForeignKeyConstraint(["account_id"], [ACCOUNT]),
        sa.PrimaryKeyConstraint("token_sha256"),
    )


def downgrade() -> None:
    for table in (
        "ceremonies", "account_events", "api_keys", "identities", "passkeys", "sessions", "invitations",
        "memberships", "accounts",
    ):  # fmt: skip
        op.drop_table(table)
