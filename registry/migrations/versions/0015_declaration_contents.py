"""What declarations' documents state, how it was read, uploads, and the persons they name behind a wall."""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

# Said by `registry/access/walls.py`; nothing said is nothing seen.
OWN = "NULLIF(current_setting('greenmat.organisation', true), '')::uuid"
# Loaders and operators write what a file names; officers answer and erase on request.
OFFICE = "current_setting('greenmat.role', true) IN ('loader', 'operator', 'registry_officer')"
WALLS: Mapping[str, Mapping[str, str]] = {
    "declaration_persons": {"ALL": f"organisation_id = {OWN} OR {OFFICE}"},
    # With the application that this transaction sees.
    "application_documents": {"ALL": "application_id IN (SELECT id FROM applications)"},
}


def upgrade() -> None:
    _contents()
    _readings()
    _persons()
    _checks()
    _of_applications()
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, policies in WALLS.items():
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")  # the owner as well
        for command, condition in policies.items():
            op.execute(
                f"CREATE POLICY {table}_{command.lower()} ON {table} FOR {command} USING ({condition})"
            )


def _contents() -> None:
    op.create_table(
        "declaration_contents",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("uuid", sa.Uuid(), nullable=True),
        sa.Column("version", sa.String(40), nullable=True),
        sa.Column("number_folded", sa.String(200), nullable=True),
        sa.Column("openepd_id", sa.String(80), nullable=True),
        sa.ForeignKeyConstraint(["seq"], ["changes.seq"]),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("ix_declaration_contents_uuid", "declaration_contents", ["uuid", "version"])
    for column in ("declaration_id", "number_folded", "openepd_id"):
        op.create_index(f"ix_declaration_contents_{column}", "declaration_contents", [column])


def _readings() -> None:
    op.create_table(
        "declaration_readings",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("format", sa.String(40), nullable=False),
        sa.Column("format_version", sa.String(40), nullable=True),
        sa.Column("member", sa.String(400), nullable=True),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("origins", sa.Text(), nullable=False),
        sa.Column("read_at", sa.String(27), nullable=False),
        sa.Column("read_by", sa.String(12), nullable=False),
        sa.Column("source_url", sa.String(2000), nullable=True),
        sa.Column("licence", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["seq"], ["changes.seq"]),
        sa.PrimaryKeyConstraint("seq"),
    )
    for column in ("declaration_id", "sha256"):
        op.create_index(f"ix_declaration_readings_{column}", "declaration_readings", [column])


def _persons() -> None:
    op.create_table(
        "declaration_persons",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("role", sa.String(80), nullable=False),
        sa.Column("name", sa.String(400), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("declaration_id", "organisation_id"):
        op.create_index(f"ix_declaration_persons_{column}", "declaration_persons", [column])


def _checks() -> None:
    op.create_table(
        "declaration_checks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("token_sha256", sa.String(64), nullable=False),
        sa.Column("created_at", sa.String(27), nullable=False),
        sa.Column("expires_at", sa.String(27), nullable=False),
        sa.Column("file_name", sa.String(120), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("readings", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("token_sha256"),
    )
    op.create_index("ix_declaration_checks_expires_at", "declaration_checks", ["expires_at"])


def _of_applications() -> None:
    op.create_table(
        "application_documents",
        sa.Column("application_id", sa.Uuid(), nullable=False),
        sa.Column("file_name", sa.String(120), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["applications.id"]),
        sa.PrimaryKeyConstraint("application_id"),
    )
    op.create_index("ix_application_documents_sha256", "application_documents", ["sha256"])


def downgrade() -> None:
    op.drop_table("application_documents")
    for table in (
        "declaration_checks",
        "declaration_persons",
        "declaration_readings",
        "declaration_contents",
    ):
        op.drop_table(table)
