"""Checks of numbers that identify: UUID and version, registration number, GTIN, and codes of parties."""

import re
from collections.abc import Iterator
from uuid import UUID

from stdnum import casrn, lei
from stdnum.exceptions import ValidationError

from registry.declarations.dataset import Party
from registry.declarations.indicators import indicators
from registry.declarations.preflight.conditions import EPD, KNOWN, LABEL
from registry.declarations.preflight.model import Family, Fault, Severity, at
from registry.declarations.preflight.names import placeholder
from registry.declarations.preflight.view import View
from registry.parties.credit_code import compact, is_valid, organisation_part_agrees
from registry.products.gtin import GtinFault, NoGtin, check_digit, read_gtin

checks = Family()
NIL = UUID(int=0)
SCHEMA_VERSIONS = frozenset({"1.1", "1.2", "1.3"})
_USCC = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
_OPENEPD = re.compile(r"[0-9a-z]{4,20}", re.IGNORECASE)
_DOMAIN = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}")
_OLC = re.compile(r"[23456789CFGHJMPQRVWX]{8}\+[23456789CFGHJMPQRVWX]{2,7}(?:\.[\w.-]+)?")
_DASHES = re.compile(r"^[-–—/\s0]*$")


def parties(view: View) -> Iterator[tuple[str, Party]]:
    """Every organisation of the file with the field it stands in."""
    data = view.dataset
    for field, party in (("owner", data.owner), ("operator", data.operator), ("publisher", data.publisher)):
        if party is not None:
            yield field, party
    yield from (("verifiers", party) for party in data.verifiers)
    yield from (("manufacturers", party) for party in data.manufacturers)


def _scheme(view: View, scheme: str) -> Iterator[tuple[str, str]]:
    for field, party in parties(view):
        if scheme in party.ids:
            yield field, party.ids[scheme]


checks.ask("uuid-missing", Severity.NOTE, lambda view: view.dataset.uuid is None, place="uuid", when=EPD)
checks.ask("uuid-nil", Severity.ERROR, lambda view: view.dataset.uuid == NIL, place="uuid")


@checks.check("uuid-of-indicator", Severity.ERROR, source="ILCD+EPD reference data of InDataWG (high)")
def uuid_of_indicator(view: View) -> Iterator[Fault]:
    row = indicators().by_uuid.get(view.dataset.uuid or NIL)
    if row is not None:
        yield at("uuid", uuid=view.dataset.uuid, code=row.code)


checks.ask(
    "version-missing",
    Severity.NOTE,
    lambda view: view.dataset.uuid is not None and view.dataset.version is None,
    place="version",
)


@checks.check("version-of-schema", Severity.WARNING, source="ILCD+EPD: @version is that of the schema (high)")
def version_of_schema(view: View) -> Iterator[Fault]:
    if view.dataset.version in SCHEMA_VERSIONS:
        yield at("version", version=view.dataset.version)


def _number(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text))


@checks.check("version-older-than-known", Severity.WARNING, when=KNOWN)
def version_older_than_known(view: View) -> Iterator[Fault]:
    own = view.dataset.version
    for one in view.context.known:
        if one.uuid == view.dataset.uuid and own and one.version and _number(one.version) > _number(own):
            yield at("version", version=own, known=one.version)


checks.ask("number-missing", Severity.NOTE, lambda view: not view.dataset.number, place="number", when=EPD)
checks.ask(
    "label-number-missing", Severity.WARNING, lambda view: not view.dataset.number, place="number", when=LABEL
)


@checks.check("number-placeholder", Severity.WARNING)
def number_placeholder(view: View) -> Iterator[Fault]:
    number = view.dataset.number
    if number and (placeholder(number) or _DASHES.match(number)):
        yield at("number", number=number)


@checks.check("number-is-uuid", Severity.NOTE)
def number_is_uuid(view: View) -> Iterator[Fault]:
    if view.dataset.uuid and (view.dataset.number or "").casefold() == str(view.dataset.uuid):
        yield at("number", number=view.dataset.number)


def _gtins(view: View, fault: GtinFault) -> Iterator[tuple[str, NoGtin]]:
    for one in view.dataset.identifiers:
        if one.scheme == "gtin":
            read = read_gtin(one.value)
            if isinstance(read, NoGtin) and read.fault is fault:
                yield one.value, read


@checks.check("gtin-not-figures", Severity.ERROR, source="GS1 General Specifications, 7.9 (high)")
def gtin_not_figures(view: View) -> Iterator[Fault]:
    for value, _ in _gtins(view, GtinFault.NOT_FIGURES):
        yield at("identifiers.gtin", value=value)


