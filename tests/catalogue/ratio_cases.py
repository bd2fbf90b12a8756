"""Builders of lines for ratio tests: short to write, nothing decided here."""

import random
from collections.abc import Sequence
from decimal import Decimal

from catalogue.compliance.verdicts import Outcome
from catalogue.ratios.model import LineShare
from registry.policies.pack import Kind, Pack
from seeds.policies.packs import read_pack
from tests.oracles.ratio_oracle import Line

_OUTCOMES = tuple(Outcome)


def share(
    kind: str | None,
    quantity: str,
    unit: str,
    *,
    green: bool | None = True,
    sub: str | None = None,
    line: str | None = None,
) -> LineShare:
    """`green` None is an undecided line."""
    outcome = {True: Outcome.PASS, False: Outcome.FAIL, None: Outcome.UNDECIDED}[green]
    name = line or f"{kind}-{sub}-{quantity}-{unit}-{outcome}"
    return LineShare(name, kind, sub, Decimal(quantity), unit, outcome)


def used(group: str, letters: str, passing: int) -> list[LineShare]:
    """One line per named kind, in the first unit of the table; the first `passing` are green."""
    unit = {"Q1": "m3", "Q2": "m2", "Q3": "m", "Q4": "m2"}[group]
    return [
        share(f"{group}{letter}", "10", unit, green=index < passing) for index, letter in enumerate(letters)
    ]


def random_lines(rng: random.Random, pack: Pack) -> list[LineShare]:
    """A made-up building: odd quantities, mixed and foreign units, undecided and uncounted lines."""
    kinds = pack.kinds or ()
    lines = []
    for number in range(rng.randint(0, 22)):
        kind = rng.choice(kinds)
        units = kind.units or ("piece", "m2")
        unit = rng.choice(units) if rng.random() < 0.96 else "bag"
        quantity = Decimal(rng.randint(1, 2000)) / (10 ** rng.randint(0, 3))
        outcome = rng.choices(_OUTCOMES, weights=(7, 2, 1))[0]
        lines.append(LineShare(f"L{number}", kind.id, f"p{rng.randint(1, 3)}", quantity, unit, outcome))
    if rng.random() < 0.1:
        lines.append(LineShare("loose", None, "cement", Decimal(5), "t", Outcome.FAIL))
    return lines


def with_open_lines(rng: random.Random, pack: Pack) -> list[LineShare]:
    """A small building with one or two lines of which the quantity, the kind or the material is unknown."""
    few = rng.sample(pack.kinds or (), 3)
    lines = []
    for number in range(rng.randint(0, 4)):
        kind, outcome = rng.choice(few), rng.choices(_OUTCOMES, weights=(6, 3, 1))[0]
        unit = rng.choice([*(kind.units or ("piece", "m2")), "bag"][:2])
        quantity = Decimal(rng.randint(1, 200))
        lines.append(LineShare(f"L{number}", kind.id, f"p{rng.randint(1, 2)}", quantity, unit, outcome))
    return [*lines, *(_open_line(rng, few, f"open{number}") for number in range(rng.randint(1, 2)))]


def _open_line(rng: random.Random, few: Sequence[Kind], name: str) -> LineShare:
    kind, outcome = rng.choice(few), rng.choice(_OUTCOMES)
    unit = rng.choice([*(kind.units or ("piece", "m2")), "bag"][:2])
    quantity = rng.choice([None, Decimal(rng.randint(1, 200))])
    sort = rng.choice(["quantity", "options", "material"])
    if sort == "quantity":
        return LineShare(name, kind.id, "p1", None, "", outcome)
    if sort == "options":
        options = tuple(one.id for one in rng.sample(few, 2))
        return LineShare(name, None, "p1", quantity, unit, outcome, options=options)
    return LineShare(name, None, None, quantity, unit, outcome)


def with_failed_loose_lines(rng: random.Random, pack: Pack) -> list[LineShare]:
    """A made-up building with one to three lines that failed and may be of several kinds."""
    lines = random_lines(rng, pack)
    for number in range(rng.randint(1, 3)):
        options = tuple(one.id for one in rng.sample(pack.kinds or (), rng.randint(2, 4)))
        quantity, unit = Decimal(rng.randint(1, 500)), rng.choice(["m2", "t", "bag"])
        sub_kind = f"p{rng.randint(1, 3)}"
        lines.append(
            LineShare(f"loose{number}", None, sub_kind, quantity, unit, Outcome.FAIL, options=options)
        )
    return lines


def plain(lines: Sequence[LineShare]) -> list[Line]:
    return [
        {
            "kind": line.kind,
            "sub": line.sub_kind,
            "qty": None if line.quantity is None else str(line.quantity),
            "unit": line.unit,
            "out": line.outcome.value,
            "options": list(line.options),
            "known": line.kind_known,
        }
        for line in lines
    ]


def loaded_procurement_pack() -> Pack:
    """The 2025 pack with an invented list, as if an officer had loaded one."""
    pack = read_pack("procurement-2025")
    kinds = [
        Kind(
            id=f"k{number}",
            group="compulsory" if number < 3 else "optional",
            name_zh=f"示例品类 {number}（虚构）",
            name_en=f"example kind {number} (invented)",
            units=("m2",) if number % 2 else ("m3", "piece"),
            clause="示例",
        )
        for number in range(9)
    ]
    return Pack.model_validate({**pack.model_dump(), "kinds": [kind.model_dump() for kind in kinds]})
