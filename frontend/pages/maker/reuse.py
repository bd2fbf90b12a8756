"""What a product's last carbon declaration said and a new one says again: nothing is typed twice."""

from collections.abc import Mapping

from sqlmodel import Session

from frontend.pages.maker.desk import Maker, Opened
from registry.applications import prefill
from registry.applications.fields import Part
from registry.applications.service import codes_of
from registry.applications.states import State
from registry.changes.feed import head
from registry.changes.reading import Point
from registry.declarations.service import of_products

# These are another document's own: number, figures, days.
_OWN = ("carbon.number", "carbon.modules.", "carbon.valid_", "carbon.reference_year")


def earlier(session: Session, maker: Maker, opened: Opened, part: Part) -> dict[str, str]:
    """The texts of the newest published declaration that fields still blank may take over."""
    application = opened.application
    code = application.typed.get("about.product", "").strip()
    product = opened.known.products.get(code)
    if part is not Part.CARBON or application.state is not State.DRAFT or product is None:
        return {}
    at = Point(maker.call.today, head(session).seq)
    known = of_products(session, [product.id], at)[product.id]
    if not known:
        return {}
    fact = known[0].fact
    named = (*fact.plant_ids, *filter(None, [fact.verifier_id]))
    texts = prefill.of_declaration(fact, codes_of(session, named, at))
    return _blank(application.typed, texts)


def _blank(typed: Mapping[str, str], texts: Mapping[str, str]) -> dict[str, str]:
    return {
        path: text
        for path, text in texts.items()
        if not path.startswith(_OWN) and not typed.get(path, "").strip()
    }
