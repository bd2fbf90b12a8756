"""Groups score full points times passing kinds over used kinds (method Q).

Clause: Sichuan 2024 detailed rules, 4.1-4.3 and the notes of table 4.3; Chengdu 2024 review points 3.1.2.20.
A kind passes at the required share, inclusive and unrounded; a kind without quantity is not in N.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from catalogue.compliance.verdicts import Outcome
from catalogue.ratios.model import Bounds, Breakdown, GroupResult, KindResult, LineShare, Note, note
from catalogue.ratios.parts import by_kind, kind_result, notes_of, products_of, uncounted, undecided_ids
from catalogue.ratios.totals import full_points, rounding_notes, rounding_of, score, totals
from registry.policies.pack import Group, Pack
from registry.policies.pack_terms import OpenPointId

NAME = "kinds_passing"
VERSION = 1


def compute(pack: Pack, shares: Sequence[LineShare]) -> Breakdown:
    """The breakdown of one calculation unit."""
    found = by_kind(pack, shares)
    notes: list[Note] = []
    groups = tuple(_group(pack, group, found, notes) for group in pack.groups)
    used = [group.full_points for group in groups if group.n and group.full_points is not None]
    unused = [group.group for group in groups if not group.n]
    full, unused_notes = full_points(pack, used, unused)
    lower, upper = totals(pack, [group.score for group in groups if group.score is not None], full)
    uncounted_ids, uncounted_notes = uncounted(shares)
    return Breakdown(
        groups=groups,
        lower=lower,
        upper=upper,
        requirements=(),
        outcome=None,
        uncounted_ids=uncounted_ids,
        undecided_ids=undecided_ids(shares),
        notes=(*notes, *unused_notes, *rounding_notes(pack, lower), *uncounted_notes),
    )


def _group(pack: Pack, group: Group, found: Mapping[str, list[LineShare]], notes: list[Note]) -> GroupResult:
    kinds, n, green = [], 0, Bounds(Fraction(0), Fraction(0))
    for kind in pack.kinds or ():
        if kind.group != group.id or kind.id not in found:
            continue
        result = kind_result(kind, found[kind.id], pack)
        kinds.append(result)
        notes.extend(notes_of(kind, result, pack))
        products = products_of(kind, found[kind.id], pack) if kind.is_other else {}
        counted, credit = _counts(result, products, pack, notes)
        n += counted
        green = Bounds(green.lower + credit.lower, green.upper + credit.upper)
    full = Fraction(group.points or Decimal(0))
    exact = Bounds(full * green.lower / n, full * green.upper / n) if n else green
    return GroupResult(group.id, group.points, tuple(kinds), n, green, score(exact, rounding_of(pack)))


def _counts(
    result: KindResult, products: Mapping[str, Outcome], pack: Pack, notes: list[Note]
) -> tuple[int, Bounds]:
    """How much a used kind adds to N and to N_green; `products` only of an other-class."""
    if not products:
        return 1, _passing([result.outcome])
    passing, n = _passing(products.values()), len(products)
    if pack.choice(OpenPointId.OTHER_KINDS) == "each_raises_n":
        notes.append(note("ratio.other-each-raises-n", kind=result.kind, n=n))
        return n, passing
    notes.append(note("ratio.other-split-by-n", kind=result.kind, n=n))
    return 1, Bounds(passing.lower / n, passing.upper / n)


def _passing(outcomes: Iterable[Outcome]) -> Bounds:
    found = list(outcomes)
    sure = found.count(Outcome.PASS)
    return Bounds(Fraction(sure), Fraction(sure + found.count(Outcome.UNDECIDED)))
