"""Private tables of accounts: never in the feed, and of every secret only its digest."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from registry.kit.types import UtcInstant

ACCOUNT = "accounts.id"
MEMBERSHIP = "memberships.id"


class AccountRow(SQLModel, table=True):
    """Somebody who may sign in; `login` is an e-mail address in its one normal form."""

    __tablename__ = "accounts"

    id: UUID = Field(primary_key=True)
    login: str = Field(max_length=254, unique=True)
    name: str = Field(max_length=80)
    password_hash: str | None = Field(default=None, max_length=200)
    demonstration: bool = False
    created_at: datetime = Field(sa_type=UtcInstant)
    disabled_at: datetime | None = Field(default=None, sa_type=UtcInstant)


class MembershipRow(SQLModel, table=True):
    """One role of an account in an organisation; who manages may invite, dismiss and make keys there."""

    __tablename__ = "memberships"

    id: UUID = Field(primary_key=True)
    account_id: UUID = Field(foreign_key=ACCOUNT, index=True)
    organisation_id: UUID = Field(index=True)
    role: str = Field(max_length=32)
    manages: bool = False
    since: datetime = Field(sa_type=UtcInstant)
    until: datetime | None = Field(default=None, sa_type=UtcInstant)


class InvitationRow(SQLModel, table=True):
    """An offer of a role to a login; its token is shown once and kept as a digest."""

    __tablename__ = "invitations"

    id: UUID = Field(primary_key=True)
    token_sha256: str = Field(max_length=64, unique=True)
    login: str = Field(max_length=254)
    organisation_id: UUID = Field(index=True)
    role: str = Field(max_length=32)
    manages: bool = False
    invited_by: UUID | None = Field(
        default=None, foreign_key=ACCOUNT, description="None: whoever runs the site, at the command line"
    )
    created_at: datetime = Field(sa_type=UtcInstant)
    expires_at: datetime = Field(sa_type=UtcInstant)
    accepted_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcInstant)


class SessionRow(SQLModel, table=True):
    """A signed-in browser; deleting the row signs it out."""

    __tablename__ = "sessions"

    id: UUID = Field(primary_key=True)
    token_sha256: str = Field(max_length=64, unique=True)
    account_id: UUID = Field(foreign_key=ACCOUNT, index=True)
    membership_id: UUID | None = Field(default=None, foreign_key=MEMBERSHIP)
    device: str = Field(max_length=120)
    created_at: datetime = Field(sa_type=UtcInstant)
    seen_at: datetime = Field(sa_type=UtcInstant)
    confirmed_at: datetime = Field(sa_type=UtcInstant)
    second_at: datetime | None = Field(
        default=None, sa_type=UtcInstant, description="When a second factor was proved in it"
    )
    expires_at: datetime = Field(sa_type=UtcInstant)


class KeptFormRow(SQLModel, table=True):
    """A form sent before its person had confirmed who they are: no password, no file, half an hour."""

    __tablename__ = "kept_forms"

    id: UUID = Field(primary_key=True)
    session_id: UUID = Field(index=True)
    address: str = Field(max_length=1000)
    fields: str = Field(sa_column=Column(Text, nullable=False))
    kept_at: datetime = Field(sa_type=UtcInstant)


class PasskeyRow(SQLModel, table=True):
    """A public key of a device of the account's."""

    __tablename__ = "passkeys"

    id: UUID = Field(primary_key=True)
    account_id: UUID = Field(foreign_key=ACCOUNT, index=True)
    credential_id: str = Field(max_length=1400, unique=True)
    public_key: str = Field(sa_column=Column(Text, nullable=False))
    sign_count: int = Field(sa_type=BigInteger)
    name: str = Field(max_length=60)
    created_at: datetime = Field(sa_type=UtcInstant)
    used_at: datetime | None = Field(default=None, sa_type=UtcInstant)


class TotpRow(SQLModel, table=True):
    """The secret that an account shares with an authenticator; codes up to the last used step are void."""

    __tablename__ = "totp_secrets"

    account_id: UUID = Field(primary_key=True, foreign_key=ACCOUNT)
    secret: str = Field(max_length=64)
    last_step: int = Field(sa_type=BigInteger)
    created_at: datetime = Field(sa_type=UtcInstant)


class RecoveryRow(SQLModel, table=True):
    """A code for who lost the authenticator: shown once, kept as a digest, used once."""

    __tablename__ = "recovery_codes"

    id: UUID = Field(primary_key=True)
    account_id: UUID = Field(foreign_key=ACCOUNT, index=True)
    code_sha256: str = Field(max_length=64)
    created_at: datetime = Field(sa_type=UtcInstant)
    used_at: datetime | None = Field(default=None, sa_type=UtcInstant)


class IdentityRow(SQLModel, table=True):
    """An account at an identity provider: known by issuer and subject, never by an e-mail address."""

    __tablename__ = "identities"
    __table_args__ = (UniqueConstraint("issuer", "subject", name="uq_identities_issuer_subject"),)

    id: UUID = Field(primary_key=True)
    account_id: UUID = Field(foreign_key=ACCOUNT, index=True)
    issuer: str = Field(max_length=400)
    subject: str = Field(max_length=255)
    created_at: datetime = Field(sa_type=UtcInstant)


class ApiKeyRow(SQLModel, table=True):
    """A key for programs, in the place of one membership and held to its scopes."""

    __tablename__ = "api_keys"

    id: str = Field(primary_key=True, max_length=12)
    secret_sha256: str = Field(max_length=64)
    membership_id: UUID = Field(foreign_key=MEMBERSHIP, index=True)
    name: str = Field(max_length=60)
    scopes: str = Field(sa_column=Column(Text, nullable=False))
    created_at: datetime = Field(sa_type=UtcInstant)
    expires_at: datetime = Field(sa_type=UtcInstant)
    used_at: datetime | None = Field(default=None, sa_type=UtcInstant)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcInstant)


class EventRow(SQLModel, table=True):
    """One line of an account's own history; appended, never changed."""

    __tablename__ = "account_events"

    id: UUID = Field(primary_key=True)
    account_id: UUID = Field(foreign_key=ACCOUNT, index=True)
    at: datetime = Field(sa_type=UtcInstant)
    kind: str = Field(max_length=32)
    detail: str = Field(max_length=120)
    source: str = Field(max_length=12, description="Start of the day's keyed digest of the address")


class CeremonyRow(SQLModel, table=True):
    """What a sign-in with a passkey or a provider must bring back; taken once, soon expired."""

    __tablename__ = "ceremonies"

    token_sha256: str = Field(primary_key=True, max_length=64)
    kind: str = Field(max_length=24)
    account_id: UUID | None = Field(default=None, foreign_key=ACCOUNT)
    data: str = Field(sa_column=Column(Text, nullable=False))
    expires_at: datetime = Field(sa_type=UtcInstant)
