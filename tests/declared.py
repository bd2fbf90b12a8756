"""A document's content with invented figures: a test names only the fields it is about."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from registry.changes.feed import Draft
from registry.declarations.comparable import Generation
from registry.declarations.dataset import (
    Dataset,
    DeclaredUnit,
    Indicator,
    Mark,
    Party,
    Property,
    Reference,
    Scenario,
    Subtype,
    Value,
)
from registry.declarations.documents.content import DECLARATION_CONTENT, ContentFact
from registry.declarations.facts import DocumentKind, PartialDay, Precision, Verification
from registry.declarations.formats.reading import Person, Reading, Remark, Source, Weight
from registry.declarations.formats.template import write_csv
from registry.declarations.indicators import indicators
from tests.factories import END, START, key

UUIDS = tuple(UUID(int=(0xD0C << 100) | n) for n in range(1, 100))


def values(**stated: str) -> tuple[Value, ...]:
    """Cells by module, `A1_A3="612"`; a mark stands as its letters."""
    return tuple(
        Value(module=name.replace("_", "-"), mark=Mark(text))
        if text in set(Mark)
        else Value(module=name.replace("_", "-"), amount=Decimal(text))
        for name, text in stated.items()
    )


def row(code: str, cells: tuple[Value, ...], of: Generation = Generation.EN15804_A2) -> Indicator:
    known = indicators().of(code, of)
    assert known is not None
    names = {"zh": known.name_zh, "en": known.name_en}
    return Indicator(
        code=code, names=names, uuid=known.uuid, unit=known.unit, matched_by="uuid", values=cells
    )


def dataset(n: int = 1, **fields: Any) -> Dataset:
    """An EPD by EN 15804+A2 for 1 m³ of an invented concrete; C3 has two scenarios."""
    gwp = (
        *values(A1_A3="243.5", A4="8.25", B1="MND", C1="0"),
        Value(module="C3", scenario="回收", amount=Decimal("2.5")),
        Value(module="C3", scenario="填埋", amount=Decimal("4.75")),
        *values(C4="0.9", D="-6.125"),
    )
    given: dict[str, Any] = {
        "uuid": UUIDS[n],
        "version": "01.00.000",
        "document": DocumentKind.EPD,
        "number": f"演示-EPD-{9000 + n}",
        "names": {"zh": f"示例混凝土 {n:03d}（虚构）", "en": f"Example concrete {n:03d} (invented)"},
        "declared": DeclaredUnit(amount=Decimal(1), unit="m3", stated="m3"),
        "properties": (Property(kind="density", value=Decimal(2350), unit="kg/m3"),),
        "generation": Generation.EN15804_A2,
        "generation_by": "uuid",
        "compliance": (Reference(names={"en": "EN 15804+A2 (EF 3.1)"}),),
        "pcr": Reference(names={"zh": "示例规则（虚构）"}, version="2.0"),
        "subtype": Subtype.SPECIFIC,
        "verification": Verification.THIRD_PARTY,
        "operator": Party(names={"zh": "示例运营机构（虚构）"}),
        "reference_year": 2025,
        "published": PartialDay(day=START, precision=Precision.DAY),
        "valid_from": PartialDay(day=START, precision=Precision.DAY),
        "valid_to": PartialDay(day=END, precision=Precision.DAY),
        "scenarios": (Scenario(name="回收", default=True), Scenario(name="填埋")),
        "indicators": (
            row("GWP-total", gwp),
            row("GWP-fossil", values(A1_A3="240", A4="8.2", D="-6")),
            row("PERT", values(A1_A3="310")),
        ),
    }
    return Dataset(**{**given, **fields})


def reading(n: int = 1, *, persons: tuple[Person, ...] = (), **fields: Any) -> Reading:
    remark = Remark(weight=Weight.NOT_CARRIED, key="declaration-unreadable", place="/processDataSet/x[1]")
    return Reading(
        dataset=dataset(n, **fields),
        source=Source("ilcd-xml", "1.2", "ILCD/processes/x.xml"),
        remarks=(remark,),
        origins={"version": "/processDataSet/administrativeInformation"},
        persons=persons,
    )


def content_draft(n: int = 1, *, of: int = 1, **fields: Any) -> Draft:
    """The document of `factories.declaration(of)`."""
    fact = ContentFact(declaration_id=key("declaration", of), dataset=dataset(n, **fields))
    return Draft(DECLARATION_CONTENT, fact.declaration_id, START, fact)


def table(rows: int) -> bytes:
    """A CSV of our template with as many declarations, each with a number and figures of its own."""
    some = [
        dataset(
            1,
            uuid=None,
            version=None,
            number=f"演示-EPD-{n:06d}",
            names={"zh": f"示例混凝土 {n:06d}（虚构）"},
            scenarios=(),
            indicators=(row("GWP-total", values(A1_A3=f"{200 + n}.5", A4="8.25", C1="0", D="-6.125")),),
        )
        for n in range(1, rows + 1)
    ]
    return write_csv(some, "zh").content
