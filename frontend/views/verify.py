"""The public answer to a code: one bilingual page, the verdict in its first words."""

from dataclasses import dataclass

from frontend.views.parts import EvidenceTag, FieldError, Link, Tone


@dataclass(frozen=True, slots=True)
class Both:
    """The same words in Chinese and in English; an empty English says the Chinese stands alone."""

    zh: str
    en: str = ""


@dataclass(frozen=True, slots=True)
class BothFact:
    """`href` leads to the page of what is named."""

    label: Both
    value: Both
    href: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """One row the evidence covers: models, plant, trademark."""

    models: str
    plant: str
    trademark: str


@dataclass(frozen=True, slots=True)
class AnswerView:
    """A code that names one thing; `tag` keeps certificates, reports and self-declarations apart."""

    code: str
    tone: Tone
    verdict: Both
    source: Both
    tag: EvidenceTag
    facts: tuple[BothFact, ...]
    covered: tuple[Cover, ...]
    not_covered: tuple[Both, ...]
    checked_at: str
    product_href: str
    report_href: str
    complain_href: str
    demo: bool = True


@dataclass(frozen=True, slots=True)
class Candidate:
    number: str
    body: str
    name: str
    state: Both
    href: str


@dataclass(frozen=True, slots=True)
class CandidatesView:
    """A body's own number that several records carry: the reader chooses."""

    code: str
    candidates: tuple[Candidate, ...]
    demo: bool = True


@dataclass(frozen=True, slots=True)
class UnknownView:
    """No such code, and the nearest numbers that exist; `kept`: it is the number of kept evidence."""

    code: str
    nearest: tuple[Link, ...]
    report_href: str
    demo: bool = True
    kept: bool = False


@dataclass(frozen=True, slots=True)
class VerifyFormView:
    value: str = ""
    examples: tuple[Link, ...] = ()
    errors: tuple[FieldError, ...] = ()
