"""What the five regional plans say: targets, guidance and the documents themselves."""

from collections.abc import Iterator, Mapping

from frontend.pages.data_rows import Desk, Entry, Table, absent, coded, dated, figure, origin, placed, stated
from frontend.pages.words import Words
from frontend.views.data import Cell, DataRow, Origin
from registry.changes.reading import every
from registry.policies.facts import PolicyDocumentFact, PolicyItemFact
from registry.policies.service import POLICY_DOCUMENT, POLICY_ITEM

Documents = Mapping[str, PolicyDocumentFact]


def _documents(desk: Desk) -> Documents:
    found = (known.fact for known in every(desk.session, POLICY_DOCUMENT, desk.at))
    return {fact.document: fact for fact in sorted(found, key=lambda fact: fact.region)}


def _items(desk: Desk, *, target: bool) -> list[PolicyItemFact]:
    found = (known.fact for known in every(desk.session, POLICY_ITEM, desk.at))
    return sorted((fact for fact in found if fact.target is target), key=lambda fact: fact.item)


def _title(words: Words, document: PolicyDocumentFact) -> str:
    return words.pick(document.title_zh, document.title_en)


def _origin(words: Words, item: PolicyItemFact, documents: Documents) -> Origin:
    document = documents[item.document]
    return origin(
        words, _title(words, document), item.section, status=document.status, confidence=item.confidence
    )


def _filed(desk: Desk, item: PolicyItemFact, documents: Documents) -> dict[str, tuple[str, str]]:
    document = documents[item.document]
    return {
        "region": placed(desk, document.region),
        "topic": (item.topic, coded(desk.words, "topic", item.topic)),
        "document": (item.document, _title(desk.words, document)),
        "reading": (item.status, coded(desk.words, "reading", item.status)),
    }


def _note(words: Words, item: PolicyItemFact) -> str:
    return words.pick(item.note_zh or item.note or "", item.note or "")


def _targets(desk: Desk) -> Iterator[Entry]:
    words, documents = desk.words, _documents(desk)
    for item in _items(desk, target=True):
        value = figure(words, item.value, item.unit, item.comparator)
        if item.value is None:  # a damaged cell and a promise in words are told apart, neither is filled
            value = absent(words, f"reading.{item.status}")
        filed = _filed(desk, item, documents)
        cells = (
            Cell(words.pick(item.summary_zh, item.summary_en), note=_scope(words, item)),
            value,
            _period(words, item),
            Cell(filed["region"][1]),
        )
        row = DataRow(item.item, cells, _origin(words, item, documents), _note(words, item))
        yield Entry(row, filed)


def _scope(words: Words, item: PolicyItemFact) -> str:
    return coded(words, "scope", item.scope) if item.scope and item.scope != "building materials" else ""


def _period(words: Words, item: PolicyItemFact) -> Cell:
    if item.period is None:
        return absent(words)
    note = words.say("data.baseline", year=item.baseline) if item.baseline else ""
    return Cell(coded(words, "period", item.period).replace("-", "–"), note=note)


def _guidance(desk: Desk) -> Iterator[Entry]:
    words, documents = desk.words, _documents(desk)
    for item in _items(desk, target=False):
        filed = _filed(desk, item, documents)
        summary = Cell(words.pick(item.summary_zh, item.summary_en))
        cells = (summary, Cell(filed["topic"][1]), Cell(filed["region"][1]))
        row = DataRow(item.item, cells, _origin(words, item, documents), _note(words, item))
        yield Entry(row, filed)


def _plans(desk: Desk) -> Iterator[Entry]:
    words = desk.words
    for fact in _documents(desk).values():
        place = placed(desk, fact.region)
        cells = (
            Cell(_title(words, fact)),
            stated(words, fact.issuer),
            stated(words, fact.number),
            dated(words, fact.issued_on),
            dated(words, fact.in_force_on),
            dated(words, fact.valid_until),
            Cell(place[1]),
        )
        source = origin(
            words,
            words.say("data.read-in-full"),
            words.say("data.digest", digest=fact.sha256[:12]),
            status=fact.status,
            confidence=fact.confidence,
        )
        note = words.pick(fact.note or "", fact.note_en or "")
        yield Entry(DataRow(fact.document, cells, source, note), {"region": place})


TABLES = (
    Table(
        "targets", ("aim", "figure", "period", "region"), ("region", "topic", "document", "reading"), _targets
    ),
    Table("guidance", ("measure", "topic", "region"), ("region", "topic", "document"), _guidance),
    Table(
        "documents",
        ("document", "issuer", "document-number", "issued", "in-force", "valid-until", "region"),
        ("region",),
        _plans,
    ),
)
