"""One line of the match page: the file's words and what may stand behind it."""

from collections.abc import Iterator
from decimal import Decimal

from catalogue.bom.confidence import Match
from catalogue.bom.matching import same_words
from catalogue.bom.models import model_fit, names_a_model
from catalogue.checks import service
from catalogue.checks.inputs import Standing
from catalogue.checks.matching import NONE, NOT_A_MATERIAL
from catalogue.checks.mending import unmended
from catalogue.checks.state import Candidate, LineState
from catalogue.checks.taking import only_model
from frontend.pages.check_bench import Bench, Found
from frontend.pages.check_decisions import OPEN
from frontend.pages.check_lines import own_unit
from frontend.pages.check_needs import WORK, Need, lacking, need, said_lacks
from frontend.pages.check_repairs import asks_kind, fields
from frontend.pages.check_words import PackWords, plain, unique
from frontend.pages.words import Words
from frontend.views import formats
from frontend.views.check import CandidateView, MatchLine, Search
from frontend.views.parts import Badge, Option, Tone
from registry.dossiers.dossier import Dossier

OFFERED = 3
NEAR_BEST = Decimal("0.30")  # a product further behind the best one is noise beside it; a search finds it
STRONG, FAIR = Decimal("0.80"), Decimal("0.60")  # the bands of `confidence`: proven, by maker, by name
LONGEST = 60  # signs of a maker, brand or number in the line's own words
TONES = {Need.PROVEN: Tone.GOOD, Need.CONFIRMED: Tone.GOOD, Need.REPAIR: Tone.BAD, Need.NONE: Tone.QUIET}


def match_line(place: int, line: LineState, bench: Bench) -> MatchLine:
    words, found, bill = bench.terms.words, need(line), line.line
    finding = bench.found if bench.found is not None and bench.found.place == place else None
    chosen = bench.choice(place, line)
    twins = bench.twins.get(same_words(bill), 1) - 1
    return MatchLine(
        id=f"l-{place}",
        place=words.say("check.row", sheet=bill.sheet, row=bill.row),
        name=line.told.name or "—",
        spec=bill.spec,
        meta=tuple(_meta(line, bench.terms)),
        state=Badge(words.say(f"check.state.{found}"), TONES.get(found, Tone.WARN)),
        needs_work=found in WORK,
        radio_name=f"m-{place}",
        candidates=tuple(_offers(place, line, bench, chosen=chosen, finding=finding)),
        none_chosen=chosen == NONE,
        undo=line.standing is not Standing.OPEN,
        undo_chosen=chosen == OPEN,
        other=finding is not None or not line.candidates or chosen == NOT_A_MATERIAL,
        other_chosen=chosen == NOT_A_MATERIAL,
        fields=tuple(fields(place, line, bench, finding=finding)),
        problems=_problems(line, place, bench),
        same_name=f"s-{place}",
        same_count=words.say("check.same-lines", count=twins) if twins and found in WORK else "",
        same_ticked=bool(bench.typed and bench.typed.get(f"s-{place}")),
        kind_note=words.say(line.ratio_kind_note) if line.ratio_kind_note else "",
        search=_search(finding, bench.terms) if finding else None,
        search_value=f"search:{place}",
        conflicts=unique(_hints(line, bench.terms, searching=finding is not None)),
    )


def _meta(line: LineState, terms: PackWords) -> Iterator[str]:
    """The file's words about the line, in the order a reader asks for them; empty ones fall away."""
    bill, words, given = line.line, terms.words, service.line_input(line)
    unit = own_unit(given, words)
    amount = "" if given.quantity is None else f"{formats.number(plain(given.quantity))} {unit}".strip()
    told = (
        ("delivery", "day", given.delivery),
        ("production", "day", bill.production_day),
        ("maker", "maker", bill.maker_text[:LONGEST]),
        ("plant", "plant", bill.plant_text[:LONGEST]),
        ("brand", "brand", bill.brand_text[:LONGEST]),
        ("certificate", "number", bill.certificate_text[:LONGEST]),
    )
    yield from filter(None, (amount, given.building))
    yield from (words.say(f"check.{key}", **{fact: value}) for key, fact, value in told if value)
    if bill.supplied_by:
        yield words.say(f"check.supplied-by.{bill.supplied_by}")
    if bill.hidden:
        yield words.say("check.hidden-row")
    if line.material_kind:
        yield terms.material(line.material_kind)
    if line.ratio_kind and not asks_kind(line):
        yield terms.kind(line.ratio_kind)


def _hints(line: LineState, terms: PackWords, *, searching: bool) -> Iterator[str]:
    """What the bill says against products, then what a decided line still lacks."""
    yield from (terms.reason(one.key, one.facts) for one in line.conflicts)
    for one in line.differing:
        facts = {"property": one.name, "stated": one.stated, "registered": one.registered}
        yield terms.reason("line.attributes-differ", facts)
    settled = line.material_kind is not None or line.standing is Standing.NOT_A_MATERIAL
    if not settled and not searching and not line.material_kinds:
        yield terms.words.say("check.kind-where")
    if lacks := lacking(line):
        yield terms.words.say("check.lacks", lacks=said_lacks(lacks, terms.words))


