"""The seeded site once per test process, behind a real web server on a fixed day."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.journeys import places
from tests.journeys.driving import HEIGHT, Visitor
from tests.journeys.live import serving
from tests.seeded import TODAY, Seeded


@pytest.fixture(scope="session")
def live(seeded: Seeded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the seeded site; visitors may upload, nobody else reads what they leave."""
    with (
        seeded.copy(tmp_path_factory.mktemp("live")) as settings,
        serving(settings, day=TODAY) as address,
    ):
        yield address


@pytest.fixture(scope="module")
def town(seeded: Seeded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The seeded site for one module alone: it publishes."""
    with seeded.copy(tmp_path_factory.mktemp("town")) as settings, serving(settings, day=TODAY) as address:
        yield address


Where = Callable[[str, str], str]


@pytest.fixture(scope="session")
def where(browser: Any, live: str) -> Where:
    """The address of a place in a language; places of checks and kept searches lead into ones made once."""
    context = browser.new_context(service_workers="block")
    tab = context.new_page()
    made = places.make_check(tab, live) | places.keep_search(tab, live) | places.keep_limit(tab, live)
    context.close()
    named = places.PLACES | places.ANSWERS
    return lambda name, lang: live + named[name].format(lang=lang, **made)


Visits = Callable[..., Visitor]


@pytest.fixture
def visits(browser: Any, live: str) -> Iterator[Visits]:
    """Opens a tab of its own for a task; a script that fails or complains fails the test."""
    opened, said = [], []

    def visit(*, width: int, most: int, scripts: bool = True) -> Visitor:
        context = browser.new_context(
            viewport={"width": width, "height": HEIGHT}, java_script_enabled=scripts, service_workers="block"
        )
        context.set_default_timeout(20_000)  # of a busy machine
        opened.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text) if _complains(message, page) else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        return Visitor(page, live, most=most, scripts=scripts)

    yield visit
    for context in opened:
        context.close()
    assert said == []


def _complains(message: Any, page: Any) -> bool:
    """Chromium also reports a page that is rightly answered with 404; a missing part of a page counts."""
    return "Failed to load resource" not in message.text or message.location["url"] != page.url
