"""Persons in files: an organisation beside them is kept; their names and addresses never reach the feed."""

import json
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry.declarations.dataset import Dataset, Licence, Party, Scenario
from registry.declarations.documents.content import ContentFact
from registry.declarations.formats import openepd, people, template
from registry.declarations.formats.apart import CUT, apart
from registry.declarations.formats.files import read_file
from registry.declarations.formats.people import Split
from registry.declarations.formats.reading import Reading, Weight
from registry.kit.messages import LANGUAGES, say
from tests import declared
from tests.registry import ilcd_files, test_iso22057, test_oekobaudat

SPLIT = [
    ("张三（检测中心）", "检测中心", "张三"),
    ("张 三（检测中心）", "检测中心", "张三"),
    ("检测中心张三", "检测中心", "张三"),
    ("张三，国家建筑材料测试中心", "国家建筑材料测试中心", "张三"),
    ("阿卜杜拉·买买提（检测中心）", "检测中心", "阿卜杜拉·买买提"),
    ("Dr. Eva Schmincke, Thünen-Institut", "Thünen-Institut", "Dr. Eva Schmincke"),
    ("Angela Schindler (TÜV)", "TÜV", "Angela Schindler"),
    ("TÜV SÜD Dr. Hans Müller", "TÜV SÜD", "Dr. Hans Müller"),
    ("Müller, Angela (EPD International AB)", "EPD International AB", "Müller, Angela"),
    # A firm called like the person says who that is; what says nothing is treated as a person's.
    (
        "Dr.-Ing. Wolfram Trinius, Ingenieurbüro Trinius",
        None,
        "Dr.-Ing. Wolfram Trinius, Ingenieurbüro Trinius",
    ),
    ("Angela Schindler TÜV", None, "Angela Schindler TÜV"),
    ("Jane Anderson, Construction LCA", None, "Jane Anderson, Construction LCA"),
    ("x" * 301 + " GmbH", None, "x" * 301 + " GmbH"),
]
WHOLE = [
    "示例核查机构 3（虚构）",
    "中国建材检验认证集团股份有限公司（CTC）",
    "国检集团（北京）",
    "TÜV SÜD (Shanghai) Co., Ltd.",
    "Holcim (Schweiz) AG",
    "Institut Bauen und Umwelt e. V.",
    "Skagen Cement Støberi A/S",
    "GDA - Gesamtverband der Aluminiumindustrie e.V.",
    "Karl Bachl GmbH & Co. KG",
]


@pytest.mark.parametrize(("name", "organisation", "person"), SPLIT)
def test_the_organisation_s_part_of_a_name_is_kept(name: str, organisation: str | None, person: str) -> None:
    assert people.split(name) == Split(organisation, person)


@pytest.mark.parametrize("name", WHOLE)
def test_an_organisation_s_name_stays_whole(name: str) -> None:
    assert people.split(name) == people.split(name, certain=True) == Split(name, None)


def test_where_only_organisations_stand_a_name_needs_a_sign_of_a_person() -> None:
    for name in ("Herman Miller", "ift Rosenheim", "Max Bögl", "金隅"):
        assert people.split(name, certain=True) == Split(name, None)
    assert people.split("Angela Schindler (TÜV)", certain=True) == Split("TÜV", "Angela Schindler")
    assert people.split("王五博士", certain=True) == Split(None, "王五博士")


def test_names_in_several_languages_are_one_party() -> None:
    assert people.kept({"de": "thinkstep", "en": "thinkstep AG"}).names == {
        "de": "thinkstep",
        "en": "thinkstep AG",
    }
    kept = people.kept({"zh": "张三", "en": "ABC Testing Center"})
    assert (kept.names, kept.persons) == ({"en": "ABC Testing Center"}, ("张三",))


