"""What a complaint is about: from a number to the thing, who answers for it, whom it touches."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from sqlmodel import Session

from registry.batches.facts import BatchFact
from registry.batches.kind import BATCH
from registry.certificates.facts import CertificateFact
from registry.certificates.kind import CERTIFICATE
from registry.changes.kinds import FactKind
from registry.changes.reading import Point, find_code, get, many
from registry.declarations.facts import DeclarationFact
from registry.declarations.service import DECLARATION
from registry.kit.errors import NotFound
from registry.kit.ids import parse_code
from registry.parties.facts import OrganisationFact
from registry.parties.service import ORGANISATION, PLANT
from registry.products.facts import ProductFact
from registry.products.service import PRODUCT
from registry.supervision.facts import RecognitionFact, SubjectKind
from registry.supervision.kinds import RECOGNITION

LONGEST_CODE = 40


@dataclass(frozen=True, slots=True)
class Subject:
    """The thing complained of; `respondent` has the right of reply, `body` is whose certificate it is."""

    kind: SubjectKind
    id: UUID
    code: str
    respondent: UUID
    body: UUID | None
    parties: frozenset[UUID]


@dataclass(frozen=True, slots=True)
class _Parties:
    respondent: UUID
    body: UUID | None = None
    others: tuple[UUID, ...] = ()


_Find: TypeAlias = Callable[[Session, Any, Point], _Parties]


def _of_product(_session: Session, fact: ProductFact, _at: Point) -> _Parties:
    return _Parties(fact.manufacturer_id)


def _of_batch(session: Session, fact: BatchFact, at: Point) -> _Parties:
    """The product's maker answers; whoever runs the plant is touched as well."""
    product, plant = get(session, PRODUCT, fact.product_id, at), get(session, PLANT, fact.plant_id, at)
    if product is None:
        raise NotFound("complaint-subject-unknown", code=fact.code)
    others = (plant.fact.organisation_id,) if plant else ()
    return _Parties(product.fact.manufacturer_id, None, others)


def _of_certificate(_session: Session, fact: CertificateFact, _at: Point) -> _Parties:
    return _Parties(fact.holder_id, fact.body_id, (fact.manufacturer_id,))


def _of_declaration(session: Session, fact: DeclarationFact, at: Point) -> _Parties:
    makers = sorted(
        {one.fact.manufacturer_id for one in many(session, PRODUCT, fact.product_ids, at).values()}
    )
    if not makers:
        raise NotFound("complaint-subject-unknown", code=fact.code)
    return _Parties(makers[0], None, tuple(makers[1:]))


def _of_organisation(_session: Session, fact: OrganisationFact, _at: Point) -> _Parties:
    return _Parties(fact.id)


def _of_recognition(session: Session, fact: RecognitionFact, at: Point) -> _Parties:
    product = get(session, PRODUCT, fact.product_id, at)
    if product is None:
        raise NotFound("complaint-subject-unknown", code=fact.code)
    return _Parties(product.fact.manufacturer_id)


_KINDS: Mapping[str, tuple[FactKind[Any], _Find]] = {
    SubjectKind.PRODUCT: (PRODUCT, _of_product),
    SubjectKind.BATCH: (BATCH, _of_batch),
    SubjectKind.CERTIFICATE: (CERTIFICATE, _of_certificate),
    SubjectKind.DECLARATION: (DECLARATION, _of_declaration),
    SubjectKind.ORGANISATION: (ORGANISATION, _of_organisation),
    SubjectKind.RECOGNITION: (RECOGNITION, _of_recognition),
}


def subject(session: Session, code: str, at: Point) -> Subject:
    """The thing that a typed 登记号 names, if a complaint may be about it."""
    printed = parse_code(code[: LONGEST_CODE * 2])
    record = find_code(session, printed) if printed else None
    found = _KINDS.get(record.kind) if record else None
    if record is None or found is None:
        raise NotFound("complaint-subject-unknown", code=code[:LONGEST_CODE])
    kind, parties_of = found
    known = get(session, kind, record.key, at)
    if known is None:
        raise NotFound("complaint-subject-unknown", code=code[:LONGEST_CODE])
    parties = parties_of(session, known.fact, at)
    everyone = frozenset({parties.respondent, *parties.others, *filter(None, [parties.body])})
    return Subject(
        SubjectKind(record.kind), record.key, record.code, parties.respondent, parties.body, everyone
    )
