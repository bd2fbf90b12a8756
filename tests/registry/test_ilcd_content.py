"""What ILCD+EPD says beside its tables, in small invented files: units, days, rules, persons, the rest."""

from datetime import date
from decimal import Decimal

from registry.declarations.comparable import Generation
from registry.declarations.dataset import Mark
from registry.declarations.facts import Precision
from registry.declarations.formats.files import read_file
from registry.declarations.formats.reading import Weight
from tests.registry import ilcd_files as files
from tests.registry.ilcd_reading import cells, keys, read


def test_an_unknown_uuid_is_matched_by_the_code_in_brackets_only() -> None:
    tree = files.tree()
    row = tree["LCIAResults"]["LCIAResult"][0]
    row["referenceToLCIAMethodDataSet"] = files.reference(files.FLOW, "Treibhauspotenzial (GWP)")
    (found, _) = read(tree).dataset.indicators
    assert (found.code, found.matched_by) == ("GWP", "name")
    row["referenceToLCIAMethodDataSet"] = files.reference(files.FLOW, "Global warming potential")
    (unknown, _) = read(tree).dataset.indicators
    assert (unknown.code, unknown.matched_by) == (None, "none")


def test_mass_and_net_calorific_value_are_not_confused() -> None:
    tree = files.tree()
    main = tree["exchanges"]["exchange"][0]["flowProperties"][0]
    del main["referenceUnit"]
    main["uuid"] = files.MASS
    assert read(tree).dataset.declared.unit == "kg"
    tree = files.tree()
    main = tree["exchanges"]["exchange"][0]["flowProperties"][0]
    del main["referenceUnit"]
    main["uuid"] = files.MASS.replace("200b9", "200c9")
    assert read(tree).dataset.declared.unit == "MJ"


def test_the_declared_amount_is_kept_as_declared() -> None:
    tree = files.tree()
    flow = tree["exchanges"]["exchange"][0]
    flow |= {"meanAmount": 95.6, "resultingflowAmount": 95.6}
    flow["flowProperties"][0] |= {"uuid": files.MASS, "referenceUnit": "kg"}
    assert read(tree).dataset.declared.amount == Decimal("95.6")


def test_a_mass_per_cubic_metre_is_a_density_and_a_placeholder_is_doubted() -> None:
    tree = files.tree()
    properties = tree["exchanges"]["exchange"][0]["flowProperties"]
    properties.append({"uuid": files.MASS, "meanValue": 2297.0})
    (found,) = read(tree).dataset.properties
    assert (found.kind, found.value, found.unit) == ("density", Decimal(2297), "kg/m³")
    tree = files.tree()
    tree["exchanges"]["exchange"][0]["flowProperties"].append({"uuid": files.MASS, "meanValue": 1.0})
    reading = read(tree)
    assert [one.kind for one in reading.dataset.properties] == ["mass"]
    assert keys(reading) == {"ilcd.placeholder"}


def test_a_publication_day_in_a_servers_own_midnight_is_the_day_meant() -> None:
    day = 1_735_660_800_000  # 2025-01-01 00:00 in Shanghai, which is 2024-12-31 16:00 UTC
    for moment in (day, day + 8 * 3_600_000):
        tree = files.tree()
        tree["processInformation"]["time"]["other"] = {
            "anies": [{"name": "publicationDateOfEPD", "value": moment}]
        }
        published = read(tree).dataset.published
        assert published is not None
        assert published.day == date(2025, 1, 1)


def test_a_year_alone_stays_a_year() -> None:
    reading = read(files.tree())
    assert reading.dataset.valid_to is not None
    assert reading.dataset.valid_to.precision is Precision.YEAR
    assert keys(reading, Weight.DEFAULTED) == {"ilcd.valid-to-year"}


def test_what_nobody_reads_is_in_the_report_with_its_place_and_number() -> None:
    tree = files.tree()
    tree["processInformation"]["technology"] = {"invented": [{"deep": [1, 2]}, {"deep": "x", "blank": ""}]}
    (remark,) = [one for one in read(tree).remarks if one.place.startswith("/processInformation/technology")]
    assert (remark.place, remark.facts) == ("/processInformation/technology/invented/deep", {"count": "3"})


