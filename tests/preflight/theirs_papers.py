"""Faults of the papers: standards and editions, dates, verifier, kind of data, identifiers."""

import random
from collections.abc import Mapping
from datetime import date

from registry.declarations.comparable import Generation
from registry.declarations.dataset import Dataset, Identifier, Party, Reference, Scope, Subtype
from registry.declarations.facts import DocumentKind, PartialDay, Precision, Verification
from tests.preflight import theirs_tools as tools
from tests.preflight.theirs_tools import Fault

_EN15804 = (Generation.EN15804_A1, Generation.EN15804_A2)
_FOOTPRINTS = (Generation.ISO14067, Generation.GBT24067)
# The year a set of rules was first out: EN 15804+A2 2019-10, ISO 14067 as ISO/TS 2013, GB/T 24067-2024.
_BORN = {
    Generation.EN15804_A1: 2012,
    Generation.EN15804_A2: 2019,
    Generation.ISO14067: 2013,
    Generation.GBT24067: 2024,
}
_DATES = ("published", "valid_from", "valid_to", "embargo")


def _year(stated: PartialDay | None) -> int | None:
    return stated.day.year if stated else None


def _moved(stated: PartialDay, years: int) -> PartialDay:
    day = stated.day.replace(year=stated.day.year + years, day=min(stated.day.day, 28))
    return stated.model_copy(update={"day": day})


def _begin(dataset: Dataset) -> PartialDay | None:
    return dataset.valid_from or dataset.published


def _renamed(family: Generation, taken: Generation) -> Fault:
    """The cover names one edition, the table was made by the other."""

    def fault(dataset: Dataset, rng: random.Random) -> Dataset | None:
        if dataset.generation is not taken or not tools.modules(dataset):
            return None
        named = {"en": str(family)}
        return dataset.model_copy(
            update={"generation": family, "generation_by": "text", "compliance": (Reference(names=named),)}
        )

    return fault


def wrong_method(dataset: Dataset, rng: random.Random) -> Dataset | None:
    """EN 15804 fixes the characterisation; TRACI belongs to North American declarations."""
    if dataset.generation not in _EN15804:
        return None
    return dataset.model_copy(update={"method": Reference(names={"en": "TRACI 2.1"})})


def before_its_standard(dataset: Dataset, rng: random.Random) -> Dataset | None:
    """The dates of an earlier document stayed: it was published before its standard was written."""
    born, published = _BORN.get(dataset.generation), _year(dataset.published)
    if born is None or published is None or published < born:
        return None
    years = born - rng.randint(2, 4) - published
    change: dict[str, object] = {
        field: _moved(stated, years) for field in _DATES if (stated := getattr(dataset, field)) is not None
    }
    if dataset.reference_year is not None:
        change["reference_year"] = dataset.reference_year + years
    return dataset.model_copy(update=change)


def withdrawn_edition(dataset: Dataset, rng: random.Random) -> Dataset | None:
    """ISO 14067:2018 took the place of ISO/TS 14067:2013 years before."""
    if dataset.generation is not Generation.ISO14067 or (_year(dataset.published) or 0) < 2020:
        return None
    return dataset.model_copy(update={"compliance": (Reference(names={"en": "ISO/TS 14067:2013"}),)})


def _kind_becomes(kind: DocumentKind, *families: Generation) -> Fault:
    """碳足迹报告 ≠ EPD ≠ 碳足迹标识认证."""

    def fault(dataset: Dataset, rng: random.Random) -> Dataset | None:
        if dataset.generation not in families or dataset.document is kind:
            return None
        return dataset.model_copy(update={"document": kind})

    return fault


def ends_before_it_begins(dataset: Dataset, rng: random.Random) -> Dataset | None:
    begin, end = _begin(dataset), dataset.valid_to
    if begin is None or end is None or begin.last_day().year >= end.day.year:
        return None
    after = dataset.model_copy(update={"valid_from": end, "valid_to": begin})
    return after if dataset.valid_from else after.model_copy(update={"valid_from": None, "published": end})


def too_long(dataset: Dataset, rng: random.Random) -> Dataset | None:
    begin = _begin(dataset)
    if begin is None or dataset.valid_to is None:
        return None
    return dataset.model_copy(update={"valid_to": _moved(begin, rng.choice((15, 20, 50)))})


def published_after_its_end(dataset: Dataset, rng: random.Random) -> Dataset | None:
    if dataset.published is None or dataset.valid_to is None:
        return None
    return dataset.model_copy(update={"published": _moved(dataset.valid_to, rng.randint(1, 40))})


def first_day_of_the_clock(dataset: Dataset, rng: random.Random) -> Dataset | None:
    """An empty date comes out as the first day a program or a spreadsheet can count."""
    day = rng.choice((date(1970, 1, 1), date(1900, 1, 1), date(1899, 12, 30)))
    return dataset.model_copy(update={"published": PartialDay(day=day, precision=Precision.DAY)})


def embargo_after_its_end(dataset: Dataset, rng: random.Random) -> Dataset | None:
    if dataset.valid_to is None:
        return None
    return dataset.model_copy(update={"embargo": _moved(dataset.valid_to, rng.randint(1, 5))})


def _reference_year(least: int, most: int) -> Fault:
    """The year of the data, counted from the year of publication."""

    def fault(dataset: Dataset, rng: random.Random) -> Dataset | None:
        year = _year(dataset.published or dataset.valid_from)
        if year is None:
            return None
        return dataset.model_copy(update={"reference_year": year + rng.randint(least, most)})

    return fault


