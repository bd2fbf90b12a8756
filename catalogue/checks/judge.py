"""A check judged: facts read once, rules applied line by line, ratios for each calculation unit."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sqlmodel import Session

from catalogue.checks.facts import Facts, day_of, facts_for
from catalogue.checks.inputs import CheckInput, LineInput
from catalogue.checks.line import judged
from catalogue.checks.report import WHOLE_BILL, LineOut, Report
from catalogue.compliance.rules import VERSIONS as RULES
from catalogue.compliance.verdicts import Outcome
from catalogue.ratios import ledger
from catalogue.ratios.model import LineShare
from registry.changes.reading import Point
from registry.kit.settings import Mode
from registry.policies import service as policies
from registry.policies.pack import Pack
from registry.policies.pack_terms import OpenPointId

VERSION = 1
INVENTED = "演示数据·无效凭证"  # in both languages, as on every page and paper

Judging = Callable[[CheckInput, Pack, Facts], Report]


def judge(session: Session, given: CheckInput, *, version: int = VERSION) -> Report:
    """The report of a check; reads nothing but the register at the stored position."""
    at = Point(given.report_day, given.as_of)
    pack = chosen_pack(policies.pack(session, given.pack_id, at), given.choices)
    return JUDGINGS[version](given, pack, facts_for(session, given, pack))


def chosen_pack(pack: Pack, choices: Mapping[str, str]) -> Pack:
    return pack.choosing({OpenPointId(point): answer for point, answer in choices.items()})


def compute(given: CheckInput, pack: Pack, facts: Facts) -> Report:
    """The report from plain values; the same values give the same report."""
    lines = tuple(judged(line, day_of(line, given, pack), pack, facts) for line in given.lines)
    shares: dict[str, list[LineShare]] = {}
    for line, out in zip(given.lines, lines, strict=True):
        if out.outcome is not None:
            shares.setdefault(line.building or WHOLE_BILL, []).append(_share(line, out, out.outcome, pack))
    return Report(
        input=given,
        pack_title_zh=pack.title_zh,
        pack_title_en=pack.title_en,
        clause=pack.evidence.clause,
        lines=lines,
        units=ledger.compute(pack, {unit: shares[unit] for unit in sorted(shares)}),
        judging_version=VERSION,
        rules=dict(RULES),
        notice=INVENTED if given.feed == Mode.DEMONSTRATION else "",
    )


def _share(line: LineInput, out: LineOut, outcome: Outcome, pack: Pack) -> LineShare:
    """The line as the ratio takes it; nothing that stands in the bill is left out."""
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


# Everything between the stored input and the report, by version. Whoever changes what a rule, a line or the
# form of the report means raises VERSION and keeps the old code under its own: a stored report is judged by
# the version it names, or not at all.
JUDGINGS: Mapping[int, Judging] = MappingProxyType({VERSION: compute})
