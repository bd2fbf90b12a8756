"""Passkeys (WebAuthn): both ceremonies, with the device asking for its owner's finger, face or number."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session, col

from registry.accounts import ceremonies, events, logins
from registry.accounts.ceremonies import Ceremony, CeremonyKind
from registry.accounts.events import Kind, Moment
from registry.accounts.models import AccountRow, PasskeyRow
from registry.kit import ids
from registry.kit.errors import DomainError, Invalid, NotFound

MOST_PASSKEYS = 20
_ID = re.compile(r"[A-Za-z0-9_-]{1,1400}")  # base64url: no sign that a database would not take
LONGEST_NAME = 60


class PasskeyRefused(DomainError):
    """The answer of the device does not prove what was asked; why stands in the log alone."""

    code = "passkey-refused"
    status = 422


@dataclass(frozen=True, slots=True)
class Site:
    """For whom keys are made: the host's name, and the address that browsers must state."""

    host: str
    origin: str
    name: str = "GreenMat 绿材名录"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the browser brings back, unread, and the ceremony that its token has opened.

    Whoever takes the ceremony commits that first: a refused answer must not bring it back.
    """

    content: Mapping[str, Any]
    ceremony: Ceremony


@dataclass(frozen=True, slots=True)
class Asked:
    """What the browser gets: the options for its device, and the token to bring back."""

    options: dict[str, Any]
    token: str


def ask_to_add(session: Session, account_id: UUID, site: Site, *, moment: Moment) -> Asked:
    """Options for a new key that the device does not hold yet."""
    import webauthn  # noqa: PLC0415  loaded with the first passkey
    from webauthn.helpers import structs  # noqa: PLC0415

    account = logins.owned(session, account_id)
    known = of_account(session, account_id)
    if len(known) >= MOST_PASSKEYS:
        raise Invalid("passkeys-enough", most=MOST_PASSKEYS)
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=site.name,
        user_id=account.id.bytes,
        user_name=account.login,
        user_display_name=account.name,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            structs.PublicKeyCredentialDescriptor(id=webauthn.base64url_to_bytes(one.credential_id))
            for one in known
        ],
    )
    return _asked(session, CeremonyKind.PASSKEY_ADD, options, moment=moment, account_id=account_id)


def add(session: Session, answer: Answer, site: Site, *, moment: Moment, name: str) -> PasskeyRow:
    """Keep the public key of a device that proved it holds the private one."""
    import webauthn  # noqa: PLC0415
    from webauthn.helpers import bytes_to_base64url  # noqa: PLC0415
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415

    ceremony = answer.ceremony
    if ceremony.account_id is None:
        raise PasskeyRefused
    try:
        found = webauthn.verify_registration_response(
            credential=dict(answer.content),
            expected_challenge=webauthn.base64url_to_bytes(ceremony.data["challenge"]),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except _faults(WebAuthnException) as error:
        raise PasskeyRefused from error
    credential_id = bytes_to_base64url(found.credential_id)
    if len(credential_id) > 1400 or _by_credential(session, credential_id) is not None:
        raise PasskeyRefused
    row = PasskeyRow(
        id=ids.new(),
        account_id=ceremony.account_id,
        credential_id=credential_id,
        public_key=bytes_to_base64url(found.credential_public_key),
        sign_count=found.sign_count,
        name=("".join(one for one in name if one.isprintable()).strip() or "passkey")[:LONGEST_NAME],
        created_at=moment.now,
    )
    session.add(row)
    events.note(session, row.account_id, Kind.PASSKEY_ADDED, moment, detail=row.name)
    return row


def ask_to_prove(
    session: Session, kind: CeremonyKind, site: Site, *, moment: Moment, account_id: UUID | None = None
) -> Asked:
    """Options for proving a key: any the device holds for us; for `account_id` one of that account."""
    import webauthn  # noqa: PLC0415
    from webauthn.helpers import structs  # noqa: PLC0415

    allowed = [] if account_id is None else of_account(session, account_id)
    options = webauthn.generate_authentication_options(
        rp_id=site.host,
        user_verification=structs.UserVerificationRequirement.REQUIRED,
        allow_credentials=[
            structs.PublicKeyCredentialDescriptor(id=webauthn.base64url_to_bytes(one.credential_id))
            for one in allowed
        ],
    )
    return _asked(session, kind, options, moment=moment, account_id=account_id)


def prove(session: Session, answer: Answer, *, site: Site, moment: Moment) -> AccountRow:
    """The account whose key signed; a counter that goes back means a copied key, and is refused."""
    import webauthn  # noqa: PLC0415
    from webauthn.helpers.exceptions import WebAuthnException  # noqa: PLC0415

    ceremony = answer.ceremony
    stated = answer.content.get("id")
    key = _by_credential(session, stated) if isinstance(stated, str) and _ID.fullmatch(stated) else None
    if key is None or ceremony.account_id not in (None, key.account_id):
        raise PasskeyRefused
    try:
        found = webauthn.verify_authentication_response(
            credential=dict(answer.content),
            expected_challenge=webauthn.base64url_to_bytes(ceremony.data["challenge"]),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=webauthn.base64url_to_bytes(key.public_key),
            credential_current_sign_count=key.sign_count,
            require_user_verification=True,
        )
    except _faults(WebAuthnException) as error:
        raise PasskeyRefused from error
    account = session.get(AccountRow, key.account_id)
    if account is None or not logins.is_usable(account, moment.now):
        raise PasskeyRefused
    key.sign_count, key.used_at = found.new_sign_count, moment.now
    return account


def of_account(session: Session, account_id: UUID) -> Sequence[PasskeyRow]:
    """An account's keys, the oldest first."""
    return session.scalars(
        select(PasskeyRow)
        .where(col(PasskeyRow.account_id) == account_id)
        .order_by(col(PasskeyRow.created_at), col(PasskeyRow.id))
    ).all()


def remove(session: Session, passkey_id: UUID, *, account_id: UUID, moment: Moment) -> None:
    """Forget one of an account's own keys."""
    row = session.get(PasskeyRow, passkey_id)
    if row is None or row.account_id != account_id:
        raise NotFound
    events.note(session, account_id, Kind.PASSKEY_REMOVED, moment, detail=row.name)
    session.delete(row)


def _asked(
    session: Session, kind: CeremonyKind, options: Any, *, moment: Moment, account_id: UUID | None
) -> Asked:
    from webauthn import options_to_json  # noqa: PLC0415

    shown: dict[str, Any] = json.loads(options_to_json(options))
    kept = {"challenge": str(shown["challenge"])}
    token = ceremonies.begin(session, kind, kept, now=moment.now, account_id=account_id)
    return Asked(shown, token)


def _by_credential(session: Session, credential_id: str) -> PasskeyRow | None:
    return session.scalars(
        select(PasskeyRow).where(col(PasskeyRow.credential_id) == credential_id)
    ).one_or_none()


def _faults(library: type[Exception]) -> tuple[type[Exception], ...]:
    """What a made-up answer may raise on its way through base64, CBOR and the checks."""
    return (library, ValueError, KeyError, TypeError, AttributeError, IndexError)
