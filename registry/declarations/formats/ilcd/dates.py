"""When a declaration was published and until when it holds, each as precise as the document says it.

Validity: the stated day, else the second of two ISO dates in the text on time where its year is the year
of validity, else the year. The real end of a year alone may be earlier than 31 December.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from registry.declarations.facts import PartialDay, Precision
from registry.declarations.formats.ilcd.taking import Node, Taking, branch, many, text

_ISO = re.compile(r"(?<![0-9])([0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9])")
_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:T.*|Z|[+-][0-9]{2}:[0-9]{2})?")
_YEARS = range(1900, 2201)
_HALF_DAY = timedelta(hours=12)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PLACE = "processInformation/time"


@dataclass(frozen=True, slots=True)
class Times:
    """The dates of a document."""

    reference_year: int | None = None
    published: PartialDay | None = None
    valid_to: PartialDay | None = None


def times(tree: Node, extension: Node, taking: Taking) -> Times:
    """`extension` holds what stands under `other` of the time section."""
    node = branch(tree, "processInformation", "time")
    reference = _year(node, "referenceYear")
    year = _year(node, "dataSetValidUntil")
    stated = _day(extension, "expirationDateOfEPD")
    published = _day(extension, "publicationDateOfEPD")
    first, second = _described(node)
    if published is None and first is not None:
        published = first
        taking.defaulted("ilcd.published-from-text", f"{_PLACE}/timeRepresentativenessDescription")
    valid_to = _valid(year, stated, second, taking)
    if valid_to is not None and published is not None and valid_to.last_day() < published:
        taking.doubt("ilcd.ends-before-it-begins", _PLACE)
    return Times(
        reference, PartialDay(day=published, precision=Precision.DAY) if published else None, valid_to
    )


def _valid(
    year: int | None, stated: date | None, described: date | None, taking: Taking
) -> PartialDay | None:
    if stated is not None:
        taking.origins["valid_to"] = f"{taking.base}{_PLACE}/other/expirationDateOfEPD"
        if year is not None and year != stated.year:
            taking.doubt("ilcd.year-and-day-differ", _PLACE, year=str(year), day=stated.isoformat())
        return PartialDay(day=stated, precision=Precision.DAY)
    if year is None:
        return None
    if described is not None and described.year == year:
        taking.origins["valid_to"] = f"{taking.base}{_PLACE}/timeRepresentativenessDescription"
        return PartialDay(day=described, precision=Precision.DAY)
    taking.origins["valid_to"] = f"{taking.base}{_PLACE}/dataSetValidUntil"
    taking.defaulted("ilcd.valid-to-year", f"{_PLACE}/dataSetValidUntil", year=str(year))
    return PartialDay(day=date(year, 1, 1), precision=Precision.YEAR)


def _year(node: Node, key: str) -> int | None:
    value = node.get(key)
    plain = str(value).strip() if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    if not re.fullmatch("[0-9]{4}", plain) or int(plain) not in _YEARS:
        return None  # stays behind and is reported
    text(node, key)
    return int(plain)


def _day(extension: Node, name: str) -> date | None:
    """The first day under a name: ISO, or milliseconds since 1970."""
    listed = many(extension.get(name))
    if not listed:
        return None
    found = _read(listed[0])
    if found is not None:
        extension[name] = listed[1:]
    return found


def _read(value: object) -> date | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return _from_milliseconds(value)
    match = _DATE.fullmatch(value.strip()) if isinstance(value, str) else None
    return _iso(match[1]) if match else None


def _from_milliseconds(value: int) -> date | None:
    """Servers write midnight, some of them their own; half a day leads into the day meant in both cases."""
    try:
        found = (_EPOCH + timedelta(milliseconds=value) + _HALF_DAY).date()
    except OverflowError:
        return None
    return found if found.year in _YEARS else None


def _iso(plain: str) -> date | None:
    try:
        found = date.fromisoformat(plain)
    except ValueError:
        return None
    return found if found.year in _YEARS else None


def _described(node: Node) -> tuple[date | None, date | None]:
    """The two dates some programmes write into the text on time; the text itself stays behind."""
    for one in many(node.get("timeRepresentativenessDescription")):
        plain = one.get("value") if isinstance(one, dict) else one
        found = (
            [day for match in _ISO.findall(plain) if (day := _iso(match))] if isinstance(plain, str) else []
        )
        if len(found) == 2 and found[0] <= found[1]:
            return found[0], found[1]
    return None, None
