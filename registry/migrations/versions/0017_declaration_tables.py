"""Prints of declarations' tables of results, by which a copied table is found."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from decimal import Context, Decimal
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NAMES = ("table_exact", "table_shape")
INDEX = "ix_declaration_contents_table_shape"
AT_ONCE = 200
FEWEST = 3
ARITHMETIC = Context(prec=28)
CLIMATE = {
    "EN 15804+A2": ("GWP-total",),
    "EN 15804+A1": ("GWP",),
    "ISO 21930": ("GWP", "GWP-fossil"),
    "ISO 14067": ("CFP",),
    "GB/T 24067": ("CFP",),
}
Numbers = Mapping[str, Mapping[tuple[str, str], Decimal]]


def upgrade() -> None:
    for name in NAMES:
        op.add_column("declaration_contents", sa.Column(name, sa.String(64), nullable=True))
    op.create_index(INDEX, "declaration_contents", ["table_shape"])
    _fill(op.get_bind())


def _fill(connection: sa.Connection) -> None:
    """From the records of the feed, as they were printed when these columns came."""
    changes = sa.table("changes", sa.column("seq"), sa.column("payload"))
    contents = sa.table("declaration_contents", sa.column("seq"), *map(sa.column, NAMES))
    told = sa.select(changes.c.seq, changes.c.payload).join(contents, contents.c.seq == changes.c.seq)
    last = -1
    while rows := connection.execute(
        told.where(changes.c.seq > last).order_by(changes.c.seq).limit(AT_ONCE)
    ).all():
        last = rows[-1].seq
        for row in rows:
            found = dict(zip(NAMES, prints(json.loads(row.payload)["dataset"]), strict=True))
            connection.execute(sa.update(contents).where(contents.c.seq == row.seq).values(found))


def prints(dataset: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Both prints of a data set as a payload holds it; None where there is no table worth one."""
    numbers = _numbers(dataset)
    base = _whole(dataset, numbers)
    cells = sorted(
        (code, *cell, value) for code, row in numbers.items() for cell, value in row.items() if value
    )
    if len(cells) <= FEWEST or not base:
        return None, None
    exact = ((*where, _plain(value)) for *where, value in cells)
    shape = ((*where, f"{ARITHMETIC.divide(value, base):.5E}") for *where, value in cells)
    return _digest(exact), _digest(shape)


def _numbers(dataset: Mapping[str, Any]) -> Numbers:
    found: dict[str, dict[tuple[str, str], Decimal]] = {}
    for row in dataset.get("indicators", ()):
        if row.get("code") is not None and row["code"] not in found:
            cells = found.setdefault(row["code"], {})
            for one in row["values"]:
                if one.get("amount") is not None:
                    cells.setdefault((one["module"], one.get("scenario") or ""), Decimal(one["amount"]))
    return found


def _whole(dataset: Mapping[str, Any], numbers: Numbers) -> Decimal | None:
    """A1–A3 of the climate indicator, else a footprint's total."""
    coded = {row.get("code") for row in dataset.get("indicators", ())}
    wanted = CLIMATE.get(dataset["generation"], ("GWP-total", "GWP", "CFP"))
    climate = next((code for code in wanted if code in coded), "")
    cells = numbers.get(climate, {})
    if ("A1-A3", "") in cells:
        return cells["A1-A3", ""]
    parts = [cells[module, ""] for module in ("A1", "A2", "A3") if (module, "") in cells]
    if len(parts) == 3:
        return sum(parts, Decimal(0))
    footprint = dataset.get("footprint")
    return Decimal(footprint["total"]) if footprint else None


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) if value else "0"


def _digest(cells: Iterable[tuple[str, ...]]) -> str:
    return hashlib.sha256("\n".join("|".join(cell) for cell in cells).encode()).hexdigest()


def downgrade() -> None:
    op.drop_index(INDEX, "declaration_contents")
    with op.batch_alter_table("declaration_contents") as table:
        for name in reversed(NAMES):
            table.drop_column(name)
