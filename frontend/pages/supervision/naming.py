"""What complaints, findings and recognitions are about, by name beside the 登记号."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlmodel import Session

from frontend.pages.words import Words
from registry.batches.facts import BatchFact
from registry.batches.kind import BATCH
from registry.certificates.facts import CertificateFact
from registry.certificates.kind import CERTIFICATE
from registry.changes.kinds import FactKind
from registry.changes.reading import Point, many
from registry.declarations.facts import DeclarationFact
from registry.declarations.service import DECLARATION
from registry.parties.facts import OrganisationFact
from registry.parties.service import ORGANISATION
from registry.products.facts import ProductFact
from registry.products.service import PRODUCT
from registry.supervision.facts import RecognitionFact, SubjectKind
from registry.supervision.kinds import RECOGNITION

_KINDS: Mapping[SubjectKind, FactKind[Any]] = {
    SubjectKind.PRODUCT: PRODUCT,
    SubjectKind.BATCH: BATCH,
    SubjectKind.CERTIFICATE: CERTIFICATE,
    SubjectKind.DECLARATION: DECLARATION,
    SubjectKind.ORGANISATION: ORGANISATION,
    SubjectKind.RECOGNITION: RECOGNITION,
}


def names(
    session: Session, about: Iterable[tuple[SubjectKind, UUID]], at: Point, words: Words
) -> dict[UUID, str]:
    """The names of many things, read kind by kind; what is no longer there is left out."""
    listed = list(about)
    return {
        key: _name(one.fact, words)
        for kind in dict.fromkeys(kind for kind, _ in listed)
        for key, one in many(session, _KINDS[kind], (key for of, key in listed if of is kind), at).items()
    }


def _name(fact: object, words: Words) -> str:
    """Papers and batches go by the number their issuer gave them."""
    if isinstance(fact, (CertificateFact, DeclarationFact, BatchFact)):
        return fact.number
    if isinstance(fact, RecognitionFact):
        return words.pick(fact.catalogue_zh, fact.catalogue_en)
    assert isinstance(fact, (ProductFact, OrganisationFact))
    return words.name(fact)


def beside(code: str, name: str | None) -> str:
    """A name with its 登记号, or the number alone."""
    return f"{name} · {code}" if name else code
