"""The lines of the three bills: items of a catalogue dealt to the sheets of a bill, the same every time."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import Final

from pydantic import Field

from registry.kit.types import Fact
from seeds.reference.loading import read_yaml

HERE: Final = Path(__file__).parent
SINGLE: Final = frozenset({"套", "台", "樘", "个", "块", "片", "工日"})


class FormName(StrEnum):
    SUMMARY = "summary"
    MAIN = "main"
    OWNER_PLAIN = "owner-plain"
    WORKS = "works"
    CONTRACTOR_2013 = "contractor-2013"
    OWNER_2013 = "owner-2013"
    PROVISIONAL_2013 = "provisional-2013"
    CONTRACTOR_2024 = "contractor-2024"
    OWNER_2024 = "owner-2024"
    PROVISIONAL_2024 = "provisional-2024"


OWNERS: Final = frozenset({FormName.OWNER_PLAIN, FormName.OWNER_2013, FormName.OWNER_2024})


class Item(Fact):
    """One kind of line as bills name it; see the head of `materials.yaml`."""

    section: str
    name: str
    specs: tuple[str, ...]
    unit: str
    much: Decimal
    price: Decimal
    bills: str
    loss: Decimal | None = None
    owner: bool = False
    unlisted: bool = False
    products: Mapping[str, str] = Field(default_factory=dict)


class SheetPlan(Fact):
    """One sheet; with several `buildings` the lines name theirs in a column.

    `sections` are the trades it lists, `without` those it leaves to another sheet: nothing is listed twice.
    """

    tab: str
    form: FormName
    lines: int
    building: str | None = None
    buildings: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


class BillPlan(Fact):
    id: str
    project: str
    mark: str
    seed: int
    sheets: tuple[SheetPlan, ...]

    @property
    def file_name(self) -> str:
        return f"demo-bill-{self.id}.xlsx"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a bill."""

    item: Item
    spec: str
    quantity: Decimal
    price: Decimal
    building: str

    @property
    def amount(self) -> Decimal:
        return (self.quantity * self.price).quantize(Decimal("0.01"))


def plans() -> tuple[BillPlan, ...]:
    return read_yaml(HERE / "plan.yaml", BillPlan)


def items() -> tuple[Item, ...]:
    return read_yaml(HERE / "materials.yaml", Item)


def entries(bill: BillPlan) -> Iterator[tuple[SheetPlan, tuple[Entry, ...]]]:
    """Each sheet with its lines; a material of several specifications comes back in every building."""
    rng = Random(bill.seed)  # noqa: S311 - invented data, no secret
    own = [item for item in items() if bill.mark in item.bills]
    for sheet in bill.sheets:
        chosen = _dealt(_offered(own, sheet), sheet.lines, rng)
        buildings = sheet.buildings or (sheet.building or "",)
        yield (
            sheet,
            tuple(
                _entry(item, spec, buildings[place % len(buildings)], rng)
                for place, (item, spec) in enumerate(chosen)
            ),
        )


def _offered(own: Sequence[Item], sheet: SheetPlan) -> list[tuple[Item, str]]:
    """What a form lists: the owner's purchases in their own form only, labour and plant in a summary only."""
    summary = sheet.form is FormName.SUMMARY
    fit = [item for item in own if item.owner is (sheet.form in OWNERS)]
    fit = [item for item in fit if summary or item.unit not in {"工日", "台班"}]
    fit = [item for item in fit if not sheet.sections or item.section in sheet.sections]
    return [(item, spec) for item in fit if item.section not in sheet.without for spec in item.specs]


def _dealt(offered: Sequence[tuple[Item, str]], count: int, rng: Random) -> list[tuple[Item, str]]:
    """So many of them in their own order; where the form needs more, some come twice."""
    rounds, rest = divmod(count, len(offered))
    places = [*range(len(offered))] * rounds + rng.sample(range(len(offered)), rest)
    return [offered[place] for place in sorted(places)]


def _entry(item: Item, spec: str, building: str, rng: Random) -> Entry:
    share, shift = Decimal(rng.randint(45, 160)) / 100, Decimal(rng.randint(95, 106)) / 100
    places = Decimal(1) if item.unit in SINGLE else Decimal("0.01")
    quantity = max(places, (item.much * share).quantize(places))
    return Entry(item, spec, quantity, (item.price * shift).quantize(Decimal("0.01")), building)
