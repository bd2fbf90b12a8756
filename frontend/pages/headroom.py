"""A product's or a declaration's value against the published limits of its kind, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import Request
from sqlmodel import Session

from catalogue.limits import wording
from catalogue.limits.api import named
from catalogue.limits.energy import KINDS
from catalogue.limits.finding import limits_for
from catalogue.limits.headroom import Headroom
from catalogue.limits.of_product import Judged, OfProduct, of_declaration, of_product
from frontend.pages.declaration.parts import picture
from frontend.pages.party_parts import Party
from frontend.pages.published_limits import REGIONS
from frontend.pages.words import Words, figure, rounded
from frontend.views import formats
from frontend.views.carbon import HeadroomLine, HeadroomPart
from frontend.views.charts import Caption
from frontend.views.diverging import Diverging
from frontend.views.parts import Badge, Link, Tone
from registry.changes.reading import every, many
from registry.declarations.facts import DeclarationFact
from registry.declarations.figures.gwp import Refusal
from registry.declarations.figures.shapes import step_said
from registry.declarations.figures.stated import Stated
from registry.dossiers.dossier import Dossier
from registry.policies.service import BENCHMARK
from registry.products.service import PRODUCT
from registry.units.said import doubt_said

MOST_KNOWN = 20
MOST = 3  # products of one declaration whose limits are shown; their own pages have the rest


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose limits a page is asked for, and what is said of the product beside its recorded attributes."""

    regions: tuple[str, ...]
    known: Mapping[str, str]

    @classmethod
    def of(cls, request: Request) -> "Asked":
        query = request.query_params
        regions = tuple(one for one in REGIONS if one and one in query.getlist("region"))
        return cls(regions, named(query.getlist("attribute")[:MOST_KNOWN]))


def part(session: Session, dossier: Dossier, asked: Asked, words: Words) -> HeadroomPart | None:
    """The block of a product's page; None where no table has anything to do with its kind."""
    judged_by_energy = dossier.product.fact.kind in KINDS
    benchmarks = every(session, BENCHMARK, dossier.at) if judged_by_energy else ()
    facts = [known.fact for known in benchmarks]
    found = of_product(dossier, facts, regions=asked.regions, known=asked.known)
    fact = dossier.declaration.fact if dossier.declaration is not None else None
    return _block(found, asked, words, fact)


def of_products(
    party: Party, fact: DeclarationFact, document: Stated | None, asked: Asked
) -> Iterator[HeadroomPart]:
    """The blocks of a declaration's page, one for each of its first products that a table concerns."""
    words = party.words
    for one in list(many(party.session, PRODUCT, fact.product_ids, party.at).values())[:MOST]:
        product = one.fact
        attributes = {**asked.known, **product.attributes}
        applying = limits_for(product.kind, attributes, party.at.on, regions=asked.regions)
        found = of_declaration(product, fact, document, applying, on=party.at.on)
        link = Link(words.name(product), f"/{words.lang}/products/{product.code}")
        block = _block(found, asked, words, fact, of=link)
        if block is not None:
            yield block


def _block(
    found: OfProduct, asked: Asked, words: Words, fact: DeclarationFact | None, *, of: Link | None = None
) -> HeadroomPart | None:
    lines = (
        *(_judged(one, words) for one in found.judged),
        *(
            HeadroomLine(
                title=wording.title(one.edition, words.lang),
                limit="",
                outcome=Badge(words.say("limits.outcome.open"), Tone.QUIET),
                text=wording.still_open(one, words.lang),
            )
            for one in found.open
        ),
        *(
            HeadroomLine(
                title=words.say(f"limits.energy.{one.level}", document=one.document),
                limit=f"{one.bound.sign} {formats.number(one.bound.value)} {one.unit}",
                outcome=Badge(words.say("limits.outcome.unlike"), Tone.QUIET),
                text=wording.energy(one, words.lang),
            )
            for one in found.energy
        ),
    )
    query = f"?{urlencode([('region', one) for one in asked.regions])}" if asked.regions else ""
    every = Link(words.say("limits.all"), f"/{words.lang}/limits{query}")
    if found.ended is not None and fact is not None:
        return HeadroomPart((), every, of=of, reason=_ended(found.ended, fact, words))
    if not lines:
        return None
    against = [one.found for one in found.judged if isinstance(one.found, Headroom)]
    name = f"headroom-{of.href.rsplit('/', 1)[-1]}" if of else "headroom-parts"
    recipes = (wording.recipe(one, words.lang) for one in against)
    return HeadroomPart(
        lines=lines,
        all_limits=every,
        charts=tuple(_charts(against, name, words)),
        recipes=tuple(dict.fromkeys(one for one in recipes if one)),
        of=of,
        basis=wording.basis(fact, words.lang) if fact is not None and found.judged else "",
    )


def _ended(why: Refusal, fact: DeclarationFact, words: Words) -> str:
    """The reason with its day as the page writes days."""
    day = fact.valid_from if fact.valid_from.stated() in why.facts.values() else fact.valid_to
    return words.say(why.key, day=words.stated_day(day))


def _charts(against: Sequence[Headroom], name: str, words: Words) -> Iterator[Diverging]:
    """The parts of the value once for each unit that a limit is stated in."""
    splits = {one.limit.per.code: one.split for one in against if one.split is not None}
    for place, (unit, found) in enumerate(splits.items(), 1):
        yield picture(found, Caption(f"{name}-{place}", words.say("chart.parts"), words.per(unit)), words)


def _judged(one: Judged, words: Words) -> HeadroomLine:
    limit, found = one.applicable.limit, one.found
    level = words.say(f"limits.level.{limit.level}")
    title = words.joined(wording.title(limit.edition, words.lang), level)
    shown = "" if limit.value is None else f"≤ {figure(limit.value)} {words.per(limit.per.code)}"
    if not isinstance(found, Headroom):
        why = wording.why(found, words.lang)
        return HeadroomLine(title, shown, Badge(words.say("limits.outcome.unlike"), Tone.QUIET), why)
    key = "limits.outcome.within" if found.within else "limits.outcome.above"
    percent = "" if found.percent is None else f" ({formats.signed(found.percent, 1)}%)"
    text = words.say(
        "limits.margin",
        value=figure(found.answer.value),
        margin=f"{formats.signed(rounded(found.margin))}{percent}",
    )
    if found.probability is not None:
        share = f"{formats.number(found.probability * 100, 1)}%"
        text = words.joined(text, words.say("limits.probability", share=share))
    path = tuple(step_said(step, words.lang) for step in found.answer.path)
    if found.answer.doubt is not None:
        path = (*path, doubt_said(found.answer.doubt.facts, words.lang))
    return HeadroomLine(
        title, shown, Badge(words.say(key), Tone.GOOD if found.within else Tone.BAD), text, path
    )
