"""Line shares gathered into kinds, and kinds into shares that may be compared with the required share."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from catalogue.compliance.verdicts import Outcome, all_of
from catalogue.ratios.arithmetic import total
from catalogue.ratios.model import LineShare, Note, PartShare, note
from registry.policies.pack import Kind, Pack
from registry.policies.pack_terms import Method, OpenPointId


def by_kind(pack: Pack, shares: Iterable[LineShare]) -> Mapping[str, list[LineShare]]:
    """Counted lines by kind; a kind the pack does not know is a mistake of the caller."""
    known = {kind.id for kind in pack.kinds or ()}
    found: dict[str, list[LineShare]] = defaultdict(list)
    for share in shares:
        if share.kind is None:
            continue
        if share.kind not in known:
            raise ValueError(f"{pack.id} has no kind {share.kind} (line {share.line_id})")
        found[share.kind].append(share)
    return found


def _by_product(kind: Kind, pack: Pack) -> bool:
    """Only where kinds are counted does an other-class count its products."""
    return kind.is_other and pack.method is Method.KINDS_PASSING


def parts_of(kind: Kind, lines: Sequence[LineShare], pack: Pack) -> tuple[PartShare, ...]:
    """One part in one unit; with mixed units or in an other-class of kinds, one per sub-kind and unit."""
    split = _by_product(kind, pack) or len({line.unit for line in lines}) > 1
    found: dict[tuple[str, str], list[LineShare]] = defaultdict(list)
    for line in lines:
        found[(line.sub_kind or "") if split else "", line.unit].append(line)
    return tuple(_part(kind, members, pack, split=split) for _, members in sorted(found.items()))


def _part(kind: Kind, lines: Sequence[LineShare], pack: Pack, *, split: bool) -> PartShare:
    whole = total(line.quantity for line in lines)
    green = [line for line in lines if line.outcome is Outcome.PASS]
    doubtful = [line for line in lines if line.outcome is Outcome.UNDECIDED]
    sums = total(line.quantity for line in green), total(line.quantity for line in doubtful)
    comparable = not kind.units or lines[0].unit in kind.units
    limit = kind.interpolation.share_from if kind.interpolation else pack.share_threshold
    return PartShare(
        sub_kind=lines[0].sub_kind if split else None,
        unit=lines[0].unit,
        total=whole,
        green=sums[0],
        undecided=sums[1],
        comparable=comparable,
        outcome=_reached(*sums, whole, limit) if comparable else Outcome.UNDECIDED,
        line_ids=_ids(lines),
        green_ids=_ids(green),
        undecided_ids=_ids(doubtful),
    )


def _reached(green: Decimal, doubtful: Decimal, whole: Decimal, limit: Decimal) -> Outcome:
    """The limit is inclusive and the share is never rounded before it is compared."""
    needed = Fraction(limit) * Fraction(whole)
    if Fraction(green) >= needed:
        return Outcome.PASS
    return Outcome.UNDECIDED if Fraction(green) + Fraction(doubtful) >= needed else Outcome.FAIL


def kind_outcome(kind: Kind, parts: Sequence[PartShare], pack: Pack) -> Outcome:
    """Every part must reach the share; a pack may instead leave mixed units undecided."""
    units = {part.unit for part in parts}
    if len(units) > 1 and not kind.is_other and pack.choice(OpenPointId.MIXED_UNITS) == "undecided":
        return Outcome.UNDECIDED
    return all_of(part.outcome for part in parts)


def notes_of(kind: Kind, parts: Sequence[PartShare], pack: Pack) -> list[Note]:
    """What a reader must know about how the parts of this kind were compared."""
    units = tuple(sorted({part.unit for part in parts}))
    foreign = tuple(sorted({part.unit for part in parts if not part.comparable}))
    found = []
    if len(units) > 1 and not kind.is_other:
        undecided = pack.choice(OpenPointId.MIXED_UNITS) == "undecided"
        key = "ratio.mixed-units-undecided" if undecided else "ratio.mixed-units-per-subkind"
        found.append(note(key, kind=kind.id, units=units))
    if foreign:
        found.append(note("ratio.unit-not-in-table", kind=kind.id, units=foreign, table=kind.units))
    if _by_product(kind, pack) and any(part.sub_kind is None for part in parts):
        found.append(note("ratio.other-product-not-stated", kind=kind.id))
    return found


def _ids(lines: Iterable[LineShare]) -> tuple[str, ...]:
    return tuple(sorted({line.line_id for line in lines}))


def undecided_ids(shares: Iterable[LineShare]) -> tuple[str, ...]:
    return _ids(share for share in shares if share.outcome is Outcome.UNDECIDED)


def uncounted(shares: Iterable[LineShare]) -> tuple[tuple[str, ...], list[Note]]:
    """Lines without a ratio kind: listed and noted, so that none disappears."""
    ids = _ids(share for share in shares if share.kind is None)
    return ids, [note("ratio.lines-without-kind", count=len(ids))] if ids else []
