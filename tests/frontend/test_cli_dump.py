"""`greenmat dump` and `greenmat restore`: a folder from one site makes another; refusals are sentences."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from frontend.cli import app
from registry.changes import feed
from registry.dump import manifest
from registry.kit.db import make_engine, read_session, write_session
from registry.kit.settings import Settings
from registry.rebuild import ALL_KINDS
from tests import factories
from tests.databases import environment_of


@pytest.fixture
def backend() -> str:
    """The command is the same on both databases; what it calls is tested on each."""
    return "sqlite"


def run(environment: dict[str, str], *words: str) -> tuple[int, str]:
    found = CliRunner().invoke(app, words, env=environment)
    return found.exit_code, " ".join(found.output.split())


def test_a_folder_from_one_site_makes_another(engine: Engine, tmp_path: Path) -> None:
    with write_session(engine) as session:
        factories.record(session, factories.world())
    copy, other = str(tmp_path / "copy"), Settings(data_dir=tmp_path / "other")
    here = environment_of(engine)
    there = {**here, "GREENMAT_DATA_DIR": str(other.data_dir)}
    assert run(here, "dump", copy) == (0, f"10 records in {2 * len(ALL_KINDS)} files.")
    assert manifest.read(Path(copy)).position == 10
    assert run(there, "restore", copy) == (0, "10 records of the demonstration feed restored.")
    with read_session(make_engine(other)) as session:
        assert feed.verify(feed.every(session)) == 10
    for environment, words, sentence in (
        (here, ("dump", copy), "A dump is written into a new folder only."),
        (there, ("restore", copy), "重建只能写入空数据库"),
    ):
        status, said = run(environment, *words)
        assert (status, sentence in said) == (2, True), said
