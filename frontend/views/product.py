"""A product: verdict, position, stages, whether it counts, evidence, history; in this order."""

from dataclasses import dataclass

from frontend.views.batches import BatchesPart
from frontend.views.carbon import HeadroomPart
from frontend.views.charts import Stacked, Strip
from frontend.views.parts import Badge, EvidenceTag, Fact, Link, Notice, Qr, Tone
from frontend.views.supervision import Told
from frontend.views.supply import SupplyPart


@dataclass(frozen=True, slots=True)
class Verdict:
    """First words of the page, then how it is known: source, day of the check, who has the last word."""

    tone: Tone
    words: str
    source: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Headline:
    """The footprint in large; `missing` says in words why there is no value."""

    label: str
    value: str
    unit: str
    position: str
    kind: str
    missing: str = ""


@dataclass(frozen=True, slots=True)
class StageLine:
    """`value` is empty where the stage is not declared; that is never printed as zero."""

    stage: str
    content: str
    value: str
    source: str
    fill: str


@dataclass(frozen=True, slots=True)
class CountCheck:
    """One condition for being counted under a rule, with its outcome and its clause."""

    outcome: Badge
    text: str
    clause: str = ""


@dataclass(frozen=True, slots=True)
class ScopeRow:
    """One row of a certificate's annex: what, which models, made where, sold as what."""

    unit: str
    models: str
    plant: str
    trademark: str
    covers: Badge


@dataclass(frozen=True, slots=True)
class Paper:
    """One piece of evidence; each kind is dressed differently and they never mix."""

    tag: EvidenceTag
    title: str
    state: Badge
    facts: tuple[Fact, ...]
    scope: tuple[ScopeRow, ...] = ()
    remark: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionLine:
    label: str
    day: str
    text: str
    href: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True)
class ProductView:
    """`faded` keeps the numbers of a withdrawn product readable but quiet."""

    id: str
    name: str
    crumbs: tuple[Link, ...]
    number: str
    tag: EvidenceTag
    verdict: Verdict
    facts: tuple[Fact, ...]
    headline: Headline
    stages: tuple[StageLine, ...]
    stage_unit: str
    checks: tuple[CountCheck, ...]
    rule: str
    papers: tuple[Paper, ...]
    history: tuple[VersionLine, ...]
    qr: Qr
    actions: tuple[Link, ...]
    compare_href: str
    report_href: str
    notices: tuple[Notice, ...] = ()
    strip: Strip | None = None
    no_strip: str = ""
    threshold: Link | None = None
    spread_href: str = ""
    headroom: HeadroomPart | None = None
    stacked: Stacked | None = None
    faded: bool = False
    supply: SupplyPart | None = None
    batches: BatchesPart | None = None
    supervised: tuple[Told, ...] = ()
