"""Our ILCD+EPD 1.3 is valid by the schemas of InDataWG, whatever the declaration holds."""

import io
import zipfile
from functools import cache
from pathlib import Path

import pytest
import xmlschema
from hypothesis import HealthCheck, Phase, given, settings

from registry.declarations.dataset import Dataset
from registry.declarations.formats.ilcd import write_xml, write_zip
from tests import declaration_strategies as drawn
from tests.registry import shared_files

pytestmark = shared_files.needed
SCHEMAS = shared_files.FOLDER / "indata" / "schemas"
# LCIA methods are left out: their schema asks who generated the data set, which no declaration says.
NAMES = {
    "processes": "EPD_DataSet.xsd",
    "flows": "ILCD_FlowDataSet.xsd",
    "flowproperties": "ILCD_FlowPropertyDataSet.xsd",
    "unitgroups": "ILCD_UnitGroupDataSet.xsd",
    "sources": "ILCD_SourceDataSet.xsd",
    "contacts": "ILCD_ContactDataSet.xsd",
}
# The schemas import this one from the network.
XML_XSD = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
  targetNamespace="http://www.w3.org/XML/1998/namespace"><xs:attribute name="lang" type="xs:string"/>
  <xs:attribute name="space" type="xs:string"/><xs:attribute name="base" type="xs:anyURI"/></xs:schema>"""


@pytest.fixture(scope="module")
def stub(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("xsd") / "xml.xsd"
    found.write_text(XML_XSD, "utf-8")
    return found


@cache
def schema(folder: str, stub: Path) -> xmlschema.XMLSchema10:
    return xmlschema.XMLSchema10(
        str(SCHEMAS / NAMES[folder]),
        locations={
            "http://www.w3.org/XML/1998/namespace": str(stub),
            "http://www.matml.org/": str(SCHEMAS / "matml31.xsd"),
        },
        uri_mapper={"http://www.w3.org/2001/xml.xsd": stub.as_uri()},
        allow="local",
    )


def faults(folder: str, content: bytes, stub: Path) -> list[str]:
    found = schema(folder, stub).iter_errors(io.BytesIO(content))
    return [f"{one.path}: {one.reason}" for one in found]


@settings(max_examples=8, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(dataset=drawn.datasets())
def test_what_we_write_is_valid(stub: Path, dataset: Dataset) -> None:
    assert faults("processes", write_xml(dataset).content, stub) == []
    with zipfile.ZipFile(io.BytesIO(write_zip(dataset).content)) as archive:
        for name in archive.namelist():
            folder = name.split("/")[1]
            if folder in NAMES:
                assert faults(folder, archive.read(name), stub) == [], name


def test_the_schemas_find_a_fault(stub: Path) -> None:
    content = b'<processDataSet xmlns="http://lca.jrc.it/ILCD/Process" version="1.1"/>'
    assert faults("processes", content, stub)
