"""The operator's command: one look appended to the feed, in a role, with the digest of a file kept out."""

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner

from frontend.cli import app
from registry.changes.reading import every, point
from registry.crosschecks.facts import CrossCheckFact
from registry.crosschecks.service import CROSS_CHECK
from registry.kit import clock
from registry.kit.db import read_session, write_session
from tests import factories
from tests.databases import environment_of, settings_of

CODE = factories.certificate().code


@pytest.fixture
def run(engine: Engine) -> Callable[..., int]:
    """Runs the command on a small register of its own."""
    with write_session(engine) as session:
        factories.record(session, factories.world())
    environment = environment_of(settings_of(engine))

    def command(*options: str) -> int:
        return CliRunner().invoke(app, ["cross-check", *options], env=environment).exit_code

    return command


def looks(engine: Engine) -> list[CrossCheckFact]:
    with read_session(engine) as session:
        return [known.fact for known in every(session, CROSS_CHECK, point(session, date.max))]


def test_a_look_is_recorded_with_its_day_role_and_digest(
    run: Callable[..., int], engine: Engine, tmp_path: Path
) -> None:
    picture = tmp_path / "shot.png"
    picture.write_bytes(b"pixels")
    options = ("--platform", "演示平台（虚构）", "--result", "agrees", "--screenshot", str(picture))
    before = clock.civil_day(clock.now())
    assert run(CODE.lower(), *options, "--recheck-in", "30") == 0
    (look,) = looks(engine)
    assert look.certificate_id == factories.certificate().id
    assert look.number == factories.certificate().number
    assert (look.looker, look.result) == ("operator", "agrees")
    assert before <= look.checked_on <= clock.civil_day(clock.now())
    assert look.screenshot_sha256 == sha256(b"pixels").hexdigest()
    assert look.recheck_due is not None
    assert (look.recheck_due - look.checked_on).days == 30


def test_a_platform_that_was_not_reached_sets_no_due_day(run: Callable[..., int], engine: Engine) -> None:
    assert run(CODE, "--platform", "演示平台（虚构）", "--result", "unreachable") == 0
    assert [look.recheck_due for look in looks(engine)] == [None]


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
    run: Callable[..., int], engine: Engine, options: tuple[str, ...]
) -> None:
    assert run(*options) == 2
    assert looks(engine) == []
