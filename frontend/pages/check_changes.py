"""What a report says otherwise than the one before it, in words: nothing of a former choice is lost."""

from collections.abc import Iterator

from catalogue.checks.changes import Changes, LineChange, Setting, changes
from catalogue.checks.inputs import LineInput
from catalogue.checks.report import WHOLE_BILL, LineOut, Report
from catalogue.ratios.model import Bounds
from frontend.pages.check_lines import Lines
from frontend.pages.check_words import PackWords, between
from frontend.views.parts import Link
from frontend.views.report import ChangesBlock, LineRef, cut_percent

MOST_LINES = 12


def changes_block(old: Report, new: Report, *, address: str, lines: Lines) -> ChangesBlock:
    """The settings and ratios that changed, then the lines; `address` is the check's own."""
    found, terms = changes(old, new), lines.terms
    words, number = terms.words, old.input.number
    shown, rest = found.lines[:MOST_LINES], len(found.lines) - MOST_LINES
    return ChangesBlock(
        previous=Link(number, f"{address}/report/{number}"),
        said=(*_settings(found, old, new, terms=terms), *_units(found, terms), *_bill(found, terms)),
        lines=tuple(_line(one, lines) for one in shown),
        more=words.say("check.changed.more", count=rest) if rest > 0 else "",
    )


def _settings(found: Changes, old: Report, new: Report, *, terms: PackWords) -> Iterator[str]:
    words = terms.words

    def rule(report: Report) -> str:
        title = words.pick(report.pack_title_zh, report.pack_title_en)
        return words.say("check.changed.edition", title=title, edition=report.input.pack_edition)

    facts: dict[Setting, dict[str, object]] = {
        Setting.RULE: {"before": rule(old), "after": rule(new)},
        Setting.DAY: {"before": old.input.report_day, "after": new.input.report_day},
        Setting.ANSWERS: {},
        Setting.DATA: {"before": old.input.as_of, "after": new.input.as_of},
    }
    yield from (words.say(f"check.changed.{one}", **facts[one]) for one in found.settings)


def _units(found: Changes, terms: PackWords) -> Iterator[str]:
    words = terms.words
    for one in found.units:
        name = words.say("check.whole-bill") if one.unit_id == WHOLE_BILL else one.unit_id
        facts = {"unit": name, "before": _ratio(one.before), "after": _ratio(one.after)}
        yield words.say("check.changed.unit", **facts)


def _bill(found: Changes, terms: PackWords) -> Iterator[str]:
    """Lines that only one of the reports has."""
    if found.came or found.went:
        yield terms.words.say("check.changed.bill", came=found.came, went=found.went)


def _ratio(value: Bounds | None) -> str:
    if value is None:
        return "—"
    return between(cut_percent(value.lower / 100), cut_percent(value.upper / 100))


def _line(one: LineChange, lines: Lines) -> LineRef:
    """The line with both choices where another was made; its outcome now stands behind it."""
    words = lines.terms.words
    given, out = one.after
    facts = {
        "line": lines.short(given, out, named=True),
        "before": _chosen(*one.before, lines=lines),
        "after": _chosen(given, out, lines=lines),
        "was": lines.outcome(*one.before).word,
    }
    key = "check.changed.swapped" if one.swapped else "check.changed.line"
    return LineRef(lines.href(one.place), words.say(key, **facts), lines.outcome(given, out))


def _chosen(given: LineInput, out: LineOut, *, lines: Lines) -> str:
    words = lines.terms.words
    if out.product_name is None:
        return words.say("check.changed.none")
    return " · ".join(filter(None, (out.product_name, out.plant or out.maker, given.model)))
