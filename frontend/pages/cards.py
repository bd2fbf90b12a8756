"""One product as a line of results: evidence, state, footprint and its place in the class."""

from collections.abc import Mapping

from catalogue.comparison.percentiles import FEWEST, Distribution
from frontend.pages.reference import Reference
from frontend.pages.words import Words, best_tag, figure, rounded, standing_badge
from frontend.views import charts
from frontend.views.charts import Caption, Cuts, Strip
from frontend.views.parts import Badge, Tone
from frontend.views.search import ResultCard
from registry.dossiers.dossier import Dossier, Standing


def card(dossier: Dossier, place: Distribution | None, known: Reference, words: Words) -> ResultCard:
    """`place` is the distribution of the product's own basis; None where it is not known."""
    product, cell = dossier.product.fact, dossier.cell
    return ResultCard(
        id=product.code,
        name=words.name(product),
        href=f"/{words.lang}/products/{product.code}",
        firm=words.name(dossier.maker),
        number=product.code,
        evidence=best_tag(dossier, words),
        state=state_badge(dossier, words),
        details=tuple(_details(dossier, known, words)),
        value=figure(cell.value) if cell else "",
        unit=words.per(cell.basis.unit) if cell else "",
        position=position(dossier, place, words),
        strip=_spark(dossier, place),
    )


def state_badge(dossier: Dossier, words: Words) -> Badge:
    """The state of the certificate; a product that never had one is not called invalid."""
    if dossier.standing is Standing.NONE and dossier.certificates:
        return Badge(words.say("state.not_yet_valid"), Tone.QUIET)
    return standing_badge(dossier.standing, words)


def position(dossier: Dossier, place: Distribution | None, words: Words) -> str:
    """The share of the class with a higher value; too few products are said to be too few."""
    if dossier.cell is None or place is None:
        return ""
    share = place.higher_share(dossier.cell.value)
    if share is None:
        return words.say("position.too-few", n=place.n, least=FEWEST) if place.n else ""
    return words.say("position.lower-than" if share else "position.highest", share=share)


def places(found: Mapping[str, Mapping[str, Distribution]], dossier: Dossier) -> Distribution | None:
    """The product's own distribution among those of its kind."""
    if dossier.cell is None:
        return None
    return found.get(dossier.product.fact.kind, {}).get(dossier.cell.basis.key)


def cuts_of(place: Distribution) -> Cuts | None:
    if place.p20 is None or place.p50 is None or place.p80 is None:
        return None
    return Cuts(rounded(place.p20), rounded(place.p50), rounded(place.p80))


def strip(place: Distribution, caption: Caption, dossier: Dossier | None = None) -> Strip | None:
    """The whole class on a line, figures rounded for the eye."""
    own = rounded(dossier.cell.value) if dossier and dossier.cell else None
    if not place.values and own is None:
        return None
    return charts.strip([rounded(value) for value in place.values], caption, cuts=cuts_of(place), own=own)


def _spark(dossier: Dossier, place: Distribution | None) -> Strip | None:
    """A small line needs the ends of the class only."""
    cuts = cuts_of(place) if place else None
    if place is None or cuts is None or dossier.cell is None:
        return None
    ends = (rounded(place.values[0]), rounded(place.values[-1]))
    return charts.strip(ends, Caption("", ""), cuts=cuts, own=rounded(dossier.cell.value))


def _details(dossier: Dossier, known: Reference, words: Words) -> list[str]:
    product, best = dossier.product.fact, dossier.best_certificate
    plants = [dossier.plants[plant] for plant in product.plant_ids if plant in dossier.plants]
    found = [words.graded(dossier.kind, product.performance)] if product.performance else []
    if best is not None and dossier.standing is Standing.VALID:
        found.append(words.say("card.valid-to", day=best.fact.valid_to))
    found.append(known.place(plants[0].region if plants else dossier.maker.region, words))
    if dossier.declaration is not None:
        stated = dossier.declaration.fact
        found.append(words.say(f"data.{stated.data_kind}"))
        found.append(words.say(f"proof.{stated.verification}"))
    return found
