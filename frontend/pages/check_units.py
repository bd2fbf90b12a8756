"""The reckoning of one calculation unit in words: conclusion, gauge, groups, requirements, gaps and notes."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

from catalogue.checks.gaps import Gap, gaps
from catalogue.checks.report import WHOLE_BILL
from catalogue.compliance.verdicts import Outcome
from catalogue.ratios.ledger import UnitResult
from catalogue.ratios.model import Breakdown, GroupResult, KindResult, PartShare, Requirement, Score, Total
from frontend.pages.check_words import OUTCOME_TONE, PackWords, badge, between, fractions, plain, unique
from frontend.views import formats
from frontend.views.parts import Tone
from frontend.views.report import (
    Gauge,
    GroupBlock,
    KindRow,
    LineRef,
    PartRow,
    RequirementRow,
    UnitBlock,
    cut_percent,
    exact,
    gauge,
)

Refer = Callable[[tuple[str, ...]], tuple[LineRef, ...]]
PER_CENT = Fraction(100)


def unit_block(found: UnitResult, terms: PackWords, *, place: int, refer: Refer) -> UnitBlock:
    """One calculation unit; `refer` turns line ids into links with their outcome."""
    breakdown, words = found.breakdown, terms.words
    tone, conclusion = _conclusion(breakdown, terms)
    return UnitBlock(
        id=f"unit-{place}",
        name=words.say("check.whole-bill") if found.unit_id == WHOLE_BILL else found.unit_id,
        tone=tone,
        conclusion=conclusion,
        detail=unique(_detail(breakdown, terms)),
        gauge=_gauge(breakdown, terms, f"gauge-{place}"),
        groups=tuple(_group(group, terms, refer) for group in breakdown.groups if group.kinds),
        requirements=tuple(_requirement(one, terms) for one in breakdown.requirements),
        gaps=tuple(_gap(gap, terms) for gap in gaps(terms.pack, breakdown)),
        notes=unique(terms.note(note) for note in breakdown.notes),
    )


def _conclusion(breakdown: Breakdown, terms: PackWords) -> tuple[Tone, str]:
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


def _detail(breakdown: Breakdown, terms: PackWords) -> Iterator[str]:
    lower, upper, words = breakdown.lower, breakdown.upper, terms.words
    if lower is None or upper is None:
        return
    if upper.exact != lower.exact:
        count = len(breakdown.undecided_ids)
        facts = {"count": count, "percent": _compared(upper), "points": upper.points}
        yield words.say("check.detail.upper", **facts)
    star = words.say("check.detail.star", star=words.say(f"check.star.{lower.star}"))
    yield star if lower.star else words.say("check.detail.no-star") if terms.pack.gates else ""
    yield words.say("check.detail.exact", exact=exact(lower.exact), printed=plain(lower.printed))
    if lower.printed != lower.rounded_first:
        facts = {"printed": plain(lower.printed), "rounded_first": plain(lower.rounded_first)}
        yield words.say("check.detail.two-roundings", **facts)
        basis = terms.pack.rounding.basis if terms.pack.rounding else ""
        yield words.say(f"check.basis.{basis}") if basis else ""
    ahead = next((t for t in terms.pack.thresholds if lower.compared < Fraction(t.percent)), None)
    if ahead is not None:
        away = exact(Fraction(ahead.percent) - lower.compared)
        yield words.say("check.detail.ahead", away=away, percent=ahead.percent, points=ahead.points)


def _compared(found: Total) -> str:
    """The figure that is set against the thresholds, cut so that it never reads as one it has not reached."""
    return cut_percent(found.compared / PER_CENT)


def _gauge(breakdown: Breakdown, terms: PackWords, ident: str) -> Gauge | None:
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
    drawn = gauge(lower.compared, upper.compared, ticks)
    bounds = between(_compared(lower), _compared(upper))
    return replace(drawn, id=ident, title=words.say("check.gauge.title"), text=bounds, legend=tuple(legend))


def _group(group: GroupResult, terms: PackWords, refer: Refer) -> GroupBlock:
    full = "" if group.full_points is None else formats.number(plain(group.full_points))
    return GroupBlock(
        name=terms.group(group.group),
        kinds=tuple(_kind(kind, terms, refer) for kind in group.kinds),
        n=str(group.n),
        n_green=fractions(group.n_green.lower, group.n_green.upper),
        exact=_exact(group.score),
        rounded=_rounded(group.score),
        full=full if group.score else "",
    )


def _kind(kind: KindResult, terms: PackWords, refer: Refer) -> KindRow:
    score = ""
    if kind.score is not None:
        score = terms.words.say("check.item-score", exact=_exact(kind.score), rounded=_rounded(kind.score))
    return KindRow(
        name=terms.kind(kind.kind),
        clause=terms.clause_of(kind.kind),
        outcome=badge(kind.outcome, terms.words),
        parts=tuple(_part(part, terms) for part in kind.parts),
        lines=refer(kind.line_ids),
        score=score,
    )


def _part(part: PartShare, terms: PackWords) -> PartRow:
    share = part.share
    return PartRow(
        name=terms.material(part.sub_kind),
        green=terms.quantity(part.green, part.unit),
        total=terms.quantity(part.total, part.unit),
        undecided=terms.quantity(part.undecided, part.unit) if part.undecided else "",
        share=cut_percent(share.lower),
        share_upper=cut_percent(share.upper) if share.upper != share.lower else "",
        outcome=badge(part.outcome, terms.words),
    )


def _requirement(found: Requirement, terms: PackWords) -> RequirementRow:
    words = terms.words
    return RequirementRow(
        text=words.say(f"check.requirement.{found.key}", percent=formats.percent(found.required)),
        met=words.say(
            "check.requirement.met",
            met=between(str(found.met), str(found.met_at_most)),
            whole=found.whole,
            share=_share(found),
        ),
        outcome=badge(found.outcome, words),
    )


def _share(found: Requirement) -> str:
    return cut_percent(Fraction(found.met, found.whole)) if found.whole else "—"


def _gap(gap: Gap, terms: PackWords) -> str:
    """In kinds and quantity; a part in a unit the table does not know has no gap to name."""
    named = " · ".join(filter(None, (terms.kind(gap.kind), terms.material(gap.sub_kind))))
    facts: dict[str, object] = {"kind": named, "percent": formats.percent(gap.required)}
    if not gap.comparable:
        return terms.words.say("check.gap.unit", **facts, unit=terms.words.unit(gap.unit))
    facts["missing"] = terms.quantity(gap.missing, gap.unit)
    if gap.open and gap.open >= gap.missing:
        return terms.words.say("check.gap.all-open", **facts)
    if gap.open:
        return terms.words.say("check.gap.part-open", **facts, open=terms.quantity(gap.open, gap.unit))
    return terms.words.say("check.gap.swap", **facts)


def _exact(score: Score | None) -> str:
    return "" if score is None else fractions(score.exact.lower, score.exact.upper)


def _rounded(score: Score | None) -> str:
    if score is None:
        return ""
    return between(*(formats.number(plain(value)) for value in (score.lower, score.upper)))