GIVEN, FAMILY = (
    ["Angela", "Eva-Maria", "Vladimír", "Björn", "Zoë"],
    ["Schindler", "Kočí", "Trinius", "O'Hara", "von Weizsäcker"],
)
HAN_FAMILY, HAN_GIVEN = [*"张王欧李赵", "欧阳"], ["三", "建国", "晓明", "梅"]
OFFICES = ["TÜV", "Thünen-Institut", "EPD International AB", "检测中心", "示例认证有限公司"]
names = st.builds("{} {}".format, st.sampled_from(GIVEN), st.sampled_from(FAMILY)) | st.builds(
    str.__add__, st.sampled_from(HAN_FAMILY), st.sampled_from(HAN_GIVEN)
)
mails = st.from_regex(r"[a-z]{1,8}[.+-]?[a-z0-9]{1,8}@[a-z]{2,9}(\.[a-z]{2,5}){1,2}", fullmatch=True)
phones = st.from_regex(
    r"\+[1-9][0-9] [0-9]{2,4} [0-9]{6,7}|1[3-9][0-9]{9}|0[1-9]{2,3}-[1-9]{8}", fullmatch=True
)
FORMS = [
    "{p}",
    "Dr. {p}",
    "{p} ({o})",
    "{p}（{o}）",
    "{p}, {o}",
    "{o}: {p}",
    "{o} - {p}",
    "Prof. Dr. {p}, {o}",
]
SENTENCES = [
    "联系{p}，邮箱{m}，电话 {t}。",
    "Questions to {p} <{m}> or {t}.",
    "{m}",
    "Kontakt: {p}\n{t} {m}",
    "{p}/{m}/{t}",
]
SOME = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def ilcd(verifier: str, text: str) -> tuple[str, bytes]:
    tree = ilcd_files.tree()
    named = [ilcd_files.reference(ilcd_files.FLOW, verifier, "contact data set")]
    review = {"type": "Independent external review", "referenceToNameOfReviewerAndInstitution": named}
    tree["modellingAndValidation"]["validation"] = {"review": [review]}
    tree["processInformation"]["dataSetInformation"]["generalComment"] = ilcd_files.text(text, "zh")
    return "x.json", orjson.dumps(tree)


def open_epd(verifier: str, text: str) -> tuple[str, bytes]:
    content: dict[str, Any] = orjson.loads(openepd.write(declared.dataset()).content)
    contacts = {"email": "a.b@example.org"}
    content |= {"third_party_verifier": {"name": verifier, "contacts": contacts}, "product_description": text}
    return "x.json", orjson.dumps(content)


def in_table(verifier: str, text: str) -> tuple[str, bytes]:
    found = declared.dataset(
        verifiers=(Party(names={"": verifier}),), licence=Licence(type=text), scenarios=()
    )
    rows = [one.model_copy(update={"values": one.values[:1]}) for one in found.indicators]
    return "x.csv", template.write_csv([found.model_copy(update={"indicators": tuple(rows)})], "zh").content


def iso_22057(verifier: str, text: str) -> tuple[str, bytes]:
    items = {
        "product name": "示例（虚构）", "core PCR": "EN 15804:2012+A2:2019", "name of verifier": verifier,
        "name of verifier's organisation": verifier, "background LCI database and version": text,
    }  # fmt: skip
    stated = [{"guid": "x", "name": key, "value": value} for key, value in items.items()]
    rows = [{"name": test_iso22057.A2, "subIndicatorItems": [test_iso22057.row(A1="1.5")]}]
    scenarios = [{"name": "示例", "subScenarioItems": stated}]
    return "x.json", json.dumps({"subScenarios": scenarios, "subIndicators": rows}).encode()


def oekobaudat(verifier: str, text: str) -> tuple[str, bytes]:
    cells = {
        "Declaration owner": verifier,
        "Hintergrunddatenbank(en)": text.replace("\n", " ").replace(";", ","),
    }
    return "x.csv", test_oekobaudat.table({**cells, "Modul": "A1-A3", "GWPtotal (A2)": "1,5"})


