"""Checks of who stands behind a declaration: owner, maker, plant, programme and independent verifier."""

import re
from collections.abc import Iterator
from functools import cache

from babel import Locale

from registry.declarations.dataset import Party, Scope, Subtype
from registry.declarations.facts import Verification
from registry.declarations.preflight.conditions import DECLARED_EPD, EPD, GENERIC, LABEL, VERIFIERS
from registry.declarations.preflight.identifiers import parties
from registry.declarations.preflight.model import Family, Fault, Severity, When, at
from registry.declarations.preflight.names import placeholder
from registry.declarations.preflight.view import KnownVerifier, View

checks = Family()
# Titles stand before persons' names; a firm that carries one has a form of firm, a comma or a dash too.
_TITLE = re.compile(r"^(?:mr|mrs|ms|dr|prof|dipl|ing|herr|frau)\b\.?[^,&–-]*$", re.IGNORECASE)
_FIRM = re.compile(
    r"\b(?:ltd|inc|gmbh|ag|s\.?a|llc|co|corp|institut\w*|universit\w*|verein|e\.? ?v)\b"
    r"|公司|院|所|中心|协会|大学",
    re.IGNORECASE,
)
_REGION = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,3})?")
ILCD_REGIONS = frozenset({
    "RER", "GLO", "RNA", "RAS", "RAF", "RLA", "RME", "OCE", "RoW", "EU-15", "EU-25", "EU-27", "EU-28",
    "EU-25+3", "EU-27+3", "EU-28+3", "EU+EFTA+UK", "WEU", "NORDEL", "UCTE",
    "CENTREL", "ENTSO-E", "RNE", "RSA",
})  # fmt: skip
VERIFYING = frozenset({"verifier", "reviewer"})  # roles of persons that readers report
NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})  # in CLDR, and no country of ISO 3166


@cache
def countries() -> frozenset[str]:
    """Two-letter codes of ISO 3166-1 and the areas of UN M49 (001 is the world), as CLDR has them."""
    known = map(str, Locale.parse("en").territories)
    return frozenset(known) - NO_COUNTRIES


def _part_of_country(code: str) -> bool:
    """A country or a province of one: CN, CN-ZJ."""
    return code[:2] in countries() and _REGION.fullmatch(code) is not None


def _names(party: Party | None) -> frozenset[str]:
    return frozenset(name.casefold().strip() for name in (party.names if party else {}).values() if name)


def _same(first: Party | None, second: Party | None) -> bool:
    if first is None or second is None:
        return False
    by_id = any(second.ids.get(scheme) == code for scheme, code in first.ids.items())
    return by_id or bool(_names(first) & _names(second))


checks.ask(
    "owner-missing",
    Severity.WARNING,
    lambda view: not _names(view.dataset.owner),
    place="owner",
    when=When("data of makers", lambda view: not GENERIC.holds(view)),
)


@checks.check("party-placeholder", Severity.WARNING)
def party_placeholder(view: View) -> Iterator[Fault]:
    for field, party in parties(view):
        for name in party.names.values():
            if placeholder(name):
                yield at(field, name=name)


@checks.check("party-is-person", Severity.WARNING, source="own rule: persons stay out of the hashed feed")
def party_is_person(view: View) -> Iterator[Fault]:
    for field, party in parties(view):
        if any(_TITLE.match(name) and not _FIRM.search(name) for name in party.names.values()):
            yield at(field)


checks.ask(
    "operator-missing",
    Severity.NOTE,
    lambda view: view.dataset.operator is None and view.dataset.verification is Verification.THIRD_PARTY,
    place="operator",
    when=DECLARED_EPD,
    source="ISO 14025: an EPD belongs to a programme (medium)",
)
checks.ask(
    "verification-missing",
    Severity.WARNING,
    lambda view: (
        view.dataset.verification is None
        and not view.dataset.verifiers
        and not view.context.persons & VERIFYING
    ),
    place="verification",
    when=DECLARED_EPD,
    source="ISO 14025, 8.1: independent verification (medium)",
)
checks.ask(
    "verification-none",
    Severity.ERROR,
    lambda view: view.dataset.verification is Verification.NONE,
    place="verification",
    when=DECLARED_EPD,
    source="ISO 14025, 8.1: independent verification (medium)",
)
checks.ask(
    "verification-internal",
    Severity.NOTE,
    lambda view: view.dataset.verification is Verification.INTERNAL,
    place="verification",
    when=DECLARED_EPD,
    source="ISO 14025: internal or external; third party towards consumers (medium)",
)
checks.ask(
    "label-not-certified",
    Severity.ERROR,
    lambda view: view.dataset.verification is not Verification.THIRD_PARTY,
    place="verification",
    when=LABEL,
    source="产品碳足迹标识认证通用实施规则（试行）: a certification (high)",
)
checks.ask(
    "verifier-missing",
    Severity.WARNING,
    lambda view: (
        view.dataset.verification is Verification.THIRD_PARTY
        and not view.dataset.verifiers
        and not view.context.persons & VERIFYING
    ),
    place="verifiers",
    when=DECLARED_EPD,
)


@checks.check(
    "verifier-is-owner", Severity.ERROR, source="ISO 14025, 8.1: not involved in the assessment (medium)"
)
def verifier_is_owner(view: View) -> Iterator[Fault]:
    if view.dataset.verification is Verification.THIRD_PARTY:
        for verifier in view.dataset.verifiers:
            if _same(verifier, view.dataset.owner):
                yield at("verifiers", name=next(iter(verifier.names.values()), "-"))


