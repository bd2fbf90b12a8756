"""All that stands beside the numbers of an invented declaration: who, when, by which rules, on what terms."""

from datetime import date, timedelta
from random import Random
from typing import Any, Final
from uuid import UUID

from stdnum.cn import uscc

from registry.declarations.comparable import Generation
from registry.declarations.dataset import Identifier, Licence, Party, Plant, Reference, Scope, Subtype
from registry.declarations.facts import PartialDay, Precision, Verification

DAY: Final = date(2026, 11, 22)
A1, A2, ISO = Generation.EN15804_A1, Generation.EN15804_A2, Generation.ISO21930


def credit_code(serial: int) -> str:
    """A code in a region that nobody has, with both check characters right."""
    organisation = f"{serial:08d}"
    total = sum(
        int(figure) * weight for figure, weight in zip(organisation, (3, 7, 9, 10, 5, 8, 4, 2), strict=True)
    )
    check = (11 - total % 11) % 11
    if check == 10:
        return credit_code(serial + 1)
    body = f"91990000{organisation}{check}"
    return body + str(uscc.calc_check_digit(body))


def papers(rng: Random, zh: str, en: str, rules: Generation) -> dict[str, Any]:
    """All that stands beside the numbers, with nothing missing."""
    serial = rng.randint(1, 9_999_998)
    first = {A1: date(2022, 6, 1), A2: date(2022, 9, 1)}.get(rules, date(2025, 3, 3))
    issued = first + timedelta(days=rng.randint(0, 90 if rules is A1 else 400))
    names = {"zh": f"示例企业 {serial}（虚构）", "en": f"Sample Firm {serial} (invented)"}
    owner = Party(names=names, ids={"uscc": credit_code(serial)})
    last = issued.replace(year=issued.year + 5, day=min(issued.day, 28))
    return {
        "uuid": UUID(int=rng.getrandbits(128) | 1),
        "version": "00.01.000",
        "identifiers": (Identifier(scheme="gtin", value="6901234567892"),),
        "number": f"DEMO-{issued.year}-{serial:07d}",
        "names": {"zh": f"{zh}（示例）", "en": f"{en} (invented)"},
        "descriptions": {"zh": "虚构的示例产品，用于检验。"},
        "generation_by": "uuid",
        "compliance": (Reference(names={"en": rules.value}),),
        "pcr": Reference(names={"zh": "示例产品种类规则"}, version="1.0", uri="https://example.org/pcr"),
        "background": (Reference(names={"en": "Sample background database 2021"}),),
        "subtype": Subtype.SPECIFIC,
        "scope": Scope.PLANT,
        "verification": Verification.THIRD_PARTY,
        "verifiers": (Party(names={"zh": "示例核查机构甲（虚构）"}),),
        "owner": owner,
        "operator": Party(names={"zh": "示例环境声明平台（虚构）"}),
        "manufacturers": (owner,),
        "plants": (Plant(name=f"示例工厂 {serial}", location="CN-ZJ"),),
        "location": "CN",
        "reference_year": issued.year - 1,
        "published": PartialDay(day=issued, precision=Precision.DAY),
        "valid_from": PartialDay(day=issued, precision=Precision.DAY),
        "valid_to": PartialDay(day=last, precision=Precision.DAY),
        "original": Reference(names={"en": "original"}, uri="https://example.org/original.pdf"),
        "licence": Licence(type="Free of charge for all users and uses"),
    }
