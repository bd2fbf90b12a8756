"""A check judged: facts read once, rules applied line by line, ratios for each calculation unit."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sqlmodel import Session

from catalogue.checks import shares
from catalogue.checks.facts import Facts, day_of, facts_for
from catalogue.checks.inputs import CheckInput
from catalogue.checks.line import judged
from catalogue.checks.report import Report
from catalogue.compliance.rules import VERSIONS as RULES
from catalogue.ratios import ledger
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
    return Report(
        input=given,
        pack_title_zh=pack.title_zh,
        pack_title_en=pack.title_en,
        clause=pack.evidence.clause,
        lines=lines,
        units=ledger.compute(pack, shares.by_unit(zip(given.lines, lines, strict=True), pack)),
        judging_version=VERSION,
        rules=dict(RULES),
        notice=INVENTED if given.feed == Mode.DEMONSTRATION else "",
    )


# Everything between the stored input and the report, by version. Whoever changes what a rule, a line or the
# form of the report means raises VERSION and keeps the old code under its own: a stored report is judged by
# the version it names, or not at all.
JUDGINGS: Mapping[int, Judging] = MappingProxyType({VERSION: compute})
