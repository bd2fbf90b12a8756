"""Of which kind of material a document is: as somebody says, or as the document lets no doubt."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlmodel import Session

from registry.categories.facts import MaterialKindFact
from registry.categories.service import ancestors, kinds
from registry.changes.kept import Kept
from registry.changes.reading import Point, get, many
from registry.declarations.dataset import Dataset
from registry.declarations.documents.content import by_uuid
from registry.declarations.service import DECLARATION
from registry.kit.errors import Invalid
from registry.products.gtin import read_gtin
from registry.products.service import PRODUCT, by_gtin

NONE = "none"  # said where a document is to be checked without any kind
GTIN = "gtin"
_LONGEST = 64
_BRACKETED = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]")
# C30/37, 42.5R, P6, 12.5 mm: a grade, a size or a model says nothing against the word it stands beside.
_GRADE = re.compile(r"[a-z.·/×*°-]*[0-9][a-z0-9.,·/×*°%-]*(?: ?(?:mm|cm|kg|mpa)\b)?")
_SIGNS = re.compile(r"[\s,;:、，；：/·-]+")


class SaidBy(StrEnum):
    """How the kind is known: chosen, or by products on record, or by the document's own name."""

    GIVEN = "given"
    PRODUCT = "product"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Material:
    """A kind of the catalogue; whatever nobody gave is proposed and is shown as such."""

    fact: MaterialKindFact
    by: SaidBy

    @property
    def is_proposed(self) -> bool:
        return self.by is not SaidBy.GIVEN


def materials(session: Session, at: Point) -> dict[str, MaterialKindFact]:
    """The kinds that a material is filed under; a node that only gathers names no unit."""
    return {name: fact for name, fact in kinds(session, at).items() if fact.declared_unit is not None}


def unknown(session: Session, kind: str, at: Point) -> Invalid | None:
    """The refusal of a name that is no kind of material; blank and `none` are answers."""
    if kind in ("", NONE) or kind in materials(session, at):
        return None
    return Invalid("declaration-kind-unknown", kind=kind[:_LONGEST])


def require_kind(session: Session, kind: str, at: Point) -> None:
    """Invalid for a name that is no kind of material."""
    if (refused := unknown(session, kind, at)) is not None:
        raise refused


def material(session: Session, dataset: Dataset, kind: str, at: Point) -> Material | None:
    """The kind given; where that is blank, the one proposed."""
    if kind == NONE:
        return None
    if kind:
        require_kind(session, kind, at)
        return Material(materials(session, at)[kind], SaidBy.GIVEN)
    return proposed(session, dataset, at)


def proposed(session: Session, dataset: Dataset, at: Point) -> Material | None:
    """The one kind that the document itself leaves no doubt of; None where it does.

    Its products on record say it, by its UUID or a GTIN; else its whole name is a kind's. Two that differ
    are a doubt, unless one is a part of the other.
    """
    tree = materials(session, at)
    recorded = frozenset(_recorded(session, dataset, at)) & tree.keys()
    named = frozenset(_named(session, dataset, at))
    if len(recorded) > 1 or (not recorded and len(named) != 1):
        return None
    if not recorded:
        return Material(tree[next(iter(named))], SaidBy.NAME)
    (kind,) = recorded
    agree = all(kind in ancestors(one, tree) or one in ancestors(kind, tree) for one in named)
    return Material(tree[kind], SaidBy.PRODUCT) if agree else None


def _recorded(session: Session, dataset: Dataset, at: Point) -> Iterator[str]:
    """The kinds of the products this document is on record for, and of those that carry its GTINs."""
    known = by_uuid(session, dataset.uuid, as_of=at.as_of) if dataset.uuid is not None else None
    ever = Point(date.max, at.as_of)
    declaration = get(session, DECLARATION, known.fact.declaration_id, ever) if known else None
    if declaration is not None:
        yield from (
            one.fact.kind for one in many(session, PRODUCT, declaration.fact.product_ids, ever).values()
        )
    for one in dataset.identifiers:
        gtin = read_gtin(one.value) if one.scheme == GTIN else None
        if isinstance(gtin, str):
            yield from (found.fact.kind for found in by_gtin(session, gtin, at))


def _named(session: Session, dataset: Dataset, at: Point) -> Iterator[str]:
    """The kinds whose name or synonym a name of the document is, but for brackets and grades."""
    words = _words(session, at)
    for name in dataset.names.values():
        text = _BRACKETED.sub(" ", _folded(name))
        yield from words.get(_bare(text)) or words.get(_bare(_GRADE.sub(" ", text)), frozenset())


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _bare(text: str) -> str:
    return _SIGNS.sub("", text)


def _read_words(session: Session, at: Point) -> Mapping[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, fact in materials(session, at).items():
        for word in (fact.name_zh, fact.name_en, *fact.synonyms):
            found[_bare(_folded(word))].add(name)
    return {word: frozenset(names) for word, names in found.items()}


_words = Kept(_read_words)
