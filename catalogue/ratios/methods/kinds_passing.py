"""Groups score full points times passing kinds over used kinds (method Q).

Clause: Sichuan 2024 detailed rules, 4.1-4.3 and the notes of table 4.3; Chengdu 2024 review points 3.1.2.20.
A kind passes at the required share, inclusive and unrounded; a kind without quantity is not in N.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from catalogue.compliance.verdicts import Outcome
from catalogue.ratios.model import Bounds, Breakdown, GroupResult, KindResult, LineShare, Note, note
from catalogue.ratios.parts import (
    Product,
    by_kind,
    kind_result,
    notes_of,
    products_of,
    uncounted,
    undecided_ids,
)
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
    full, unused_notes = full_points(pack, groups, least=False)
    full_at_best, _ = full_points(pack, groups, least=True)
    scores = [group.score for group in groups if group.score is not None]
    lower, upper = totals(pack, scores, full, full_at_best)
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
    kinds, n, least, green = [], 0, 0, Bounds(Fraction(0), Fraction(0))
    for kind in pack.kinds or ():
        if kind.group != group.id or kind.id not in found:
            continue
        result = kind_result(kind, found[kind.id], pack)
        kinds.append(result)
        notes.extend(notes_of(kind, result, pack))
        products = products_of(kind, found[kind.id], pack) if kind.is_other else ()
        counted = _counts(result, products, pack, notes)
        n, least = n + counted.n, least + counted.n_least
        green = Bounds(green.lower + counted.green.lower, green.upper + counted.green.upper)
    full = Fraction(group.points or Decimal(0))
    exact = Bounds(_over(full * green.lower, n), _over(full * green.upper, least))
    rounded = score(exact, rounding_of(pack))
    return GroupResult(group.id, group.points, tuple(kinds), n, green, rounded, least)


@dataclass(frozen=True, slots=True)
class _Counted:
    """How much a used kind adds to N, at least and at most, and to N_green."""

    n: int
    n_least: int
    green: Bounds


def _counts(result: KindResult, products: Sequence[Product], pack: Pack, notes: list[Note]) -> _Counted:
    """`products` only of an other-class."""
    if not products:
        return _Counted(1, 0 if result.may_be_unused else 1, _passing([result.outcome]))
    passing, n = _passing(product.outcome for product in products), len(products)
    least = sum(not product.may_be_unused for product in products)
    if pack.choice(OpenPointId.OTHER_KINDS) == "each_raises_n":
        notes.append(note("ratio.other-each-raises-n", kind=result.kind, n=n))
        return _Counted(n, least, passing)
    notes.append(note("ratio.other-split-by-n", kind=result.kind, n=n))
    green = Bounds(passing.lower / n, _over(passing.upper, least))
    return _Counted(1, 1 if least else 0, green)


def _over(amount: Fraction, n: int) -> Fraction:
    return amount / n if n else Fraction(0)


def _passing(outcomes: Iterable[Outcome]) -> Bounds:
    found = list(outcomes)
    sure = found.count(Outcome.PASS)
    return Bounds(Fraction(sure), Fraction(sure + found.count(Outcome.UNDECIDED)))
