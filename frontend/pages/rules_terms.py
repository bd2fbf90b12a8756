"""The parts of a rule pack in words: its frame, its steps, thresholds, kinds and accepted evidence."""

from collections.abc import Iterator

from frontend.pages.check_words import PackWords, plain
from frontend.pages.data_rows import trust
from frontend.pages.words import Words
from frontend.views import formats
from frontend.views.parts import Fact
from frontend.views.rules import Bar, RuledGroup, RuledKind
from registry.policies.pack import Kind, Pack
from registry.policies.pack_terms import Precision

STEPS = 5


def facts(terms: PackWords) -> Iterator[Fact]:
    """Where and when the pack holds, and what fixes the edition and the day."""
    pack, words = terms.pack, terms.words
    say = words.say
    yield Fact(say("rules.label.region"), terms.known.region(pack.region, words))
    yield Fact(say("rules.label.edition"), pack.edition)
    sure = say("rules.confidence", confidence=trust(words, pack.valid_from_confidence).word)
    start = _start(pack, words)
    period = (
        say("rules.valid", start=start, until=pack.valid_to)
        if pack.valid_to
        else say("rules.from", start=start)
    )
    yield Fact(say("rules.label.valid"), period, sure)
    yield Fact(
        say("rules.label.method"), say(f"rules.method.{pack.method}"), f"{pack.method} v{pack.method_version}"
    )
    convention = say("rules.own-convention")
    yield Fact(
        say("rules.label.anchor"),
        say(f"rules.anchor.{pack.anchor.default}"),
        convention if pack.anchor.tool_convention else "",
    )
    order = words.listed(say(f"rules.date.{one}") for one in pack.reference_date.order)
    yield Fact(
        say("rules.label.date"),
        say("rules.date-order", order=order),
        convention if pack.reference_date.tool_convention else say("rules.by-the-rule"),
    )
    yield Fact(say("rules.label.rounding"), _rounding(pack, words))


def _start(pack: Pack, words: Words) -> str:
    """No more precisely than the source states it."""
    day = pack.valid_from
    if pack.valid_from_precision is Precision.DAY:
        return words.day(day)
    if pack.valid_from_precision is Precision.YEAR:
        return words.say("day.year", year=str(day.year))
    month = formats.MONTHS[day.month - 1] if words.lang == "en" else str(day.month)
    return words.say("day.month", year=str(day.year), month=month)


def _rounding(pack: Pack, words: Words) -> str:
    rules = pack.rounding
    if rules is None:
        return words.say("rules.no-rounding")
    places = words.say("rules.places", part=rules.part_places, total=rules.total_places)
    return words.joined(places, words.say(f"check.tie.{rules.tie}"), words.say(f"check.basis.{rules.basis}"))


def steps(terms: PackWords) -> Iterator[str]:
    """How the figure is made, with the pack's own numbers."""
    pack = terms.pack
    stated = {
        "groups": len(pack.groups),
        "kinds": len(pack.kinds or ()),
        "share": formats.percent(pack.share_threshold),
        "places": pack.rounding.part_places if pack.rounding else "—",
        "optional": formats.percent(pack.kinds_share.optional_share) if pack.kinds_share else "—",
    }
    for step in range(1, STEPS + 1):
        yield terms.words.say(f"rules.step.{pack.method}.{step}", **stated)


def bars(terms: PackWords) -> Iterator[Bar]:
    words = terms.words
    for one in terms.pack.thresholds:
        earns = words.say("rules.earns-points", points=one.points)
        yield Bar(f"≥ {formats.number(plain(one.percent))}%", earns, one.clause, trust(words, one.confidence))
    for gate in terms.pack.gates:
        earns = words.say("rules.earns-star", star=words.say(f"check.star.{gate.star}"))
        yield Bar(
            f"≥ {formats.number(plain(gate.percent))}%", earns, gate.clause, trust(words, gate.confidence)
        )


def groups(terms: PackWords) -> Iterator[RuledGroup]:
    for group in terms.pack.groups:
        members = [kind for kind in terms.pack.kinds or () if kind.group == group.id]
        points = formats.number(plain(group.points)) if group.points is not None else ""
        yield RuledGroup(
            name=terms.group(group.id),
            points=terms.words.say("rules.full", points=points) if points else "",
            kinds=tuple(_kind(kind, terms) for kind in members),
        )


def _kind(kind: Kind, terms: PackWords) -> RuledKind:
    words = terms.words
    units = words.listed(words.unit(unit) for unit in kind.units) or words.say("rules.no-unit")
    line = kind.interpolation
    score = ""
    if line is not None:
        score = words.say(
            "rules.between",
            share_from=formats.percent(line.share_from),
            share_to=formats.percent(line.share_to),
            points_from=plain(line.points_from),
            points_to=plain(line.points_to),
        )
    elif kind.points is not None:
        score = words.say("rules.fixed", points=plain(kind.points))
    return RuledKind(terms.kind(kind.id), units, kind.clause, score)


def evidence(terms: PackWords) -> Iterator[Fact]:
    """What counts as proof, and what becomes of doubtful cases."""
    rules, words = terms.pack.evidence, terms.words
    say = words.say
    accepted = words.listed(say(f"rules.evidence.{kind}") for kind in rules.accepted)
    yield Fact(say("rules.label.accepted"), accepted, rules.clause)
    if rules.test_report is not None:
        age = rules.test_report.max_age_months
        limit = say("rules.report-age", months=age) if age else say("rules.report-age-open")
        yield Fact(say("rules.evidence.test_report"), rules.test_report.demand_standard, limit)
    yield Fact(say("rules.label.self-declaration"), say("rules.never"))
    for name in ("produced_while_valid", "body_outside_scope", "replaced_standard"):
        yield Fact(say(f"rules.label.{name}"), say(f"rules.treatment.{getattr(rules, name)}"))
    if rules.green_product_note:
        yield Fact(say("rules.label.green-product"), say(rules.green_product_note, number="…"))