@checks.check("verifier-is-manufacturer", Severity.ERROR, source="ISO 14025, 8.1: independence (medium)")
def verifier_is_manufacturer(view: View) -> Iterator[Fault]:
    if view.dataset.verification is Verification.THIRD_PARTY:
        for verifier in view.dataset.verifiers:
            made = any(_same(verifier, maker) for maker in view.dataset.manufacturers)
            if made and not _same(verifier, view.dataset.owner):
                yield at("verifiers", name=next(iter(verifier.names.values()), "-"))


def _known(view: View) -> Iterator[tuple[Party, list[KnownVerifier]]]:
    for verifier in view.dataset.verifiers:
        names = _names(verifier)
        yield verifier, [one for one in view.context.verifiers if names & {n.casefold() for n in one.names}]


@checks.check("verifier-unknown", Severity.NOTE, when=VERIFIERS)
def verifier_unknown(view: View) -> Iterator[Fault]:
    for verifier, known in _known(view):
        if not known:
            yield at("verifiers", name=next(iter(verifier.names.values()), "-"))


@checks.check("verifier-out-of-scope", Severity.WARNING, when=VERIFIERS)
def verifier_out_of_scope(view: View) -> Iterator[Fault]:
    kind = view.context.kind
    for verifier, known in _known(view):
        if kind and known and not any(kind.startswith(one.kinds) for one in known):
            yield at("verifiers", name=next(iter(verifier.names.values()), "-"), kind=kind)


@checks.check("verifier-lapsed", Severity.WARNING, when=VERIFIERS)
def verifier_lapsed(view: View) -> Iterator[Fault]:
    issued = view.issued()
    for verifier, known in _known(view):
        if (
            issued
            and known
            and not any(one.first <= issued.last_day() and issued.day <= one.last for one in known)
        ):
            yield at("verifiers", name=next(iter(verifier.names.values()), "-"), day=issued.day)


@checks.check(
    "owner-code-missing", Severity.NOTE, source="GB 32100-2015: every body in China has a code (high)"
)
def owner_code_missing(view: View) -> Iterator[Fault]:
    owner = view.dataset.owner
    if owner and _names(owner) and (view.dataset.location or "").startswith("CN") and "uscc" not in owner.ids:
        yield at("owner.ids.uscc")


@checks.check("party-two-codes", Severity.WARNING)
def party_two_codes(view: View) -> Iterator[Fault]:
    """One name with two credit codes in one file: one of them is somebody else's."""
    seen: dict[str, str] = {}
    for field, party in parties(view):
        code = party.ids.get("uscc")
        for name in _names(party) if code else ():
            if seen.setdefault(name, code or "") != code:
                yield at(field, name=name)


checks.ask(
    "location-missing", Severity.NOTE, lambda view: view.dataset.location is None, place="location", when=EPD
)


@checks.check("location-unknown", Severity.WARNING, source="ISO 3166-1 alpha-2 or a region of ILCD (high)")
def location_unknown(view: View) -> Iterator[Fault]:
    place = view.dataset.location
    if place and place not in ILCD_REGIONS | countries() and not _part_of_country(place):
        yield at("location", location=place)


@checks.check("plant-missing", Severity.WARNING)
def plant_missing(view: View) -> Iterator[Fault]:
    if view.dataset.scope is Scope.PLANT and not view.dataset.plants:
        yield at("plants")


@checks.check("plants-several", Severity.WARNING)
def plants_several(view: View) -> Iterator[Fault]:
    if view.dataset.scope is Scope.PLANT and len({plant.name for plant in view.dataset.plants}) > 1:
        yield at("plants", plants=len(view.dataset.plants))


@checks.check("plant-unnamed", Severity.WARNING)
def plant_unnamed(view: View) -> Iterator[Fault]:
    for number, plant in enumerate(view.dataset.plants, 1):
        if not plant.name or placeholder(plant.name):
            yield at("plants", number=number)


@checks.check("plant-twice", Severity.WARNING)
def plant_twice(view: View) -> Iterator[Fault]:
    seen: set[tuple[str, str | None, str | None]] = set()
    for plant in view.dataset.plants:
        key = (plant.name.casefold(), plant.location, plant.address)
        if plant.name and key in seen:
            yield at("plants", name=plant.name)
        seen.add(key)


@checks.check("plant-elsewhere", Severity.WARNING)
def plant_elsewhere(view: View) -> Iterator[Fault]:
    """A plant in another country than the one the data are for; regions of several countries say nothing."""
    country = view.dataset.location or ""
    for plant in view.dataset.plants:
        there = (plant.location or "")[:2]
        if (
            country[:2] in countries()
            and _REGION.fullmatch(country)
            and there.isupper()
            and there != country[:2]
        ):
            yield at("plants", plant=plant.name, there=there, country=country)


@checks.check("scope-without-specific", Severity.WARNING)
def scope_without_specific(view: View) -> Iterator[Fault]:
    data = view.dataset
    if data.scope is not None and data.subtype not in {None, Subtype.SPECIFIC}:
        yield at("scope", scope=data.scope.value, subtype=data.subtype.value if data.subtype else "-")


@checks.check("specific-of-several-makers", Severity.WARNING)
def specific_of_several_makers(view: View) -> Iterator[Fault]:
    makers = view.dataset.manufacturers
    if view.dataset.subtype is Subtype.SPECIFIC and len({frozenset(_names(maker)) for maker in makers}) > 1:
        yield at("manufacturers", makers=len(makers))


@checks.check("generic-with-gtin", Severity.WARNING)
def generic_with_gtin(view: View) -> Iterator[Fault]:
    generic = {Subtype.GENERIC, Subtype.REPRESENTATIVE}
    if view.dataset.subtype in generic and any(one.scheme == "gtin" for one in view.dataset.identifiers):
        yield at("identifiers.gtin")
