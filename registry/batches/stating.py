"""A batch as somebody states it, by form or by machine, read into what is recorded; all faults at once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from registry.batches.facts import (
    LONGEST_RUN,
    MOST_HANDLES,
    MOST_SERIALS,
    MOST_TESTS,
    BatchFact,
    BatchTest,
    Word,
)
from registry.batches.identifiers import read_handle, same
from registry.kit.errors import Fault, Faulty
from registry.kit.known_by import KnownBy, Source
from registry.products.facts import ProductFact
from registry.products.gtin import NoGtin, read_gtin
from registry.units.parse import parse_unit

KEY = r"^[A-Za-z0-9._~-]{8,64}$"


class BatchIn(BaseModel):
    """What a maker states of a batch; None is "not stated", a GTIN is the trade item it is packed as."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    plant: str = Field(max_length=40, description="登记号 of the plant that made it")
    number: Word = Field(description="The producer's own batch number", examples=["20261103-2"])
    model: Word | None = Field(None, description="One of the product's models")
    made_from: date = Field(description="First day of production")
    made_to: date | None = Field(None, description="Last day, where it is another one; it counts")
    amount: Decimal | None = Field(None, gt=0, max_digits=20, decimal_places=6, examples=["320"])
    unit: str | None = Field(None, max_length=40, examples=["t"])
    gtin: str | None = Field(None, max_length=40, description="8, 12, 13 or 14 figures")
    industrial_ids: tuple[Word, ...] = Field((), max_length=MOST_HANDLES, examples=[["88.101.5/EX-1"]])
    serials: tuple[Word, ...] = Field((), max_length=MOST_SERIALS)
    tests: tuple[BatchTest, ...] = Field((), max_length=MOST_TESTS)


@dataclass(frozen=True, slots=True)
class About:
    """Of which product and plant a batch is stated, on which day, and under which id and 登记号."""

    product: ProductFact
    plant_id: UUID | None
    today: date
    id: UUID
    code: str


@dataclass(slots=True)
class _Reader:
    """One statement being read; whatever is wrong is kept with its field."""

    given: BatchIn
    about: About
    faults: list[Fault] = field(default_factory=list)

    def wrong(self, where: str, key: str, **facts: object) -> None:
        self.faults.append(Fault(where, key, facts))

    def plant(self) -> UUID:
        found, product = self.about.plant_id, self.about.product
        if found is None or found not in product.plant_ids:
            self.wrong("plant", "batch-plant-not-of-product", plant=self.given.plant, product=product.code)
        return found or product.id

    def model(self) -> str | None:
        model, known = self.given.model, self.about.product.models
        if model is not None and model not in known:
            self.wrong("model", "batch-model-unknown", model=model, models=known)
        return model

    def days(self) -> tuple[date, date]:
        start, today = self.given.made_from, self.about.today
        end = self.given.made_to or start
        if end < start:
            self.wrong("made_to", "batch-made-backwards", start=start, end=end)
        elif (end - start).days > LONGEST_RUN:
            self.wrong("made_to", "batch-made-too-long", most=LONGEST_RUN)
        for where, day in (("made_from", start), ("made_to", end)):
            if day > today:
                self.wrong(where, "batch-made-ahead", day=day, today=today)
        return start, end

    def unit(self) -> str | None:
        amount, unit = self.given.amount, self.given.unit or None
        if amount is None and unit is None:
            return None
        if amount is None:
            self.wrong("amount", "batch-amount-missing")
        parsed = parse_unit(unit) if unit is not None else None
        if unit is None:
            self.wrong("unit", "batch-unit-missing")
        elif parsed is None or parsed.multiplier != 1:
            self.wrong("unit", "batch-unit-unknown", unit=unit)
        return parsed.unit.code if parsed else None

    def gtin(self) -> str | None:
        if not self.given.gtin:
            return None
        read = read_gtin(self.given.gtin)
        if isinstance(read, NoGtin):
            facts = {"figures": read.figures, "expected": read.expected}
            self.wrong("gtin", f"gtin.{read.fault}", **facts)
            return None
        return read

    def handles(self) -> Iterator[str]:
        for text in self.given.industrial_ids:
            handle = read_handle(text)
            if handle is None:
                self.wrong("industrial_ids", "batch-handle-unreadable", value=text)
            else:
                yield handle

    def number(self) -> str:
        if not same(self.given.number):
            self.wrong("number", "batch-number-unreadable", number=self.given.number)
        return self.given.number

    def tests(self) -> tuple[BatchTest, ...]:
        for test in self.given.tests:
            if test.tested_on is not None and test.tested_on > self.about.today:
                self.wrong("tests", "batch-test-ahead", day=test.tested_on, today=self.about.today)
        return self.given.tests


def read(given: BatchIn, about: About) -> BatchFact:
    """The record of a statement; Faulty names everything that is wrong, each with its field."""
    reader = _Reader(given, about)
    start, end = reader.days()
    fields = {
        "plant_id": reader.plant(),
        "number": reader.number(),
        "model": reader.model(),
        "unit": reader.unit(),
        "gtin": reader.gtin(),
        "industrial_ids": _once(tuple(reader.handles())),
        "serials": _once(given.serials),
        "tests": reader.tests(),
    }
    if reader.faults:
        raise Faulty("batch-has-faults", faults=reader.faults, count=len(reader.faults))
    return BatchFact(
        id=about.id,
        code=about.code,
        product_id=about.product.id,
        made_from=start,
        made_to=end,
        amount=given.amount,
        stated_on=about.today,
        known_by=KnownBy(source=Source.SELF_STATED),
        **fields,
    )


def _once(texts: Sequence[str], key: Callable[[str], str] = same) -> tuple[str, ...]:
    """Each identifier once, as it was first written; one that says nothing is left out."""
    return tuple({key(text): text for text in reversed(texts) if key(text)}.values())[::-1]
