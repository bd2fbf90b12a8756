"""The fact kind of batches and the rows that find them."""

from sqlmodel import Session

from registry.batches.facts import BatchFact
from registry.batches.identifiers import Scheme, same
from registry.batches.models import BatchIdentifierRow, BatchRow
from registry.changes.kinds import Known, define


def _project(session: Session, known: Known[BatchFact]) -> None:
    fact, seq = known.fact, known.header.seq
    session.add(
        BatchRow(
            seq=seq,
            id=fact.id,
            product_id=fact.product_id,
            plant_id=fact.plant_id,
            number_folded=same(fact.number),
            gtin=fact.gtin,
            made_to=fact.made_to,
            withdrawn=fact.withdrawn,
        )
    )
    session.add_all(
        BatchIdentifierRow(seq=seq, scheme=scheme, value=value, batch_id=fact.id)
        for scheme, texts in ((Scheme.INDUSTRIAL, fact.industrial_ids), (Scheme.SERIAL, fact.serials))
        for value in sorted({same(text) for text in texts})
    )


BATCH = define("batch", BatchFact, _project)
