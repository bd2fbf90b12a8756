"""What figures rest on, cut out of each recorded document, beside its content."""

import json
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

AT_ONCE = 200
PARTS = {
    "declared": ("amount", "unit", "stated"),
    "properties": ("kind", "value", "unit"),
    "scenarios": ("name", "group", "default"),
}


def upgrade() -> None:
    op.add_column("declaration_contents", sa.Column("figures", sa.Text(), nullable=False, server_default=""))
    _fill(op.get_bind())
    with op.batch_alter_table("declaration_contents") as table:
        table.alter_column("figures", server_default=None)


def _fill(connection: sa.Connection) -> None:
    """From the records of the feed, as they were cut when this column came."""
    changes = sa.table("changes", sa.column("seq"), sa.column("payload"))
    contents = sa.table("declaration_contents", sa.column("seq"), sa.column("figures"))
    told = sa.select(changes.c.seq, changes.c.payload).join(contents, contents.c.seq == changes.c.seq)
    last = -1
    while rows := connection.execute(
        told.where(changes.c.seq > last).order_by(changes.c.seq).limit(AT_ONCE)
    ).all():
        last = rows[-1].seq
        found = [{"one": row.seq, "said": cut(json.loads(row.payload)["dataset"])} for row in rows]
        filled = sa.update(contents).where(contents.c.seq == sa.bindparam("one"))
        connection.execute(filled.values(figures=sa.bindparam("said")), found)


def cut(dataset: Mapping[str, Any]) -> str:
    """The cut of a data set as a payload holds it."""
    rows = {row["code"]: row["values"] for row in dataset["indicators"] if row["code"] is not None}
    declared, properties, scenarios = (PARTS[name] for name in PARTS)
    said = {
        "source": dataset["number"] or dataset["uuid"] or "",
        "generation": dataset["generation"],
        "declared": {name: dataset["declared"][name] for name in declared},
        "properties": [{name: one[name] for name in properties} for one in dataset["properties"]],
        "scenarios": [{name: one[name] for name in scenarios} for one in dataset["scenarios"]],
        "footprint": not rows and dataset["footprint"] is not None,
        "codes": list(rows),
        "rows": {
            code: _text([{name: held for name, held in one.items() if held is not None} for one in values])
            for code, values in rows.items()
            if _is_climate(code)
        },
    }
    return _text(said)


def _text(said: Any) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _is_climate(indicator: str) -> bool:
    code = indicator.strip().casefold()
    return code.startswith("gwp") or code in ("cfp", "carbon-footprint")


def downgrade() -> None:
    with op.batch_alter_table("declaration_contents") as table:
        table.drop_column("figures")
