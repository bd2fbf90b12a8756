"""Row-level security on private tables; authenticators, recovery codes, and when a session was proved twice."""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# Said by `registry/access/walls.py`; nothing said is nothing seen.
OWN = "NULLIF(current_setting('greenmat.organisation', true), '')::uuid"
EVERY = "COALESCE(NULLIF(current_setting('greenmat.organisations', true), ''), '{}')::uuid[]"
OFFICER = "current_setting('greenmat.role', true) = 'registry_officer'"
BODY = "current_setting('greenmat.role', true) = 'certification_body'"
ASKED = "current_setting('greenmat.asked', true)"
# The program that tells organisations what happened to their applications reads them all, and writes none.
PROGRAM = "current_setting('greenmat.role', true) = 'operator'"
# ruff: noqa: S608  conditions of policies, made of these constants alone
OF_CASE = "application_id IN (SELECT id FROM applications)"  # of those that this transaction sees

# By table: the commands and their condition. What no policy names is done to no row.
WALLS: Mapping[str, Mapping[str, str]] = {
    # Its organisation; once handed in, officers without a part in it, and a body that names the number.
    "applications": {
        "ALL": f"organisation_id = {OWN} OR (round > 0 AND "
        f"(({OFFICER} AND organisation_id <> ALL ({EVERY})) OR ({BODY} AND number = {ASKED})))",
        "SELECT": PROGRAM,
    },
    "application_events": {"SELECT": OF_CASE, "INSERT": OF_CASE},  # rows are only ever added
    "application_remarks": {"ALL": OF_CASE},
    "application_files": {"ALL": OF_CASE},
    # Officers also compare with what others brought: the same report twice (content's digest, never the file).
    "evidence_files": {
        "ALL": f"organisation_id = {OWN}",
        "SELECT": f"{OFFICER} OR id IN (SELECT file_id FROM application_files)",
    },
    # A list is seen with the application that it was handed in as.
    "product_lists": {"ALL": f"organisation_id = {OWN} OR {OF_CASE}"},
    "product_list_rows": {"ALL": "list_id IN (SELECT id FROM product_lists)"},
    # A key is found by its own id before anybody is known by it.
    "api_keys": {
        "ALL": f"membership_id IN (SELECT id FROM memberships WHERE organisation_id = {OWN}) OR id = {ASKED}"
    },
}


def upgrade() -> None:
    _second_factor()
    _walls()


def _second_factor() -> None:
    op.add_column("sessions", sa.Column("second_at", sa.String(27), nullable=True))
    op.create_table(
        "totp_secrets",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("secret", sa.String(64), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
        sa.PrimaryKeyConstraint("account_id"),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("code_sha256", sa.String(64), nullable=False),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.Column("used_at", sa.String(27), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_recovery_codes_account_id", "recovery_codes", ["account_id"])


def _walls() -> None:
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, policies in WALLS.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")  # the owner as well
        for command, condition in policies.items():
            clause = "WITH CHECK" if command == "INSERT" else "USING"
            op.execute(
                f"CREATE POLICY {table}_{command.lower()} ON {table} FOR {command} {clause} ({condition})"
            )


def downgrade() -> None:
    op.drop_table("recovery_codes")
    op.drop_table("totp_secrets")
    op.drop_column("sessions", "second_at")
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, policies in WALLS.items():
        for command in policies:
            op.execute(f"DROP POLICY {table}_{command.lower()} ON {table}")
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