def own_verifier(dataset: Dataset, rng: random.Random) -> Dataset | None:
    maker = dataset.owner or next(iter(dataset.manufacturers), None)
    if maker is None or not maker.names:
        return None
    return dataset.model_copy(update={"verifiers": (maker,), "verification": Verification.THIRD_PARTY})


def not_verified(dataset: Dataset, rng: random.Random) -> Dataset | None:
    """ISO 14025 knows no environmental product declaration without verification."""
    if dataset.document is not DocumentKind.EPD or dataset.verification is Verification.NONE:
        return None
    return dataset.model_copy(update={"verification": Verification.NONE, "verifiers": ()})


def label_by_oneself(dataset: Dataset, rng: random.Random) -> Dataset | None:
    """碳足迹标识认证 is a certification: a label checked by its own holder is none."""
    if dataset.generation not in _FOOTPRINTS:
        return None
    change = {"document": DocumentKind.FOOTPRINT_LABEL, "verification": Verification.INTERNAL}
    return dataset.model_copy(update={**change, "verifiers": ()})


def generic_of_a_plant(dataset: Dataset, rng: random.Random) -> Dataset | None:
    return dataset.model_copy(update={"subtype": Subtype.GENERIC, "scope": Scope.PLANT})


def template_published(dataset: Dataset, rng: random.Random) -> Dataset | None:
    if dataset.subtype is Subtype.TEMPLATE or not (dataset.indicators or dataset.footprint):
        return None
    return dataset.model_copy(update={"subtype": Subtype.TEMPLATE})


def replaces_itself(dataset: Dataset, rng: random.Random) -> Dataset | None:
    if dataset.uuid is None or dataset.version is None:
        return None
    itself = Reference(uuid=dataset.uuid, version=dataset.version, names=dataset.names)
    return dataset.model_copy(update={"replaces": itself})


def _gtin(dataset: Dataset) -> str:
    """The product's own number, or one of the range GS1 keeps for demonstrations."""
    own = (one.value for one in dataset.identifiers if one.scheme == "gtin" and one.value.isdigit())
    return next(own, "9521234500003")


def _with_gtin(dataset: Dataset, value: str) -> Dataset:
    others = tuple(one for one in dataset.identifiers if one.scheme != "gtin")
    return dataset.model_copy(update={"identifiers": (*others, Identifier(scheme="gtin", value=value))})


def gtin_digit(dataset: Dataset, rng: random.Random) -> Dataset | None:
    *body, _ = (int(digit) for digit in _gtin(dataset))
    total = sum(digit * (3 if place % 2 == 0 else 1) for place, digit in enumerate(reversed(body)))
    wrong = (-total + rng.randint(1, 9)) % 10
    return _with_gtin(dataset, "".join(map(str, (*body, wrong))))


def gtin_as_number(dataset: Dataset, rng: random.Random) -> Dataset | None:
    """A spreadsheet took the number for a quantity and shortened it."""
    digits = _gtin(dataset).lstrip("0")
    return _with_gtin(dataset, f"{digits[0]}.{digits[1:6]}E+{len(digits) - 1}")


def credit_code_short(dataset: Dataset, rng: random.Random) -> Dataset | None:
    """18 characters by GB 32100; one was lost in copying."""
    owner: Party | None = dataset.owner
    if owner is None:
        return None
    code = owner.ids.get("uscc", "99510100MA0000017X")
    at = rng.randrange(len(code))
    ids = {**owner.ids, "uscc": code[:at] + code[at + 1 :]}
    return dataset.model_copy(update={"owner": owner.model_copy(update={"ids": ids})})


FAULTS: Mapping[str, Fault] = {
    "a table by EN 15804+A1 stands under the name of +A2": _renamed(
        Generation.EN15804_A2, Generation.EN15804_A1
    ),
    "a table by EN 15804+A2 stands under the name of +A1": _renamed(
        Generation.EN15804_A1, Generation.EN15804_A2
    ),
    "a table by EN 15804 names TRACI as its method": wrong_method,
    "the document is older than the standard it names": before_its_standard,
    "the edition of ISO 14067 it names was withdrawn before": withdrawn_edition,
    "a footprint report is called an EPD": _kind_becomes(DocumentKind.EPD, *_FOOTPRINTS),
    "an EPD is called a footprint report": _kind_becomes(DocumentKind.FOOTPRINT_REPORT, *_EN15804),
    "validity ends before it begins": ends_before_it_begins,
    "validity is fifteen years or longer": too_long,
    "it was published after its validity ended": published_after_its_end,
    "it was published on the first day a program counts": first_day_of_the_clock,
    "the embargo ends after the validity": embargo_after_its_end,
    "the data are of a year after publication": _reference_year(2, 9),
    "the data are twenty years old": _reference_year(-26, -19),
    "the verifier is the maker": own_verifier,
    "an EPD is not verified": not_verified,
    "a footprint label was checked by its holder alone": label_by_oneself,
    "generic data are said to be of one plant": generic_of_a_plant,
    "a template is published as a declaration": template_published,
    "a declaration replaces itself": replaces_itself,
    "the check digit of a GTIN is wrong": gtin_digit,
    "a GTIN was turned into a power of ten": gtin_as_number,
    "a credit code lacks a character": credit_code_short,
}
