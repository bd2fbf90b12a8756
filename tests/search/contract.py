"""The engines every contract test runs on; an adapter joins by adding its factory here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from search.engine.embedded import EmbeddedEngine
from search.engine.ports import SearchEngine, Writer
from search.engine.writer import EmbeddedWriter


@dataclass(frozen=True, slots=True)
class Installed:
    """One engine's two sides over the same place; `reader` opens another, as a second process would."""

    writer: Writer
    engine: SearchEngine
    reader: Callable[[], SearchEngine]


def _embedded(place: Path) -> Installed:
    return Installed(EmbeddedWriter(place), EmbeddedEngine(place), lambda: EmbeddedEngine(place))


ENGINES: Mapping[str, Callable[[Path], Installed]] = {"embedded": _embedded}
