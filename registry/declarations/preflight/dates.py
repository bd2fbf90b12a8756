"""Checks of days: in order, as precise as they claim, inside what the rules and the civil day allow."""

from collections.abc import Iterator
from datetime import date, timedelta

from registry.declarations.dataset import Subtype
from registry.declarations.facts import PartialDay, Precision
from registry.declarations.preflight.conditions import (
    A1,
    DECLARED_EPD,
    EPD,
    GBT24067,
    GENERIC_EPD,
    LABEL,
    REPORT,
)
from registry.declarations.preflight.model import Family, Fault, Severity, at
from registry.declarations.preflight.view import View

checks = Family()
SOON = timedelta(days=90)
FIRST_YEAR = 1995  # the first type III declarations; an earlier year is a slip of the pen
GBT24067_ISSUED = date(2024, 8, 23)
LABEL_RULES = date(2025, 3, 1)
A2_ALONE = date(2022, 11, 1)
FIELDS = ("published", "embargo", "valid_from", "valid_to")


def stated(view: View) -> Iterator[tuple[str, PartialDay]]:
    for field in FIELDS:
        day: PartialDay | None = getattr(view.dataset, field)
        if day is not None:
            yield field, day


def years_after(day: date, years: int) -> date:
    """The same day some years on; 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


checks.ask(
    "valid-to-missing", Severity.ERROR, lambda view: view.dataset.valid_to is None, place="valid_to", when=EPD
)
checks.ask(
    "label-valid-to-missing",
    Severity.WARNING,
    lambda view: view.dataset.valid_to is None,
    place="valid_to",
    when=LABEL,
)
checks.ask(
    "report-day-missing",
    Severity.WARNING,
    lambda view: view.dataset.published is None and view.dataset.valid_from is None,
    place="published",
    when=REPORT,
)
checks.ask(
    "validity-start-missing", Severity.NOTE, lambda view: view.issued() is None, place="valid_from", when=EPD
)


@checks.check("validity-reversed", Severity.ERROR)
def validity_reversed(view: View) -> Iterator[Fault]:
    first, last = view.dataset.valid_from, view.dataset.valid_to
    if first and last and last.last_day() < first.day:
        yield at("valid_to", first=first.day, last=last.last_day())


@checks.check(
    "validity-over-five-years",
    Severity.WARNING,
    when=EPD,
    source="EN 15804, ISO 14025: usually 5 years (medium)",
)
def validity_over_five_years(view: View) -> Iterator[Fault]:
    first, last = view.issued(), view.dataset.valid_to
    if not first or not last:
        return
    if Precision.DAY in (first.precision, last.precision) and last.precision is not Precision.YEAR:
        # A month's grace: programmes count from registration or from publication.
        over = last.day > years_after(first.last_day(), 5) + timedelta(days=31)
    else:
        over = last.day.year > first.day.year + 5
    if over:
        yield at("valid_to", first=first.day, last=last.last_day())


@checks.check("validity-under-a-year", Severity.WARNING)
def validity_under_a_year(view: View) -> Iterator[Fault]:
    first, last = view.dataset.valid_from, view.dataset.valid_to
    if first and last and first.day <= last.last_day() < years_after(first.day, 1) - timedelta(days=1):
        yield at("valid_to", first=first.day, last=last.last_day())


@checks.check("expired", Severity.WARNING)
def expired(view: View) -> Iterator[Fault]:
    data, last = view.dataset, view.dataset.valid_to
    if last is None or last.last_day() >= view.context.day or last.day.year < FIRST_YEAR:
        return
    # Days in the wrong order are findings of their own.
    if all(day is None or day.day <= last.last_day() for day in (data.valid_from, data.published)):
        yield at("valid_to", last=last.last_day(), day=view.context.day)


@checks.check("expires-soon", Severity.NOTE)
def expires_soon(view: View) -> Iterator[Fault]:
    last = view.dataset.valid_to
    if last and last.precision is Precision.DAY and view.context.day <= last.day <= view.context.day + SOON:
        yield at("valid_to", last=last.day)


@checks.check("valid-to-year-only", Severity.NOTE)
def valid_to_year_only(view: View) -> Iterator[Fault]:
    last = view.dataset.valid_to
    if last and last.precision is not Precision.DAY and last.day <= view.context.day <= last.last_day():
        yield at("valid_to", year=last.day.year)


@checks.check(
    "valid-to-first-january",
    Severity.WARNING,
    source="a known fault of readers: the year read as 1 January (high)",
)
def valid_to_first_january(view: View) -> Iterator[Fault]:
    first, last = view.issued(), view.dataset.valid_to
    begins_so = first is not None and (first.day.month, first.day.day) in {(1, 1), (1, 2)}
    if (
        last
        and last.precision is Precision.DAY
        and (last.day.month, last.day.day) == (1, 1)
        and not begins_so
    ):
        yield at("valid_to", last=last.day)


@checks.check("not-yet-valid", Severity.NOTE)
def not_yet_valid(view: View) -> Iterator[Fault]:
    first = view.dataset.valid_from
    if first and first.day > view.context.day:
        yield at("valid_from", first=first.day)


@checks.check("published-in-future", Severity.WARNING)
def published_in_future(view: View) -> Iterator[Fault]:
    day = view.dataset.published
    if day and day.day > view.context.day:
        yield at("published", published=day.day, day=view.context.day)


@checks.check("published-after-expiry", Severity.ERROR)
def published_after_expiry(view: View) -> Iterator[Fault]:
    day, last = view.dataset.published, view.dataset.valid_to
    if day and last and day.day > last.last_day():
        yield at("published", published=day.day, last=last.last_day())


@checks.check("published-before-data", Severity.WARNING)
def published_before_data(view: View) -> Iterator[Fault]:
    day, year = view.dataset.published, view.dataset.reference_year
    if day and year and day.day.year >= FIRST_YEAR and day.day.year < year <= view.context.day.year:
        yield at("published", published=day.day, year=year)


@checks.check("published-far-from-start", Severity.WARNING)
def published_far_from_start(view: View) -> Iterator[Fault]:
    day, first = view.dataset.published, view.dataset.valid_from
    if day and first and day.day.year >= FIRST_YEAR and first.day.year >= FIRST_YEAR:
        apart = max(day.day - first.last_day(), first.day - day.last_day())
        if apart > timedelta(days=366):
            yield at("published", published=day.day, first=first.day)


@checks.check("embargo-in-force", Severity.ERROR)
def embargo_in_force(view: View) -> Iterator[Fault]:
    day, last = view.dataset.embargo, view.dataset.valid_to
    ends = last is not None and last.last_day() < (day or last).day
    if day and day.last_day() > view.context.day and not ends:
        yield at("embargo", embargo=day.last_day())


@checks.check("embargo-after-expiry", Severity.WARNING)
def embargo_after_expiry(view: View) -> Iterator[Fault]:
    day, last = view.dataset.embargo, view.dataset.valid_to
    if day and last and last.last_day() < day.day:
        yield at("embargo", embargo=day.day, last=last.last_day())


@checks.check("embargo-after-publication", Severity.NOTE)
def embargo_after_publication(view: View) -> Iterator[Fault]:
    day, published = view.dataset.embargo, view.dataset.published
    if day and published and published.last_day() < day.day <= view.context.day:
        yield at("embargo", embargo=day.day, published=published.day)


@checks.check("published-roughly", Severity.NOTE)
def published_roughly(view: View) -> Iterator[Fault]:
    day = view.dataset.published
    if day and day.precision is not Precision.DAY:
        yield at("published", published=day.day.year)


@checks.check("date-absurd", Severity.ERROR)
def date_absurd(view: View) -> Iterator[Fault]:
    for field, day in stated(view):
        if not FIRST_YEAR <= day.day.year <= view.context.day.year + 30:
            yield at(field, day=day.day)


checks.ask(
    "reference-year-missing",
    Severity.NOTE,  # openEPD has no place for it
    lambda view: view.dataset.reference_year is None,
    place="reference_year",
)


@checks.check("reference-year-future", Severity.ERROR)
def reference_year_future(view: View) -> Iterator[Fault]:
    year = view.dataset.reference_year
    if year and year > view.context.day.year:
        yield at("reference_year", year=year)


def _age(view: View) -> int | None:
    """Years between the data and the day the declaration counts from."""
    first, year = view.issued(), view.dataset.reference_year
    return None if first is None or year is None or first.day.year < FIRST_YEAR else first.day.year - year


@checks.check(
    "reference-year-old",
    Severity.WARNING,
    when=DECLARED_EPD,
    source="EN 15804: makers' data at most 5 years old (medium)",
)
def reference_year_old(view: View) -> Iterator[Fault]:
    age = _age(view)
    if age is not None and age > 5:
        yield at("reference_year", year=view.dataset.reference_year, years=age)


@checks.check(
    "reference-year-old-generic",
    Severity.WARNING,
    when=GENERIC_EPD,
    source="EN 15804: generic data at most 10 years old (medium)",
)
def reference_year_old_generic(view: View) -> Iterator[Fault]:
    age = _age(view)
    if age is not None and age > 10 and view.dataset.subtype is not Subtype.TEMPLATE:
        yield at("reference_year", year=view.dataset.reference_year, years=age)


@checks.check(
    "rules-not-yet-issued", Severity.ERROR, when=GBT24067, source="GB/T 24067-2024, issued 2024-08-23 (high)"
)
def rules_not_yet_issued(view: View) -> Iterator[Fault]:
    day = view.issued()
    if day and day.last_day() < GBT24067_ISSUED and day.day.year >= FIRST_YEAR:
        yield at("generation", day=day.day, issued=GBT24067_ISSUED)


@checks.check(
    "label-before-its-rules",
    Severity.WARNING,
    when=LABEL,
    source="产品碳足迹标识认证通用实施规则（试行）, March 2025 (high)",
)
def label_before_its_rules(view: View) -> Iterator[Fault]:
    day = view.issued()
    if day and GBT24067_ISSUED <= day.last_day() < LABEL_RULES:
        yield at("published", day=day.day)


@checks.check("amendment-replaced", Severity.NOTE, when=A1, source="EN 15804+A2 alone since 2022-11 (low)")
def amendment_replaced(view: View) -> Iterator[Fault]:
    day = view.issued()
    if day and day.day >= A2_ALONE:
        yield at("generation", day=day.day)


@checks.check("replaces-itself", Severity.ERROR)
def replaces_itself(view: View) -> Iterator[Fault]:
    earlier, data = view.dataset.replaces, view.dataset
    if earlier and earlier.uuid and (earlier.uuid, earlier.version) == (data.uuid, data.version):
        yield at("replaces", uuid=earlier.uuid)
