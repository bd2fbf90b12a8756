"""Organisations and persons: only a name that says it is an organisation's comes near a dataset.

ILCD has one kind of contact for both. A verifier, a consultant or whoever typed a dataset in may be a
natural person, whose name is kept apart and can be erased.
"""

from registry.declarations.dataset import Party, Plant
from registry.declarations.facts import Verification
from registry.declarations.formats import people
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

_ADMINISTRATION = (
    ("commissionerAndGoal", "referenceToCommissioner"),
    ("dataGenerator", "referenceToPersonOrEntityGeneratingTheDataSet"),
    ("dataEntryBy", "referenceToPersonOrEntityEnteringTheData"),
)
_ROLES = {"commissionerAndGoal": "commissioner", "dataGenerator": "generator", "dataEntryBy": "data-entry"}


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
    """The organisation of a contact; a person is put aside, and nothing is answered where nobody is left."""
    certain = str(node.get("refObjectId")) in known
    held = dict(node)
    found = party(node)
    if found is None:
        return None
    if not found.names and not certain:
        node.update(held)
        return None
    kept = people.kept(found.names, certain=certain)
    if not kept.persons:
        return found
    _put_aside(kept.persons, "verifier", taking, place=place)
    return Party(names=kept.names) if kept.names else None  # the UUID is that of the person's contact


def _put_aside(persons: tuple[str, ...], role: str, taking: Taking, *, place: str) -> None:
    for name in persons:
        taking.person(role, name, place)
    taking.lost("ilcd.person-kept-apart", place, role=role)


def administration(tree: Node, taking: Taking) -> None:
    """Persons who commissioned, made or typed in the dataset are put aside; organisations stay behind."""
    for section, key in _ADMINISTRATION:
        place = f"administrativeInformation/{section}/{key}"
        for node in nodes(branch(tree, "administrativeInformation", section), key):
            names = words({"names": node.get("shortDescription")}, "names")
            persons = people.kept(names).persons
            if persons:
                node.pop("shortDescription")
                _put_aside(persons, _ROLES[section], taking, place=place)


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
