"""The plate of a product: who makes it where, under which numbers, with which stated properties."""

from collections.abc import Iterator

from catalogue.comparison.base import Place
from frontend.pages import cards
from frontend.pages.party_links import organisation_href, plant_link
from frontend.pages.reference import Reference
from frontend.pages.words import Words, figure
from frontend.views.parts import Fact
from frontend.views.product import Headline
from registry.dossiers.dossier import Dossier


def facts(dossier: Dossier, known: Reference, words: Words) -> tuple[Fact, ...]:
    """Ours and the body's number stand apart, each named for what it is."""
    return (*_numbers(dossier, words), *_identity(dossier, known, words), *_properties(dossier, words))


def _numbers(dossier: Dossier, words: Words) -> Iterator[Fact]:
    maker, best = dossier.maker, dossier.best_certificate
    credit = words.say("label.credit", code=maker.credit_code)
    yield Fact(
        words.say("label.manufacturer"), words.name(maker), credit, href=organisation_href(maker.code, words)
    )
    yield Fact(words.say("label.number"), dossier.product.fact.code, copy=True)
    if best is not None:
        number, by_body = best.fact.number, words.say("label.by-body")
        yield Fact(words.say("label.certificate-number"), number, by_body, copy=True)


def _identity(dossier: Dossier, known: Reference, words: Words) -> Iterator[Fact]:
    product = dossier.product.fact
    yield Fact(words.say("label.kind"), known.kind(product.kind, words))
    if product.performance:
        yield Fact(words.performance(dossier.kind), words.graded(dossier.kind, product.performance))
    yield Fact(words.say("label.models"), words.listed(product.models) or "—")
    for plant in (dossier.plants[key] for key in product.plant_ids if key in dossier.plants):
        link = plant_link(plant, words)
        yield Fact(words.say("label.plant"), link.text, known.place(plant.region, words), href=link.href)
    if product.brand:
        yield Fact(words.say("label.trademark"), product.brand)


def _properties(dossier: Dossier, words: Words) -> Iterator[Fact]:
    """Stated attributes in the order of the kind's list; those of the class stand above already."""
    product = dossier.product.fact
    for spec in dossier.kind.attributes:
        value = product.attributes.get(spec.name)
        if value is None or spec.name in dossier.kind.performance:
            continue
        yield Fact(words.pick(spec.label_zh, spec.label_en), words.attribute(spec, value))
    waste = product.solid_waste
    if waste is not None:
        yield Fact(words.say("label.waste"), f"{figure(waste.percent)}%", words.listed(waste.materials))


def headline(dossier: Dossier, place: Place | None, words: Words) -> Headline:
    """The footprint in large, or in words why there is none."""
    title = words.say("headline")
    if dossier.declaration is None:
        missing = "headline.expired" if dossier.declarations else "headline.none"
        return Headline(title, "", "", "", "", words.say(missing))
    stated, cell = dossier.declaration.fact, dossier.cell
    kinds = (words.say(f"data.{stated.data_kind}"), words.say(f"proof.{stated.verification}"))
    kind = " · ".join((*kinds, stated.number))
    if cell is None:
        return Headline(title, "", "", "", kind, words.say("headline.not-comparable"))
    where = cards.position(dossier, place.distribution if place else None, words)
    return Headline(title, figure(cell.value), words.per(cell.basis.unit), where, kind)
