"""The form of a batch: its fields as typed, read kindly into a statement, each fault beside its field."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import ValidationError
from starlette.datastructures import FormData

from frontend.forms import Unreadable, read_day, read_decimal
from frontend.pages.check_desk import text
from frontend.pages.words import Words
from frontend.views.parts import Field, FieldError, Option
from registry.batches.facts import MOST_SERIALS
from registry.batches.stating import BatchIn
from registry.kit.errors import Conflict, DomainError, Faulty
from registry.parties.facts import PlantFact
from registry.products.facts import ProductFact

NAMES = (
    "plant", "number", "model", "made_from", "made_to", "amount", "unit", "gtin", "industrial_ids",
    "serials", "tests",
)  # fmt: skip
NEEDED = ("plant", "number", "made_from")
HINTED = (
    "number",
    "model",
    "made_from",
    "made_to",
    "amount",
    "unit",
    "gtin",
    "industrial_ids",
    "serials",
    "tests",
)
LINES = ("industrial_ids", "serials", "tests")
TEST_PARTS = ("indicator", "value", "unit", "method", "laboratory", "report_number", "tested_on")
_BETWEEN = re.compile(r"[;；\t]")


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form, and the key that makes sending it twice harmless."""

    values: Mapping[str, str]
    key: str

    @classmethod
    def of(cls, form: FormData) -> "Typed":
        return cls({name: text(form, name).strip() for name in NAMES}, text(form, "key").strip())


@dataclass(frozen=True, slots=True)
class About:
    """The product whose batch it is, and the plants that make it."""

    product: ProductFact
    plants: Sequence[PlantFact]
    words: Words


def blank(about: About, key: str) -> Typed:
    """An empty form, with what has one answer alone filled in."""
    only = about.plants[0].code if len(about.plants) == 1 else ""
    model = about.product.models[0] if len(about.product.models) == 1 else ""
    return Typed({"plant": only, "model": model, "gtin": about.product.gtin or ""}, key)


def statement(typed: Typed, words: Words) -> BatchIn | list[FieldError]:
    """What the form states, or everything that cannot be read."""
    faults = [
        FieldError(name, words.say("batch.field-needed", label=_label(name, words)))
        for name in NEEDED
        if not typed.values[name]
    ]
    found: dict[str, Any] = {
        name: typed.values[name] or None for name in ("plant", "number", "model", "unit", "gtin")
    }
    for name, read in (("made_from", _day), ("made_to", _day), ("amount", _amount)):
        try:
            found[name] = read(typed.values[name])
        except Unreadable:
            key = "batch.amount-unreadable" if name == "amount" else "batch.day-unreadable"
            faults.append(FieldError(name, words.say(key)))
    for name in ("industrial_ids", "serials"):
        found[name] = tuple(typed.values[name].split("\n")) if typed.values[name] else ()
        found[name] = tuple(line.strip() for line in found[name] if line.strip())
    found["tests"] = tuple(_tests(typed.values["tests"], faults, words))
    if faults:
        return faults
    try:
        return BatchIn.model_validate(found)
    except ValidationError as wrong:
        where = dict.fromkeys(str(one["loc"][0]) for one in wrong.errors())
        return [FieldError(name, words.say("batch.field-unfit", label=_label(name, words))) for name in where]


def faults_of(refused: DomainError, words: Words) -> list[FieldError]:
    """Why a statement was not recorded, each reason at its field; the first field where there is none."""
    if isinstance(refused, Faulty):
        return [FieldError(one.where, words.say(one.key, **one.facts)) for one in refused.faults]
    where = str(refused.facts.get("field", NAMES[0])) if isinstance(refused, Conflict) else NAMES[0]
    return [FieldError(where, words.say(refused.key, **refused.facts))]


def fields(typed: Typed, about: About, faults: Sequence[FieldError]) -> tuple[Field, ...]:
    """The form as it stands; several faults of one field are told in one line."""
    told: dict[str, str] = {}
    for fault in faults:
        told[fault.field_id] = about.words.joined(told.get(fault.field_id, ""), fault.text)
    return tuple(
        Field(
            name,
            _label(name, about.words),
            typed.values.get(name, ""),
            hint=about.words.say(f"batch.hint.{name}", most=MOST_SERIALS) if name in HINTED else "",
            error=told.get(name, ""),
            kind=_kind(name, about),
            options=_options(name, typed, about),
            input_mode="numeric" if name == "gtin" else "",
            required=name in NEEDED,
        )
        for name in NAMES
    )


def _label(name: str, words: Words) -> str:
    return words.say(f"batch.field.{name}")


def _kind(name: str, about: About) -> str:
    if name in LINES:
        return "textarea"
    return "select" if name == "plant" or (name == "model" and about.product.models) else "text"


def _options(name: str, typed: Typed, about: About) -> tuple[Option, ...]:
    words, value = about.words, typed.values.get(name, "")
    if name == "plant":
        every = [Option(one.code, words.name(one), one.code == value) for one in about.plants]
        return (Option("", words.say("batch.choose"), not value), *every)
    if name == "model":
        known = [Option(one, one, one == value) for one in about.product.models]
        return (Option("", words.say("batch.no-model"), not value), *known)
    return ()


def _day(typed: str) -> date | None:
    return read_day(typed)


def _amount(typed: str) -> Decimal | None:
    return read_decimal(typed)


def _tests(typed: str, faults: list[FieldError], words: Words) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(typed.split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield _test(line)
        except Unreadable:
            faults.append(FieldError("tests", words.say("batch.test-unreadable", line=number)))


def _test(line: str) -> dict[str, Any]:
    """One line: indicator and value, then whatever else is stated."""
    parts = [one.strip() for one in _BETWEEN.split(line)]
    given: dict[str, Any] = {name: part for name, part in zip(TEST_PARTS, parts, strict=False) if part}
    value = read_decimal(given.get("value", ""))
    if len(parts) > len(TEST_PARTS) or "indicator" not in given or value is None:
        raise Unreadable(line)
    day = {"tested_on": read_day(given["tested_on"])} if "tested_on" in given else {}
    return {**given, "value": value, **day}
