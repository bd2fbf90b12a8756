"""One look tells that a text holds no address and no number, and it is never wrong where there is one."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from registry.declarations.dataset import Indicator, Reference, Scenario, Value
from registry.declarations.formats import contacts
from registry.declarations.formats.apart import CUT, apart
from registry.declarations.formats.reading import Person
from tests import declared
from tests.oracles import contacts_oracle

PATTERNS = (contacts.MAIL, contacts.MAIL_ANY, contacts.PHONE, contacts.ANNOUNCED)
PERSONS = ("Angela Schindler", 'Eva "E." Müller', "张三丰")
PIECES = [
    "Tel", "TELEFON", "téléphone", "TÉLÉPHONE", "fon", "Phone No.", "telefax nr", "MOBİL", "mobıl", "Mobile",
    "handy", "cell", "电话", "手机：", "传真", "座机", "热线: ", "Zellstoff", "excellent", "hotel",
    "+49 30 1234567", "+1", "030/123456", "010-12345678", "13812345678", "138 0013", " 8000", "(12345",
    "12 34 56", "a.b@example.org", "李@例子.公司", "@", "＠", "x(at)y.de", "x [ät] y.de", "[at]", "(AT)",
    "z.example", " ", "\n", "\r\n", "\t", "\x1c", "\u00a0", '"', "\\", "/", "(", ")", ".", ":", "：", "-",
    "–", ",", "n", "no", "5", "2012",
    *PERSONS,
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=7).map("".join)
matches = st.one_of([st.from_regex(one) for one in PATTERNS])


@settings(max_examples=1000)
@given(texts | matches)
@example("MOBİL 123456")
@example("Tel. (12345")
def test_what_the_patterns_find_is_seen_at_one_look(text: str) -> None:
    found = {one for one in PATTERNS if one.search(text)}
    address = bool(found & {contacts.MAIL, contacts.MAIL_ANY})
    assert contacts.may_be_in(text) or not found
    assert contacts.address_may_be_in(text) or not address
    assert contacts.AT.search(text) or not address
    assert contacts.ANY.search(text) or not found
    assert len(text) >= contacts.SHORTEST or not found


@pytest.mark.parametrize(
    "text",
    [
        "Hotelausstattung aus Zellstoff, 12 kg/m², EN 15804:2012+A2:2019, excellent",
        '{"uuid":"b00f9ec0-7874-11e3-981f-0800200c9a66","version":"00.02.001","number":"EPD-1"}',
        "电话线槽，每米 0.5 kg",
    ],
)
def test_an_ordinary_text_is_passed_over(text: str) -> None:
    assert not contacts.may_be_in(text)
    assert not contacts.address_may_be_in(text)


@settings(max_examples=300, deadline=None)
@given(st.lists(texts, min_size=8, max_size=8), st.lists(st.sampled_from(PERSONS), unique=True))
def test_texts_are_cut_as_if_every_pattern_went_through_all_of_them(
    drawn: list[str], persons: list[str]
) -> None:
    described, named, ruled, told, number, measured, spread, address = drawn
    cell = Value(module="A1", amount=1, scenario=told or None, distribution=spread)
    row = Indicator(code=None, names={"en": named}, unit=measured, matched_by="none", values=(cell,))
    reading = declared.reading(
        persons=tuple(Person(role="verifier", name=one, place="/x") for one in persons),
        names={"de": named},
        descriptions={"en": described, "zh": "无"},
        number=number,
        pcr=Reference(names={"": ruled}, uri=address),
        scenarios=(Scenario(name="x", words={"zh": told}),),
        indicators=(row,),
    )
    names = [one for one in persons if one != PERSONS[1]]  # that is no full name, so nobody looks for it
    assert apart(reading).dataset == contacts_oracle.cut(reading.dataset, names)


@pytest.mark.parametrize("text", ["MOBİL 123456", "Tel. (12345"])
def test_a_number_is_cut_out_however_its_word_is_written(text: str) -> None:
    assert apart(declared.reading(descriptions={"tr": text})).dataset.descriptions["tr"].endswith(CUT)
