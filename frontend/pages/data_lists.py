"""Lists the register leans on: standards, certification categories, approved scopes, procurement codes."""

from collections.abc import Iterator
from datetime import date

from frontend.pages.data_rows import Desk, Entry, Table, absent, coded, dated, origin, stated
from frontend.pages.words import Words
from frontend.views.data import Cell, DataRow, Origin
from frontend.views.parts import Badge, Tone
from registry.changes.reading import every
from registry.parties.facts import ApprovedScope, OrganisationFact, Role
from registry.parties.service import ORGANISATION
from registry.standards.facts import StandardFact
from registry.standards.service import STANDARD

PURCHASE_CATALOGUE = ("政府采购品目分类目录（2022 年印发）", "Government purchase catalogue, 2022")


def _day(words: Words, value: date | None) -> Cell:
    return dated(words, value.isoformat() if value else None)


def _standards(desk: Desk) -> Iterator[Entry]:
    words = desk.words
    found = (known.fact for known in every(desk.session, STANDARD, desk.at))
    for fact in sorted(found, key=lambda fact: fact.number):
        series = fact.number.rsplit(" ", 1)[0]
        state = coded(words, "status", fact.status or "unknown")
        source = origin(
            words,
            words.pick(fact.source_zh or fact.source, fact.source),
            None,
            status=fact.status or "unknown",
            confidence=fact.confidence,
        )
        cells = (
            Cell(fact.number, note=words.pick(fact.title_zh or "", fact.title_en or "")),
            _day(words, fact.issued_on),
            _day(words, fact.in_force_on),
            _replaced(words, fact),
        )
        filed = {"series": (series, series), "standing": (fact.status or "unknown", state)}
        yield Entry(DataRow(fact.number, cells, source), filed)


def _replaced(words: Words, fact: StandardFact) -> Cell:
    """The first day the old edition no longer counts, where it was seen."""
    if fact.replaced_by is None:
        return Cell("—", "")
    note = words.say("data.replaced-on", day=fact.replaced_on) if fact.replaced_on else ""
    return Cell(fact.replaced_by, note=note or words.say("data.replaced-day-unknown"))


def _categories(desk: Desk) -> Iterator[Entry]:
    words = desk.words
    for fact in sorted(
        desk.known.categories.values(), key=lambda one: (one.scheme, one.sequence or 999, one.category)
    ):
        scheme = coded(words, "scheme", fact.scheme)
        standards = stated(words, words.listed(fact.standards))
        if fact.standards and fact.standard_confidence:
            doubt = coded(words, "confidence", fact.standard_confidence)
            standards = Cell(standards.text, note=words.say("data.number-confidence", confidence=doubt))
        place = Cell(str(fact.sequence)) if fact.sequence else absent(words)
        cells = (Cell(words.name(fact)), Cell(scheme), place, standards)
        document, _, section = fact.source.partition("；")
        source = origin(
            words, document, coded(words, "seen", section), status=None, confidence=fact.confidence
        )
        note = words.pick(fact.note_zh or fact.note or "", fact.note or "")
        yield Entry(DataRow(fact.category, cells, source, note), {"scheme": (fact.scheme, scheme)})


def _scopes(desk: Desk) -> Iterator[Entry]:
    """One row for each body and category, so that a category leads to the bodies that may certify it."""
    found = (known.fact for known in every(desk.session, ORGANISATION, desk.at))
    bodies = [fact for fact in found if Role.CERTIFICATION_BODY in fact.roles]
    for body in sorted(bodies, key=lambda fact: fact.name_zh):
        for scope in body.approved_scopes:
            for category in scope.categories:
                yield _scope(desk, body, scope, category)


def _scope(desk: Desk, body: OrganisationFact, scope: ApprovedScope, category: str) -> Entry:
    words = desk.words
    name, firm = desk.known.category(category, words), words.name(body)
    scheme = coded(words, "scheme", scope.scheme)
    until = _day(words, scope.valid_to) if scope.valid_to else Cell(words.say("data.open-ended"), "")
    cells = (
        Cell(name),
        Cell(firm, href=f"/{words.lang}/organisations/{body.code}"),
        Cell(scheme),
        _day(words, scope.valid_from),
        until,
    )
    invented = Badge(words.say("data.invented"), Tone.WARN) if body.invented else None
    source = Origin(words.say("data.registered"), body.code, invented, None)
    filed = {"body": (body.code, firm), "scheme": (scope.scheme, scheme), "category": (category, name)}
    return Entry(DataRow(f"{body.code}/{scope.scheme}/{category}", cells, source), filed)


def _codes(desk: Desk) -> Iterator[Entry]:
    words = desk.words
    pairs = [(code, kind) for kind in desk.known.leaves() for code in kind.procurement_codes]
    for code, kind in sorted(pairs, key=lambda pair: (pair[0].to, pair[1].kind)):
        family = code.to[:5]
        unit = Cell(words.unit(kind.declared_unit)) if kind.declared_unit else absent(words)
        href = f"/{words.lang}/products?kind={kind.kind}"
        cells = (Cell(code.to), Cell(words.name(kind), href=href), unit)
        source = origin(
            words,
            words.pick(*PURCHASE_CATALOGUE),
            words.say("data.own-mapping"),
            status=None,
            confidence=code.confidence,
        )
        yield Entry(DataRow(f"{code.to}/{kind.kind}", cells, source), {"family": (family, family)})


TABLES = (
    Table("standards", ("standard", "issued", "in-force", "replaced-by"), ("series", "standing"), _standards),
    Table(
        "certification-categories", ("category", "scheme", "sequence", "standards"), ("scheme",), _categories
    ),
    Table(
        "approved-scopes",
        ("category", "body", "scheme", "from", "until"),
        ("body", "scheme", "category"),
        _scopes,
    ),
    Table("procurement-codes", ("code", "kind", "unit"), ("family",), _codes),
)
