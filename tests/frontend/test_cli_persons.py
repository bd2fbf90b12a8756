"""`greenmat persons`: nothing goes unless told, the feed verifies afterwards, and the act is listed."""

import pytest
from sqlalchemy import Engine

from registry.access.actors import OPERATOR
from registry.declarations.documents import kept_readings, persons
from registry.declarations.documents.entering import About, enter
from registry.declarations.documents.kept_readings import File, Saving
from registry.declarations.formats.reading import Person
from registry.kit.db import read_session, write_session
from registry.kit.ids import derived
from tests import declared, factories
from tests.databases import environment_of, settings_of
from tests.factories import NOW
from tests.frontend.declaration_site import TWICE
from tests.frontend.test_cli_dump import run

PERSON = Person(role="verifier", name="示例核查员（虚构）", place="/x")
KEY = derived("declared", "uuid", str(declared.UUIDS[1]))
ERASE = ("persons", "erase", "--reason", "2026-17 号申请")


@pytest.fixture
def here(engine: Engine) -> dict[str, str]:
    reading = declared.reading(persons=(PERSON,))
    with write_session(engine) as session:
        factories.record(session, factories.world())
        entered = enter(session, reading, About(), actor=OPERATOR, today=NOW.date())
        file = File("示例.xml", "a" * 64, "machine")
        kept_readings.save(session, reading, entered, file, Saving(OPERATOR, NOW))
    return environment_of(settings_of(engine))


def left(engine: Engine) -> int:
    with read_session(engine) as session:
        return len(persons.of_declaration(session, KEY, actor=OPERATOR))


def test_looked_at_first_then_erased_and_noted(here: dict[str, str], engine: Engine) -> None:
    status, said = run(here, *ERASE, "--declaration", TWICE)
    assert (status, left(engine)) == (0, 1), said
    assert PERSON.name in said
    assert TWICE in said
    assert "nothing erased" in said
    status, said = run(here, *ERASE, "--name", PERSON.name, "--commit")
    assert (status, left(engine)) == (0, 0), said
    assert "1 erased" in said
    status, said = run(here, "verify-feed")
    assert (status, "all intact" in said) == (0, True), said
    _, said = run(here, "persons", "erasures")
    assert "2026-17" in said
    assert PERSON.name not in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Nobody is named"),
        (("--declaration", "YS-E00000-00000-0"), "was not found"),
        (("--name", "x", "--commit"), "Nobody found"),
    ],
)
def test_what_cannot_be_done_is_said(
    here: dict[str, str], engine: Engine, arguments: tuple[str, ...], said: str
) -> None:
    status, told = run(here, *ERASE, *arguments)
    assert said in " ".join(told.split())
    assert left(engine) == 1
    assert status == (0 if "--commit" in arguments else 2)
