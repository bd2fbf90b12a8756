"""A batch as its maker states it, the batches of a product, and what an identifier was found to name."""

from dataclasses import dataclass

from frontend.views.batches import BatchesPart, BatchLine
from frontend.views.parts import Badge, Fact, Field, FieldError, Link, Notice, Pager, Qr
from frontend.views.product import Verdict, VersionLine


@dataclass(frozen=True, slots=True)
class MeasuredRow:
    """One stated value; `by` is laboratory and report, `day` when it was tested."""

    indicator: str
    value: str
    method: str
    by: str
    day: str


@dataclass(frozen=True, slots=True)
class CoverPart:
    """Whether a certificate covered product and plant on the days of production; never the batch."""

    badge: Badge
    text: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class BatchView:
    title: str
    code: str
    crumbs: tuple[Link, ...]
    verdict: Verdict
    notices: tuple[Notice, ...]
    facts: tuple[Fact, ...]
    cover: CoverPart
    identifiers: tuple[Fact, ...]
    tests: tuple[MeasuredRow, ...]
    history: tuple[VersionLine, ...]
    qr: Qr
    actions: tuple[Link, ...]
    report_href: str


@dataclass(frozen=True, slots=True)
class BatchesView:
    title: str
    crumbs: tuple[Link, ...]
    part: BatchesPart
    pager: Pager
    files: tuple[Link, ...]
    json_href: str


@dataclass(frozen=True, slots=True)
class Found:
    name: Link
    kind: str
    by: str
    state: Badge | None


@dataclass(frozen=True, slots=True)
class FindView:
    """The form; `found` are several things of one name, `unknown` says that there is none."""

    value: str = ""
    found: tuple[Found, ...] = ()
    unknown: str = ""
    detail: str = ""
    errors: tuple[FieldError, ...] = ()
    report_href: str = ""


@dataclass(frozen=True, slots=True)
class OwnProduct:
    name: Link
    code: str
    count: str


@dataclass(frozen=True, slots=True)
class OwnBatchesView:
    """A maker's products, each leading to its batches."""

    organisation: str
    products: tuple[OwnProduct, ...]
    pager: Pager


@dataclass(frozen=True, slots=True)
class Withdrawing:
    """A batch that may be taken back, and where."""

    line: BatchLine
    action: str
    field: Field | None


@dataclass(frozen=True, slots=True)
class MakerBatchesView:
    product: str
    code: str
    back: tuple[Link, ...]
    action: str
    key: str
    fields: tuple[Field, ...]
    errors: tuple[FieldError, ...]
    notices: tuple[Notice, ...]
    batches: tuple[Withdrawing, ...]
    count: str
    files: tuple[Link, ...]
    pager: Pager
