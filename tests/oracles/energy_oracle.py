"""A slow second answer for energy: raw rows of the table, their words taken apart one by one."""

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction

Row = Mapping[str, str | None]
KG = {"t": Fraction(1000), "weight case": Fraction(50)}
CALLED = {
    "clinker": "cement clinker",
    "flat_glass": "flat glass",
    "pv_glass": "rolled PV glass",
    "ceramic_tile": "ceramic tile",
    "sanitary_ceramics": "sanitary ceramics",
}


def fits(scope: str | None, size: Fraction) -> bool:
    """`furnace 500 to 800 t/d` and `water absorption > 0.5 % and <= 10 %`, word by word."""
    words = (scope or "").replace("t/d", "").replace("%", "").split()
    if "to" in words:
        at = words.index("to")
        return Fraction(words[at - 1]) <= size <= Fraction(words[at + 1])
    ok = True
    for at, word in enumerate(words):
        if word in {">", ">=", "<", "<="}:
            bound = Fraction(words[at + 1])
            ok = ok and ((word[0] == ">" and size > bound) or (word[0] == "<" and size < bound)
                         or ("=" in word and size == bound))  # fmt: skip
    return ok


def stood(text: str, day: date) -> bool:
    """Whether a document of this date surely stood: a year counts from its last day."""
    parts = [int(piece) for piece in text.split("-")]
    return (parts + [12, 31][len(parts) - 1 :])[:3] <= [day.year, day.month, day.day]


def in_kgce(value: Fraction, unit: str) -> tuple[Fraction, str]:
    """kgce for one kg or one m²."""
    amount, _, per = unit.partition("/")
    kgce = value * (1000 if amount == "tce" else 1)
    return (kgce, "m2") if per == "m2" else (kgce / KG[per], "kg")


def verdict(
    rows: Sequence[Row], record: Mapping[str, str | None], *, size: Fraction, region: str, day: date
) -> str:
    """For a known size: what each level says, where all its rows say the same."""
    if record["value"] is None:
        return "undecided"
    value, per = in_kgce(Fraction(record["value"] or 0), record["unit"] or "")
    said: dict[str, set[bool | None]] = {"benchmark": set(), "base": set()}
    for row in rows:
        level = row["level"] or ""
        if row["product_en"] != CALLED[record["product"] or ""] or level not in said:
            continue
        if row["status"] != "in-force" or row["value"] is None or not stood(row["date"] or "9999", day):
            continue
        if (row["region"] and row["region"][:2] != region[:2]) or not fits(row["scope"], size):
            continue
        limit, limit_per = in_kgce(Fraction(row["value"]), row["unit"] or "")
        met = value <= limit if row["comparator"] == "<=" else value < limit
        said[level].add(met if limit_per == per else None)
    one = {level: found.copy().pop() if len(found) == 1 else None for level, found in said.items()}
    match one["benchmark"], one["base"]:
        case (True, False):
            return "undecided"
        case (True, _):
            return "benchmark"
        case (_, False):
            return "worse"
        case (False, True):
            return "between"
        case _:
            return "undecided"
