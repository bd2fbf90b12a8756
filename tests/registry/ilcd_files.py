"""Small invented ILCD+EPD files: one right tree to spoil, and the same in XML and ZIP."""

import io
import zipfile
from typing import Any

import orjson

GWP_A1 = "77e416eb-a363-4258-a04e-171d843a6460"
PERE = "20f32be5-0398-4288-9b6d-accddd195317"
VOLUME = "93a60a56-a3c8-22da-a746-0800200c9a66"
MASS = "93a60a56-a3c8-11da-a746-0800200b9a66"
A1 = "b00f9ec0-7874-11e3-981f-0800200c9a66"
PROCESS = "11111111-2222-4333-8444-555555555555"
FLOW = "aaaaaaaa-2222-4333-8444-555555555555"
Tree = dict[str, Any]


def text(value: str, lang: str = "en") -> list[Tree]:
    return [{"value": value, "lang": lang}]


def reference(uuid: str, name: str, kind: str = "source data set") -> Tree:
    return {"type": kind, "refObjectId": uuid, "shortDescription": text(name)}


def amounts(*cells: tuple[str, Any], unit: str = "kg CO2 eqv.") -> Tree:
    group = {"name": "referenceToUnitGroupDataSet", "value": {"shortDescription": text(unit)}}
    return {"anies": [*({"module": module, "value": value} for module, value in cells), group]}


def tree(*cells: tuple[str, Any]) -> Tree:
    """An EPD of 1 m³ with one GWP row of these cells (A1-A3 = 12.5 without any) and one row of PERE."""
    information = {
        "dataSetInformation": {"UUID": PROCESS, "name": {"baseName": text("示例混凝土 C30（虚构）", "zh")}},
        "quantitativeReference": {"referenceToReferenceFlow": [0]},
        "time": {"referenceYear": 2024, "dataSetValidUntil": 2029},
        "geography": {"locationOfOperationSupplyOrProduction": {"location": "CN"}},
    }
    modelling = {
        "LCIMethodAndAllocation": {
            "typeOfDataSet": "EPD",
            "other": {"anies": [{"name": "subType", "value": "specific dataset"}]},
        },
        "complianceDeclarations": {
            "compliance": [{"referenceToComplianceSystem": reference(A1, "EN 15804+A1")}]
        },
    }
    publication = {
        "dataSetVersion": "01.02.003",
        "registrationNumber": "EPD-示例-017",
        "referenceToOwnershipOfDataSet": reference(FLOW, "示例企业 017（虚构）有限公司", "contact data set"),
    }
    flow = {"uuid": VOLUME, "referenceFlowProperty": True, "meanValue": 1.0, "referenceUnit": "m3"}
    exchanges = [
        {"dataSetInternalID": 0, "meanAmount": 1.0, "resultingflowAmount": 1.0, "flowProperties": [flow]},
        {
            "dataSetInternalID": 1,
            "referenceToFlowDataSet": reference(PERE, "PERE", "flow data set"),
            "exchange direction": "INPUT",
            "other": amounts(("A1-A3", "20"), unit="MJ"),
        },
    ]
    row = {
        "referenceToLCIAMethodDataSet": reference(GWP_A1, "GWP", "LCIA method data set"),
        "other": amounts(*(cells or (("A1-A3", "12.5"),))),
    }
    return {
        "processInformation": information,
        "modellingAndValidation": modelling,
        "administrativeInformation": {"publicationAndOwnership": publication},
        "exchanges": {"exchange": exchanges},
        "LCIAResults": {"LCIAResult": [row]},
        "version": "1.1",
    }


def json(found: Any) -> bytes:
    return orjson.dumps(found)


def xml(body: str = "", amount: str = '<e:amount e:module="A1-A3">12.5</e:amount>', head: str = "") -> str:
    """A process dataset as another producer writes it: other prefixes, attributes in any namespace."""
    return f"""<?xml version="1.0"?>{head}
<p:processDataSet xmlns:p="http://lca.jrc.it/ILCD/Process" xmlns:c="http://lca.jrc.it/ILCD/Common"
  xmlns:e="http://www.iai.kit.edu/EPD/2013" xmlns:n="http://www.iai.kit.edu/EPD/2019" version="1.1">
 <p:processInformation><p:dataSetInformation><c:UUID>{PROCESS}</c:UUID>
  <p:name><p:baseName xml:lang="zh-CN">示例混凝土（虚构）</p:baseName>
  <p:baseName>Concrete</p:baseName></p:name>
 </p:dataSetInformation>
 <p:quantitativeReference><p:referenceToReferenceFlow>7</p:referenceToReferenceFlow></p:quantitativeReference>
 <p:time><c:referenceYear>2024</c:referenceYear><c:dataSetValidUntil>2029</c:dataSetValidUntil><c:other>
  <n:publicationDateOfEPD>2024-03-05+08:00</n:publicationDateOfEPD></c:other></p:time>
 </p:processInformation>
 <p:modellingAndValidation><p:LCIMethodAndAllocation><p:typeOfDataSet>EPD</p:typeOfDataSet>
 </p:LCIMethodAndAllocation>{body}</p:modellingAndValidation>
 <p:administrativeInformation><p:publicationAndOwnership><c:dataSetVersion>01.00.000</c:dataSetVersion>
 </p:publicationAndOwnership></p:administrativeInformation>
 <p:exchanges><p:exchange dataSetInternalID="7"><p:referenceToFlowDataSet type="flow data set"
  refObjectId="{FLOW}"/><p:meanAmount>1000</p:meanAmount></p:exchange></p:exchanges>
 <p:LCIAResults><p:LCIAResult>
  <p:referenceToLCIAMethodDataSet type="LCIA method data set" refObjectId="{GWP_A1}"/>
  <p:meanAmount>0.0</p:meanAmount><c:other>{amount}</c:other></p:LCIAResult></p:LCIAResults>
</p:processDataSet>"""


FLOW_XML = f"""<flowDataSet xmlns="http://lca.jrc.it/ILCD/Flow" xmlns:c="http://lca.jrc.it/ILCD/Common">
 <flowInformation><dataSetInformation><c:UUID>{FLOW}</c:UUID></dataSetInformation><quantitativeReference>
 <referenceToReferenceFlowProperty>0</referenceToReferenceFlowProperty></quantitativeReference></flowInformation>
 <flowProperties><flowProperty dataSetInternalID="0"><referenceToFlowPropertyDataSet refObjectId="{MASS}"/>
 <meanValue>1</meanValue></flowProperty></flowProperties></flowDataSet>"""


def zipped(files: dict[str, str | bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def archive(process: str, **more: str | bytes) -> bytes:
    files: dict[str, str | bytes] = {
        f"ILCD/processes/{PROCESS}.xml": process,
        f"ILCD/flows/{FLOW}_01.00.000.xml": FLOW_XML,
    }
    return zipped(files | dict(more))
