"""One truth: page, interface, search, spread and bill give one figure for a declaration, a slow oracle's."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select
from sqlmodel import Session, col

from catalogue.checks.carbon import estimate
from catalogue.checks.facts import Facts
from catalogue.checks.inputs import LineInput
from catalogue.distribution.spread import Choice, Declared, spreads
from frontend.pages.declaration.document import document as page
from frontend.pages.words import Words, figure
from registry.changes.feed import head
from registry.changes.reading import Point, payloads, point
from registry.changes.record import canonical
from registry.declarations.documents.content import DECLARATION_CONTENT, datasets_of
from registry.declarations.facts import DeclarationFact
from registry.declarations.figures.converted import PER
from registry.declarations.figures.gwp import Asked
from registry.declarations.figures.restated import restated
from registry.declarations.figures.stated import of_dataset, stated_by
from registry.dossiers.dossier import Dossier
from registry.dossiers.load import load
from registry.kit.db import read_session
from registry.products.conversions import unit_facts
from registry.products.models import ProductRow
from registry.units.table import unit
from search.documents.product import ProductDocument
from search.feeding import follow
from tests.catalogue import check_cases as cases
from tests.frontend.reading import Page
from tests.oracles import figure_oracle
from tests.oracles.figure_oracle import Found
from tests.seeded import TODAY, Seeded

AT_ONCE = 1000
ZH = Words("zh")


@dataclass(frozen=True)
class One:
    """A product whose declaration speaks for it, with what search holds and what the slow answer is."""

    dossier: Dossier
    row: ProductDocument
    slow: Mapping[str, Found | None]

    @property
    def fact(self) -> DeclarationFact:
        assert self.dossier.declaration is not None
        return self.dossier.declaration.fact


@pytest.fixture(scope="module")
def register(seeded: Seeded) -> Iterator[Session]:
    with read_session(seeded.engine) as session:
        yield session


@pytest.fixture(scope="module")
def everything(register: Session) -> list[One]:
    """Every product of the demonstration that has a declaration."""
    at = point(register, TODAY)
    ids = register.scalars(select(col(ProductRow.id)).distinct()).all()
    dossiers = {key: one for key, one in load(register, ids, at).items() if one.declaration is not None}
    rows = {UUID(one.id): one for one in follow.documents(register, dossiers, at)}
    said = _documents(register, dossiers.values(), at)
    return [One(one, rows[key], _slow(one, said)) for key, one in dossiers.items() if key in rows]


def _documents(session: Session, dossiers: Any, at: Point) -> Mapping[UUID, Any]:
    keys = [one.declaration.fact.id for one in dossiers]
    found = payloads(session, DECLARATION_CONTENT, keys, at)
    return {key: json.loads(text)["dataset"] for key, text in found.items()}


def _slow(dossier: Dossier, documents: Mapping[UUID, Any]) -> Mapping[str, Found | None]:
    assert dossier.declaration is not None
    fact = dossier.declaration.fact
    record, product = json.loads(canonical(fact)), json.loads(canonical(dossier.product.fact))
    return {
        per: figure_oracle.figure(record, documents.get(fact.id), [product], per) for per in (*PER, "piece")
    }


def same(value: Decimal | None, slow: Found | None) -> bool:
    """To the last of 28 digits: the slow answer is a fraction."""
    if value is None or slow is None:
        return value is None and slow is None
    return abs(Fraction(value) - slow.value) <= abs(slow.value) / 10**26


def test_the_register_has_what_there_is_to_disagree_about(everything: list[One]) -> None:
    documented = [one for one in everything if one.dossier.documents.get(one.fact.id)]
    assert len(documented) > 100
    assert any(one.slow["m3"] and one.fact.declared_unit != "m3" for one in documented)
    assert any(not any(one.slow.values()) for one in documented)  # footprints without modules


def test_what_search_holds_is_the_slow_answer(everything: list[One]) -> None:
    """But for what other stated figures contradict, which no order of products has room for."""
    for one in everything:
        held = {per.value: value for per, value in one.row.gwp_per.items()}
        for per in PER:
            slow = one.slow[per]
            wanted = None if slow is None or slow.is_doubted else slow
            assert same(held.get(per), wanted), (one.fact.code, per)


def test_the_figure_of_comparison_is_the_same_one_in_its_own_unit(everything: list[One]) -> None:
    for one in everything:
        cell = one.dossier.cell
        assert (one.row.gwp, one.row.gwp_basis) == ((cell.value, cell.basis.key) if cell else (None, None))
        if cell is not None and cell.basis.unit in one.slow:
            assert same(cell.value, one.slow[cell.basis.unit]), one.fact.code


@pytest.mark.parametrize("per", PER)
def test_the_interface_answers_what_search_holds(
    checks: TestClient, everything: list[One], per: str, register: Session
) -> None:
    answers = dict(_answers(checks, [one.fact.code for one in everything], per, head(register).seq))
    for one in everything:
        if len(one.fact.product_ids) > 1:
            continue  # the interface speaks for all of them at once, a row for one
        answer, held = answers[one.fact.code], {k.value: v for k, v in one.row.gwp_per.items()}
        value = Decimal(answer["value"]) if answer else None
        assert same(value, one.slow[per]), one.fact.code
        if value is not None and not answer["doubts"]:
            assert value == held[per], one.fact.code


def _answers(site: TestClient, codes: Sequence[str], per: str, as_of: int) -> Iterator[tuple[str, Any]]:
    for start in range(0, len(codes), AT_ONCE):
        body = {
            "codes": codes[start : start + AT_ONCE],
            "per": per,
            "on": TODAY.isoformat(),
            "as_of": str(as_of),
        }
        answer = site.post("/api/v1/declarations/gwp", json=body)
        assert answer.status_code == 200, answer.text
        yield from ((one["code"], one["answer"]) for one in answer.json()["items"])


def test_the_page_prints_the_same_figure(everything: list[One], register: Session) -> None:
    at = point(register, TODAY)
    whole = datasets_of(register, [one.fact.id for one in everything], at)
    for one in everything:
        dataset = whole.get(one.fact.id)
        own = of_dataset(dataset) if dataset else None
        stated = stated_by(one.fact, own, unit_facts(one.dossier.product.fact))
        shown = page(dataset or restated(one.fact), (), {}, ZH, stated=stated)
        printed = {line.per: line.value for line in shown.converted}
        declared = one.fact.declared_unit if one.fact.declared_amount == 1 else None
        for per, slow in one.slow.items():
            if per == declared:
                continue
            text = printed.get(ZH.per(per), "—")
            assert text == ("—" if slow is None else _said(slow)), (one.fact.code, per)


def test_the_page_itself_prints_them(checks: TestClient, everything: list[One]) -> None:
    """Over HTTP, of some with documents and of some without."""
    documented = [one for one in everything if one.dossier.documents.get(one.fact.id)]
    alone = [one for one in everything if not one.dossier.documents.get(one.fact.id)]
    seen = 0
    for one in (*documented[::20], *alone[::200]):
        if len(one.fact.product_ids) > 1:
            continue
        shown = Page(checks.get(f"/zh/declarations/{one.fact.code}", params={"on": TODAY.isoformat()}).text)
        printed = {
            row.below("th")[0].text: cell.text
            for row in shown.all("tr")
            for cell in row.below("td")
            if cell.attributes.get("data-label") == "A1–A3"
        }
        for per, value in one.row.gwp_per.items():
            if per.value != one.fact.declared_unit:
                assert printed.get(ZH.per(per.value)) == figure(value), (one.fact.code, per)
                seen += 1
    assert seen > 20


def _said(slow: Found) -> str:
    return figure(Decimal(slow.value.numerator) / Decimal(slow.value.denominator))


def test_a_line_of_a_bill_counts_with_the_same_figure(everything: list[One]) -> None:
    asked = 0
    for one in everything:
        plant = next(iter(one.fact.plant_ids or one.dossier.product.fact.plant_ids), None)
        own = one.dossier.own_declaration(plant)
        if own is None or own.fact.id != one.fact.id:
            continue
        asked += 1
        lines = [_line(one, plant, per) for per in PER]
        facts = Facts({(cases.DAY, one.dossier.product.fact.id): one.dossier})
        found = estimate(cases.given(*lines), cases.SICHUAN, facts, {}).lines
        for per, line in zip(PER, found, strict=True):
            assert same(line.kilograms, one.slow[per]), (one.fact.code, per)
    assert asked > 500


def _line(one: One, plant: UUID | None, per: str) -> LineInput:
    key = one.dossier.product.fact.id
    return cases.line(spec="", unit=per, quantity=Decimal(1), product_id=key, plant_id=plant)


def test_a_spread_is_made_of_the_same_figures(everything: list[One]) -> None:
    for per in PER:
        choice = Choice(Asked(("A1-A3",), unit(per)))
        values = {
            (value.declaration, product): value.value
            for cell in spreads(map(_declared, everything), choice, TODAY).cells
            for value in cell.entries
            for product in value.products
        }
        assert values
        for one in everything:
            value = values.get((one.fact.code, one.dossier.product.fact.code))
            assert value is None or same(value, one.slow[per]), (one.fact.code, per)


def _declared(one: One) -> Declared:
    return Declared(one.dossier.product.fact, one.fact, one.dossier.documents.get(one.fact.id))
