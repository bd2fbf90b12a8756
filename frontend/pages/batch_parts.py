"""What every page says of a batch in the same words: production, quantity, identifiers, and its cover."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from fastapi import Request
from sqlmodel import Session

from catalogue.batches.cover import Cover, Covered
from frontend.pages.words import Words
from frontend.site import Site
from frontend.views import formats
from frontend.views.batches import BatchLine
from frontend.views.parts import Badge, Link, Tone
from registry.batches.digital_link import DigitalLink, fits
from registry.batches.facts import BatchFact
from registry.changes.kinds import Known
from registry.changes.reading import Point, many
from registry.parties.facts import PlantFact
from registry.parties.service import PLANT

# Never the green of a certificate: what was covered is the product at its plant, not this batch.
TONES = {Covered.COVERED: Tone.QUIET, Covered.UNDECIDED: Tone.WARN, Covered.NOT_COVERED: Tone.BAD}
MOST_NUMBERS = 3


def public_base(site: Site, request: Request) -> str:
    """The address the public sees, without a slash at its end."""
    return (site.settings.public_url or str(request.base_url)).rstrip("/")


def batch_href(code: str, words: Words) -> str:
    return f"/{words.lang}/batches/{code}"


def digital_link(batch: BatchFact) -> DigitalLink | None:
    """The Digital Link of a batch, where it has a GTIN and a number that GS1's signs can write."""
    if batch.gtin is None or not fits(batch.number):
        return None
    return DigitalLink(batch.gtin, lot=batch.number)


def made(batch: BatchFact, words: Words) -> str:
    if batch.made_from == batch.made_to:
        return words.day(batch.made_from)
    return words.say("batch.period", start=batch.made_from, end=batch.made_to)


def amount(batch: BatchFact, words: Words) -> str:
    if batch.amount is None or batch.unit is None:
        return words.say("not-stated")
    return formats.quantity(batch.amount, words.unit(batch.unit))


def cover_text(cover: Cover, batch: BatchFact, words: Words) -> str:
    """Which certificates' scope it was, carefully: product, model and plant on that day."""
    numbers = words.listed(one.number for one in cover.certificates[:MOST_NUMBERS])
    return words.say(f"batch.cover.{cover.reason}", made=made(batch, words), numbers=numbers)


def cover_badge(cover: Cover, words: Words) -> Badge:
    return Badge(words.say(f"batch.covered.{cover.state}"), TONES[cover.state])


def withdrawn_badge(batch: BatchFact, words: Words) -> Badge | None:
    return Badge(words.say("batch.withdrawn"), Tone.BAD) if batch.withdrawn else None


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of lists of batches, with the plants that they name."""

    plants: dict[UUID, PlantFact]
    words: Words

    @classmethod
    def of(cls, session: Session, batches: Iterable[Known[BatchFact]], at: Point, words: Words) -> "Lines":
        found = many(session, PLANT, {one.fact.plant_id for one in batches}, at)
        return cls({key: known.fact for key, known in found.items()}, words)

    def line(self, batch: BatchFact) -> BatchLine:
        plant = self.plants.get(batch.plant_id)
        return BatchLine(
            number=Link(batch.number, batch_href(batch.code, self.words)),
            code=batch.code,
            plant=self.words.name(plant) if plant else "—",
            made=made(batch, self.words),
            amount=amount(batch, self.words),
            state=withdrawn_badge(batch, self.words),
        )
