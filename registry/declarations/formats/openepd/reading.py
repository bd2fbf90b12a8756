"""An openEPD document as what it states: product EPD, industry average or generic estimate."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from registry.declarations.comparable import Generation, generation
from registry.declarations.dataset import (
    Classification,
    DeclaredUnit,
    Identifier,
    Indicator,
    Level,
    Licence,
    Property,
    Reference,
    Scenario,
)
from registry.declarations.facts import DocumentKind, Verification
from registry.declarations.formats.openepd import parts, terms
from registry.declarations.formats.openepd.results import read_results
from registry.declarations.formats.pointing import Node
from registry.declarations.formats.reading import Person, Remark, Weight

PATH = " >> "
ILCD_UUID = "ilcd.uuid"
_PERSONS = {"third_party_verifier_name": "verifier"}


@dataclass(slots=True)
class Draft:
    """What was found so far: fields of the dataset with the place each stood in."""

    node: Node
    doctype: str
    fields: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    persons: list[Person] = field(default_factory=list)
    rows: tuple[tuple[str, Indicator], ...] = ()

    def put(self, name: str, value: Any, place: Node) -> None:
        if value is not None and value not in ((), {}):
            self.fields[name] = value
            self.origins[name] = place.place

    def remark(self, weight: Weight, key: str, place: Node, **facts: str) -> None:
        self.remarks.append(Remark(weight=weight, key=key, place=place.place, facts=facts))


def read_document(node: Node, doctype: str) -> Draft:
    """The plain fields, without our own entry under `ext`."""
    draft = Draft(node, doctype)
    draft.fields["subtype"] = terms.SUBTYPES[doctype]
    draft.origins["subtype"] = node.at("doctype").place
    for read in (_identity, _texts, _unit, _rules, _organisations, _days, _others):
        read(draft)
    return draft


def _identity(draft: Draft) -> None:
    node = draft.node
    found: list[Identifier] = []
    if draft.doctype == terms.GENERIC:
        draft.put("uuid", _uuid(node.at("id")), node.at("id"))
    elif identity := node.at("id").text():
        found.append(Identifier(scheme="openepd", value=identity))
    draft.put("uuid", _uuid(node.at("alt_ids", ILCD_UUID)), node.at("alt_ids", ILCD_UUID))
    found += [
        Identifier(scheme=scheme, value=value)
        for scheme, value in parts.numbers(node.at("alt_ids")).items()
        if scheme and (scheme != ILCD_UUID or "uuid" not in draft.fields)
    ]
    if sku := node.at("product_sku").text():
        found.append(Identifier(scheme="sku", value=sku))
    draft.put("identifiers", tuple(found), node.at("alt_ids" if len(found) > 1 else "id"))
    version = node.at("version").whole()
    draft.put("version", None if version is None else str(version), node.at("version"))
    draft.put("number", node.at("program_operator_doc_id").text(), node.at("program_operator_doc_id"))
    draft.fields["document"] = DocumentKind.EPD
    if node.at("private").value is True:
        draft.remark(Weight.DOUBT, "openepd.private", node.at("private"))


def _texts(draft: Draft) -> None:
    node = draft.node
    written = node.at("language").text()
    language = written.lower().replace("_", "-").split("-")[0] if written else None
    about = "product_description" if draft.doctype == terms.PRODUCT else "description"
    called = "product_name" if node.at("product_name").value else "name"
    draft.fields["names"] = parts.words_in(node.at(called).text(), language)
    draft.origins["names"] = node.at(called).place
    if not draft.fields["names"]:
        draft.remark(Weight.DOUBT, "openepd.no-name", node.at(called))
    draft.put("descriptions", parts.words_in(node.at(about).text(), language), node.at(about))
    classes = node.at("product_classes")
    draft.put("classifications", tuple(_classes(classes)), classes)


def _classes(node: Node) -> Iterator[Classification]:
    for system, inside in node.members():
        for one in inside.each() or (inside,):
            path = one.text() if system.strip() else None
            if path is not None:
                levels = tuple(Level(name=name.strip()) for name in path.split(PATH.strip()) if name.strip())
                yield Classification(system=system, levels=levels)


def _unit(draft: Draft) -> None:
    node = draft.node
    unit = node.at("declared_unit")
    declared = _declared(draft, unit)
    draft.put("declared", declared, unit)
    found: list[Property] = []
    whole = parts.mass(node.at("kg_per_declared_unit"), declared)
    carbon = node.at("kg_C_per_declared_unit")
    if whole is not None:
        found.append(whole)
    if (number := carbon.at("qty").number()) is not None:
        kind = parts.WHOLE_CARBON
        found.append(Property(kind=kind, value=number, unit=carbon.at("unit").text() or ""))
    draft.put("properties", tuple(found), node.at("kg_per_declared_unit"))
    biogenic = node.at("kg_C_biogenic_per_declared_unit")
    if biogenic.at("unit").value == "kg" and (number := biogenic.at("qty").number()) is not None:
        biogenic.done()
        draft.put("biogenic_carbon_kg", number, biogenic)
    life = node.at("product_service_life_years")
    draft.put("service_life_years", life.number(), life)


def _declared(draft: Draft, node: Node) -> DeclaredUnit:
    """The unit as declared; one that is not known stays what it is called and has no code."""
    amount, written = node.at("qty").number(), node.at("unit").text() or ""
    code, multiplier, behind = terms.declared_unit(written) if written else (None, Decimal(1), "")
    if node.value is None or amount is None:
        draft.remark(Weight.DEFAULTED, "openepd.no-amount", node, unit=written or "—")
    if written and code is None:
        draft.remark(Weight.DOUBT, "openepd.unit-unknown", node.at("unit"), unit=written)
    if behind:
        draft.remark(Weight.DOUBT, "openepd.unit-condition", node.at("unit"), unit=written, words=behind)
    if amount is not None and amount <= 0:
        draft.remark(Weight.DOUBT, "openepd.amount-not-positive", node.at("qty"), amount=str(amount))
    whole = (Decimal(1) if amount is None else amount) * multiplier
    return DeclaredUnit(amount=whole, unit=code, stated=written)


def _rules(draft: Draft) -> None:
    node = draft.node
    standards = tuple(
        found for one in node.at("compliance").each() if (found := parts.rules(one)) is not None
    )
    draft.put("compliance", standards, node.at("compliance"))
    draft.put("pcr", parts.rules(node.at("pcr")), node.at("pcr"))
    named = next((one for one in map(generation, _names_of_rules(node)) if one in _FAMILIES), None)
    methods = [name for name, inside in node.at("impacts").members() if isinstance(inside.value, dict)]
    method = min(methods, key=lambda one: terms.order(one, named), default=None)
    family = named or terms.RULES_OF.get(method or "", Generation.OTHER)
    draft.fields["generation"] = family
    draft.fields["generation_by"] = (
        "text" if named else "indicators" if family is not Generation.OTHER else "none"
    )
    place = node.at("impacts", method) if method is not None else node.at("impacts")
    if method is not None:
        draft.put("method", Reference(names={"": method}), place)
        if named is not None and terms.RULES_OF.get(method, named) is not named:
            draft.remark(Weight.DOUBT, "openepd.method-unfit", place, method=method, rules=str(named))
        if named is None and family is not Generation.OTHER:
            draft.remark(Weight.DEFAULTED, "openepd.rules-by-method", place, method=method, rules=str(family))
    results = read_results(node, method, family)
    draft.rows = results.rows
    draft.remarks += results.remarks
    scenarios = dict.fromkeys(
        v.scenario for _, one in results.rows for v in one.values if v.scenario is not None
    )
    draft.put("scenarios", tuple(Scenario(name=one) for one in scenarios), place)


# A footprint's standards do not fit modules; an openEPD document states modules.
_FAMILIES = (Generation.EN15804_A1, Generation.EN15804_A2, Generation.ISO21930)


def _names_of_rules(node: Node) -> Iterator[str]:
    """Every text that may name the core rules: standards first, then the PCR and what it stands on."""
    for one in node.at("compliance").each():
        yield from (str(one.at(key).value or "") for key in ("short_name", "name"))
    rules = node.at("pcr")
    while isinstance(rules.value, dict):
        yield from (str(rules.at(key).value or "") for key in ("issuer_doc_id", "name", "short_name"))
        rules = rules.at("parent")


def _organisations(draft: Draft) -> None:
    node = draft.node
    verifier = "reviewer" if draft.doctype == terms.GENERIC else "third_party_verifier"
    owner = "manufacturer" if draft.doctype == terms.PRODUCT else "owner"
    draft.put(
        "owner", parts.party(node.at(owner)) if draft.doctype != terms.AVERAGE else None, node.at(owner)
    )
    draft.put("operator", parts.party(node.at("program_operator")), node.at("program_operator"))
    if found := parts.party(node.at(verifier)):
        draft.put("verifiers", (found,), node.at(verifier))
        if draft.doctype != terms.GENERIC:
            draft.put("verification", Verification.THIRD_PARTY, node.at(verifier))
    if draft.doctype == terms.GENERIC:
        draft.put("publisher", parts.party(node.at("publisher")), node.at("publisher"))
    if draft.doctype == terms.AVERAGE:
        makers = tuple(one for inside in node.at("manufacturers").each() if (one := parts.party(inside)))
        draft.put("manufacturers", makers, node.at("manufacturers"))
        for first in node.at("publishers").each()[:1]:
            draft.put("publisher", parts.party(first), first)
    plants = tuple(site for inside in node.at("plants").each() if (site := parts.plant(inside)))
    draft.put("plants", plants, node.at("plants"))
    for key, role in _PERSONS.items():
        if name := node.at(key).text():
            draft.persons.append(Person(role=role, name=name, place=node.at(key).place))
            draft.remark(Weight.NOT_CARRIED, "openepd.person", node.at(key))


def _days(draft: Draft) -> None:
    node = draft.node
    draft.put("published", parts.day(node.at("date_of_issue")), node.at("date_of_issue"))
    draft.put("valid_to", parts.day(node.at("valid_until")), node.at("valid_until"))
    year = node.at("reference_year")
    if isinstance(year.value, Decimal) and 1900 <= year.value <= 2200:
        draft.put("reference_year", year.whole(), year)


def _others(draft: Draft) -> None:
    node = draft.node
    places = node.at("applicable_in" if draft.doctype == terms.PRODUCT else "geography")
    if len(places.each()) == 1:
        draft.put("location", places.each()[0].text(), places)
    bases = tuple(
        one for inside in node.at("lci_databases").each() if (one := parts.rules(inside)) is not None
    )
    draft.put("background", bases, node.at("lci_databases"))
    terms_of_use = node.at("license_terms").text()
    draft.put("licence", Licence(type=terms_of_use) if terms_of_use else None, node.at("license_terms"))
    original = node.at("attachments", "EPD")
    uri = original.text()
    draft.put("original", Reference(uri=uri) if uri else None, original)


def _uuid(node: Node) -> UUID | None:
    try:
        found = UUID(node.value) if isinstance(node.value, str) else None
    except ValueError:
        return None
    if found is not None:
        node.done()
    return found
