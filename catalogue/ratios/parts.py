"""Line shares gathered into kinds, and kinds into shares that may be compared with the required share."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from catalogue.compliance.verdicts import Outcome, all_of
from catalogue.ratios.arithmetic import total
from catalogue.ratios.model import Bounds, KindResult, LineShare, Note, PartShare, note
from registry.policies.pack import Kind, Pack
from registry.policies.pack_terms import Method, OpenPointId


def by_kind(pack: Pack, shares: Iterable[LineShare]) -> Mapping[str, list[LineShare]]:
    """Counted lines by kind; a kind the pack does not know is a mistake of the caller.

    A line of open kind stands under every kind it may be of, undecided unless it failed. That is at most what
    each answer would give: a further kind that may fail lowers a group at least as much as the right one, a
    further kind that may pass raises it at least as much. A line that failed can raise nothing.
    """
    known = {kind.id for kind in pack.kinds or ()}
    found: dict[str, list[LineShare]] = defaultdict(list)
    for share in shares:
        for kind in share.kinds:
            if kind not in known:
                raise ValueError(f"{pack.id} has no kind {kind} (line {share.line_id})")
            doubtful = share.is_open and not share.is_loose
            found[kind].append(replace(share, outcome=Outcome.UNDECIDED) if doubtful else share)
    return found


def _by_product(kind: Kind, pack: Pack) -> bool:
    """Only where kinds are counted does an other-class count its products."""
    return kind.is_other and pack.method is Method.KINDS_PASSING


def kind_result(kind: Kind, lines: Sequence[LineShare], pack: Pack) -> KindResult:
    """A used kind with its parts and outcome, not scored yet."""
    return KindResult(
        kind=kind.id,
        group=kind.group,
        outcome=outcome_of(kind, lines, pack),
        parts=_parts(kind, lines, pack),
        unmeasured_ids=_ids(line for line in lines if line.quantity is None),
        open_ids=_ids(line for line in lines if line.is_open),
        may_be_unused=may_be_unused(lines),
    )


def may_be_unused(lines: Iterable[LineShare]) -> bool:
    """Every line failed and may be of another kind."""
    return all(line.is_loose for line in lines)


def outcome_of(kind: Kind, lines: Sequence[LineShare], pack: Pack) -> Outcome:
    """Whether the lines reach the kind's share, whatever the open ones turn out to be."""
    if all(line.outcome is Outcome.FAIL for line in lines):
        return Outcome.FAIL  # nothing that failed is green in any quantity, unit or kind
    if required_share(pack, kind) == 1 and any(_failed_here(line) for line in lines):
        return Outcome.FAIL  # where all must be green, no quantity and no unit of the rest helps
    worst = _parts_outcome(kind, _parts(kind, lines, pack), pack)
    if worst is Outcome.PASS and _all_measured(lines):
        return Outcome.PASS
    kept = _at_best(lines)
    best = _parts_outcome(kind, _parts(kind, kept, pack), pack)
    helped = worst is Outcome.UNDECIDED or not _all_measured(kept) or _may_split(kept)
    return Outcome.FAIL if best is Outcome.FAIL and not helped else Outcome.UNDECIDED


def share_of(kind: Kind, lines: Sequence[LineShare], pack: Pack) -> Bounds:
    """The lowest share of the parts, which is the kind's; any share where a quantity is unknown."""
    lower = min((part.bounds.lower for part in _parts(kind, lines, pack)), default=Fraction(0))
    kept = _at_best(lines)
    if not _all_measured(kept) or _may_split(kept):
        upper = Fraction(1)
    else:
        upper = min((part.bounds.upper for part in _parts(kind, kept, pack)), default=Fraction(0))
    return Bounds(lower if _all_measured(lines) else Fraction(0), upper)


@dataclass(frozen=True, slots=True)
class Product:
    """One product of an other-class."""

    outcome: Outcome
    may_be_unused: bool


def products_of(kind: Kind, lines: Sequence[LineShare], pack: Pack) -> tuple[Product, ...]:
    """Each product of an other-class."""
    found: dict[str, list[LineShare]] = defaultdict(list)
    for line in lines:
        found[line.sub_kind or ""].append(line)
    return tuple(Product(outcome_of(kind, one, pack), may_be_unused(one)) for one in found.values())


def required_share(pack: Pack, kind: Kind) -> Decimal:
    """The share a kind must reach; an item scored along a line starts to score at the line's lower end."""
    return kind.interpolation.share_from if kind.interpolation else pack.share_threshold


def _failed_here(line: LineShare) -> bool:
    return line.outcome is Outcome.FAIL and not line.is_open


def _at_best(lines: Sequence[LineShare]) -> list[LineShare]:
    """Without failed lines that may be of another kind, or of next to no quantity."""
    return [line for line in lines if not line.is_loose and (line.quantity or not _failed_here(line))]