def _problems(line: LineState, place: int, bench: Bench) -> tuple[str, ...]:
    """What was wrong with the form, what somebody else did, then what is wrong or doubtful in the file."""
    words = bench.terms.words
    said = [bench.faults.get(f"l-{place}", "")]
    if place in bench.changed:
        said.append(words.say("check.changed-line", state=words.say(f"check.state.{need(line)}")))
    said += [words.say(problem.key, **problem.facts) for problem in unmended(line)]
    said += [words.say(p.key, **p.facts) for p in line.line.problems if not p.blocks]
    return unique(said)


def _offers(
    place: int, line: LineState, bench: Bench, *, chosen: str, finding: Found | None
) -> Iterator[CandidateView]:
    """The best candidates, the chosen one wherever it stands, then what the search found."""
    matches = {one.match.product_id: one.match for one in line.candidates}
    shown = [*(one.match.product_id for one in offered(line)), chosen]
    shown += map(str, finding.ids if finding else ())
    known = {str(key): dossier for key, dossier in bench.dossiers.items()}
    for key in dict.fromkeys(shown):
        if key in known:
            yield _offer(place, line, known[key], bench, match=matches.get(key), chosen=key == chosen)


def offered(line: LineState) -> tuple[Candidate, ...]:
    """At most three candidates, and none that stands far behind the best."""
    if not line.candidates:
        return ()
    least = line.candidates[0].match.score - NEAR_BEST
    return tuple(one for one in line.candidates[:OFFERED] if one.match.score >= least)


def _offer(  # noqa: PLR0913 - one product beside one line, in the words of the page
    place: int, line: LineState, dossier: Dossier, bench: Bench, *, match: Match | None, chosen: bool
) -> CandidateView:
    """A product by its names, and why it is offered: it was matched, or a person searched for it."""
    fact, words = dossier.product.fact, bench.terms.words
    why = words.say("check.by-search")
    if match is not None:
        said = words.listed(bench.terms.reason(why.key, why.facts) for why in match.reasons)
        why = words.say("check.match-score", score=_strength(match.score, words), reasons=said)
    return CandidateView(
        value=fact.code,
        name=words.name(fact),
        code=fact.code,
        maker=_maker(dossier, words),
        reasons=why,
        chosen=chosen,
        plant_name=f"p-{place}-{fact.code}",
        plants=_plants(place, line, dossier, bench, named=match.plant_id if match else None),
        model_name=f"o-{place}-{fact.code}",
        models=_models(place, line, dossier, bench, match=match),
    )


def _strength(score: Decimal, words: Words) -> str:
    named = "high" if score >= STRONG else "middle" if score >= FAIR else "low"
    return words.say(f"check.strength.{named}")


def _models(
    place: int, line: LineState, dossier: Dossier, bench: Bench, *, match: Match | None
) -> tuple[Option, ...]:
    """A choice of model where the bill settles none and the product has not simply one."""
    fact, told = dossier.product.fact, line.told
    said = f"{told.name} {told.spec}"
    named = match.model if match else model_fit(fact.models, said, {})[0]
    settled = named or (only_model(fact) and not names_a_model(said))
    own = line.model if line.product_id == fact.id and line.model else ""
    if settled or not fact.models:
        return ()
    value = bench.value(f"o-{place}-{fact.code}", own)
    unknown = Option("", bench.terms.words.say("check.model-unknown"), value not in fact.models)
    return (unknown, *(Option(one, one, one == value) for one in fact.models))


def _maker(dossier: Dossier, words: Words) -> str:
    """The maker, with the plant where it has no other: that plant is taken when the file names none."""
    plants = [dossier.plants[key] for key in dossier.product.fact.plant_ids if key in dossier.plants]
    only = words.name(plants[0]) if len(plants) == 1 else ""
    return " · ".join(filter(None, (words.name(dossier.maker), only)))


def _plants(
    place: int, line: LineState, dossier: Dossier, bench: Bench, *, named: str | None
) -> tuple[Option, ...]:
    """A choice of plant where there are several, or the file names another; one it names is not unknown."""
    fact, words = dossier.product.fact, bench.terms.words
    plants = [(key, dossier.plants[key]) for key in fact.plant_ids if key in dossier.plants]
    elsewhere = bool(line.line.plant_text.strip()) and not named
    if len(plants) < 2 and not elsewhere:
        return ()
    own = str(line.plant_id) if line.plant_id and line.product_id == fact.id else named or ""
    value = bench.value(f"p-{place}-{fact.code}", own)
    unknown = Option("", words.say("check.plant-unknown"), not value)
    return (
        *(() if named else (unknown,)),
        *(Option(str(key), words.name(plant), str(key) == value) for key, plant in plants),
    )


def _search(finding: Found, terms: PackWords) -> Search:
    found = ""
    if finding.text:
        key = "check.found" if finding.total else "check.found-none"
        found = terms.words.say(key, count=finding.total, shown=len(finding.ids))
    return Search(name=f"q-{finding.place}", value=finding.text, found=found)
