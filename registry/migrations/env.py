"""What Alembic runs: the caller's connection and transaction, and every table that is imported."""

from typing import Any, Literal

from alembic import context
from sqlalchemy import String, TypeDecorator
from sqlmodel import SQLModel


def _plain_type(kind: str, item: Any, _context: object) -> str | Literal[False]:
    """Our text types as `sa.String`, so that a revision needs none of today's code."""
    if kind == "type" and isinstance(item, TypeDecorator) and isinstance(item.impl, String):
        return f"sa.String({item.impl.length or ''})"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_item=_plain_type,
    render_as_batch=True,  # SQLite alters a table by copying it
    transactional_ddl=True,  # we say BEGIN ourselves, so SQLite rolls tables back too
)
with context.begin_transaction():
    context.run_migrations()
