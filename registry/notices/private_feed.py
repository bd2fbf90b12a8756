"""An organisation's notices for a feed reader: Atom (RFC 4287) under an address that cannot be guessed."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query
from sqlalchemy import select
from sqlmodel import Session, col

from registry.access.actors import Actor
from registry.access.http import May
from registry.access.permissions import Act
from registry.accounts import logins, memberships
from registry.accounts.memberships import Membership
from registry.accounts.models import AccountRow, MembershipRow
from registry.kit import atom
from registry.kit.atom import MEDIA_TYPE, AtomResponse
from registry.kit.clock import NowDep
from registry.kit.db import ReadDep, add_or_renew
from registry.kit.errors import NotFound
from registry.kit.ids import derived
from registry.kit.messages import say
from registry.kit.problems import PROBLEMS
from registry.kit.tokens import MOST_TOKEN, new_token, token_sha256
from registry.notices.models import NoticeFeedRow
from registry.notices.reading import Notice, latest, own_organisation

PATH = "/api/v1/notices/{token}/atom"
_ANSWERS: dict[int | str, dict[str, Any]] = {
    **PROBLEMS,
    200: {"description": "An Atom document", "content": {MEDIA_TYPE: {"schema": {"type": "string"}}}},
}

router = APIRouter(tags=["notices"])


def open_feed(session: Session, membership: Membership, *, actor: Actor, now: datetime) -> str:
    """A new address for a membership, shown once; the one it had before is void."""
    own_organisation(actor)
    logins.require_owned(session, actor, Act.READ_NOTICES)
    token = new_token()
    row = NoticeFeedRow(membership_id=membership.id, token_sha256=token_sha256(token), created_at=now)
    add_or_renew(session, row, "token_sha256", "created_at")
    return token


def close_feed(session: Session, membership: Membership, *, actor: Actor) -> None:
    """The address is void at once."""
    own_organisation(actor)
    row = session.get(NoticeFeedRow, membership.id)
    if row is not None:
        session.delete(row)


def organisation_of(session: Session, token: str, *, now: datetime) -> UUID:
    """Whose notices an address opens, while the member it was made for holds the role."""
    membership = session.scalars(
        select(MembershipRow)
        .join(NoticeFeedRow, col(NoticeFeedRow.membership_id) == col(MembershipRow.id))
        .where(col(NoticeFeedRow.token_sha256) == token_sha256(token), memberships.holds(now))
    ).one_or_none()
    if membership is None or not logins.is_usable(session.get(AccountRow, membership.account_id), now):
        raise NotFound
    return membership.organisation_id


@router.get(PATH, dependencies=[Depends(May(Act.READ))], response_class=AtomResponse, responses=_ANSWERS)
def read_notices_atom(
    session: ReadDep,
    now: NowDep,
    token: Annotated[str, Path(max_length=MOST_TOKEN, description="The secret part of the address")],
    lang: Annotated[Literal["zh", "en"], Query(description="Language of the titles")] = "zh",
) -> AtomResponse:
    """The latest notices of the organisation whose private address this is."""
    organisation_id = organisation_of(session, token, now=now)
    document = _document(latest(session, organisation_id), organisation_id, lang)
    return AtomResponse(document, headers={"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"})


def _document(notices: Sequence[Notice], organisation_id: UUID, lang: str) -> bytes:
    newest = notices[0].at if notices else datetime(1970, 1, 1, tzinfo=UTC)
    urn = derived("notices", str(organisation_id)).urn
    root = atom.begun(urn, say("notices.title", lang), newest, lang=lang)
    for notice in notices:
        _entry(root, notice, lang)
    return atom.written(root)


def _entry(root: ET.Element, notice: Notice, lang: str) -> None:
    entry = ET.SubElement(root, "entry")
    atom.head(entry, notice.id.urn, notice.sentence(lang), notice.at)
    ET.SubElement(entry, "category", {"term": notice.kind})
    if notice.kind.about == "certificate":
        href = f"/v/{quote(notice.code)}"  # the others stand behind a sign-in
        ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": href})
