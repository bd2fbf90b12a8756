"""What a reader asks of the product search: the address read into filters, limits and an order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from frontend.forms import Pairs, Unreadable, read_decimal
from search.documents.fields import Field
from search.documents.product import Status
from search.engine.ports import Sort

USUAL_STATUS = Status.VALID.value
EVERY_STATUS = "all"
FILTERS = (
    Field.KIND, Field.PERFORMANCE, Field.PROVINCE, Field.STATUS, Field.STAR,
    Field.EVIDENCE, Field.DATA_KIND, Field.MAKER_ID,
)  # fmt: skip
PLACE = ("near", "within")
NAMES = frozenset((*FILTERS, *PLACE, "q", "max", "level", "basis", "sort", "page"))
LONGEST = 200


class Level(StrEnum):
    """A cut-off of the class: the lowest fifth, the lower half, all but the highest fifth."""

    P20 = "p20"
    P50 = "p50"
    P80 = "p80"


@dataclass(frozen=True, slots=True)
class Criteria:
    """The query as asked. `pairs` rebuild the address; unknown names and empty values are not in it."""

    pairs: tuple[tuple[str, str], ...]
    text: str
    chosen: Mapping[Field, tuple[str, ...]]
    level: Level | None
    basis: str
    limit: Decimal | None
    limit_text: str
    limit_wrong: bool
    sort: Sort

    @property
    def kind(self) -> str | None:
        """The one kind that is looked at, if it is one."""
        kinds = self.chosen.get(Field.KIND, ())
        return kinds[0] if len(kinds) == 1 else None

    @property
    def wants_figures(self) -> bool:
        """Whether footprints are to be compared, which only one basis allows."""
        return self.sort in (Sort.GWP, Sort.GWP_DOWN) or self.level is not None or self.limit is not None

    def only(self, names: Sequence[str]) -> tuple[tuple[str, str], ...]:
        return tuple(pair for pair in self.pairs if pair[0] in names)


def read(query: Pairs) -> Criteria:
    """Total: whatever stands in the address, something sensible is asked."""
    pairs = tuple(
        (name, value[:LONGEST])
        for name, value in dict.fromkeys(query)
        if name in NAMES and value.strip() and "\x00" not in value
    )
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value.strip())
    limit_text = given.get("max", [""])[0]
    limit, wrong = _limit(limit_text)
    level, sort = given.get("level", [""])[0], given.get("sort", [""])[0]
    return Criteria(
        pairs=pairs,
        text=next((value for name, value in pairs if name == "q"), ""),
        chosen=_chosen(given),
        level=Level(level) if level in tuple(Level) else None,
        basis=given.get("basis", [""])[0],
        limit=limit,
        limit_text=limit_text,
        limit_wrong=wrong,
        sort=Sort(sort) if sort in tuple(Sort) else Sort.RELEVANCE,
    )


def _limit(text: str) -> tuple[Decimal | None, bool]:
    try:
        value = read_decimal(text)
    except Unreadable:
        return None, True
    too_long = value is not None and (value < 0 or abs(value.adjusted()) > 11)
    return (None, True) if too_long else (value, False)


def _chosen(given: Mapping[str, Sequence[str]]) -> dict[Field, tuple[str, ...]]:
    """Valid certificates only, unless something else is asked for; 'all' asks for every state."""
    found = {field: tuple(given.get(field, ())) for field in FILTERS}
    if not found[Field.STATUS]:
        found[Field.STATUS] = (USUAL_STATUS,)
    if EVERY_STATUS in found[Field.STATUS]:
        found[Field.STATUS] = ()
    return {field: values for field, values in found.items() if values}
