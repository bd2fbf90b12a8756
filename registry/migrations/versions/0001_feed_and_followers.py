"""The feed, and the tables that find organisations, products and their evidence."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _feed()
    _parties_and_products()
    _evidence()


def downgrade() -> None:
    for table in (
        "product_evidence", "declaration_products", "certificate_scope", "certificates",
        "products", "plants", "organisations",
        "public_codes", "change_actors", "feed_head", "changes",
    ):  # fmt: skip
        op.drop_table(table)


def _feed() -> None:
    op.create_table(
        "changes",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.String(27), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("payload_sha256", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("kind", "key", "version", name="uq_changes_version"),
    )
    op.create_index("ix_changes_line", "changes", ["kind", "key", "effective_on", "seq"])
    op.create_index("ix_changes_recorded", "changes", ["recorded_at", "seq"])
    op.create_table(
        "feed_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feed", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.String(27), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    _follower("change_actors", sa.Column("actor", sa.String(80), nullable=False))
    op.create_table(
        "public_codes",
        sa.Column("code", sa.String(20), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("code"),
    )
    _index("public_codes", "key")


def _parties_and_products() -> None:
    _follower(
        "organisations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("credit_code", sa.String(18), nullable=False),
        sa.Column("name_zh", sa.String(200), nullable=False),
        sa.Column("roles", sa.String(120), nullable=False),
        sa.Column("region", sa.String(6), nullable=False),
    )
    _index("organisations", "id", "credit_code", "name_zh")
    _follower(
        "plants",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("region", sa.String(6), nullable=False),
    )
    _index("plants", "id", "organisation_id")
    _follower(
        "products",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("manufacturer_id", sa.Uuid(), nullable=False),
        sa.Column("gtin", sa.String(14), nullable=True),
    )
    _index("products", "id", "kind", "manufacturer_id", "gtin")


def _evidence() -> None:
    _follower(
        "certificates",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(120), nullable=False),
        sa.Column("number_folded", sa.String(120), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=False),
        sa.UniqueConstraint("body_id", "number", "version", name="uq_certificates_number"),
    )
    _index("certificates", "id", "holder_id", "number_folded")
    _follower(
        "certificate_scope",
        sa.Column("row", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("plant_id", sa.Uuid(), nullable=False),
        key=("seq", "row", "product_id"),
    )
    _index("certificate_scope", "certificate_id", "plant_id", "product_id")
    _follower(
        "declaration_products",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("declaration_id", sa.Uuid(), nullable=False),
        key=("seq", "product_id"),
    )
    _index("declaration_products", "declaration_id", "product_id")
    _follower(
        "product_evidence",
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
    )
    _index("product_evidence", "id", "product_id")


def _follower(name: str, *parts: sa.schema.SchemaItem, key: tuple[str, ...] = ("seq",)) -> None:
    """A table whose rows each stand at a position of the feed."""
    op.create_table(
        name,
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        *parts,
        sa.ForeignKeyConstraint(["seq"], ["changes.seq"]),
        sa.PrimaryKeyConstraint(*key),
    )


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(f"ix_{table}_{column}", table, [column])
