"""The standards behind categories, factors and rules, with what replaced what and since when."""

from functools import cache
from pathlib import Path

from registry.kit.types import Fact
from seeds.reference.loading import (
    Confidence,
    PartialDay,
    Slug,
    Standing,
    Words,
    read_yaml,
    require_unique,
)

FILE = Path(__file__).with_name("standards.yaml")


class Standard(Fact):
    """One edition of a standard; a missing title, edition or date was not seen in any text."""

    id: Slug
    number: Words
    edition: PartialDay | None = None
    title_zh: Words | None = None
    title_en: Words | None = None
    issued: PartialDay | None = None
    in_force: PartialDay | None = None
    replaces: Slug | None = None
    replaced_by: Slug | None = None
    replaced_on: PartialDay | None = None
    status: Standing
    confidence: Confidence
    seen_in: Words
    note: Words | None = None

    @property
    def designation(self) -> str:
        """As it is cited; without a year where the edition was not seen."""
        return self.number if self.edition is None else f"{self.number}-{self.edition}"


@cache
def standards() -> tuple[Standard, ...]:
    rows = read_yaml(FILE, Standard)
    require_unique(rows, lambda row: row.id)
    _check_succession(rows)
    return rows


def _check_succession(rows: tuple[Standard, ...]) -> None:
    by_id = {row.id: row for row in rows}
    for row in rows:
        if row.replaced_by is not None and by_id[row.replaced_by].replaces != row.id:
            raise ValueError(f"{row.id}: {row.replaced_by} does not say that it replaces it")
        if row.replaces is not None and by_id[row.replaces].replaced_by != row.id:
            raise ValueError(f"{row.id}: {row.replaces} does not say that it was replaced by it")
        if (row.replaced_by is not None) != (row.status is Standing.SUPERSEDED):
            raise ValueError(f"{row.id}: superseded and replaced_by go together")