def test_a_right_file_loses_only_what_it_holds_besides() -> None:
    lost = [one.place for one in read(files.tree()).remarks if one.weight is Weight.NOT_CARRIED]
    assert lost == ["/exchanges/exchange/dataSetInternalID", "/version"]


def test_persons_are_put_aside_and_organisations_are_not() -> None:
    tree = files.tree()
    names = [files.reference(files.FLOW, "Erika Muster", "contact data set")]
    names.append(files.reference(files.PROCESS, "示例核查机构 3（虚构）", "contact data set"))
    review = {"type": "Independent external review", "referenceToNameOfReviewerAndInstitution": names}
    tree["modellingAndValidation"]["validation"] = {"review": [review]}
    entered = files.reference(files.FLOW, "Max Muster", "contact data set")
    tree["administrativeInformation"]["dataEntryBy"] = {"referenceToPersonOrEntityEnteringTheData": entered}
    reading = read(tree)
    assert [(one.role, one.name) for one in reading.persons] == [
        ("verifier", "Erika Muster"),
        ("data-entry", "Max Muster"),
    ]
    assert [one.names for one in reading.dataset.verifiers] == [{"en": "示例核查机构 3（虚构）"}]
    assert "Muster" not in reading.dataset.model_dump_json()
    assert "Muster" not in str(reading.remarks)


def test_rules_are_told_by_uuid_before_text_and_by_indicators_last() -> None:
    tree = files.tree()
    systems = tree["modellingAndValidation"]["complianceDeclarations"]
    systems["compliance"][0]["referenceToComplianceSystem"] = files.reference(files.A1, "EN 15804+A2")
    assert read(tree).dataset.generation is Generation.EN15804_A1
    tree = files.tree()
    tree["modellingAndValidation"]["complianceDeclarations"] = {
        "compliance": [{"referenceToComplianceSystem": files.reference(files.FLOW, "EN 15804+A2")}]
    }
    assert (read(tree).dataset.generation, read(tree).dataset.generation_by) == (
        Generation.EN15804_A2,
        "text",
    )
    del tree["modellingAndValidation"]["complianceDeclarations"]
    again = read(tree | files.tree() | {"modellingAndValidation": tree["modellingAndValidation"]}).dataset
    assert (again.generation, again.generation_by) == (Generation.EN15804_A1, "indicators")


def test_xml_of_another_producer_reads_as_json_does() -> None:
    reading = read(files.xml(amount='<e:amount module="A1-A3">12.5</e:amount><e:amount e:module="B1"/>'))
    assert cells(reading)["A1-A3", None].amount == Decimal("12.5")
    assert cells(reading)["B1", None].mark is Mark.MND
    assert reading.dataset.names == {"zh": "示例混凝土（虚构）", "": "Concrete"}
    assert reading.dataset.published is not None
    assert reading.dataset.published.day == date(2024, 3, 5)
    assert "ilcd.unit-not-in-file" in keys(reading)


def test_xml_in_utf_16_is_read() -> None:
    reading = read(
        files.xml().replace('version="1.0"', 'version="1.0" encoding="UTF-16"', 1).encode("utf-16")
    )
    assert reading.dataset.names["zh"] == "示例混凝土（虚构）"


def test_a_zip_brings_the_declared_unit() -> None:
    reading = read(files.archive(files.xml()))
    assert (reading.dataset.declared.amount, reading.dataset.declared.unit) == (Decimal(1000), "kg")
    assert reading.source.member == f"ILCD/processes/{files.PROCESS}.xml"


def test_a_list_of_datasets_is_read_one_by_one() -> None:
    found = read_file(files.json([files.tree(), files.tree(("A1-A3", "3"))]), "two.json")
    assert [cells(one)["A1-A3", None].amount for one in found] == [Decimal("12.5"), Decimal(3)]
    assert found[1].origins["uuid"].startswith("/1/")
