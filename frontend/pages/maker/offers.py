"""What the register offers for the fields that name something of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import Session

from frontend.pages.maker.desk import Maker, Opened
from frontend.pages.ordering import Choices, by_name
from frontend.pages.reference import Reference, reference
from frontend.pages.words import Words
from frontend.views.parts import Option
from registry.applications.fields import Field, FieldKind
from registry.categories.facts import AttributeSpec, MaterialKindFact
from registry.changes.feed import head
from registry.changes.reading import Point, every
from registry.parties.facts import OrganisationFact
from registry.parties.service import ORGANISATION, plants_of
from registry.products.facts import ProductFact
from registry.products.service import of_maker

# More than this many in one list are typed by their 登记号 instead of chosen.
MOST_CHOICES = 600
_WORDS = {
    "roles": "role",
    "document": "document",
    "sample_type": "sample",
    "star": "star",
    "scheme": "maker.scheme",
    "data_kind": "maker.data",
    "verification": "maker.verification",
    "comparator": "maker.comparator",
    "kind": "honour.kind",
    "level": "honour.level",
    "product": "energy.product",
    "unit": "energy.unit",
}
_UNITS = ("m3", "m2", "m", "t", "kg", "piece", "set")


@dataclass(frozen=True, slots=True)
class Offers:
    """Values and labels for choosing from; `specs` are the attributes of the material kind."""

    words: Words
    names: Reference
    organisations: tuple[OrganisationFact, ...]
    plants: Choices
    products: Choices
    specs: Mapping[str, AttributeSpec]

    def chosen_from(self, asked: Field) -> Choices:
        """A closed list, or nothing where the field is typed."""
        found: Choices = ()
        match asked.kind:
            case FieldKind.CHOICE | FieldKind.CHOICES:
                found = tuple((value, self.option(asked, value)) for value in asked.options)
            case FieldKind.YES_NO:
                found = tuple((one, self.words.say(f"value.{one}")) for one in ("true", "false"))
            case FieldKind.MATERIAL:
                found = self._kinds()
            case FieldKind.CATEGORY:
                found = by_name((one, self._category(one)) for one in self.names.categories)
            case FieldKind.REGION:
                found = tuple(
                    (code, self.names.place(code, self.words)) for code in sorted(self.names.regions)
                )
            case FieldKind.ORGANISATION if asked.role is not None:
                found = self._named(one for one in self.organisations if asked.role in one.roles)
            case FieldKind.PLANTS:
                found = self.plants
            case _:
                pass
        return found if len(found) <= MOST_CHOICES else ()

    def suggested(self, asked: Field) -> tuple[str, Choices]:
        """The name of a list offered while somebody types, and the list."""
        match asked.kind:
            case FieldKind.PLANT:
                return "plants", self.plants
            case FieldKind.PRODUCT:
                return "products", self.products
            case FieldKind.UNIT:
                return "units", tuple((one, "") for one in map(self.words.unit, _UNITS))
            case _:
                return "", ()

    def option(self, asked: Field, value: str) -> str:
        """What one value of a closed list is called."""
        name = asked.name.rpartition(".")[2]
        prefix = _WORDS.get(name)
        return self.words.say(f"{prefix}.{value}") if prefix else self.words.grade(value)

    def _category(self, category: str) -> str:
        fact = self.names.categories[category]
        scheme = self.words.say(f"maker.scheme.{fact.scheme}")
        return self.words.say("maker.of-scheme", name=self.words.name(fact), scheme=scheme)

    def _kinds(self) -> Choices:
        parents = {one.parent for one in self.names.kinds.values()}
        leaves: Iterable[MaterialKindFact] = self.names.leaves()
        return by_name((one.kind, self.words.name(one)) for one in leaves if one.kind not in parents)

    def _named(self, facts: Iterable[OrganisationFact]) -> Choices:
        return tuple(sorted(((one.code, self.words.name(one)) for one in facts), key=lambda one: one[1]))


def offers(session: Session, maker: Maker, opened: Opened) -> Offers:
    """Read for one page of one application."""
    at = Point(maker.call.today, head(session).seq)
    organisation = opened.application.case.organisation_id
    names = reference(session, at)
    kind = names.kinds.get(kind_of(opened))
    return Offers(
        words=maker.words,
        names=names,
        organisations=tuple(one.fact for one in every(session, ORGANISATION, at)),
        plants=tuple(
            (one.fact.code, maker.words.name(one.fact)) for one in plants_of(session, organisation, at)
        ),
        products=products(session, maker, at),
        specs={spec.name: spec for spec in kind.attributes} if kind else {},
    )


def products(session: Session, maker: Maker, at: Point) -> Choices:
    """The registered products of whoever asks, those removed left out."""
    organisation = maker.call.actor.organisation_id
    found = of_maker(session, organisation, at) if organisation else []
    return tuple((one.fact.code, _product(one.fact, maker.words)) for one in found if not one.fact.removed)


def _product(fact: ProductFact, words: Words) -> str:
    return words.say("maker.product-option", name=words.name(fact), code=fact.code)


def kind_of(opened: Opened) -> str:
    """The material kind as typed, blank where none is known."""
    return opened.application.typed.get("product.kind", "").strip()


def options(choices: Choices, value: str, blank: str) -> tuple[Option, ...]:
    """The list for a select; a text that is none of its values stays in it, so that nothing is lost."""
    chosen = value.strip()
    known = tuple(Option(one, label, one == chosen) for one, label in choices)
    strange = () if not chosen or any(one.chosen for one in known) else (Option(value, value, chosen=True),)
    return (Option("", blank, not chosen), *strange, *known)
