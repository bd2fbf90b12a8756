"""Which recorded declaration an application states the next version of."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("applications", sa.Column("follows_id", sa.Uuid(), nullable=True))


def downgrade() -> None:
    op.drop_column("applications", "follows_id")
