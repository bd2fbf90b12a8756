"""The reckoning of one calculation unit in words: its groups, kinds and shares, requirements and gaps."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Protocol

from catalogue.checks.gaps import Gap, gaps
from catalogue.checks.report import WHOLE_BILL
from catalogue.ratios.ledger import UnitResult
from catalogue.ratios.model import GroupResult, KindResult, PartShare, Requirement, Score
from frontend.pages.check_conclusion import conclusion, detail, reckoned, scale
from frontend.pages.check_forms import form_links
from frontend.pages.check_words import PackWords, badge, between, fractions, plain, unique
from frontend.views import formats
from frontend.views.report import (
    GroupBlock,
    KindRow,
    LineRef,
    PartRow,
    RequirementRow,
    UnitBlock,
    cut_percent,
)


class Lines(Protocol):
    """Lines that a reckoning can point at: those of a report, or of an example."""

    def refer(self, ids: Sequence[str], *, named: bool = False) -> tuple[LineRef, ...]: ...


def unit_block(
    found: UnitResult, terms: PackWords, *, place: int, lines: Lines, forms_at: str = ""
) -> UnitBlock:
    """One calculation unit; `forms_at` is the address of its official forms, empty where there are none."""
    breakdown, words = found.breakdown, terms.words
    tone, said = conclusion(breakdown, terms)
    return UnitBlock(
        id=f"unit-{place}",
        name=words.say("check.whole-bill") if found.unit_id == WHOLE_BILL else found.unit_id,
        tone=tone,
        conclusion=said,
        detail=unique(detail(breakdown, terms)),
        gauge=scale(breakdown, terms, f"gauge-{place}"),
        groups=tuple(_group(group, terms, lines) for group in breakdown.groups if group.kinds),
        reckoned=unique(reckoned(breakdown, terms)),
        requirements=tuple(_requirement(one, terms) for one in breakdown.requirements),
        gaps=tuple(gap_text(gap, terms) for gap in gaps(terms.pack, breakdown)),
        open=lines.refer(breakdown.undecided_ids, named=True),
        notes=unique(terms.note(note) for note in breakdown.notes if note.key != "ratio.two-roundings"),
        forms=tuple(form_links(terms, forms_at, found.unit_id)) if forms_at else (),
    )


def _group(group: GroupResult, terms: PackWords, lines: Lines) -> GroupBlock:
    full = "" if group.full_points is None else formats.number(plain(group.full_points))
    return GroupBlock(
        name=terms.group(group.group),
        clause=terms.words.listed(dict.fromkeys(terms.clause_of(kind.kind) for kind in group.kinds)),
        kinds=tuple(_kind(kind, terms, lines) for kind in group.kinds),
        n=between(str(group.n_least), str(group.n)),
        n_green=fractions(group.n_green.lower, group.n_green.upper),
        exact=_exact(group.score),
        rounded=_rounded(group.score),
        full=full if group.score else "",
    )


def _kind(kind: KindResult, terms: PackWords, lines: Lines) -> KindRow:
    score = ""
    if kind.score is not None:
        score = terms.words.say("check.item-score", exact=_exact(kind.score), rounded=_rounded(kind.score))
    return KindRow(
        name=terms.kind(kind.kind),
        outcome=badge(kind.outcome, terms.words, "kind-outcome"),
        parts=tuple(_part(part, terms) for part in kind.parts),
        lines=lines.refer(kind.line_ids),
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
        outcome=badge(part.outcome, terms.words, "kind-outcome"),
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
        outcome=badge(found.outcome, words, "requirement-outcome"),
    )


def _share(found: Requirement) -> str:
    return cut_percent(Fraction(found.met, found.whole)) if found.whole else "—"


def gap_text(gap: Gap, terms: PackWords) -> str:
    """In kinds and quantity; a part in a unit the table does not know has no gap to name."""
    kinds = terms.words.listed(terms.kind(kind) for kind in gap.kinds)
    if len(gap.kinds) > 1:
        kinds = terms.words.say("check.gap.one-of", kinds=kinds)
    named = " · ".join(filter(None, (kinds, terms.material(gap.sub_kind))))
    facts: dict[str, object] = {"kind": named, "percent": formats.percent(gap.required)}
    if not gap.comparable and len(gap.kinds) == 1:
        return terms.words.say("check.gap.unit", **facts, unit=terms.words.unit(gap.unit))
    facts["missing"] = terms.quantity(gap.missing, gap.unit)
    if gap.open and gap.open >= gap.missing:
        return terms.words.say("check.gap.all-open", **facts)
    if gap.open:
        return terms.words.say("check.gap.part-open", **facts, open=terms.quantity(gap.open, gap.unit))
    if gap.loose and len(gap.kinds) == 1:
        return terms.words.say("check.gap.loose", **facts, loose=terms.quantity(gap.loose, gap.unit))
    return terms.words.say("check.gap.swap", **facts)


def _exact(score: Score | None) -> str:
    return "" if score is None else fractions(score.exact.lower, score.exact.upper)


def _rounded(score: Score | None) -> str:
    if score is None:
        return ""
    return between(*(formats.number(plain(value)) for value in (score.lower, score.upper)))
