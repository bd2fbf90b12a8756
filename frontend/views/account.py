"""What the pages of an account print."""

from dataclasses import dataclass

from frontend.views.parts import Badge, Choice, Fact, Field, FieldError


@dataclass(frozen=True, slots=True)
class DemonstrationLogin:
    """One button of the demonstration: the role, numbered from the second account of it, and its words."""

    role: str
    label: str


@dataclass(frozen=True, slots=True)
class SignInView:
    """`refused` is set where a production site is asked over plain http."""

    action: str
    following: str
    fields: tuple[Field, ...]
    errors: tuple[FieldError, ...]
    provider_href: str = ""
    demonstration: tuple[DemonstrationLogin, ...] = ()
    refused: bool = False


@dataclass(frozen=True, slots=True)
class ConfirmView:
    """`password` is None for an account without one."""

    action: str
    following: str
    login: str
    password: Field | None
    errors: tuple[FieldError, ...]
    passkeys: bool
    provider_href: str
    demonstration: bool


@dataclass(frozen=True, slots=True)
class KeptView:
    """What somebody had typed, to be sent where it was going."""

    action: str
    hidden: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RoleChoice:
    value: str
    label: str
    current: bool


@dataclass(frozen=True, slots=True)
class DoorCard:
    title: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class AccountView:
    name: str
    facts: tuple[Fact, ...]
    roles: tuple[RoleChoice, ...]
    doors: tuple[DoorCard, ...]


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A signed-in browser; the one that looks has no button."""

    device: str
    since: str
    seen: str
    own: bool
    end_action: str


@dataclass(frozen=True, slots=True)
class PasskeyLine:
    name: str
    made: str
    used: str
    remove_action: str


@dataclass(frozen=True, slots=True)
class EventLine:
    """`source` tells places of one day apart and says nothing else."""

    at: str
    what: str
    detail: str
    source: str


@dataclass(frozen=True, slots=True)
class SecurityView:
    """`shared`: a demonstration account, whose sessions, keys and password are nobody's own."""

    sessions: tuple[SessionLine, ...]
    passkeys: tuple[PasskeyLine, ...]
    has_password: bool
    linked: bool
    link_href: str
    history: tuple[EventLine, ...]
    shared: bool
    second_required: bool = False
    totp_since: str = ""
    recovery_left: int = 0


@dataclass(frozen=True, slots=True)
class PasswordView:
    action: str
    login: str
    field: Field
    errors: tuple[FieldError, ...]


@dataclass(frozen=True, slots=True)
class MemberLine:
    """`login` is empty for readers to whom the permission table does not open it."""

    name: str
    login: str
    role: str
    manages: bool
    since: str
    end_action: str


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """An invitation that nobody has accepted yet."""

    text: str
    withdraw_action: str


@dataclass(frozen=True, slots=True)
class MembersView:
    """An empty `action` means that the reader may not invite."""

    organisation: str
    members: tuple[MemberLine, ...]
    waiting: tuple[WaitingLine, ...]
    action: str
    fields: tuple[Field, ...]
    errors: tuple[FieldError, ...]


@dataclass(frozen=True, slots=True)
class InvitedView:
    login: str
    role: str
    address: str
    days: int


@dataclass(frozen=True, slots=True)
class InvitationView:
    """`known`: the login has an account already; `here` is where to come back to after signing in."""

    action: str
    token: str
    login: str
    organisation: str
    role: str
    known: bool
    signed_in: bool
    here: str
    fields: tuple[Field, ...]
    errors: tuple[FieldError, ...]


@dataclass(frozen=True, slots=True)
class KeyLine:
    name: str
    id: str
    state: Badge
    scopes: str
    expires: str
    used: str
    revoke_action: str


@dataclass(frozen=True, slots=True)
class KeysView:
    lines: tuple[KeyLine, ...]
    action: str
    fields: tuple[Field, ...]
    scopes: tuple[Choice, ...]
    errors: tuple[FieldError, ...]


@dataclass(frozen=True, slots=True)
class NewKeyView:
    name: str
    key: str
    back: str


@dataclass(frozen=True, slots=True)
class SecondView:
    """`field` is None without an authenticator; `set_up_href` leads who has no second factor to one."""

    action: str
    following: str
    passkey_action: str
    field: Field | None
    errors: tuple[FieldError, ...]
    set_up_href: str


@dataclass(frozen=True, slots=True)
class TotpView:
    """`picture` is the QR code of the secret, as the address of an image."""

    action: str
    token: str
    picture: str
    secret: str
    field: Field
    errors: tuple[FieldError, ...]


@dataclass(frozen=True, slots=True)
class RecoveryView:
    """Codes that are shown this once."""

    codes: tuple[str, ...]
    back: str