@pytest.mark.parametrize("made", [ilcd, open_epd, in_table, iso_22057, oekobaudat])
@SOME
@given(st.data())
def test_no_person_s_name_or_address_is_in_the_fact(made: Any, data: st.DataObject) -> None:
    person, office = data.draw(names), data.draw(st.sampled_from(OFFICES))
    mail, phone = data.draw(mails), data.draw(phones)
    form, sentence = data.draw(st.sampled_from(FORMS)), data.draw(st.sampled_from(SENTENCES))
    # An owner's place is of organisations: there a person is known by a title.
    verifier = form.format(p=f"Dr. {person}" if made is oekobaudat else person, o=office)
    (reading,) = read_file(*reversed(made(verifier, sentence.format(p=person, m=mail, t=phone))))
    fact = ContentFact(declaration_id=declared.UUIDS[0], dataset=reading.dataset).model_dump_json()
    told = "".join(one.model_dump_json() for one in reading.remarks)
    aside = "\n".join(one.name for one in reading.persons)
    for secret in (person, mail, *([phone] if "{t}" in sentence else [])):
        assert secret not in fact + told
        assert secret in aside
    assert any(one.weight is Weight.NOT_CARRIED and one.key.endswith("kept-apart") for one in reading.remarks)
    if "{o}" in form and made not in (iso_22057, oekobaudat):
        assert [office in one.names.values() for one in reading.dataset.verifiers] == [True]


def test_a_line_of_the_report_names_the_place_and_not_the_person() -> None:
    reading = reading_of(
        descriptions={"en": "Write to john.doe@example.org"}, verifiers=(Party(names={"": "张三"}),)
    )
    found = apart(Reading(reading.dataset, reading.source, (), {"descriptions": "/a/b", "verifiers": "/c"}))
    lines = [(one.key, one.place, one.facts["field"]) for one in found.remarks]
    assert lines == [
        ("reading.person-kept-apart", "/c", "verifiers"),
        ("reading.contact-kept-apart", "/a/b", "descriptions.en"),
    ]
    assert found.dataset.descriptions == {"en": f"Write to {CUT}"}
    assert [(one.role, one.name, one.place) for one in found.persons] == [
        ("verifier", "张三", "/c"),
        ("contact", "john.doe@example.org", "/a/b"),
    ]
    for lang in LANGUAGES:
        assert all(say(one.key, lang, one.facts) for one in found.remarks)


def reading_of(**fields: Any) -> Reading:
    return declared.reading(**fields)


def test_numbers_that_reach_nobody_stay() -> None:
    texts = "ISO 14025:2010, EPD-0123-45678901, 1.5 kg at 20 @ 30 °C, 2004/42/EG, +12.5 %, 13 800 138 000 kg"
    given_ = reading_of(descriptions={"en": texts}, number="13812345678", licence=Licence(type="CC BY 4.0"))
    assert apart(given_).dataset is given_.dataset


def test_what_is_put_apart_once_stays_as_it_is() -> None:
    fields = {"owner": Party(names={"": "Dr. Eva Schmincke"}, ids={"email": "e.s@example.org"})}
    once = apart(reading_of(**fields, scenarios=(Scenario(name="x", words={"en": "+49 30 1234567"}),)))
    assert apart(once).dataset == once.dataset
    assert once.dataset.owner is None
    assert once.dataset.scenarios == (Scenario(name="x"),)


def test_a_domain_or_contact_that_names_the_person_goes_with_the_name() -> None:
    ids = {"web_domain": "tuev.example", "site": "angela-schindler.example"}
    party = Party(names={"": "Angela Schindler (TÜV)"}, uuid=declared.UUIDS[3], ids=ids)
    (kept,) = apart(reading_of(verifiers=(party,))).dataset.verifiers
    assert kept == Party(names={"": "TÜV"}, ids={"web_domain": "tuev.example"})


def test_a_verifier_that_is_the_programme_s_operator_is_no_person() -> None:
    party = Party(names={"de": "ift Rosenheim"})
    found: Dataset = apart(reading_of(operator=party, verifiers=(party,))).dataset
    assert found.verifiers == (party,)


@pytest.mark.parametrize(
    "text", ["a" * 200_000, "@" * 200_000, "+1" * 100_000, "(" * 200_000, "0/" * 100_000, "电话" * 50_000]
)
def test_no_text_takes_long_to_look_through(text: str) -> None:
    party = Party(names={"": text})
    assert (
        apart(reading_of(descriptions={"en": text}, verifiers=(party,), owner=party)).dataset.verifiers == ()
    )
