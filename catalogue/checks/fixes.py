"""What to do first: the kinds that fall short, each with the ratio that proving its lines would give."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from catalogue.compliance.verdicts import Outcome
from catalogue.ratios import ledger
from catalogue.ratios.model import Breakdown, LineShare, Total
from registry.policies.pack import Pack

MOST = 3


@dataclass(frozen=True, slots=True)
class Fix:
    """`line_ids` are the lines of `kinds` that do not count yet; `after` is the ratio once all of them do.

    Several `kinds` share lines that may be of any of them. Nothing is said of the price.
    """

    kinds: tuple[str, ...]
    line_ids: tuple[str, ...]
    gain: Fraction
    after: Total


def fixes(
    pack: Pack, shares: Sequence[LineShare], breakdown: Breakdown, *, most: int = MOST
) -> tuple[Fix, ...]:
    """Kinds by how many per cent points they raise the lower ratio; then fewer lines, then the table."""
    before = breakdown.lower
    if before is None:
        return ()
    found = [
        Fix(kinds, lines, after.compared - before.compared, after)
        for lines, kinds in _short(breakdown, shares).items()
        if (after := _after(pack, shares, lines)) is not None
    ]
    useful = [fix for fix in found if fix.gain > 0]
    return tuple(sorted(useful, key=lambda fix: (-fix.gain, len(fix.line_ids)))[:most])


def _short(breakdown: Breakdown, shares: Sequence[LineShare]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Lines that do not count yet, with the kinds they hold back, in the order of the table."""
    failing = {share.line_id for share in shares if share.outcome is not Outcome.PASS}
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for kind in (kind for group in breakdown.groups for kind in group.kinds):
        lines = tuple(line for line in kind.line_ids if line in failing)
        if lines:
            found[lines] = (*found.get(lines, ()), kind.kind)
    return found


def _after(pack: Pack, shares: Sequence[LineShare], lines: tuple[str, ...]) -> Total | None:
    """The ratio with these lines passing and everything else as it is."""
    proven = frozenset(lines)
    turned = [replace(one, outcome=Outcome.PASS) if one.line_id in proven else one for one in shares]
    return ledger.compute(pack, {"": turned})[0].breakdown.lower
