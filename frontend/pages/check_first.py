"""The kinds worth mending first, in words: what the ratio becomes, and a way to the line in the way."""

from collections.abc import Iterator, Mapping, Sequence

from catalogue.checks import shares
from catalogue.checks.fixes import Fix, fixes
from catalogue.ratios.ledger import UnitResult
from catalogue.ratios.model import LineShare
from frontend.pages.check_lines import Lines
from frontend.views.report import FirstStep, cut_percent

MOST_ROWS = 3  # named in one sentence


class FirstSteps:
    """What could be done first in every unit of one report."""

    def __init__(self, lines: Lines) -> None:
        self.terms, self.lines = lines.terms, lines
        self.shares: Mapping[str, Sequence[LineShare]] = shares.by_unit(lines.pairs(), lines.terms.pack)
        self.places = {line.line_id: place for place, line in enumerate(lines.report.input.lines)}

    def of(self, unit: UnitResult) -> Iterator[FirstStep]:
        for fix in fixes(self.terms.pack, self.shares[unit.unit_id], unit.breakdown):
            yield FirstStep(self._said(fix, unit), self.lines.mend(self.places[fix.line_ids[0]]))

    def _said(self, fix: Fix, unit: UnitResult) -> str:
        words, before = self.terms.words, unit.breakdown.lower
        named = words.listed(self.terms.kind(kind) for kind in fix.kinds)
        facts = {
            "kind": words.say("check.gap.one-of", kinds=named) if len(fix.kinds) > 1 else named,
            "rows": self._rows(fix),
            "before": cut_percent(before.compared / 100) if before else "—",
            "after": cut_percent(fix.after.compared / 100),
        }
        if before is not None and fix.after.points > before.points:
            return words.say("check.fix.points", **facts, points=fix.after.points)
        return words.say("check.fix.ratio", **facts)

    def _rows(self, fix: Fix) -> str:
        words = self.terms.words
        given = self.lines.report.input.lines
        named = words.listed(self.lines.place(given[self.places[one]]) for one in fix.line_ids[:MOST_ROWS])
        rest = len(fix.line_ids) - MOST_ROWS
        return words.say("check.fix.rows", rows=named, count=rest) if rest > 0 else named
