"""`greenmat dump` and `greenmat restore`: a folder from one site makes another; refusals are sentences."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine
from typer.testing import CliRunner

from frontend.cli import app
from registry.changes import feed
from registry.dump import manifest
from registry.kit.db import open_engine, read_session, write_session
from registry.kit.settings import Settings
from registry.rebuild import ALL_KINDS
from tests import factories
from tests.databases import environment_of, settings_of


def run(environment: dict[str, str], *words: str) -> tuple[int, str]:
    found = CliRunner().invoke(app, words, env=environment)
    return found.exit_code, " ".join(found.output.split())


def test_a_folder_from_one_site_makes_another(
    engine: Engine, new_database: Callable[[], Settings], tmp_path: Path
) -> None:
    with write_session(engine) as session:
        factories.record(session, factories.world())
    copy, other = str(tmp_path / "copy"), new_database()
    here, there = environment_of(settings_of(engine)), environment_of(other)
    assert run(here, "dump", copy) == (0, f"10 records in {2 * len(ALL_KINDS)} files.")
    assert manifest.read(Path(copy)).position == 10
    assert run(there, "restore", copy) == (0, "10 records of the demonstration feed restored.")
    with open_engine(other) as restored, read_session(restored) as session:
        assert feed.verify(feed.every(session)) == 10
    for environment, words, sentence in (
        (here, ("dump", copy), "A dump is written into a new folder only."),
        (there, ("restore", copy), "重建只能写入空数据库"),
    ):
        status, said = run(environment, *words)
        assert (status, sentence in said) == (2, True), said
