"""The page of a plant: whose it is, what is made there, and which certificates name it."""

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from frontend.frame import LangPath
from frontend.pages import verify
from frontend.pages.firm_parts import Firms
from frontend.pages.party_links import organisation_link, plant_href, report_href
from frontend.pages.party_parts import Party
from frontend.pages.reference import reference
from frontend.pages.standpoint import MomentDep, is_current, stand
from frontend.pages.words import Words
from frontend.site import SiteDep
from frontend.templating import respond
from frontend.views.organisation import OrganisationView
from frontend.views.parts import Fact, Link
from registry.access.http import May
from registry.access.permissions import Act
from registry.certificates import queries as certificates
from registry.certificates.facts import CertificateFact
from registry.changes.kinds import Known
from registry.changes.reading import many
from registry.kit.db import read_session
from registry.kit.ids import parse_code
from registry.parties.facts import PlantFact
from registry.parties.service import PLANT
from registry.products import service as products
from registry.products.facts import ProductFact
from registry.products.service import PRODUCT

router = APIRouter(dependencies=[Depends(May(Act.READ))])


@router.get("/{lang}/plants/{code}")
def plant(request: Request, lang: LangPath, code: str, site: SiteDep, moment: MomentDep) -> Response:
    words, printed = Words(lang), parse_code(code)
    if printed is not None and printed != code:
        return RedirectResponse(plant_href(printed, words), status_code=301)
    with read_session(site.engine) as session:
        at = stand(session, moment)
        current = is_current(session, at, moment.today)
        party = Party(session, at, reference(session, at), words, current)
        view = _view(party, party.record(PLANT, code).fact)
    return respond(request, lang, "organisation.html", view=view)


def _view(party: Party, fact: PlantFact) -> OrganisationView:
    words, path = party.words, plant_href(fact.code, party.words)
    found = certificates.of_plant(party.session, fact.id, party.at)
    made = _made(party, fact, found)
    owner = party.named([fact.organisation_id]).get(fact.organisation_id)
    link = organisation_link(owner, words)
    held = party.held(found, lambda one: one.holder_id)
    facts = [
        Fact(words.say("label.number"), fact.code, copy=True),
        Fact(words.say("label.manufacturer"), link.text, href=link.href),
        Fact(words.say("label.region"), party.known.place(fact.region, words)),
    ]
    if fact.delivery_radius_km is not None:
        facts.append(Fact(words.say("party.delivery"), words.say("party.radius", km=fact.delivery_radius_km)))
    if fact.closed_on is not None:
        facts.append(Fact(words.say("party.closing"), words.say("party.closed", day=fact.closed_on)))
    return OrganisationView(
        name=words.name(fact),
        kind=words.say("thing.plant"),
        code=fact.code,
        invented=owner is not None and owner.invented,
        facts=tuple(facts),
        notices=party.notices(path),
        crumbs=(link,) if link.href else (),
        sites=(),
        products=party.made(made),
        products_text=words.say("party.products", count=len(made), shown=len(party.made(made)))
        if made
        else "",
        products_more=None,
        certificates=held,
        certificates_text=words.say("party.certificates", count=len(found), shown=len(held)) if found else "",
        certificates_label=words.say("label.holder"),
        scopes=(),
        history=party.versions(PLANT, fact.id, path),
        actions=(Link(words.say("action.verdict"), verify.address(fact.code)),),
        report_href=report_href(fact.code, words),
        firms=Firms(party.session, party.at, words).sections(plant_id=fact.id),
    )


def _made(party: Party, fact: PlantFact, found: list[Known[CertificateFact]]) -> list[Known[ProductFact]]:
    """The owner's products that name this plant, and those of others that a certificate places here."""
    own = products.of_maker(party.session, fact.organisation_id, party.at)
    here = {one.fact.id: one for one in own if fact.id in one.fact.plant_ids}
    rows = [row for known in found for row in known.fact.rows if row.plant_id == fact.id]
    others = {product for row in rows for product in row.product_ids} - here.keys()
    here |= many(party.session, PRODUCT, others, party.at)
    return sorted(here.values(), key=lambda one: (one.fact.kind, one.fact.name_zh, one.fact.code))
