"""Pages about a product with many batches read one page of them, however many there are."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import quote

import pytest
from sqlalchemy import Engine

from frontend.pages.paging import PER_PAGE
from registry.batches.facts import BatchFact
from registry.batches.finding import MOST
from registry.changes.feed import Draft
from registry.kit.db import write_session
from registry.products.service import PRODUCT
from tests import factories
from tests.applicants import TODAY
from tests.factories import START
from tests.frontend import maker_site
from tests.frontend.maker_site import Browser
from tests.registry.batches import GTIN, batch, recorded

CODE = factories.product().code
OWN = f"/zh/account/maker/batches/{CODE}"
PUBLIC = f"/zh/products/{CODE}/batches"
MANY = 3 * PER_PAGE + 7
ALIKE = "SAME-LOT"
LABEL = f"/01/{GTIN.zfill(14)}"
CODES = {factories.code("B", "batch", n) for n in range(MANY)}
CODE_SHOWN = re.compile(r'<small class="keep">(YS-B[^<]+)</small>')
FEW = 5  # read beside a page: what was just done, what a link leads to


@pytest.fixture(scope="module")
def full(empty_database: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A product with a GTIN and batches that all carry the same names, as no maker could state them."""
    item = factories.product(gtin=GTIN)
    days = [date(2025, 1, 1) + timedelta(n) for n in range(MANY)]
    made = [
        batch(
            n,
            number=ALIKE,
            gtin=GTIN.zfill(14),
            made_from=day,
            made_to=day,
            serials=("S-1",),
            stated_on=TODAY,
        )
        for n, day in enumerate(days)
    ]
    with maker_site.opened(empty_database, tmp_path_factory.mktemp("many")) as browser:
        with write_session(browser.engine) as session:
            factories.record(session, [Draft(PRODUCT, item.id, START, item), *map(recorded, made)])
        yield browser


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One entry for each batch that is read from the database."""
    seen, before = list[str](), BatchFact.model_validate_json

    def counted(payload: str) -> BatchFact:
        fact = before(payload)
        seen.append(fact.code)
        return fact

    monkeypatch.setattr(BatchFact, "model_validate_json", counted)
    return seen


@pytest.mark.parametrize(
    ("address", "status", "most"),
    [
        ("/zh/account/maker/batches", 200, 0),
        (OWN, 200, PER_PAGE),
        (f"{OWN}?page=3&done={factories.code('B', 'batch', 1)}", 200, PER_PAGE + FEW),
        (f"/zh/products/{CODE}", 200, PER_PAGE),
        (PUBLIC, 200, PER_PAGE),
        (f"{PUBLIC}?page=99", 200, PER_PAGE),
        (f"/zh/find?id={GTIN}", 303, FEW),
        (f"/zh/find?id={quote(ALIKE)}", 200, 2 * MOST),
        ("/zh/find?id=S-1", 200, 2 * MOST),
        (LABEL, 307, FEW),
        (f"{LABEL}/10/{quote(ALIKE)}", 307, MOST + FEW),
        (f"{LABEL}/21/S-1", 307, MOST + FEW),
    ],
)
def test_no_page_reads_more_than_a_page(
    full: Browser, read: list[str], address: str, status: int, most: int
) -> None:
    answer = full.client.get(address)
    assert answer.status_code == status, answer.text
    assert len(read) <= most


def test_stating_one_more_reads_a_page(full: Browser, read: list[str]) -> None:
    typed = {"plant": factories.plant().code, "number": "B-new", "made_from": "2026-05-04", "gtin": GTIN}
    stated = full.client.post(OWN, data={**typed, "serials": "S-new", "key": "one-key-0001"})
    assert stated.status_code == 303
    assert len(read) <= FEW
    refused = full.client.post(OWN, data={**typed, "number": ALIKE, "key": "one-key-0002"})
    assert refused.status_code == 422
    assert len(read) <= PER_PAGE + 2 * FEW


def test_the_pages_hold_every_batch_once_the_latest_first(full: Browser) -> None:
    seen: list[str] = []
    for page in range(1, 5):
        text = full.client.get(f"{PUBLIC}?page={page}").text
        seen += CODE_SHOWN.findall(text)
    wanted = [factories.code("B", "batch", n) for n in reversed(range(MANY))]
    assert [one for one in seen if one in CODES] == wanted
