"""The operator's command: one look appended to the feed, in a role, with the digest of a file kept out."""

import os
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import CliRunner

from frontend.cli import app
from registry.changes import feed
from registry.changes.reading import every, point
from registry.crosschecks.facts import CrossCheckFact
from registry.crosschecks.service import CROSS_CHECK
from registry.kit import clock
from registry.kit.db import make_engine, read_session, write_session
from registry.kit.settings import Settings
from tests import databases, factories

CODE = factories.certificate().code


@pytest.fixture
def run(sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Runs the command on a small register of its own."""
    settings = databases.sqlite_copy(sqlite_template, tmp_path)
    engine = make_engine(settings)
    with write_session(engine) as session:
        feed.start(session, "demonstration")
        factories.record(session, factories.world())
    engine.dispose()
    monkeypatch.setenv("GREENMAT_DATA_DIR", str(settings.data_dir))

    def command(*options: str) -> int:
        return CliRunner().invoke(app, ["cross-check", *options]).exit_code

    return command


def looks(folder: str) -> list[CrossCheckFact]:
    engine = make_engine(Settings(data_dir=Path(folder)))
    with read_session(engine) as session:
        found = [known.fact for known in every(session, CROSS_CHECK, point(session, date.max))]
    engine.dispose()
    return found


@pytest.fixture
def folder(run: Callable[..., int]) -> str:

    return os.environ["GREENMAT_DATA_DIR"]


def test_a_look_is_recorded_with_its_day_role_and_digest(
    run: Callable[..., int], folder: str, tmp_path: Path
) -> None:
    picture = tmp_path / "shot.png"
    picture.write_bytes(b"pixels")
    options = ("--platform", "演示平台（虚构）", "--result", "agrees", "--screenshot", str(picture))
    before = clock.civil_day(clock.now())
    assert run(CODE.lower(), *options, "--recheck-in", "30") == 0
    (look,) = looks(folder)
    assert look.certificate_id == factories.certificate().id
    assert look.number == factories.certificate().number
    assert (look.looker, look.result) == ("operator", "agrees")
    assert before <= look.checked_on <= clock.civil_day(clock.now())
    assert look.screenshot_sha256 == sha256(b"pixels").hexdigest()
    assert look.recheck_due is not None
    assert (look.recheck_due - look.checked_on).days == 30


def test_a_platform_that_was_not_reached_sets_no_due_day(run: Callable[..., int], folder: str) -> None:
    assert run(CODE, "--platform", "演示平台（虚构）", "--result", "unreachable") == 0
    assert [look.recheck_due for look in looks(folder)] == [None]


@pytest.mark.parametrize(
    "options",
    [
        ("YS-C00000-00000-0", "--platform", "x", "--result", "agrees"),
        (CODE, "--platform", "x", "--result", "differs"),
        (CODE, "--platform", "x", "--result", "agrees", "--differences", "对不上"),
        (CODE, "--platform", "", "--result", "agrees"),
        (CODE, "--platform", "x", "--result", "fine"),
        (CODE, "--platform", "x", "--result", "agrees", "--screenshot", "no-such-file.png"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_recorded(
    run: Callable[..., int], folder: str, options: tuple[str, ...]
) -> None:
    assert run(*options) == 2
    assert looks(folder) == []
