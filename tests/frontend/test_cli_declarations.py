"""`greenmat import` and `greenmat export`: nothing written unless told, once however often, in any format."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlmodel import Session

from registry.changes import feed
from registry.changes.feed import Draft
from registry.declarations.dataset import Subtype
from registry.declarations.documents.importing import PART
from registry.declarations.formats import openepd
from registry.declarations.formats.files import read_file
from registry.declarations.formats.writers import WRITERS
from registry.declarations.models import DeclarationContentRow, DeclarationReadingRow
from registry.declarations.service import DECLARATION
from registry.kit.db import read_session, write_session
from registry.products.service import PRODUCT
from tests import declared, factories
from tests.databases import environment_of, settings_of
from tests.frontend.declaration_site import TWICE
from tests.frontend.test_cli_dump import run

ROWS = 2 * PART + 50


@pytest.fixture
def here(engine: Engine) -> dict[str, str]:
    with write_session(engine) as session:
        factories.record(session, factories.world())
    return environment_of(settings_of(engine))


def recorded(engine: Engine) -> tuple[int, int]:
    """Contents on record, and readings kept of them."""

    def count(session: Session, table: type) -> int:
        return session.scalar(select(func.count()).select_from(table)) or 0

    with read_session(engine) as session:
        return count(session, DeclarationContentRow), count(session, DeclarationReadingRow)


def file(folder: Path, name: str, content: bytes) -> str:
    path = folder / name
    path.write_bytes(content)
    return str(path)


def test_a_dry_run_writes_nothing_and_a_commit_what_it_said(
    here: dict[str, str], engine: Engine, tmp_path: Path
) -> None:
    table = file(tmp_path, "表.csv", declared.table(3))
    with read_session(engine) as session:
        before = feed.head(session).seq
    status, said = run(here, "import", table)
    assert (status, recorded(engine)) == (0, (0, 0)), said
    assert "3 new, 0 replacing, 0 known, 0 refused" in said
    with read_session(engine) as session:
        assert feed.head(session).seq == before
    status, said = run(here, "import", table, "--commit")
    assert (status, recorded(engine)) == (0, (3, 3)), said
    status, said = run(here, "import", table, "--commit")
    assert (status, recorded(engine)) == (0, (3, 3)), said
    assert "0 new, 0 replacing, 3 known, 0 refused" in said


def test_a_makers_declaration_goes_to_its_products(
    here: dict[str, str], engine: Engine, tmp_path: Path
) -> None:
    document = file(tmp_path, "x.json", openepd.write(declared.dataset()).content)
    maker, product = factories.organisation().code, factories.product().code
    status, said = run(here, "import", document, "--commit", "--as", maker, "--product", product)
    assert status == 0, said
    assert recorded(engine) == (1, 1)
    status, said = run(here, "import", document, "--as", "YS-O00000-00000-0")
    assert status == 2, said


def test_what_is_refused_is_told_and_the_rest_goes_in(
    here: dict[str, str], engine: Engine, tmp_path: Path
) -> None:
    good = file(tmp_path, "good.json", openepd.write(declared.dataset(1)).content)
    late = file(tmp_path, "late.json", openepd.write(declared.dataset(2, valid_to=None)).content)
    broken = file(tmp_path, "broken.json", b"{")
    status, said = run(here, "import", good, late, "--commit")
    assert (status, recorded(engine)) == (1, (1, 1)), said
    assert "late.json #1" in said
    assert "no last day of validity" in said
    status, said = run(here, "import", broken, good, "--commit")
    assert status == 2, said
    assert "broken.json" in said
    generic = file(tmp_path, "g.json", openepd.write(declared.dataset(3, subtype=Subtype.GENERIC)).content)
    maker, product = factories.organisation().code, factories.product().code
    assert run(here, "import", generic, "--as", maker, "--product", product)[0] == 1


def test_one_declaration_twice_in_a_file_is_taken_once(
    here: dict[str, str], engine: Engine, tmp_path: Path
) -> None:
    lines = declared.table(2).decode("utf-8-sig").splitlines(keepends=True)
    table = file(tmp_path, "twice.csv", "".join([*lines, lines[-1]]).encode("utf-8-sig"))
    status, said = run(here, "import", table, "--commit")
    assert (status, recorded(engine)) == (1, (2, 2)), said
    assert "stands twice in one file" in said


def test_killed_half_way_and_sent_again_everything_is_there_once(
    here: dict[str, str], engine: Engine, tmp_path: Path
) -> None:
    table = file(tmp_path, "many.csv", declared.table(ROWS))
    words = [sys.executable, "-m", "frontend.cli", "import", table, "--commit"]
    process = subprocess.Popen(
        words, env={**os.environ, **here}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while process.poll() is None and recorded(engine)[0] == 0:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    contents, readings = recorded(engine)
    assert contents == readings, "a part stands whole or not at all"
    assert contents % PART == 0
    assert 0 < contents < ROWS
    status, said = run(here, "import", table, "--commit")
    assert (status, recorded(engine)) == (0, (ROWS, ROWS)), said
    assert f"{ROWS - contents} new, 0 replacing, {contents} known" in said
    with read_session(engine) as session:
        assert feed.verify(feed.every(session)) == 10 + 2 * ROWS


@pytest.mark.parametrize("ending", list(WRITERS))
def test_a_declaration_leaves_in_every_format_and_is_read_back(
    here: dict[str, str], tmp_path: Path, ending: str
) -> None:
    document = file(tmp_path, "x.json", openepd.write(declared.dataset()).content)
    assert run(here, "import", document, "--commit")[0] == 0
    out = tmp_path / f"out.{ending}"
    status, said = run(here, "export", TWICE, "--format", ending, "--output", str(out))
    assert status == 0, said
    (reading,) = read_file(out.read_bytes(), out.name)
    assert reading.dataset.number == declared.dataset().number
    status, said = run(here, "export", TWICE, "--format", "pdf")
    assert (status, "ilcd.zip" in said) == (2, True)


def test_an_export_of_what_is_no_declaration_says_which_number_to_take(
    here: dict[str, str], engine: Engine
) -> None:
    status, said = run(here, "export", "YS-E00000-00000-0")
    assert (status, "begins with YS-E" in " ".join(said.split())) == (2, True), said
    status, said = run(here, "export", factories.organisation().code)
    assert (status, "it is on record as: organisation" in " ".join(said.split())) == (2, True), said
    product = factories.product(50)
    fact = factories.declaration(50, product_ids=(product.id,))
    with write_session(engine) as session:
        drafts = [
            Draft(PRODUCT, product.id, factories.START, product),
            Draft(DECLARATION, fact.id, factories.START, fact),
        ]
        factories.record(session, drafts)
    status, said = run(here, "export", product.code)
    assert (status, fact.code in said) == (2, True), said
    status, said = run(here, "export", fact.code)
    assert (status, f"/api/v1/declarations/{fact.code}" in "".join(said.split())) == (2, True), said
