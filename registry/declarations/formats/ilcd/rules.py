"""Which set of rules a document follows: by the UUID of a compliance system before any text."""

from collections.abc import Iterable
from typing import Literal

from registry.declarations.comparable import Generation, generation
from registry.declarations.dataset import Reference
from registry.declarations.formats.ilcd.codes import GENERATIONS, row_of

By = Literal["uuid", "text", "indicators", "stated", "none"]


def generation_of(compliance: Iterable[Reference], indicators: Iterable[str]) -> tuple[Generation, By, bool]:
    """The set, what told it, and whether that is doubtful: a bare `EN 15804` names no amendment."""
    systems = list(compliance)
    for one in systems:
        found = GENERATIONS.get(str(one.uuid))
        if found is not None:
            return found, "uuid", False
    texts = [name for one in systems for name in one.names.values()]
    for text in texts:
        family = generation(text)
        if family is not Generation.OTHER:
            return family, "text", False
    for uuid in indicators:
        row = row_of(uuid)
        if row is not None and row.generation is not None:
            return row.generation, "indicators", False
    if any("15804" in text for text in texts):
        return Generation.EN15804_A1, "text", True  # before 2019 there was nothing to name
    return Generation.OTHER, "none", True