@checks.check("gtin-length", Severity.ERROR, source="GS1 General Specifications, 7.9 (high)")
def gtin_length(view: View) -> Iterator[Fault]:
    for value, _ in _gtins(view, GtinFault.LENGTH):
        yield at("identifiers.gtin", value=value, length=len(value))


@checks.check("gtin-check-digit", Severity.ERROR, source="GS1 General Specifications, 7.9 (high)")
def gtin_check_digit(view: View) -> Iterator[Fault]:
    for value, read in _gtins(view, GtinFault.CHECK_DIGIT):
        yield at("identifiers.gtin", value=value, expected=read.expected)


@checks.check("gtin-in-store", Severity.WARNING, source="GS1 General Specifications: prefixes 20-29 (medium)")
def gtin_in_store(view: View) -> Iterator[Fault]:
    for one in view.dataset.identifiers:
        read = read_gtin(one.value) if one.scheme == "gtin" else None
        if isinstance(read, str) and read.startswith("02"):
            yield at("identifiers.gtin", value=one.value)


@checks.check("openepd-id-form", Severity.WARNING, source="openEPD: open-xpd-uuid (medium)")
def openepd_id_form(view: View) -> Iterator[Fault]:
    for one in view.dataset.identifiers:
        if one.scheme == "openepd" and not _OPENEPD.fullmatch(one.value):
            yield at("identifiers.openepd", value=one.value)


@checks.check("uscc-form", Severity.WARNING, source="GB 32100-2015 (high)")
def uscc_form(view: View) -> Iterator[Fault]:
    for field, code in _scheme(view, "uscc"):
        if not _USCC.fullmatch(compact(code)):
            yield at(f"{field}.ids.uscc", code=code)


@checks.check("uscc-check-character", Severity.WARNING, source="GB 32100-2015 (high)")
def uscc_check_character(view: View) -> Iterator[Fault]:
    for field, code in _scheme(view, "uscc"):
        if _USCC.fullmatch(compact(code)) and not is_valid(code):
            yield at(f"{field}.ids.uscc", code=code)


@checks.check("uscc-organisation-part", Severity.NOTE, source="GB 11714; real codes fail it (medium)")
def uscc_organisation_part(view: View) -> Iterator[Fault]:
    for field, code in _scheme(view, "uscc"):
        if is_valid(code) and not organisation_part_agrees(code):
            yield at(f"{field}.ids.uscc", code=code)


@checks.check("lei-check", Severity.WARNING, source="ISO 17442 (high)")
def lei_check(view: View) -> Iterator[Fault]:
    for field, code in _scheme(view, "lei"):
        if not lei.is_valid(code):
            yield at(f"{field}.ids.lei", code=code)


@checks.check("web-domain-form", Severity.WARNING, source="openEPD: web_domain (medium)")
def web_domain_form(view: View) -> Iterator[Fault]:
    for field, domain in _scheme(view, "web_domain"):
        if not _DOMAIN.fullmatch(domain.casefold()):
            yield at(f"{field}.ids.web_domain", domain=domain)


@checks.check("gln-check-digit", Severity.WARNING, source="GS1 General Specifications, 7.9 (high)")
def gln_check_digit(view: View) -> Iterator[Fault]:
    for plant in view.dataset.plants:
        gln = plant.ids.get("gln")
        if gln and not (
            gln.isascii() and gln.isdecimal() and len(gln) == 13 and check_digit(gln[:-1]) == gln[-1]
        ):
            yield at("plants.ids.gln", plant=plant.name, code=gln)


@checks.check("olc-form", Severity.WARNING, source="Open Location Code (medium)")
def olc_form(view: View) -> Iterator[Fault]:
    for plant in view.dataset.plants:
        code = plant.ids.get("olc")
        if code and not _OLC.fullmatch(code):
            yield at("plants.ids.olc", plant=plant.name, code=code)


@checks.check("cas-check-digit", Severity.WARNING, source="CAS registry numbers (high)")
def cas_check_digit(view: View) -> Iterator[Fault]:
    for component in view.dataset.components:
        if component.cas and not _cas(component.cas):
            yield at("components.cas", name=component.name, cas=component.cas)


def _cas(text: str) -> bool:
    """Real files fill the first part up with zeros: 032131-17-2."""
    try:
        casrn.validate(text.strip().lstrip("0"))
    except ValidationError:
        return False
    return True
