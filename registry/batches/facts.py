"""What a maker states about one batch; nothing of it is certified, and nothing of it enters a ratio.

A certificate covers units, models and plants, never a batch (practice, 1): whether one covered what was made
there that day is computed each time it is asked, and never stored.
"""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, model_validator

from registry.batches.identifiers import read_handle, same
from registry.kit.known_by import KnownBy, Source
from registry.kit.types import Exact, Fact
from registry.products.gtin import read_gtin

MOST_SERIALS, MOST_HANDLES, MOST_TESTS = 200, 20, 60
LONGEST_RUN = 366  # days between the first and the last day of production
PRINTABLE = r"^[^\x00-\x1f\x7f]*$"

Word = Annotated[str, Field(min_length=1, max_length=80, pattern=PRINTABLE)]
Line = Annotated[str, Field(min_length=1, max_length=200, pattern=PRINTABLE)]
Amount = Annotated[Exact, Field(gt=0)]


class BatchTest(Fact):
    """One value measured on the batch, as the maker states it; None is not stated."""

    indicator: Word
    value: Exact
    unit: Annotated[str, Field(max_length=40, pattern=PRINTABLE)] = ""
    method: Word | None = None
    laboratory: Word | None = None
    report_number: Word | None = None
    tested_on: date | None = None


class BatchFact(Fact):
    """A batch of one product from one plant under the producer's own number; both days count.

    `gtin` (fourteen figures) is the trade item it is packed as, so the GTIN names the product and only GTIN
    and batch number together name the batch.
    """

    id: UUID
    code: str
    product_id: UUID
    plant_id: UUID
    number: Word
    model: Word | None = None
    made_from: date
    made_to: date
    amount: Amount | None = None
    unit: str | None = None
    gtin: str | None = None
    industrial_ids: Annotated[tuple[str, ...], Field(max_length=MOST_HANDLES)] = ()
    serials: Annotated[tuple[Word, ...], Field(max_length=MOST_SERIALS)] = ()
    tests: Annotated[tuple[BatchTest, ...], Field(max_length=MOST_TESTS)] = ()
    stated_on: date
    known_by: KnownBy
    withdrawn: bool = False
    withdrawn_reason: Line | None = None

    @model_validator(mode="after")
    def _parts_agree(self) -> "BatchFact":
        if not 0 <= (self.made_to - self.made_from).days <= LONGEST_RUN:
            raise ValueError("the production runs backwards or for more than a year")
        if (self.amount is None) is not (self.unit is None):
            raise ValueError("a quantity needs its unit, and a unit its quantity")
        if self.gtin is not None and read_gtin(self.gtin) != self.gtin:
            raise ValueError("the GTIN is not fourteen figures with their check digit")
        if not same(self.number) or not all(map(same, self.serials)):
            raise ValueError("a number needs a character that can be told from others")
        if any(read_handle(one) != one for one in self.industrial_ids):
            raise ValueError("an industrial-internet identifier is no handle below 88.")
        if self.known_by.source is not Source.SELF_STATED:
            raise ValueError("a batch is its maker's own statement")
        if self.withdrawn is not (self.withdrawn_reason is not None):
            raise ValueError("a withdrawal needs its reason, and a reason its withdrawal")
        return self
