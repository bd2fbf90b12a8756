"""What a visitor is offered for a document that was looked at: signing in, or a draft for a product."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from sqlmodel import Session

from frontend.pages.words import Words
from frontend.views.declaration import SavingView
from frontend.views.parts import Field, Link, Option
from registry.access.actors import Actor, ActorRole
from registry.applications import documented
from registry.applications.parts import ASKED, Subject
from registry.changes.reading import point
from registry.declarations.dataset import Dataset
from registry.declarations.documents.entering import NO_PRODUCT, may_replace
from registry.declarations.facts import DeclarationFact
from registry.declarations.figures.headline import headline
from registry.kit.errors import Conflict
from registry.products.service import of_maker

PRODUCT = "product"


@dataclass(frozen=True, slots=True)
class Asking:
    """Who looks at which document on which day, and where its page is."""

    actor: Actor
    dataset: Dataset
    today: date
    here: str
    place: int


def offered(session: Session, asking: Asking, words: Words, fault: str = "") -> SavingView:
    """How this visitor may go on, or why nobody can with this document."""
    dataset, actor = asking.dataset, asking.actor
    if dataset.subtype in NO_PRODUCT:
        return SavingView(
            words.say("declaration-not-of-a-product", kind=words.say(f"subtype.{dataset.subtype}"))
        )
    if headline(dataset).faults:
        return SavingView(words.say("declaration.mend-first"))
    if actor.role is ActorRole.ANONYMOUS:
        following = urlencode({"next": f"{asking.here}?n={asking.place}"})
        link = Link(words.say("declaration.sign-in"), f"/{words.lang}/account/sign-in?{following}")
        return SavingView(words.say("declaration.sign-in-first"), link=link)
    if actor.organisation_id is None or actor.role not in ASKED[Subject.CARBON].roles:
        return SavingView(words.say("declaration.makers-only"))
    before = documented.predecessor(session, dataset, actor.organisation_id, today=asking.today)
    replaced = _replaced(session, before, dataset, words) if before is not None else None
    if isinstance(replaced, SavingView):
        return replaced
    products = of_maker(session, actor.organisation_id, point(session, asking.today))
    named = before.product_ids[:1] if before is not None else ()
    options = [
        Option(one.fact.code, f"{words.name(one.fact)} · {one.fact.code}", chosen=one.fact.id in named)
        for one in products
        if not one.fact.removed
    ]
    choice = Field(
        name=PRODUCT,
        label=words.say("label.product"),
        error=fault,
        kind="select",
        options=(Option("", words.say("declaration.choose-product"), chosen=not named), *options),
        required=True,
    )
    action = f"{asking.here}/save?n={asking.place}"
    return SavingView(replaced or words.say("declaration.fills-draft"), action, choice)


def _replaced(session: Session, before: DeclarationFact, dataset: Dataset, words: Words) -> SavingView | str:
    """Which recorded version this one would take the place of, or why it cannot."""
    link = Link(before.code, f"/{words.lang}/declarations/{before.code}")
    try:
        replaces = may_replace(session, before.id, dataset)
        if not before.product_ids:
            return words.say("declaration.takes-over", code=before.code)
        if not replaces:
            return SavingView(words.say("declaration-on-record", code=before.code), link=link)
    except Conflict as refused:
        return SavingView(words.say(refused.key, **refused.facts), link=link)
    version = dataset.version or words.say("declaration.no-version")
    return words.say("declaration.replaces", code=before.code, version=version)
