"""An organisation or a plant: what is registered of it, its products, certificates, scopes and history."""

from dataclasses import dataclass

from frontend.views.parts import Badge, Fact, Link, Notice
from frontend.views.product import VersionLine
from frontend.views.supervision import Told


@dataclass(frozen=True, slots=True)
class Made:
    """A product with its state and what it is filed under."""

    name: Link
    kind: str
    models: str
    state: Badge


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate with its state on the day."""

    number: Link
    category: str
    other: Link
    until: str
    state: Badge


@dataclass(frozen=True, slots=True)
class Site:
    """A plant of the organisation."""

    name: Link
    place: str
    remark: str


@dataclass(frozen=True, slots=True)
class Approved:
    """What a body may certify, between two days."""

    scheme: str
    categories: str
    period: str
    state: Badge
    href: str


@dataclass(frozen=True, slots=True)
class FirmLine:
    """One honour, energy record or disclosure; `link` leads to its published document."""

    title: Link
    badge: Badge
    texts: tuple[str, ...]
    link: Link | None


@dataclass(frozen=True, slots=True)
class FirmSection:
    name: str
    title: str
    note: str
    lines: tuple[FirmLine, ...]


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """Lists are cut at what a page holds; the counts say how many there are and the links show the rest."""

    name: str
    kind: str
    code: str
    invented: bool
    facts: tuple[Fact, ...]
    notices: tuple[Notice, ...]
    crumbs: tuple[Link, ...]
    sites: tuple[Site, ...]
    products: tuple[Made, ...]
    products_text: str
    products_more: Link | None
    certificates: tuple[Held, ...]
    certificates_text: str
    certificates_label: str
    scopes: tuple[Approved, ...]
    history: tuple[VersionLine, ...]
    actions: tuple[Link, ...]
    report_href: str
    supervised: tuple[Told, ...] = ()
    firms: tuple[FirmSection, ...] = ()
