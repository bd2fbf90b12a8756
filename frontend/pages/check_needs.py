"""What each line of a check still needs from the user; every line is in exactly one place."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from hashlib import sha256

from catalogue.bom.matching import same_words
from catalogue.checks import service
from catalogue.checks.inputs import Standing
from catalogue.checks.mending import unmended
from catalogue.checks.state import LineState
from frontend.pages.words import Words


class Need(StrEnum):
    PROVEN = "proven"
    CONFIRMED = "confirmed"
    OPEN = "open"
    NOT_FOUND = "not-found"
    NONE = "none"
    NOT_A_MATERIAL = "not-a-material"
    REPAIR = "repair"


PLACE = re.compile(r"[0-9]{1,5}")
WORK = frozenset({Need.OPEN, Need.NOT_FOUND, Need.REPAIR})
CHOSEN = frozenset({Standing.PROVEN, Standing.CONFIRMED})
_DECIDED = {Standing.PROVEN: Need.PROVEN, Standing.CONFIRMED: Need.CONFIRMED, Standing.NONE: Need.NONE}


def need(line: LineState) -> Need:
    """A wrong cell comes first, then the product, then the kind it counts as."""
    if line.standing is Standing.NOT_A_MATERIAL:
        return Need.NOT_A_MATERIAL
    given = service.line_input(line)
    if given.quantity is None or given.unit is None or unmended(line):
        return Need.REPAIR
    if line.standing is Standing.OPEN:
        return Need.OPEN if line.candidates else Need.NOT_FOUND
    return Need.OPEN if lacking(line) else _DECIDED[line.standing]


def lacking(line: LineState) -> tuple[str, ...]:
    """What a decided line still needs before it can be judged."""
    if line.standing in {Standing.OPEN, Standing.NOT_A_MATERIAL}:
        return ()
    given = service.line_input(line)
    wants = {
        "cell": given.quantity is None or given.unit is None or bool(unmended(line)),
        "material": line.material_kind is None,
        "kind": line.ratio_kind_open,
    }
    return (*(name for name, stands in wants.items() if stands), *line.lacks)


def said_lacks(lacks: Iterable[str], words: Words) -> str:
    return words.listed(words.say(f"check.lack.{one}") for one in lacks)


def standing_value(line: LineState) -> str:
    """The product a line stands at, or the word for none; empty while it is open."""
    if line.standing in CHOSEN:
        return str(line.product_id)
    return {Standing.NONE: "none", Standing.NOT_A_MATERIAL: "not-a-material"}.get(line.standing, "")


def seen(line: LineState) -> str:
    """How a line stood when a form was made of it: marks of the checked radio and of everything decided."""
    decided = line.model_dump_json(exclude={"line", "candidates", "conflicts", "unlisted"})
    return f"{mark(standing_value(line))}.{mark(decided)}"


def mark(value: str) -> str:
    """Short, since a page carries twenty-five, and enough to tell a line from what became of it."""
    return sha256(value.encode()).hexdigest()[:6]


def brought(text: str) -> Mapping[int, str]:
    """Which lines a form was made of, each as it stood then; what is no such text names no line."""
    pairs = (part.partition(":") for part in text.split(" "))
    return {int(place): stood for place, colon, stood in pairs if colon and PLACE.fullmatch(place)}


def counts(lines: Iterable[LineState]) -> Mapping[Need, int]:
    found = Counter(need(line) for line in lines)
    return {one: found[one] for one in Need}


def twins(lines: Sequence[LineState]) -> Mapping[tuple[str, ...], int]:
    """How many lines say the same of a material."""
    return Counter(same_words(line.line) for line in lines)


def shape(lines: Sequence[LineState]) -> str:
    """Changes when the lines themselves do, so that what was typed never lands on another line."""
    return sha256("\n".join(line.line_id for line in lines).encode()).hexdigest()[:12]
