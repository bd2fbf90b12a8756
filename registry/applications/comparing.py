"""What an application changes, field by field: against the register, and against its own last submission."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from registry.applications import prefill, store
from registry.applications.application import Application
from registry.applications.fields import Part
from registry.applications.parts import Subject
from registry.applications.service import codes_of
from registry.applications.states import Step
from registry.applications.typed import is_begun
from registry.changes.codes import by_code
from registry.changes.feed import head
from registry.changes.reading import Point, get
from registry.declarations.service import of_products
from registry.parties.service import ORGANISATION
from registry.products.facts import ProductFact
from registry.products.service import PRODUCT


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that reads otherwise; an empty text is a blank field."""

    path: str
    before: str
    now: str


def differences(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[Difference, ...]:
    """Fields whose texts differ but for the space around them."""
    paths = sorted({*before, *now})
    pairs = ((path, before.get(path, "").strip(), now.get(path, "").strip()) for path in paths)
    return tuple(Difference(*one) for one in pairs if one[1] != one[2])


def with_register(session: Session, application: Application, *, today: date) -> tuple[Difference, ...]:
    """Against the published record that it would follow; nothing where it would be the first."""
    published = _published(session, application, Point(today, head(session).seq))
    parts = {path.partition(".")[0] for path in published}
    now = {path: text for path, text in application.typed.items() if path.partition(".")[0] in parts}
    return differences(published, now)


def with_last_round(session: Session, application: Application) -> tuple[Difference, ...]:
    """Against what was submitted the time before; nothing in the first round."""
    submitted = [
        event.details["typed"] for event in store.events(session, application.id) if event.act == Step.SUBMIT
    ]
    earlier = submitted[:-1] if len(submitted) == application.case.round else submitted
    return differences(earlier[-1], application.typed) if earlier else ()


def _published(session: Session, application: Application, at: Point) -> dict[str, str]:
    """The texts of what is published now: the organisation, the product, its newest declaration."""
    if application.subject is Subject.ORGANISATION:
        known = get(session, ORGANISATION, application.case.organisation_id, at)
        return prefill.of_organisation(known.fact) if known else {}
    code = application.typed.get("about.product")
    if code is None:
        return {}
    product = by_code(session, code, PRODUCT, at).fact
    texts = _product(session, product, at) if application.subject is Subject.PRODUCT_CHANGE else {}
    if is_begun(application.typed, Part.CARBON):
        texts |= _declaration(session, application, product, at)
    return texts


def _product(session: Session, product: ProductFact, at: Point) -> dict[str, str]:
    named = (*product.plant_ids, *filter(None, [product.brand_owner_id]))
    return prefill.of_product(product, codes_of(session, named, at))


def _declaration(
    session: Session, application: Application, product: ProductFact, at: Point
) -> dict[str, str]:
    """The newest published declaration of the same kind of document."""
    document = application.typed.get("carbon.document")
    known = of_products(session, [product.id], at)[product.id]
    same = [one.fact for one in known if one.fact.document == document]
    if not same:
        return {}
    named = (*same[0].plant_ids, *filter(None, [same[0].verifier_id]))
    return prefill.of_declaration(same[0], codes_of(session, named, at))
