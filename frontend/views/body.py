"""What the pages about a body's certificates print: the list, one certificate, one act and its preview."""

from dataclasses import dataclass

from frontend.views.parts import Badge, Fact, Field, FieldError, FileField, Link, Notice, Pager


@dataclass(frozen=True, slots=True)
class CertificateLine:
    number: str
    href: str
    holder: str
    category: str
    until: str
    state: Badge
    disputed: Badge | None


@dataclass(frozen=True, slots=True)
class CertificatesView:
    title: str
    lead: str
    action: str
    fields: tuple[Field, ...]
    count: str
    lines: tuple[CertificateLine, ...]
    pager: Pager
    notices: tuple[Notice, ...]
    back: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """An act; without an address `why_not` says what stands in its way."""

    name: str
    href: str
    why_not: str


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act as recorded; `details` are its reason, its paper and the time to appeal."""

    day: str
    name: str
    details: tuple[str, ...]
    paper: Link | None


@dataclass(frozen=True, slots=True)
class CertificateView:
    number: str
    state: Badge
    disputed: Badge | None
    facts: tuple[Fact, ...]
    offers: tuple[Offer, ...]
    acts: tuple[ActLine, ...]
    links: tuple[Link, ...]
    notices: tuple[Notice, ...]
    back: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What recording it would change, and everything typed once more for the button that records it."""

    lines: tuple[str, ...]
    hidden: tuple[tuple[str, str], ...]
    button: str
    danger: bool


@dataclass(frozen=True, slots=True)
class ActView:
    """`file` asks for the paper of an act; `paper` and `hidden` are the one that came already."""

    title: str
    lead: str
    number: str
    action: str
    fields: tuple[Field, ...]
    errors: tuple[FieldError, ...]
    preview: Preview | None
    back: tuple[Link, ...]
    file: FileField | None = None
    hidden: tuple[tuple[str, str], ...] = ()
    paper: str = ""
