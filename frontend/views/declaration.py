"""What the pages of declarations print: the document in words, its stages, its losses, its findings."""

from dataclasses import dataclass

from frontend.views.carbon import HeadroomPart
from frontend.views.charts import Stacked
from frontend.views.diverging import Diverging
from frontend.views.parts import Badge, Fact, Field, FieldError, FileField, Link, Notice, Qr
from frontend.views.product import Verdict, VersionLine


@dataclass(frozen=True, slots=True)
class Cell:
    """A module under a scenario; `missing` is the mark in words where there is no number.

    `spread` is the uncertainty that the document states.
    """

    stage: str
    content: str
    scenario: str
    value: str
    missing: str
    fill: str
    spread: str = ""


@dataclass(frozen=True, slots=True)
class PartsRow:
    """One module: the total and its parts in the order of the heads."""

    stage: str
    total: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartsView:
    """Fossil, biogenic and land-use carbon apart; `apart` names the modules whose parts miss the total.

    `takes_up` is whether a biogenic part is below 0.
    """

    chart: Diverging | None
    unit: str
    heads: tuple[str, ...]
    rows: tuple[PartsRow, ...]
    apart: str
    takes_up: bool


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator; its cells stand in the order of the table's modules."""

    name: str
    unit: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Converted:
    """The A1–A3 figure per another unit with the way there, or why there is none."""

    per: str
    value: str
    path: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """Lines of one weight or severity; `folded` open on demand, `more` says how many are not shown."""

    badge: Badge
    lines: tuple[Line, ...]
    folded: tuple[Line, ...] = ()
    more: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    text: str
    mend: str
    places: str


@dataclass(frozen=True, slots=True)
class Findings:
    """Findings of one severity."""

    badge: Badge
    found: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One document as it was read."""

    facts: tuple[Fact, ...]
    stacked: Stacked | None
    unit: str
    cells: tuple[Cell, ...]
    modules: tuple[str, ...]
    indicators: tuple[IndicatorRow, ...]
    converted: tuple[Converted, ...]
    losses: tuple[Told, ...]
    origins: tuple[Line, ...]
    parts: PartsView | None = None
    stages_are_own: bool = False


@dataclass(frozen=True, slots=True)
class Harvested:
    """One source that a document was fetched from; `gone` says since when it is not listed there."""

    title: str
    link: Link
    facts: tuple[Fact, ...]
    gone: str = ""


@dataclass(frozen=True, slots=True)
class UploadView:
    """The form for a file, and the kind of material it may be said to be of."""

    file: FileField
    kind: Field
    days: int
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True)
class SavingView:
    """How a maker goes on: sign in, choose a product, or why this document is no product's."""

    text: str
    action: str = ""
    product: Field | None = None
    link: Link | None = None


@dataclass(frozen=True, slots=True)
class MaterialView:
    """As which kind of material a document was checked; `mark` where nobody gave it. The form asks anew."""

    text: str
    mark: Badge | None
    kind: Field
    action: str
    place: str


@dataclass(frozen=True, slots=True)
class CheckedView:
    """One document of an uploaded file with everything found; `others` are the file's other documents."""

    title: str
    file: tuple[Fact, ...]
    others: tuple[Link, ...]
    material: MaterialView
    findings: tuple[Findings, ...]
    nothing_found: str
    document: Document
    saving: SavingView
    delete_href: str
    json_href: str
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True)
class DeclarationView:
    """A declaration of the register; without a document only what the record itself states is shown."""

    title: str
    code: str
    crumbs: tuple[Link, ...]
    verdict: Verdict
    notices: tuple[Notice, ...]
    facts: tuple[Fact, ...]
    products: tuple[Link, ...]
    sources: tuple[Harvested, ...]
    document: Document
    headrooms: tuple[HeadroomPart, ...]
    whole: bool
    files: tuple[Link, ...]
    history: tuple[VersionLine, ...]
    qr: Qr
    actions: tuple[Link, ...]
    report_href: str
