"""Limits and what was found against them, in words."""

from collections.abc import Mapping
from decimal import Context, Decimal

from catalogue.limits.finding import Open
from catalogue.limits.headroom import Headroom
from catalogue.limits.tables import Edition
from registry.declarations.facts import DeclarationFact, PartialDay
from registry.declarations.figures.gwp import Refusal
from registry.firms.benchmarks import Limit as EnergyLimit
from registry.kit.messages import catalogue, say
from registry.kit.types import plain

_SHOWN = Context(prec=6)


def title(edition: Edition, lang: str) -> str:
    return edition.title_zh if lang == "zh" else edition.title_en


def issuer(edition: Edition, lang: str) -> str:
    return edition.issuer_zh if lang == "zh" else edition.issuer_en


def note(edition: Edition, lang: str) -> str:
    return edition.note_zh if lang == "zh" else edition.note_en


def why(refusal: Refusal, lang: str) -> str:
    """A refusal's sentence; kinds of document, data and verification are said in words."""
    facts: dict[str, str] = dict(refusal.facts)
    if refusal.key == "limits.no-epd":
        facts["document"] = say(f"limits.document.{facts['document']}", lang)
    if "data" in facts:
        facts["data"] = say(f"data.{facts['data']}", lang)
    if "verification" in facts:
        facts["verification"] = say(f"proof.{facts['verification']}", lang)
    return say(refusal.key, lang, facts)


def basis(fact: DeclarationFact, lang: str) -> str:
    """What the values rest on: whose data the declaration has, and who verified it."""
    said = {
        "data": say(f"data.{fact.data_kind}", lang),
        "verification": say(f"proof.{fact.verification}", lang),
    }
    return say("limits.basis", lang, {"code": fact.code, **said})


def recipe(found: Headroom, lang: str) -> str | None:
    """How the probability was reckoned, or why there is none; None where no uncertainty is stated."""
    if found.recipe is None:
        return None
    answer = found.answer
    share = plain(((answer.rsd or Decimal(0)) * 100).normalize())
    mean = plain(_SHOWN.plus(answer.value).normalize())
    return say(found.recipe, lang, {"mean": mean, "share": share})


def still_open(one: Open, lang: str) -> str:
    return say(one.why, lang, one.facts)


def energy(limit: EnergyLimit, lang: str) -> str:
    return say("limits.energy-of-plant", lang, {"unit": limit.unit.value})


def conditions(when: Mapping[str, str], lang: str, *, named: bool = True) -> str:
    """What must be known of the product, in words; `named` puts the name a question uses in brackets."""
    known = catalogue(lang)
    parts = []
    for name, value in when.items():
        said = known.get(f"limits.value.{value}", value)
        sign = "" if value[0] in "<>" else "= "
        asked = f" [{name}]" if named else ""
        parts.append(f"{say(f'limits.known.{name}', lang)}{asked} {sign}{said}")
    return say("limits.and", lang).join(parts)


def period(day: PartialDay | None) -> str:
    """A day as precisely as it is known."""
    return "" if day is None else day.stated()
