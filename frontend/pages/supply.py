"""The supply section of a product page: where it comes from, how far, how much, how soon, through whom."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session

from frontend.pages.reference import Reference
from frontend.pages.words import Named, Words
from frontend.views import formats
from frontend.views.parts import Fact
from frontend.views.supply import PlantSupply, SupplyPart
from registry.changes.kinds import Known
from registry.changes.reading import Point, many
from registry.dossiers.dossier import Dossier
from registry.kit.types import plain
from registry.parties.facts import OrganisationFact, PlantFact
from registry.parties.service import ORGANISATION
from registry.supply.facts import Dealer, PlantSiteFact, ReferencePrice, SupplyFact
from registry.supply.service import Supply, of_product


def part(session: Session, dossier: Dossier, known: Reference, words: Words) -> SupplyPart:
    """Plant by plant in the product's order; a plant nobody has spoken of says so."""
    found = of_product(session, dossier.product.fact, dossier.at)
    maker = _Plants(dossier, known, words, _dealers(session, found, dossier.at))
    remarks = [words.say("supply.no-proof")]
    if any(one.stated and one.stated.fact.dealers for one in found):
        remarks.append(words.say("supply.dealer-no-cover"))
    return SupplyPart(tuple(maker.plant(one) for one in found), tuple(remarks))


def _dealers(session: Session, found: Sequence[Supply], at: Point) -> dict[UUID, OrganisationFact]:
    ids = {dealer.organisation_id for one in found if one.stated for dealer in one.stated.fact.dealers}
    return {key: known.fact for key, known in many(session, ORGANISATION, ids, at).items()}


class _Plants:
    """The plants of one product being put into words."""

    def __init__(
        self, dossier: Dossier, known: Reference, words: Words, dealers: Mapping[UUID, OrganisationFact]
    ) -> None:
        self.dossier, self.known, self.words, self.dealers = dossier, known, words, dealers

    def plant(self, one: Supply) -> PlantSupply:
        words, plant = self.words, self.dossier.plants.get(one.plant_id)
        facts = [*self._place(plant, one.site)]
        if one.stated is None:
            return PlantSupply(_name(plant, words), tuple(facts), missing=words.say("supply.nothing-stated"))
        stated = one.stated.fact
        facts += [*self._delivery(stated), *self._making(stated), *self._dealt(stated)]
        if stated.price is not None:
            facts.append(self._price(stated.price))
        source = words.say("supply.source", day=stated.stated_on, source=stated.source)
        return PlantSupply(_name(plant, words), tuple(facts), source=source)

    def _place(self, plant: PlantFact | None, site: Known[PlantSiteFact] | None) -> Iterator[Fact]:
        words = self.words
        where = self.known.place(plant.region, words) if plant else "—"
        if site is None:
            yield Fact(words.say("supply.place"), where, words.say("supply.no-place"))
            return
        fact = site.fact
        note = words.say(
            "supply.coordinates",
            latitude=plain(fact.latitude),
            longitude=plain(fact.longitude),
            precision=words.say(f"precision.{fact.precision}"),
            source=fact.source,
            day=fact.stated_on,
        )
        yield Fact(words.say("supply.place"), where, note)

    def _delivery(self, stated: SupplyFact) -> Iterator[Fact]:
        words, delivery = self.words, stated.delivery
        if delivery is None:
            return
        if delivery.regions:
            names = [self.known.region(code, words) for code in delivery.regions]
            yield Fact(words.say("supply.regions"), words.listed(names))
        if delivery.radius_km is not None:
            yield Fact(words.say("supply.radius"), f"{formats.number(delivery.radius_km)} km")

    def _making(self, stated: SupplyFact) -> Iterator[Fact]:
        words = self.words
        if stated.capacity is not None:
            amount, unit = formats.number(stated.capacity.amount), words.unit(stated.capacity.unit)
            yield Fact(words.say("supply.capacity"), words.say("supply.per-year", amount=amount, unit=unit))
        if stated.lead_time_days is not None:
            yield Fact(words.say("supply.lead-time"), words.say("supply.days", count=stated.lead_time_days))

    def _dealt(self, stated: SupplyFact) -> Iterator[Fact]:
        if stated.dealers:
            lines = [self._dealer(dealer, self.dossier.at.on) for dealer in stated.dealers]
            yield Fact(self.words.say("supply.dealers"), self.words.joined(*lines))

    def _dealer(self, dealer: Dealer, day: date) -> str:
        words, firm = self.words, self.dealers.get(dealer.organisation_id)
        region = self.known.region(dealer.region, words) if dealer.region else words.say("supply.no-region")
        over = dealer.valid_to is not None and dealer.valid_to < day
        key = "over" if over else "ahead" if day < dealer.valid_from else "open"
        return words.say(
            f"supply.dealer-{key}",
            name=_name(firm, words),
            region=region,
            start=dealer.valid_from,
            end=words.day(dealer.valid_to) if dealer.valid_to else words.say("not-stated"),
        )

    def _price(self, price: ReferencePrice) -> Fact:
        """市场调查参考: labelled as what it is, with tax basis, place, day and source."""
        words = self.words
        amount = words.say(
            "supply.price-per",
            amount=formats.number(price.amount),
            unit=words.unit(price.unit),
            tax=words.say(f"tax.{price.tax}"),
        )
        region = self.known.place(price.region, words) if price.region else words.say("supply.no-region")
        note = words.say("supply.price-note", region=region, day=price.surveyed_on, source=price.source)
        return Fact(words.say("supply.price"), amount, note)


def _name(thing: Named | None, words: Words) -> str:
    return "—" if thing is None else words.name(thing)
