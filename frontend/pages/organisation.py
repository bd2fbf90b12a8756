"""The page of an organisation: roles, plants, products, certificates, approved scopes, history."""

from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import RedirectResponse

from frontend.frame import LangPath
from frontend.pages import verify
from frontend.pages.data_rows import coded
from frontend.pages.firm_parts import Firms
from frontend.pages.party_links import organisation_href, plant_href, report_href
from frontend.pages.party_parts import MOST, Party
from frontend.pages.reference import reference
from frontend.pages.standpoint import MomentDep, is_current, stand
from frontend.pages.supervision import told
from frontend.pages.words import Words
from frontend.site import SiteDep
from frontend.templating import respond
from frontend.views.organisation import Approved, Held, OrganisationView, Site
from frontend.views.parts import Badge, Fact, Link, Tone
from registry.access.http import May
from registry.access.permissions import Act
from registry.certificates import queries as certificates
from registry.certificates.facts import CertificateFact
from registry.changes.kinds import Known
from registry.kit.db import read_session
from registry.kit.ids import parse_code
from registry.parties.facts import ApprovedScope, OrganisationFact, PlantFact, Role
from registry.parties.service import ORGANISATION, plants_of
from registry.products import service as products
from registry.supervision import reading as supervision

router = APIRouter(dependencies=[Depends(May(Act.READ))])


@router.get("/{lang}/organisations/{code}")
def organisation(request: Request, lang: LangPath, code: str, site: SiteDep, moment: MomentDep) -> Response:
    words, printed = Words(lang), parse_code(code)
    if printed is not None and printed != code:
        return RedirectResponse(organisation_href(printed, words), status_code=301)
    with read_session(site.engine) as session:
        at = stand(session, moment)
        current = is_current(session, at, moment.today)
        party = Party(session, at, reference(session, at), words, current)
        view = _view(party, party.record(ORGANISATION, code).fact)
    return respond(request, lang, "organisation.html", view=view)


def _view(party: Party, fact: OrganisationFact) -> OrganisationView:
    words, path = party.words, organisation_href(fact.code, party.words)
    made = products.of_maker(party.session, fact.id, party.at)
    label, found, held = _certificates(party, fact, [one.fact.id for one in made])
    filed = f"/{words.lang}/products?maker_id={fact.id}"
    return OrganisationView(
        name=words.name(fact),
        kind=words.say("thing.organisation"),
        code=fact.code,
        invented=fact.invented,
        facts=tuple(_facts(party, fact)),
        notices=party.notices(path),
        crumbs=(Link(words.say("step.search"), f"/{words.lang}/products"),),
        sites=tuple(_site(party, one.fact) for one in plants_of(party.session, fact.id, party.at)),
        products=party.made(made),
        products_text=words.say("party.products", count=len(made), shown=min(MOST, len(made)))
        if made
        else "",
        products_more=Link(words.say("party.search-products"), filed) if made else None,
        certificates=held,
        certificates_text=words.say("party.certificates", count=len(found), shown=len(held)) if found else "",
        certificates_label=label,
        scopes=tuple(_scope(party, fact, scope) for scope in fact.approved_scopes),
        history=party.versions(ORGANISATION, fact.id, path),
        actions=(
            Link(words.say("action.verdict"), verify.address(fact.code)),
            Link(words.say("action.json"), f"/api/v1/organisations/{fact.code}"),
        ),
        report_href=report_href(fact.code, words),
        supervised=told.lines(
            supervision.of_record(party.session, ORGANISATION.name, fact.id, party.at), words
        ),
        firms=Firms(party.session, party.at, words).sections(organisation_id=fact.id),
    )


def _facts(party: Party, fact: OrganisationFact) -> list[Fact]:
    words = party.words
    found = [
        Fact(words.say("label.number"), fact.code, copy=True),
        Fact(words.say("label.roles"), words.listed(words.say(f"role.{role}") for role in fact.roles)),
        Fact(words.say("label.credit-code"), fact.credit_code, fact.credit_code_note or "", copy=True),
        Fact(words.say("party.seat"), party.known.place(fact.region, words)),
    ]
    if fact.controller:
        found.append(Fact(words.say("party.controller"), fact.controller, words.say("party.controller-note")))
    if fact.cma_number:
        found.append(Fact(words.say("party.cma"), fact.cma_number))
    return found


def _certificates(
    party: Party, fact: OrganisationFact, made: list[UUID]
) -> tuple[str, list[Known[CertificateFact]], tuple[Held, ...]]:
    """Those it issued as a body; those it holds or whose rows name its products as a firm."""
    if Role.CERTIFICATION_BODY in fact.roles:
        issued = certificates.of_body(party.session, fact.id, party.at)
        return party.words.say("label.holder"), issued, party.held(issued, lambda one: one.holder_id)
    held = {one.fact.id: one for one in certificates.renewals(party.session, fact.id, party.at)}
    for several in certificates.of_products(party.session, made, party.at).values():
        held |= {one.fact.id: one for one in several}
    found = sorted(held.values(), key=lambda one: (one.fact.valid_to, one.header.key), reverse=True)
    return party.words.say("label.body"), found, party.held(found, lambda one: one.body_id)


def _site(party: Party, plant: PlantFact) -> Site:
    words = party.words
    remarks = []
    if plant.closed_on is not None and plant.closed_on <= party.at.on:
        remarks.append(words.say("party.closed", day=plant.closed_on))
    if plant.delivery_radius_km is not None:
        remarks.append(words.say("party.radius", km=plant.delivery_radius_km))
    return Site(
        name=Link(words.name(plant), plant_href(plant.code, words)),
        place=party.known.place(plant.region, words),
        remark=" · ".join(remarks),
    )


def _scope(party: Party, body: OrganisationFact, scope: ApprovedScope) -> Approved:
    """In force on the page's day or not; both last days count."""
    words, day = party.words, party.at.on
    until = scope.valid_to
    live = scope.valid_from <= day and (until is None or day <= until)
    period = (
        words.say("period", start=scope.valid_from, end=until)
        if until
        else words.say("party.since", start=scope.valid_from)
    )
    return Approved(
        scheme=coded(words, "scheme", scope.scheme),
        categories=words.say("party.categories", count=len(scope.categories)),
        period=period,
        state=Badge(
            words.say("party.scope-live" if live else "party.scope-over"), Tone.GOOD if live else Tone.BAD
        ),
        href=f"/{words.lang}/data/approved-scopes?body={body.code}&scheme={scope.scheme}",
    )
