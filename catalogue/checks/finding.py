"""Products that may stand behind a line: by certificate number, by kind and words, by maker; then scored."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import Session

from catalogue.bom.lines import BomLine
from catalogue.bom.matching import Candidate
from registry.certificates import queries as certificates
from registry.certificates.numbers import numbers_in
from registry.changes.reading import Point
from registry.dossiers.dossier import Dossier
from search.documents.fields import Field
from search.engine.ports import SearchEngine, SearchRequest

PER_SEARCH = 30
LONGEST = 200


def product_ids(
    session: Session, engine: SearchEngine, line: BomLine, *, kinds: Sequence[str], at: Point
) -> list[UUID]:
    """Ids worth scoring for a line, without repeats: the number's own products first, then found by words."""
    found: dict[UUID, None] = {}
    for number in numbers_in(line.certificate_text):
        for known in certificates.by_number(session, number, at):
            found.update(dict.fromkeys(key for row in known.fact.rows for key in row.product_ids))
    for kind in kinds[:3]:
        for text in _questions(line):
            request = SearchRequest(text=text[:LONGEST], filters={Field.KIND: (kind,)}, limit=PER_SEARCH)
            found.update(dict.fromkeys(UUID(hit.id) for hit in engine.search(request).hits))
    return list(found)


def _questions(line: BomLine) -> list[str]:
    """What to ask the index: maker with grade, then grade alone; blank texts are left out."""
    own = f"{line.name} {line.spec}".strip()
    asked = [f"{line.maker_text} {line.spec}".strip(), line.maker_text.strip(), own]
    return list(dict.fromkeys(text for text in asked if text))


def candidate(dossier: Dossier) -> Candidate:
    """A product as the matcher sees it."""
    product = dossier.product.fact
    makers = {product.manufacturer_id, *(known.fact.holder_id for known in dossier.certificates)}
    names = [dossier.organisations[key].name_zh for key in sorted(makers) if key in dossier.organisations]
    return Candidate(
        product_id=str(product.id),
        kind=product.kind,
        name=product.name_zh,
        models=product.models,
        attributes=product.attributes,
        maker_name=dossier.maker.name_zh,
        maker_aliases=tuple(name for name in names if name != dossier.maker.name_zh),
        plant_names=tuple(
            (str(key), dossier.plants[key].name_zh) for key in product.plant_ids if key in dossier.plants
        ),
        certificate_numbers=tuple(sorted({known.fact.number for known in dossier.certificates})),
        brand=product.brand,
    )


def by_line(
    ids: Mapping[str, Sequence[UUID]], dossiers: Mapping[UUID, Dossier]
) -> dict[str, list[Candidate]]:
    """Candidates of every line, from dossiers loaded once for all of them."""
    made = {key: candidate(dossier) for key, dossier in dossiers.items() if not dossier.product.fact.removed}
    return {line: [made[key] for key in keys if key in made] for line, keys in ids.items()}
