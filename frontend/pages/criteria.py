"""What a reader asks of the product search: the address read into filters, limits and an order."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from frontend.forms import Pairs, Unreadable, read_decimal
from search.documents.fields import Field
from search.documents.product import Status
from search.engine.ports import GWP, Sort
from search.query.comparisons import Comparison, without
from search.query.known import Attributes
from search.query.limits import LIMITS, is_attribute
from search.query.parse import CLOSED
from search.query.reading import Problem, whole_region
from search.text.words import understand

USUAL_STATUS = Status.VALID.value
EVERY_STATUS = "all"
FILTERS = (
    Field.KIND, Field.PERFORMANCE, Field.PROVINCE, Field.STATUS, Field.STAR,
    Field.EVIDENCE, Field.DATA_KIND, Field.GROUP, Field.REGION, Field.SCHEME, Field.VERIFICATION,
    Field.MAKER_ID,
)  # fmt: skip
PLACE = ("near", "within")
ALIAS, MAX = "gwp_max", "max"  # the interface's name of the limit that has a field here
CARRIED = tuple(name for name in LIMITS if name != ALIAS)  # other limits of an address: chips of their own
ON_DAY = "valid_on"  # of these the one with a field
FIGURE_LIMITS = frozenset(name for name in CARRIED if name.startswith(GWP))
NAMES = frozenset((*FILTERS, *PLACE, *CARRIED, "q", MAX, "level", "basis", "sort", "page"))
LONGEST = 200
NAMED = 60  # characters of a value that are printed again


class Level(StrEnum):
    """A cut-off of the class: the lowest fifth, the lower half, all but the highest fifth."""

    P20 = "p20"
    P50 = "p50"
    P80 = "p80"


@dataclass(frozen=True, slots=True)
class Criteria:
    """The query as asked. `pairs` rebuild the address; what cannot be used is in `problems` instead.

    `unread` is a text without a single word in it: signs, blanks, pictures; `compared` are limits in it.
    """

    pairs: tuple[tuple[str, str], ...]
    text: str
    chosen: Mapping[Field, tuple[str, ...]]
    level: Level | None
    basis: str
    limit: Decimal | None
    limit_text: str
    limit_wrong: bool
    sort: Sort
    unread: bool = False
    problems: tuple[Problem, ...] = ()
    compared: tuple[Comparison, ...] = ()

    @property
    def words(self) -> str:
        """What is looked for as words: the text without the limits it names."""
        return without(self.text, self.compared) if self.compared else self.text

    @property
    def kind(self) -> str | None:
        """The one kind that is looked at, if it is one."""
        kinds = self.chosen.get(Field.KIND, ())
        return kinds[0] if len(kinds) == 1 else None

    @property
    def wants_figures(self) -> bool:
        """Whether footprints are to be compared, which only one basis allows."""
        if self.sort in (Sort.GWP, Sort.GWP_DOWN) or self.level is not None or self.limit is not None:
            return True
        return any(name in FIGURE_LIMITS for name, _ in self.pairs)

    def only(self, names: Sequence[str]) -> tuple[tuple[str, str], ...]:
        return tuple(pair for pair in self.pairs if pair[0] in names)


def read(query: Pairs) -> Criteria:
    """Total: whatever stands in the address, something sensible is asked."""
    query, problems = _aliased(query)
    problems += _problems(query)
    pairs = tuple(
        (name, whole_region(value.strip()) if name == Field.REGION else value[:LONGEST])
        for name, value in dict.fromkeys(query)
        if is_named(name) and value.strip() and "\x00" not in value and _usable(name, value)
    )
    typed = next((value for name, value in query if name == "q"), "")
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
        unread=bool(typed) and not understand(typed).words,
        problems=problems,
    )


def _aliased(query: Pairs) -> tuple[Pairs, tuple[Problem, ...]]:
    """With the field's own name for the interface's; the field is what holds where both are given."""
    names = {name for name, value in query if value.strip()}
    if ALIAS not in names:
        return query, ()
    if MAX not in names:
        return [(MAX if name == ALIAS else name, value) for name, value in query], ()
    said = next(value.strip() for name, value in query if name == ALIAS)[:NAMED]
    twice = Problem("search.compared-twice", MAX, {"name": MAX, "said": f"{ALIAS}={said}"})
    return [pair for pair in query if pair[0] != ALIAS], (twice,)


def known_only(criteria: Criteria, known: Mapping[Field, Container[str]], attributes: Attributes) -> Criteria:
    """Without the values that no record has; each is named instead of shutting everything out."""
    criteria = _of_attributes(criteria, attributes)
    unknown = [
        (field, value)
        for field, values in known.items()
        for value in criteria.chosen.get(field, ())
        if value not in values
    ]
    if not unknown:
        return criteria
    chosen = {
        field: kept
        for field, values in criteria.chosen.items()
        if (kept := tuple(value for value in values if (field, value) not in unknown))
    }
    return replace(
        criteria,
        pairs=tuple(pair for pair in criteria.pairs if (pair[0], pair[1].strip()) not in unknown),
        chosen=chosen,
        problems=(*criteria.problems, *(_unknown(field, value) for field, value in unknown)),
    )


def _of_attributes(criteria: Criteria, known: Attributes) -> Criteria:
    """Without typed attributes that no kind has, and values that are not on their closed lists."""
    typed = dict.fromkeys(pair for pair in criteria.pairs if is_attribute(pair[0]))
    names = dict.fromkeys(name for name, _ in typed if not known.names(name))
    values = [pair for pair in typed if pair[0] not in names and not known.takes(pair[0], pair[1].strip())]
    if not names and not values:
        return criteria
    left = tuple(pair for pair in criteria.pairs if pair[0] not in names and pair not in values)
    said = [_unknown_name(name) for name in names] + [_unknown(name, value.strip()) for name, value in values]
    return replace(criteria, pairs=left, problems=(*criteria.problems, *said))


def is_named(name: str) -> bool:
    """Whether the page reads a parameter; typed attributes have their own names: attr.strength_class."""
    return name in NAMES or is_attribute(name)


def _usable(name: str, value: str) -> bool:
    """Whether a value is one of a closed list, where its name has one."""
    known: dict[str, Container[str]] = {field.value: values for field, values in CLOSED.items()}
    known |= {"status": (*CLOSED[Field.STATUS], EVERY_STATUS), "sort": tuple(Sort), "level": tuple(Level)}
    return name not in known or value.strip() in known[name]


def _problems(query: Pairs) -> tuple[Problem, ...]:
    """Every name, value or length that is left out, in the order of the address."""
    found: list[Problem] = []
    for name, value in dict.fromkeys(query):
        if not is_named(name):
            found.append(_unknown_name(name))
        elif name == "q" and len(value) > LONGEST:
            found.append(Problem("search.text-shortened", name, {"limit": LONGEST}))
        elif value.strip() and not _usable(name, value):
            found.append(_unknown(name, value.strip()))
    return tuple(found)


def _unknown_name(name: str) -> Problem:
    return Problem("search.unknown-parameter", name, {"name": name[:NAMED]})


def _unknown(name: str, value: str) -> Problem:
    return Problem("search.unknown-value", name, {"name": name, "value": value[:NAMED]})


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
