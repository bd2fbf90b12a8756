"""The market as the register has it: who counts, who stands apart and why, and whose firms are one."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from catalogue.comparison import base as comparison
from catalogue.thresholds.limits import Apart, Market, measure
from catalogue.thresholds.markets import Markets, read
from registry.categories.service import MATERIAL_KIND
from registry.certificates.facts import State
from registry.certificates.kind import CERTIFICATE
from registry.changes.feed import Draft
from registry.changes.reading import Point, point
from registry.declarations.facts import DataKind
from registry.declarations.service import DECLARATION
from registry.kit.db import read_session, write_session
from registry.parties.service import ORGANISATION, PLANT
from registry.products.service import PRODUCT
from tests import factories
from tests.factories import CEMENT, START, key

DAY = date(2026, 6, 1)
A2 = "cement|42.5|t|EN 15804+A2|GWP-total"
A1 = "cement|42.5|t|EN 15804+A1|GWP-total"
GROUP = "示例集团甲（虚构）"


def made(n: int, *, firm: int = 1, plants: tuple[int, ...] = (1,), **fields: Any) -> list[Draft]:
    """A product with a certificate and a declared value of 600 and its number."""
    product = factories.product(
        n,
        performance="42.5",
        manufacturer_id=key("organisation", firm),
        plant_ids=tuple(key("plant", plant) for plant in plants),
        **fields.pop("product", {}),
    )
    row = factories.scope_row(product_n=n)
    certificate = factories.certificate(n, rows=(row,), **fields.pop("certificate", {}))
    stated = {"modules": {"A1-A3": Decimal(600 + n)}, **fields}
    declaration = factories.declaration(n, product_ids=(key("product", n),), **stated)
    facts = ((PRODUCT, product), (CERTIFICATE, certificate), (DECLARATION, declaration))
    return [Draft(kind, fact.id, START, fact) for kind, fact in facts]


def drafts() -> list[Draft]:
    """Six that count, of five firms of which two are one group, and one apart for each reason."""
    firms = [factories.organisation(n, controller=GROUP if n in (2, 3) else None) for n in range(1, 6)]
    parties = [*firms, factories.body()]
    plants = [factories.plant(1), factories.plant(2, region="510100"), factories.plant(3, region="520300")]
    return [
        *(Draft(ORGANISATION, one.id, START, one) for one in parties),
        *(Draft(PLANT, one.id, START, one) for one in plants),
        Draft(MATERIAL_KIND, factories.kind().id, START, factories.kind()),
        *made(1),
        *made(2, firm=2, plants=(1, 3)),
        *made(3, firm=3, plants=(1, 2)),
        *made(4, firm=4),
        *made(6, firm=5),
        *made(7, firm=5),
        *made(10, standard="EN 15804+A1"),
        *made(11, modules={"A4": Decimal(3)}),
        *made(12, data_kind=DataKind.GENERIC),
        *made(13, certificate={"state": State.SUSPENDED}),
        *made(14, certificate={"valid_to": date(2026, 5, 31)}),
        *made(15, product={"removed": True, "removed_reason": "演示"}),
    ]


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with write_session(engine) as writing:
        factories.record(writing, drafts())
    with read_session(engine) as reading:
        yield reading


def markets(session: Session, on: date = DAY) -> dict[str, Market]:
    return dict(read(session, CEMENT, point(session, on)))


def test_who_counts_is_who_counts_in_a_percentile(session: Session) -> None:
    found = markets(session)
    bases = comparison.read(session, CEMENT, point(session, DAY))
    assert {basis: one.values for basis, one in found.items()} == {
        basis: one.values for basis, one in bases.items()
    }
    assert list(found) == [A2, A1]


def test_what_does_not_count_is_counted_apart_with_its_reason(session: Session) -> None:
    found = markets(session)
    assert found[A2].apart == {
        Apart.OTHER_BASIS: 1,
        Apart.NOT_DECLARED: 1,
        Apart.GENERIC: 1,
        Apart.NO_CERTIFICATE: 2,
    }
    assert found[A1].apart[Apart.OTHER_BASIS] == len(found[A2].offers)
    public = 11  # every product of the class but the removed one
    assert [len(one.offers) + sum(one.apart.values()) for one in found.values()] == [public, public]


def test_firms_of_one_controller_and_provinces_of_plants(session: Session) -> None:
    whole = measure(markets(session)[A2], None).whole
    assert (whole.products, whole.makers, whole.provinces) == (6, 4, 2)


def test_another_day_has_another_market(session: Session) -> None:
    """On its last day the fourteenth still counts."""
    last = markets(session, date(2026, 5, 31))[A2]
    assert len(last.offers) == 7
    assert last.apart[Apart.NO_CERTIFICATE] == 1


def test_a_kind_without_values_has_no_market(session: Session) -> None:
    assert read(session, "no-such-kind", point(session, DAY)) == {}


def test_what_was_read_is_kept_and_another_point_is_read_anew(session: Session) -> None:
    kept, at = Markets(), point(session, DAY)
    first = kept.of_kind(session, CEMENT, at)
    assert kept.of_kind(session, CEMENT, at) is first
    earlier = kept.of_kind(session, CEMENT, Point(at.on, 1))
    assert earlier == {}
    assert kept.of_kind(session, CEMENT, at) is first
