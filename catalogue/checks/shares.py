"""The lines of a check as its ratio takes them, unit by unit: nothing that stands in the bill is left out."""

from collections.abc import Iterable, Mapping

from catalogue.checks.inputs import LineInput
from catalogue.checks.report import WHOLE_BILL, LineOut
from catalogue.compliance.verdicts import Outcome
from catalogue.ratios.model import LineShare
from registry.policies.pack import Pack


def by_unit(lines: Iterable[tuple[LineInput, LineOut]], pack: Pack) -> Mapping[str, tuple[LineShare, ...]]:
    """Shares of every calculation unit, units in the order of their names; what is no material has none."""
    found: dict[str, list[LineShare]] = {}
    for line, out in lines:
        if out.outcome is not None:
            found.setdefault(line.building or WHOLE_BILL, []).append(_share(line, out, out.outcome, pack))
    return {unit: tuple(found[unit]) for unit in sorted(found)}


def _share(line: LineInput, out: LineOut, outcome: Outcome, pack: Pack) -> LineShare:
    return LineShare(
        line_id=line.line_id,
        kind=line.ratio_kind,
        sub_kind=line.material_kind,
        quantity=out.quantity,
        unit=out.unit or "",
        outcome=outcome,
        options=_options(line, pack),
    )


def _options(line: LineInput, pack: Pack) -> tuple[str, ...]:
    """The ratio kinds a line may be of while nobody chose."""
    mapping = pack.mapping_for(line.material_kind) if line.ratio_kind_open and line.material_kind else None
    return mapping.kinds if mapping and line.ratio_kind is None else ()
