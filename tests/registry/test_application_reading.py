"""Typed texts: kept exactly, read without guessing, and never the cause of a crash."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session

from registry.applications import service, store
from registry.applications.fields import Field, FieldKind, Part
from registry.applications.numbers import new_number, parse_number
from registry.applications.parts import SECTIONS, Subject
from registry.applications.reading import read
from registry.applications.typed import dumped, field_at, loaded, replaced
from registry.declarations.facts import PartialDay, Precision
from registry.kit.errors import Invalid, TooLarge
from registry.kit.ids import ALPHABET
from tests import applicants
from tests.applicants import MAKER, by

NUMBER = Field("n", FieldKind.NUMBER, unit="kgCO2e")
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)
CARBON_FIELDS = [f"carbon.{field.name}" for field in SECTIONS[Part.CARBON].fields]


@given(st.dictionaries(st.sampled_from(CARBON_FIELDS), ANYTHING))
def test_what_was_typed_is_kept_character_by_character(typed: dict[str, str]) -> None:
    kept = replaced({}, Part.CARBON, typed)
    assert loaded(dumped(kept)) == typed


def test_even_half_characters_and_nul_come_back_from_the_database(session: Session) -> None:
    applicants.registered(session)
    draft = service.start(session, Subject.NEW_PRODUCT, by(MAKER))
    odd = {"product.name_zh": " 半个字\ud800\0 \r\n "}
    service.save_part(session, draft.number, Part.PRODUCT, odd, by=by(MAKER, draft))
    session.expire_all()
    assert store.get(session, draft.number).typed == odd


@given(st.sampled_from(FieldKind), ANYTHING, st.sampled_from([None, "%", "kg/m3"]), st.booleans())
def test_no_text_makes_a_reader_crash_and_every_fault_has_no_value(
    kind: FieldKind, text: str, unit: str | None, positive: bool
) -> None:
    asked = Field("x", kind, options=("a",), unit=unit, positive=positive)
    reading = read(asked, text)
    assert reading.value is None or reading.fault is None
    if not text.strip():
        assert (reading.value, reading.fault) == (None, None), "blank is not stated, never 0"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("209.1", "209.1"),
        ("２０９．１", "209.1"),
        ("1,209.1", "1209.1"),
        (" 1 209.1 ", "1209.1"),
        ("209.1 kgCO2e", "209.1"),
        ("209.1 kgCO₂e", "209.1"),
        ("−12.50", "-12.5"),
        ("0", "0"),
    ],
)
def test_a_number_is_read(text: str, value: str) -> None:
    assert read(NUMBER, text).value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("209,1", "decimal-comma"),
        ("209.1 t", "unit-behind"),
        ("209.1 kg", "unit-behind"),
        ("20%", "unit-behind"),
        ("约209", "not-digits"),
        ("二百", "not-digits"),
        ("200~210", "range"),
        ("abc", "not-a-number"),
        ("1" * 40, "too-long-number"),
    ],
)
def test_what_is_unclear_is_refused_with_its_reason(text: str, fault: str) -> None:
    assert read(NUMBER, text).fault == fault


def test_a_decimal_comma_is_offered_back_with_a_point() -> None:
    assert read(NUMBER, "209,1").facts == {"suggestion": "209.1"}


def test_a_percentage_is_the_figure_before_its_sign() -> None:
    percent = Field("p", FieldKind.NUMBER, unit="%")
    assert read(percent, "30%").value == read(percent, "30").value == Decimal(30)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2030-06-30", date(2030, 6, 30)),
        ("2030/6/30", date(2030, 6, 30)),
        ("2030年6月30日", date(2030, 6, 30)),
        ("２０３０－０６－３０", date(2030, 6, 30)),
        ("20300630", date(2030, 6, 30)),
    ],
)
def test_a_day_is_read(text: str, day: date) -> None:
    assert read(Field("d", FieldKind.DAY), text).value == day


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("2030-06", "day-missing"),
        ("2030", "not-a-day"),
        ("2030-02-30", "no-such-day"),
        ("47664", "not-a-day"),
        ("明年", "not-a-day"),
    ],
)
def test_what_is_no_day_is_refused(text: str, fault: str) -> None:
    assert read(Field("d", FieldKind.DAY), text).fault == fault


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("2030年", date(2030, 1, 1), Precision.YEAR),
        ("2030", date(2030, 1, 1), Precision.YEAR),
        ("2030-06", date(2030, 6, 1), Precision.MONTH),
        ("2030年6月", date(2030, 6, 1), Precision.MONTH),
        ("2030-06-30", date(2030, 6, 30), Precision.DAY),
    ],
)
def test_a_partial_day_keeps_its_precision(text: str, day: date, precision: Precision) -> None:
    expected = PartialDay(day=day, precision=precision)
    assert read(Field("d", FieldKind.PARTIAL_DAY), text).value == expected


@pytest.mark.parametrize(
    ("text", "value", "fault"),
    [
        ("m³", "m3", None),
        ("立方米", "m3", None),
        ("1000 kg", None, "unit-not-plain"),
        ("m²(投影)", None, "unit-not-plain"),
        ("堆", None, "unit-unknown"),
    ],
)
def test_a_unit_is_one_unit_and_never_guessed(text: str, value: str | None, fault: str | None) -> None:
    reading = read(Field("u", FieldKind.UNIT), text)
    assert (reading.value, reading.fault) == (value, fault)


@pytest.mark.parametrize(
    "path",
    [
        "", "product", "nothing.name", "product.nothing", "certificate.rows.0.plant",
        "certificate.rows.201.plant", "certificate.rows.01.plant", "certificate.rows.x.plant",
        "certificate.rows.1", "product.attributes.", "product.attributes.a.b", "carbon.modules.A9",
        "certificate.rows.１.plant",
    ],
)  # fmt: skip
def test_a_path_that_names_no_field_is_none(path: str) -> None:
    assert field_at(path) is None


def test_a_part_takes_its_own_fields_and_bounded_texts() -> None:
    with pytest.raises(Invalid, match="application-field-unknown"):
        replaced({}, Part.CARBON, {"product.unit": "t"})
    with pytest.raises(TooLarge):
        replaced({}, Part.CARBON, {"carbon.number": "x" * 4001})
    many = {f"certificate.rows.{n}.product_name": "x" * 3000 for n in range(1, 200)}
    with pytest.raises(TooLarge):
        replaced({}, Part.CERTIFICATE, many)


def test_a_part_saved_again_forgets_what_is_not_sent() -> None:
    first = replaced({"product.unit": "t"}, Part.CARBON, {"carbon.number": "1", "carbon.pcr": "x"})
    assert replaced(first, Part.CARBON, {"carbon.number": "2"}) == {"product.unit": "t", "carbon.number": "2"}


@given(st.integers(0, 9), st.sampled_from(ALPHABET))
def test_a_number_forgives_how_it_is_typed_and_notices_a_wrong_character(place: int, other: str) -> None:
    number = new_number(2026)
    assert number.startswith("D-2026-")
    assert parse_number(f" {number.lower().replace('-', '－')} ") == number
    compact = number.replace("-", "")
    at = 5 + place
    wrong = compact[:at] + other + compact[at + 1 :]
    assert parse_number(wrong) == (number if compact[at] == other else None)


def test_numbers_are_not_told_from_one_another() -> None:
    numbers = {new_number(2026) for _ in range(200)}
    assert len(numbers) == 200
    assert len({number[7:13] for number in numbers}) == 200
