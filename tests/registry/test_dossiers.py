"""A dossier brings together everything that speaks for a product, at one point."""

from datetime import date

from sqlmodel import Session

from registry.changes.feed import Draft
from registry.changes.reading import point
from registry.dossiers.dossier import Standing
from registry.dossiers.load import load
from registry.parties.service import ORGANISATION
from tests import factories

DAY = date(2026, 6, 1)
BODY = factories.body()


def test_a_body_recorded_only_from_a_later_day_still_has_a_name_on_its_certificate(session: Session) -> None:
    drafts = [draft for draft in factories.world() if draft.key != BODY.id]
    factories.record(session, [*drafts, Draft(ORGANISATION, BODY.id, date(2026, 9, 1), BODY)])
    dossier = load(session, [factories.key("product")], point(session, DAY))[factories.key("product")]
    assert dossier.standing is Standing.VALID
    assert dossier.organisations[BODY.id].name_zh == BODY.name_zh
