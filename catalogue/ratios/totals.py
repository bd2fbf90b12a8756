"""From scores to the ratio P, its points and its star gate."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction

from catalogue.ratios.arithmetic import rounded, total
from catalogue.ratios.model import Bounds, GroupResult, Note, Score, Total, note
from registry.policies.pack import Pack, Rounding
from registry.policies.pack_terms import OpenPointId, RatioBasis


def rounding_of(pack: Pack) -> Rounding:
    """A scored pack always has one (the pack's own check); this says so to the type checker."""
    if pack.rounding is None:
        raise ValueError(f"{pack.id} states no rounding")
    return pack.rounding


def score(exact: Bounds, rules: Rounding) -> Score:
    return Score(
        exact=exact,
        lower=rounded(exact.lower, rules.part_places, rules.tie),
        upper=rounded(exact.upper, rules.part_places, rules.tie),
    )


def totals(pack: Pack, scores: Sequence[Score], full: Decimal, at_best: Decimal) -> tuple[Total, Total]:
    """P for both bounds, each out of 100, or of less where unused groups are spread over the used ones."""
    return (
        _total(pack, [item.exact.lower for item in scores], [item.lower for item in scores], full),
        _total(pack, [item.exact.upper for item in scores], [item.upper for item in scores], at_best),
    )


def _total(pack: Pack, exact: Iterable[Fraction], parts: Iterable[Decimal], full: Decimal) -> Total:
    rules = rounding_of(pack)
    scale = Fraction(100) / Fraction(full)
    summed = sum(exact, Fraction(0)) * scale
    from_parts = Fraction(total(parts)) * scale
    compared = summed if rules.basis is RatioBasis.EXACT_SUM else from_parts
    return Total(
        exact=summed,
        compared=compared,
        printed=rounded(summed, rules.total_places, rules.tie),
        rounded_first=rounded(from_parts, rules.total_places, rules.tie),
        points=max((t.points for t in pack.thresholds if compared >= Fraction(t.percent)), default=0),
        star=max((g.star for g in pack.gates if compared >= Fraction(g.percent)), default=0),
    )


def full_points(pack: Pack, groups: Sequence[GroupResult], *, least: bool) -> tuple[Decimal, list[Note]]:
    """The denominator of P, with a note for each group that is not used (the rule text is silent)."""
    in_use = {group.group: bool(group.n_least if least else group.n) for group in groups}
    used = [group.full_points for group in groups if in_use[group.group] and group.full_points is not None]
    unused = [group for group, stands in in_use.items() if not stands]
    if not unused:
        return Decimal(100), []
    spread = pack.choice(OpenPointId.UNUSED_GROUP) == "spread" and bool(used)
    key = "ratio.unused-group-spread" if spread else "ratio.unused-group-scored-zero"
    notes = [note(key, group=group) for group in unused]
    return (total(used) if spread else Decimal(100)), notes


def rounding_notes(pack: Pack, lower: Total) -> list[Note]:
    """Say so where rounding first and rounding last print different figures or earn different points."""
    found = []
    if lower.printed != lower.rounded_first:
        found.append(note("ratio.two-roundings", printed=lower.printed, rounded_first=lower.rounded_first))
    last = max((t.points for t in pack.thresholds if lower.exact >= Fraction(t.percent)), default=0)
    first = max(
        (t.points for t in pack.thresholds if Fraction(lower.rounded_first) >= Fraction(t.percent)), default=0
    )
    if last != first:
        found.append(note("ratio.rounding-decides-points", exact=last, rounded_first=first))
    return found
