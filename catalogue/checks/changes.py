"""What a report of a check says otherwise than the one before it, the old choice beside the new."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from catalogue.checks.inputs import LineInput
from catalogue.checks.report import LineOut, Report
from catalogue.compliance.verdicts import Outcome
from catalogue.ratios.model import Bounds, Breakdown


class Setting(StrEnum):
    """What the whole report was asked under."""

    RULE = "rule"
    DAY = "day"
    ANSWERS = "answers"
    DATA = "data"


@dataclass(frozen=True, slots=True)
class UnitChange:
    """One calculation unit, its ratio as bounds; None: the report has no such unit, or no ratio for it."""

    unit_id: str
    before: Bounds | None
    after: Bounds | None


@dataclass(frozen=True, slots=True)
class LineChange:
    """One line as both reports took and judged it; the same line of the same file."""

    place: int
    before: tuple[LineInput, LineOut]
    after: tuple[LineInput, LineOut]

    @property
    def swapped(self) -> bool:
        """Whether another product, plant or model was chosen."""
        (old, _), (new, _) = self.before, self.after
        return (old.product_id, old.plant_id, old.model) != (new.product_id, new.plant_id, new.model)

    @property
    def outcomes(self) -> tuple[Outcome | None, Outcome | None]:
        return self.before[1].outcome, self.after[1].outcome


@dataclass(frozen=True, slots=True)
class Changes:
    """`came` and `went` count lines that only one report has: other sheets or columns were chosen."""

    settings: tuple[Setting, ...]
    units: tuple[UnitChange, ...]
    lines: tuple[LineChange, ...]
    came: int
    went: int


def changes(old: Report, new: Report) -> Changes:
    """Differences of two reports of one check, lines in the order of the bill."""
    before, after = ({line.line_id for line in report.input.lines} for report in (old, new))
    return Changes(
        settings=tuple(_settings(old, new)),
        units=tuple(_units(old, new)),
        lines=tuple(_lines(old, new)),
        came=len(after - before),
        went=len(before - after),
    )


def _settings(old: Report, new: Report) -> Iterator[Setting]:
    one, other = old.input, new.input
    if (one.pack_id, one.pack_edition) != (other.pack_id, other.pack_edition):
        yield Setting.RULE
    if one.report_day != other.report_day:
        yield Setting.DAY
    if one.pack_id == other.pack_id and one.choices != other.choices:
        yield Setting.ANSWERS
    if one.as_of != other.as_of:
        yield Setting.DATA


def _units(old: Report, new: Report) -> Iterator[UnitChange]:
    before, after = _ratios(old), _ratios(new)
    for unit in sorted(before.keys() | after.keys()):
        if before.get(unit) != after.get(unit) or (unit in before) != (unit in after):
            yield UnitChange(unit, before.get(unit), after.get(unit))


def _ratios(report: Report) -> dict[str, Bounds | None]:
    return {unit.unit_id: _bounds(unit.breakdown) for unit in report.units}


def _bounds(found: Breakdown) -> Bounds | None:
    if found.lower is None or found.upper is None:
        return None
    return Bounds(found.lower.compared, found.upper.compared)


def _lines(old: Report, new: Report) -> Iterator[LineChange]:
    before = {line.line_id: (line, out) for line, out in zip(old.input.lines, old.lines, strict=True)}
    for place, (line, out) in enumerate(zip(new.input.lines, new.lines, strict=True)):
        known = before.get(line.line_id)
        if known is not None and (known[0] != line or _judged(known[1]) != _judged(out)):
            yield LineChange(place, known, (line, out))


def _judged(out: LineOut) -> tuple[Outcome | None, bool, str | None]:
    return out.outcome, out.counted, out.evidence
