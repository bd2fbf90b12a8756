"""Organisations and persons: only a name that says it is an organisation's comes near a dataset.

ILCD has one kind of contact for both. A verifier, a consultant or whoever typed a dataset in may be a
natural person, whose name is kept apart and can be erased.
"""

import re
from functools import lru_cache

from registry.declarations.dataset import Party, Plant, Words
from registry.declarations.facts import Verification
from registry.declarations.formats.ilcd.codes import REVIEWS
from registry.declarations.formats.ilcd.taking import (
    Node,
    Taking,
    branch,
    many,
    nodes,
    party,
    text,
    truth,
    words,
)

# Legal forms and the words organisations call themselves by, in the languages of the nodes we know.
# Short forms count as they are printed only: `Sa` and `As` are also names.
_FORMS = re.compile(
    r"\b(?:AG|KG|SE|SA|SL|BV|NV|AB|OY|AS|A/S|Oy|Ab|ApS|SAS|Co\.|S\.\s?A\.|B\.\s?V\.|N\.\s?V\.|S\.\s?L\.)(?![\w.])"
    r"|\b(?i:gmbh|e\.\s?v\.|ltd|limited|llc|inc|corp|plc|s\.p\.a|spa|s\.r\.l|srl|sarl|kft|d\.o\.o|sp\. z o\.o"
    r"|institut\w*|istituto|universit\w+|universidad|college|academy|akademie|consult\w*|certif\w*|council"
    r"|committee|commission|association|verband|verein|fachverband|foundation|stiftung|agency|agentur|ministry"
    r"|ministerium|bundes\w+|centre|center|zentrum|group|services?|systems?|laborator\w*|prüf\w*|programme?"
    r"|operator|community|forum|network|engineering|international|technolog\w*|solutions|research|epd\w*|tüv"
    r"|dekra|bureau|ingenieurbüro)(?!\w)"
    r"|公司|集团|研究院|研究所|机构|协会|学会|大学|学院|中心|认证|检测|检验|事务所|实验室|委员会"
)
_ADMINISTRATION = (
    ("commissionerAndGoal", "referenceToCommissioner"),
    ("dataGenerator", "referenceToPersonOrEntityGeneratingTheDataSet"),
    ("dataEntryBy", "referenceToPersonOrEntityEnteringTheData"),
)
_ROLES = {"commissionerAndGoal": "commissioner", "dataGenerator": "generator", "dataEntryBy": "data-entry"}


def is_organisation(names: Words) -> bool:
    """Whether any of the names says so; what does not is treated as a person's."""
    return any(_says_so(name) for name in names.values())


@lru_cache(maxsize=1024)
def _says_so(name: str) -> bool:
    return _FORMS.search(name) is not None


def verification(tree: Node, taking: Taking) -> tuple[Verification | None, tuple[Party, ...]]:
    """The first kind of review, and the organisations that verified."""
    found: Verification | None = None
    verifiers: list[Party] = []
    place = "modellingAndValidation/validation/review"
    known = _organisations(tree)
    for number, review in enumerate(nodes(branch(tree, "modellingAndValidation", "validation"), "review")):
        kind = REVIEWS.get(str(review.get("type")).strip())
        if kind is not None and found in (None, kind):
            found = kind
            del review["type"]
        elif kind is not None:
            taking.doubt("ilcd.reviews-differ", f"{place}[{number}]", kind=kind.value)
        for one in nodes(review, "referenceToNameOfReviewerAndInstitution"):
            named = _verifier(one, known, taking, place=f"{place}[{number}]")
            if named is not None and named not in verifiers:
                verifiers.append(named)
    return found, tuple(verifiers)


def _organisations(tree: Node) -> frozenset[str]:
    """Contacts that stand as owner, publisher or programme operator, which are no persons."""
    holder = branch(tree, "administrativeInformation", "publicationAndOwnership")
    keys = ("referenceToRegistrationAuthority",)
    return frozenset(str(branch(holder, key).get("refObjectId")) for key in keys if branch(holder, key))


def _verifier(node: Node, known: frozenset[str], taking: Taking, *, place: str) -> Party | None:
    """The organisation of a contact; a person is put aside and nothing is answered."""
    certain = str(node.get("refObjectId")) in known
    held = dict(node)
    found = party(node)
    if found is None or certain or is_organisation(found.names):
        return found
    for name in dict.fromkeys(found.names.values()):
        taking.person("verifier", name, place)
    if not found.names:
        node.update(held)
    else:
        taking.lost("ilcd.person-kept-apart", place, role="verifier")
    return None


def administration(tree: Node, taking: Taking) -> None:
    """Persons who commissioned, made or typed in the dataset are put aside; organisations stay behind."""
    for section, key in _ADMINISTRATION:
        place = f"administrativeInformation/{section}/{key}"
        for node in nodes(branch(tree, "administrativeInformation", section), key):
            named = {"names": node.get("shortDescription")}
            names = words(named, "names")
            if not names or is_organisation(names):
                continue
            node.pop("shortDescription")
            for name in dict.fromkeys(names.values()):
                taking.person(_ROLES[section], name, place)
            taking.lost("ilcd.person-kept-apart", place, role=_ROLES[section])


def manufacturers(extension: Node) -> tuple[tuple[Party, ...], tuple[Plant, ...]]:
    """Makers and their sites, as v1.3 lists them."""
    parties: list[Party] = []
    plants: list[Plant] = []
    for holder in many(extension.get("manufacturers")):
        if not isinstance(holder, dict):
            continue
        for maker in nodes(holder, "manufacturer"):
            contact = maker.get("contact")
            named = party(contact) if isinstance(contact, dict) else None
            if named is not None:
                parties.append(named)
            truth(maker, "isProvidingData")
            plants += [plant for site in nodes(branch(maker, "sites"), "site") if (plant := _plant(site))]
    return tuple(parties), tuple(plants)


def _plant(site: Node) -> Plant | None:
    name = text(site, "name")
    if name is None:
        return None
    ids = {scheme: text(site, key) for scheme, key in (("olc", "olc"), ("facility", "facilityIdentifier"))}
    return Plant(
        name=name,
        location=text(site, "geoCode"),
        address=text(site, "streetAddress"),
        ids={scheme: value for scheme, value in ids.items() if value is not None},
    )
