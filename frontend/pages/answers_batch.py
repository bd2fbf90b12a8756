"""What a scanned batch is answered with: its maker's own word, and what covered the product that day."""

from catalogue.batches.of_batch import of_batch
from frontend.pages.answer_parts import EN, ZH, Ask, Parts, both, fact, given, names, party
from frontend.pages.batch_parts import cover_text, made
from frontend.pages.verdicts import Finding
from frontend.views.parts import EvidenceKind, EvidenceTag, Tone
from frontend.views.verify import Both
from registry.batches.kind import BATCH
from registry.changes.reading import get
from registry.parties.service import ORGANISATION, PLANT
from registry.products.service import PRODUCT


def batch(ask: Ask) -> Parts | None:
    known = get(ask.session, BATCH, ask.key, ask.at)
    if known is None:
        return None
    stated = known.fact
    product = get(ask.session, PRODUCT, stated.product_id, ask.at)
    plant = get(ask.session, PLANT, stated.plant_id, ask.at)
    maker = get(ask.session, ORGANISATION, product.fact.manufacturer_id, ask.at) if product else None
    cover = of_batch(ask.session, stated, ask.at)
    return Parts(
        finding=Finding(
            Tone.BAD if stated.withdrawn else Tone.QUIET,
            "verdict.batch-withdrawn" if stated.withdrawn else "verdict.batch",
            details=(("batch.brief", {}),),
        ),
        tag=EvidenceTag(EvidenceKind.NONE, f"{ZH.say('thing.batch')} {EN.say('thing.batch')}"),
        facts=(
            fact("batch.number", given(stated.number)),
            fact("label.product", names(product.fact if product else None)),
            fact("batch.model", Both(stated.model) if stated.model else both("not-stated")),
            party("label.manufacturer", maker.fact if maker else None),
            fact("label.plant", names(plant.fact if plant else None)),
            fact("batch.made", Both(*(made(stated, words) for words in (ZH, EN)))),
            *([fact("batch.gtin", given(stated.gtin))] if stated.gtin else []),
            fact("batch.cover", Both(*(cover_text(cover, stated, words) for words in (ZH, EN)))),
        ),
        not_covered=(both("cover.batch"),),
        product=product.fact if product else None,
    )
