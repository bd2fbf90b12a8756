"""What a calculation unit earns, in words and on a scale, and how its figure was added up and rounded."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from catalogue.compliance.verdicts import Outcome
from catalogue.ratios.model import Breakdown, GroupResult, Score, Total
from frontend.pages.check_words import OUTCOME_TONE, PackWords, between, plain
from frontend.views import formats
from frontend.views.parts import Tone
from frontend.views.report import Gauge, cut_percent, exact, gauge

PER_CENT = Fraction(100)


def conclusion(breakdown: Breakdown, terms: PackWords) -> tuple[Tone, str]:
    words = terms.words
    if breakdown.lower is None or breakdown.upper is None:
        outcome = breakdown.outcome or Outcome.UNDECIDED
        key = (
            "check.conclusion.list-not-loaded" if terms.pack.kinds is None else f"check.conclusion.{outcome}"
        )
        return OUTCOME_TONE[outcome], words.say(key)
    lower, upper = breakdown.lower, breakdown.upper
    tone = Tone.GOOD if lower.points else Tone.WARN if upper.points else Tone.BAD
    first = terms.pack.thresholds[0] if terms.pack.thresholds else None
    if lower.points or first is None:
        return tone, words.say("check.conclusion.points", percent=_compared(lower), points=lower.points)
    return tone, words.say(
        "check.conclusion.below", percent=_compared(lower), least=first.percent, points=first.points
    )


def detail(breakdown: Breakdown, terms: PackWords) -> Iterator[str]:
    lower, upper, words = breakdown.lower, breakdown.upper, terms.words
    if lower is None or upper is None:
        return
    if upper.exact != lower.exact:
        count = len(breakdown.undecided_ids)
        facts = {"count": count, "percent": _compared(upper), "points": upper.points}
        yield words.say("check.detail.upper", **facts)
    star = words.say("check.detail.star", star=words.say(f"check.star.{lower.star}"))
    yield star if lower.star else words.say("check.detail.no-star") if terms.pack.gates else ""
    ahead = next((t for t in terms.pack.thresholds if lower.compared < Fraction(t.percent)), None)
    if ahead is not None:
        away = exact(Fraction(ahead.percent) - lower.compared)
        yield words.say("check.detail.ahead", away=away, percent=ahead.percent, points=ahead.points)


def reckoned(breakdown: Breakdown, terms: PackWords) -> Iterator[str]:
    """The sum as it is added up, and both roundings, of which the rule names one."""
    found, words = breakdown.lower, terms.words
    if found is None:
        return
    scores = [score for group in breakdown.groups for score in _scores(group)]
    if sum(score.lower for score in scores) == found.rounded_first:  # not so where unused groups are spread
        parts = " + ".join(formats.number(plain(score.lower)) for score in scores)
        yield words.say("check.detail.sum", parts=parts, total=plain(found.rounded_first))
    yield words.say("check.detail.exact", exact=exact(found.exact), printed=plain(found.printed))
    if found.printed != found.rounded_first:
        facts = {"printed": plain(found.printed), "rounded_first": plain(found.rounded_first)}
        yield words.say("check.detail.two-roundings", **facts)
    if terms.pack.rounding:
        yield words.say(f"check.basis.{terms.pack.rounding.basis}")
        yield words.say(f"check.tie.{terms.pack.rounding.tie}")


def _scores(group: GroupResult) -> tuple[Score, ...]:
    """What a group adds to the sum: its own score, or those of its items."""
    if group.score is not None:
        return (group.score,)
    return tuple(kind.score for kind in group.kinds if kind.score is not None)


def _compared(found: Total) -> str:
    """The figure that is set against the thresholds, cut so that it never reads as one it has not reached."""
    return cut_percent(found.compared / PER_CENT)


def scale(breakdown: Breakdown, terms: PackWords, ident: str) -> Gauge | None:
    lower, upper, words = breakdown.lower, breakdown.upper, terms.words
    if lower is None or upper is None:
        return None
    ticks = [(t.percent, formats.number(plain(t.percent)), True) for t in terms.pack.thresholds]
    ticks += [(g.percent, f"{g.star}★", False) for g in terms.pack.gates]
    legend = [
        *(
            words.say("check.gauge.points", percent=plain(t.percent), points=t.points)
            for t in terms.pack.thresholds
        ),
        *(
            words.say("check.gauge.star", percent=plain(g.percent), star=words.say(f"check.star.{g.star}"))
            for g in terms.pack.gates
        ),
    ]
    clauses = {"points": words.listed(dict.fromkeys(one.clause for one in terms.pack.thresholds))}
    if terms.pack.gates:
        clauses["stars"] = words.listed(dict.fromkeys(one.clause for one in terms.pack.gates))
    legend.append(words.say(f"check.gauge.clause{'-stars' if terms.pack.gates else ''}", **clauses))
    drawn = gauge(lower.compared, upper.compared, ticks)
    bounds = between(_compared(lower), _compared(upper))
    return replace(drawn, id=ident, title=words.say("check.gauge.title"), text=bounds, legend=tuple(legend))
