"""The applicant's pages by name, on applications that stand in every state a maker meets."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Final

from registry.kit.ids import derived
from seeds.demo.applications import HALF, LIST_NAME, MAKER, PLANT, PRODUCT
from seeds.demo.parties import firm_id
from tests.journeys import applying

_OWN: Final = "/{lang}/account/maker"
PLACES: Final = {
    "my applications": _OWN,
    "tasks of a draft": f"{_OWN}/{{draft}}",
    "tasks of a new product": f"{_OWN}/{{rich}}",
    "tasks of a return": f"{_OWN}/{{returned}}",
    "tasks, handed in": f"{_OWN}/{{done}}",
    "a footprint": f"{_OWN}/{{draft}}/carbon",
    "a footprint with faults": f"{_OWN}/{{draft}}/carbon?show=errors",
    "a product": f"{_OWN}/{{rich}}/product?show=kind",
    "a certificate with rows": f"{_OWN}/{{rich}}/certificate?show=errors&more=1",
    "a report with rows": f"{_OWN}/{{rich}}/report?more=2",
    "a claim": f"{_OWN}/{{rich}}/self_declaration",
    "an organisation": f"{_OWN}/{{company}}/company",
    "an honour": f"{_OWN}/{{honour}}/honour?show=errors",
    "an energy record": f"{_OWN}/{{energy}}/energy?show=errors",
    "a disclosure": f"{_OWN}/{{disclosure}}/disclosure?show=errors",
    "the upload of a list": f"{_OWN}/bulk",
    "a list": f"{_OWN}/bulk/{{list}}",
    "a returned field": f"{_OWN}/{{returned}}/product",
    "the check, with faults": f"{_OWN}/{{draft}}/check",
    "the check, of everything": f"{_OWN}/{{rich}}/check?changed=1",
    "the check, after handing in": f"{_OWN}/{{done}}/check",
    "a receipt": f"{_OWN}/{{done}}/receipt",
    "a history": f"{_OWN}/{{returned}}/history",
    "before withdrawing": f"{_OWN}/{{done}}/withdraw",
}
_PRODUCT: Final = {
    "product.kind": "concrete.ready-mixed",
    "product.name_zh": "示例预拌混凝土 C40（虚构），名称写得很长，看看窄屏上怎样换行：抗渗 P8，泵送",
    "product.name_en": "Sample ready-mixed concrete C40 (fictional)",
    "product.plants": PLANT,
}
_CERTIFICATE: Final = {
    "certificate.number": "演示-2026-9000099",
    "certificate.rows.1.unit_name": "普通混凝土",
    "certificate.rows.1.plant": PLANT,
    "certificate.rows.2.unit_name": "高强混凝土",
    "certificate.valid_to": "2030-02-30",
}
_REPORT: Final = {"report.indicators.1.name_zh": "抗压强度", "report.indicators.1.limit": "不小于 40"}
_CLAIM: Final = {
    "self_declaration.declared_on": "2026-05-01",
    "self_declaration.claim_zh": "示例声明（虚构）",
    "self_declaration.claim_en": "Sample claim (fictional)",
}
_OF_FIRM: Final = {
    "honour": {"honour.kind": "green_factory", "honour.awarded_on": "2027", "honour.address": "ftp://x"},
    "energy": {"energy.product": "clinker", "energy.unit": "kgce/m2", "energy.period_to": "2025-02-30"},
    "disclosure": {"disclosure.title": "示例企业 017 碳报告（虚构）", "disclosure.document_sha256": "abc"},
}
# The list of the demonstration: its id follows from whose it is and from its file.
LIST: Final = str(derived("product-list", str(firm_id(MAKER)), sha256(LIST_NAME.encode()).hexdigest()))


def make(site: str) -> Mapping[str, str]:
    """The numbers that the places stand for."""
    with applying.signed_in(site, "manufacturer") as maker:
        draft = applying.drafted(maker, "carbon", HALF, about=PRODUCT)
        rich = applying.drafted(maker, "new_product", _PRODUCT)
        for texts in (_CERTIFICATE, _REPORT, _CLAIM):
            rich = applying.typed_in(maker, rich, texts)
        company = applying.started(maker, "organisation")
        claim = applying.drafted(maker, "self_declaration", _CLAIM, about=PRODUCT)
        done = applying.step(maker, claim, "submit")
        firm = {name: applying.drafted(maker, name, texts) for name, texts in _OF_FIRM.items()}
    found = {"draft": draft, "rich": rich, "company": company, "done": done, **firm}
    found["returned"] = applying.sent_back(site)
    return {"list": LIST, **{name: str(one["number"]) for name, one in found.items()}}
