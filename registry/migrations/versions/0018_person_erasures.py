"""Acts that erased persons named in declarations' files; the operator reaches applications' documents for it."""

from collections.abc import Mapping

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

# Said by `registry/access/walls.py`; `registry/applications/erasing.py` asks for these and nothing else does.
ERASING = (
    "current_setting('greenmat.role', true) = 'operator'"
    " AND current_setting('greenmat.asked', true) = 'persons'"
)
WALLS: Mapping[str, Mapping[str, str]] = {"application_documents": {"ALL": ERASING}}


def upgrade() -> None:
    op.create_table(
        "person_erasures",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("actor", sa.String(80), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("declarations", sa.Integer(), nullable=False),
        sa.Column("applications", sa.Integer(), nullable=False),
        sa.Column("uploads", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    if op.get_bind().dialect.name != "postgresql":
        return
    for table, policies in WALLS.items():
        for command, condition in policies.items():
            op.execute(f"CREATE POLICY {table}_erasing ON {table} FOR {command} USING ({condition})")


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        for table in WALLS:
            op.execute(f"DROP POLICY {table}_erasing ON {table}")
    op.drop_table("person_erasures")
