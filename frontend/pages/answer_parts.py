"""Pieces of a bilingual answer: facts with both labels, rows that are covered, plants that are not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session

from frontend.pages.party_links import organisation_link
from frontend.pages.reference import Reference
from frontend.pages.verdicts import Finding
from frontend.pages.words import Named, Words
from frontend.views.parts import EvidenceTag
from frontend.views.verify import Both, BothFact, Cover
from registry.certificates.facts import CertificateFact
from registry.changes.reading import Point
from registry.parties.facts import OrganisationFact, PlantFact
from registry.products.facts import ProductFact

ZH, EN = Words("zh"), Words("en")
MOST_ROWS = 12  # the answer stays within its 6 kB; the product page shows every row


@dataclass(frozen=True, slots=True)
class Ask:
    """A record asked for, where the answer stands, and the tables it is named with."""

    session: Session
    key: UUID
    at: Point
    reference: Reference


@dataclass(frozen=True, slots=True)
class Parts:
    """An answer before its frame; `product` is the one product it leads to, if it is one."""

    finding: Finding
    tag: EvidenceTag
    facts: tuple[BothFact, ...]
    covered: tuple[Cover, ...] = ()
    not_covered: tuple[Both, ...] = ()
    product: ProductFact | None = None


def both(key: str, /, **facts: object) -> Both:
    return Both(ZH.say(key, **facts), EN.say(key, **facts))


def fact(label: str, value: Both, href: str = "") -> BothFact:
    """What reads the same in both languages is printed once."""
    return BothFact(both(label), Both(value.zh) if value.zh == value.en else value, href)


def party(label: str, firm: OrganisationFact | None) -> BothFact:
    """An organisation by its name, which leads to its page."""
    return fact(label, names(firm), organisation_link(firm, ZH).href)


def given(text: str) -> Both:
    """A number or a standard, which reads the same in both languages."""
    return Both(text or "—")


def names(thing: Named | None) -> Both:
    return Both("—") if thing is None else Both(thing.name_zh, thing.name_en)


def covered_rows(cert: CertificateFact, plants: Mapping[UUID, PlantFact]) -> tuple[Cover, ...]:
    """The annex row by row; what is left out for its length is said in a last row."""
    rows = [
        Cover(
            models=f"{row.product_name} · {'、'.join(row.models) or ZH.say('cover.every-model')}",
            plant=plants[row.plant_id].name_zh if row.plant_id in plants else "—",
            trademark=row.trademark or "—",
        )
        for row in cert.rows
    ]
    shown = rows[:MOST_ROWS]
    if len(rows) > MOST_ROWS:
        more = both("cover.more-rows", count=len(rows) - MOST_ROWS)
        shown.append(Cover(models=f"{more.zh} {more.en}", plant="—", trademark="—"))
    return tuple(shown)


def uncovered_plants(
    cert: CertificateFact, products: Iterable[ProductFact], plants: Mapping[UUID, PlantFact]
) -> tuple[Both, ...]:
    """Plants that make a product of the certificate and stand in none of its rows for it."""
    missing: dict[UUID, None] = {}
    for product in products:
        reached = {row.plant_id for row in cert.rows if product.id in row.product_ids}
        missing |= dict.fromkeys(plant for plant in product.plant_ids if plant not in reached)
    named = [plants[key] for key in missing if key in plants][:MOST_ROWS]
    return tuple(
        Both(ZH.say("cover.plant-not", plant=one.name_zh), EN.say("cover.plant-not", plant=one.name_en))
        for one in named
    )
