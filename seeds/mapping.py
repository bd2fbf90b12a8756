"""What the seed readers read, as the facts the register publishes."""

from datetime import date

from registry.categories.facts import CategoryFact, MaterialKindFact, RegionFact
from registry.certificates.facts import Scheme as CertificateScheme
from registry.kit.ids import derived
from registry.policies.facts import BenchmarkFact, PolicyDocumentFact, PolicyItemFact
from registry.standards.facts import StandardFact
from seeds.documents.reader import Item, Reading, Target, documents, items, targets
from seeds.reference.categories import Scheme, categories
from seeds.reference.figures import Benchmark, Sourced, benchmarks, factors, plausible_ranges
from seeds.reference.kinds import kinds
from seeds.reference.loading import Confidence
from seeds.reference.regions import Programme, programmes, regions
from seeds.reference.remarks import in_chinese
from seeds.reference.standards import standards

SCHEMES = {Scheme.GRADED: CertificateScheme.GRADED, Scheme.GREEN_PRODUCT: CertificateScheme.GREEN_PRODUCT}
_WHOLE_DAY = 10


def region_facts() -> list[RegionFact]:
    table = regions()
    return [
        RegionFact(
            id=derived("region", region.code),
            region=region.code,
            parent=region.parent,
            name_zh=region.name_zh,
            name_en=region.name_en,
            edition=table.edition,
            source=table.source,
            confidence=table.confidence,
        )
        for region in table.regions
    ]


def standard_facts() -> list[StandardFact]:
    rows = standards()
    cited = {row.id: row.designation for row in rows}
    return [
        StandardFact(
            id=derived("standard", row.id),
            number=row.designation,
            title_zh=row.title_zh,
            title_en=row.title_en,
            issued_on=_day(row.issued),
            in_force_on=_day(row.in_force),
            replaced_by=cited[row.replaced_by] if row.replaced_by else None,
            replaced_on=_day(row.replaced_on),
            source=row.seen_in,
            confidence=row.confidence,
            source_zh=in_chinese(row.seen_in),
            status=row.status,
        )
        for row in rows
    ]


def category_facts() -> list[CategoryFact]:
    cited = {row.id: row.designation for row in standards()}
    return [
        CategoryFact(
            id=derived("category", row.id),
            category=row.id,
            scheme=SCHEMES[row.scheme],
            group_zh=row.group_zh or "",
            sequence=row.seq,
            name_zh=row.name_zh,
            name_en=row.name_en,
            standards=(cited[row.standard],) if row.standard else (),
            standard_confidence=row.standard_confidence,
            source=f"{row.document}；{row.source}",
            confidence=row.category_confidence,
            note=row.note,
            note_zh=in_chinese(row.note),
        )
        for row in categories()
    ]


def kind_facts() -> list[MaterialKindFact]:
    return [
        MaterialKindFact(id=derived("material-kind", row.kind), **row.model_dump(exclude={"group"}))
        for row in kinds()
    ]


def document_facts() -> list[PolicyDocumentFact]:
    return [
        PolicyDocumentFact(
            id=derived("policy-document", row.id),
            document=row.id,
            title_zh=row.title_zh,
            title_en=row.title_en,
            issuer="、".join(row.issuers_zh) or None,
            number=row.number,
            issued_on=row.issued.isoformat() if row.issued else None,
            region=row.region,
            status=row.status,
            draft=row.status == "draft",
            sha256=row.sha256,
            note=row.note_zh,
            note_en=row.note_en,
            in_force_on=row.in_force.isoformat() if row.in_force else None,
            valid_until=row.valid_until,
            confidence=row.confidence,
        )
        for row in documents()
    ]


def item_facts() -> list[PolicyItemFact]:
    rows: list[Item | Target] = [*items(), *targets()]
    confidence = {document.id: document.confidence for document in documents()}
    return [_item(row, confidence[row.document]) for row in rows]


def _item(row: Item | Target, confidence: Confidence) -> PolicyItemFact:
    target = row if isinstance(row, Target) else None
    return PolicyItemFact(
        id=derived("policy-item", row.id),
        item=row.id,
        document=row.document,
        section=row.section,
        topic=row.topic,
        summary_zh=row.summary_zh,
        summary_en=row.summary_en,
        value=target.value if target else None,
        unit=target.unit if target else None,
        comparator=target.comparator if target else None,
        period=target.period if target else None,
        baseline=target.baseline if target else None,
        status=row.status,
        note=row.note,
        note_zh=in_chinese(row.note),
        target=target is not None,
        product_zh=target.product_zh if target else None,
        scope=target.scope if target else None,
        confidence=None if row.status is Reading.DAMAGED else confidence,
    )


def benchmark_facts() -> list[BenchmarkFact]:
    """Energy benchmarks, emission factors, plausible ranges and programmes, one fact for each row."""
    tables: dict[str, tuple[Sourced, ...]] = {"energy-benchmark": benchmarks(), "emission-factor": factors()}
    found = [_figure(table, row) for table, rows in tables.items() for row in rows]
    for row in plausible_ranges():
        name = f"{row.kind or row.name_en}-per-{row.per}"
        found.append(
            BenchmarkFact(
                id=derived("benchmark", "plausible-range", name),
                table="plausible-range",
                row=name,
                data=row.model_dump(mode="json", exclude={"document", "confidence"})
                | {"source_zh": in_chinese(row.document)},
                source=row.document,
                confidence=row.confidence,
            )
        )
    return [*found, *map(_programme, programmes())]


def _programme(row: Programme) -> BenchmarkFact:
    """Who takes part as far as it is known; `complete` false means that the full list was not found."""
    where = row.provenance.model_dump(mode="json", exclude={"document", "confidence"})
    stated = row.model_dump(mode="json", exclude={"id", "provenance"})
    return BenchmarkFact(
        id=derived("benchmark", "programme", row.id),
        table="programme",
        row=row.id,
        data=stated | where | {"note_zh": in_chinese(row.provenance.note)},
        source=row.provenance.document,
        confidence=row.provenance.confidence,
    )


def _figure(table: str, row: Sourced) -> BenchmarkFact:
    translated = {"note_zh": in_chinese(row.note)}
    if isinstance(row, Benchmark):
        translated["scope_zh"] = in_chinese(row.scope)
    return BenchmarkFact(
        id=derived("benchmark", table, row.id),
        table=table,
        row=row.id,
        data=row.model_dump(mode="json", exclude={"id", "document", "confidence"}) | translated,
        source=row.document,
        confidence=row.confidence,
    )


def _day(text: str | None) -> date | None:
    """A day stated in full; a month or a year alone names no day, so it is left out here."""
    return date.fromisoformat(text) if text is not None and len(text) == _WHOLE_DAY else None