def _all_measured(lines: Iterable[LineShare]) -> bool:
    return all(line.quantity is not None for line in lines)


def _may_split(lines: Sequence[LineShare]) -> bool:
    """A line of open kind brings another unit, so that parts are told apart that may be one without it."""
    return any(line.is_open for line in lines) and len({line.unit for line in lines}) > 1


def _parts(kind: Kind, lines: Sequence[LineShare], pack: Pack) -> tuple[PartShare, ...]:
    """One part in one unit; with mixed units or in an other-class of kinds, one per sub-kind and unit."""
    measured = [line for line in lines if line.quantity is not None]
    split = _by_product(kind, pack) or len({line.unit for line in measured}) > 1
    found: dict[tuple[str, str], list[LineShare]] = defaultdict(list)
    for line in measured:
        found[(line.sub_kind or "") if split else "", line.unit].append(line)
    return tuple(_part(kind, members, pack, split=split) for _, members in sorted(found.items()))


def _part(kind: Kind, lines: Sequence[LineShare], pack: Pack, *, split: bool) -> PartShare:
    green = [line for line in lines if line.outcome is Outcome.PASS]
    doubtful = [line for line in lines if line.outcome is Outcome.UNDECIDED]
    part = PartShare(
        sub_kind=lines[0].sub_kind if split else None,
        unit=lines[0].unit,
        total=total(line.measured for line in lines),
        green=total(line.measured for line in green),
        undecided=total(line.measured for line in doubtful),
        comparable=not kind.units or lines[0].unit in kind.units,
        outcome=Outcome.UNDECIDED,
        line_ids=_ids(lines),
        green_ids=_ids(green),
        undecided_ids=_ids(doubtful),
        loose=total(line.measured for line in lines if line.is_loose),
    )
    return replace(part, outcome=_reached(part.bounds, required_share(pack, kind)))


def _reached(share: Bounds, required: Decimal) -> Outcome:
    """The limit is inclusive and the share is never rounded before it is compared."""
    needed = Fraction(required)
    if share.lower >= needed:
        return Outcome.PASS
    return Outcome.UNDECIDED if share.upper >= needed else Outcome.FAIL


def _parts_outcome(kind: Kind, parts: Sequence[PartShare], pack: Pack) -> Outcome:
    """Every part must reach the share; a pack may instead leave mixed units undecided."""
    units = {part.unit for part in parts}
    if len(units) > 1 and not kind.is_other and pack.choice(OpenPointId.MIXED_UNITS) == "undecided":
        return Outcome.UNDECIDED
    return all_of(part.outcome for part in parts)


def notes_of(kind: Kind, found: KindResult, pack: Pack) -> list[Note]:
    """What a reader must know about how the lines of this kind were compared.

    Units of lines that may be of another kind are noise until somebody chooses.
    """
    parts = [part for part in found.parts if not set(part.line_ids) <= set(found.open_ids)]
    units = tuple(sorted({part.unit for part in parts}))
    foreign = tuple(sorted({part.unit for part in parts if not part.comparable}))
    notes = []
    if found.unmeasured_ids:
        notes.append(note("ratio.quantity-unknown", kind=kind.id, count=len(found.unmeasured_ids)))
    if len(units) > 1 and not kind.is_other:
        undecided = pack.choice(OpenPointId.MIXED_UNITS) == "undecided"
        key = "ratio.mixed-units-undecided" if undecided else "ratio.mixed-units-per-subkind"
        notes.append(note(key, kind=kind.id, units=units))
    if foreign:
        notes.append(note("ratio.unit-not-in-table", kind=kind.id, units=foreign, table=kind.units))
    if _by_product(kind, pack) and any(part.sub_kind is None for part in parts):
        notes.append(note("ratio.other-product-not-stated", kind=kind.id))
    return notes


def _ids(lines: Iterable[LineShare]) -> tuple[str, ...]:
    return tuple(sorted({line.line_id for line in lines}))


def undecided_ids(shares: Iterable[LineShare]) -> tuple[str, ...]:
    """Lines that may still change the ratio."""
    return _ids(
        share
        for share in shares
        if not share.kind_known
        or share.is_open
        or (share.kind is not None and (share.quantity is None or share.outcome is Outcome.UNDECIDED))
    )


def uncounted(shares: Sequence[LineShare]) -> tuple[tuple[str, ...], list[Note]]:
    """Lines the rule does not count, listed so that none disappears, and what is said of those left open."""
    ids = _ids(share for share in shares if not share.kinds and share.kind_known)
    unknown = _ids(share for share in shares if not share.kind_known)
    opened = _ids(share for share in shares if share.is_open)
    counts = {
        "ratio.lines-without-kind": ids,
        "ratio.material-unknown": unknown,
        "ratio.kind-open": opened,
    }
    return ids, [note(key, count=len(found)) for key, found in counts.items() if found]
