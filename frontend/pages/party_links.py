"""Addresses of organisations and plants, and where a problem with a record is reported."""

from urllib.parse import quote

from frontend.pages.words import Words
from frontend.views.parts import Link
from registry.parties.facts import OrganisationFact, PlantFact


def organisation_link(fact: OrganisationFact | None, words: Words) -> Link:
    if fact is None:
        return Link("—", "")
    return Link(words.name(fact), organisation_href(fact.code, words))


def organisation_href(code: str, words: Words) -> str:
    return f"/{words.lang}/organisations/{quote(code)}"


def plant_href(code: str, words: Words) -> str:
    return f"/{words.lang}/plants/{quote(code)}"


def report_href(code: str, words: Words) -> str:
    return f"/{words.lang}/report-problem?about={quote(code)}"


def plant_link(fact: PlantFact | None, words: Words) -> Link:
    return Link("—", "") if fact is None else Link(words.name(fact), plant_href(fact.code, words))
