"""Cases of scope and parties: units by plants, contract manufacturing, bodies, editions, dealers."""

from datetime import date
from typing import Final

from registry.certificates.facts import ScopeRow
from registry.kit.known_by import KnownBy, Source
from seeds.demo.cases import CASES
from seeds.demo.certificates import certify, scope_rows
from seeds.demo.keys import certificate_number
from seeds.demo.products import Made
from seeds.demo.workshop import Workshop, plant_ids

DEALER: Final = CASES["dealer-invoice"].numbers["dealer"]
SHARED_NUMBER: Final = CASES["same-number"].numbers["certificate"]
# (handle, firm, kind, category, further parts of the certificate)
_PLAIN: Final[tuple[tuple[str, int, str, str, dict[str, object]], ...]] = (
    ("case-green-product", 311, "insulation.mineral-wool", "gp-35608", {}),
    (
        "case-replaced", 312, "insulation.mineral-wool", "gp-35608",
        {"standards": ("GB/T 35608-2017",), "start": date(2023, 6, 20)},
    ),
    ("case-scope", 313, "waterproofing.membrane", "gbm-26", {"body": 2}),
    ("case-number-first", 315, "pipe.plastic", "gbm-34", {"number": SHARED_NUMBER}),
    ("case-number-second", 316, "cable.wire", "gbm-wire-cable", {"number": SHARED_NUMBER, "body": 1}),
    (
        "case-unchecked", 317, "sanitary.ware", "gbm-17",
        {"known_by": KnownBy(source=Source.TRANSCRIBED, cross_check=None, note="尚未核对（演示）")},
    ),
    ("case-q1e-membrane", 323, "waterproofing.membrane", "gbm-26", {}),
    ("case-q1e-coating", 323, "waterproofing.coating", "gbm-27", {}),
    ("case-control", 324, "control.metering", "gbm-50", {}),
)  # fmt: skip


def build(shop: Workshop) -> None:
    """Make every case of this module."""
    _three_units(shop)
    _contract_manufacturing(shop)
    for handle, number, kind, category, parts in _PLAIN:
        firm = shop.firms.get(number) or shop.firm(number)
        _certify(shop, shop.product(handle, kind, firm), category, **parts)
    _edge(shop)
    dealt = shop.product("case-dealer", "gypsum.decorative", shop.firm(327), dealers=(DEALER,))
    _certify(shop, dealt, "gbm-19")


def _certify(shop: Workshop, made: Made, category: str, **parts: object) -> None:
    firm = made.firm
    settled: dict[str, object] = {
        "number": certificate_number(2025, 8000 + len(shop.certificates)),
        "start": date(2025, 2, 18),
        **parts,
    }
    shop.add(
        certify(
            made.handle,
            category=shop.category(category),
            firm=firm,
            rows=scope_rows([made], plant_ids(firm)),
            **settled,  # type: ignore[arg-type]
        )
    )


def _three_units(shop: Workshop) -> None:
    """Three units at two plants make six rows; the third plant makes the same products uncovered."""
    firm = shop.firm(301, "330500", "330100", "330600")
    units = (("内墙涂料 光泽 ≤ 10", 0), ("内墙涂料 光泽 > 10", 0), ("外墙涂料", 1))
    rows: list[ScopeRow] = []
    for place, (unit, variant) in enumerate(units, 1):
        model = f"TL-301-{place:02d}"
        made = shop.product(f"case-units-{place}", "coating.wall", firm, variant=variant, model=model)
        for row in scope_rows([made], plant_ids(firm, (0, 1)), unit=unit):
            rows.append(row.model_copy(update={"row": len(rows) + 1}))
    shop.add(
        certify(
            "case-units",
            number=certificate_number(2025, 8301),
            category=shop.category("gbm-28"),
            firm=firm,
            rows=rows,
            start=date(2025, 1, 20),
            star=3,
        )
    )


def _contract_manufacturing(shop: Workshop) -> None:
    """Firm 302 holds the certificate and owns no plant; 303 makes; the brand belongs to 304."""
    holder = shop.firm(302, seat="510100")
    brand_owner = shop.firm(304, seat="330100")
    maker = shop.firm(303, "340800")
    made = shop.product(
        "case-odm",
        "gypsum.plasterboard",
        maker,
        manufacturer_id=holder.id,
        brand="示例牌 304",
        brand_owner_id=brand_owner.id,
    )
    shop.add(
        certify(
            "case-odm",
            number=certificate_number(2025, 8302),
            category=shop.category("gbm-24"),
            firm=holder,
            rows=scope_rows([made], plant_ids(maker)),
            start=date(2025, 3, 11),
            contract_manufacturing=True,
        )
    )


def _edge(shop: Workshop) -> None:
    """Two concretes for the 80 % edge: one certified, one with no evidence at all."""
    firm = shop.firm(325)
    made = shop.product("case-edge-certified", "concrete.ready-mixed", firm)
    shop.add(
        certify(
            "case-edge",
            number=certificate_number(2025, 8325),
            category=shop.category("gbm-06"),
            firm=firm,
            rows=scope_rows([made], plant_ids(firm), unit="预拌混凝土 C15–C60"),
            start=date(2025, 1, 6),
        )
    )
    shop.product("case-edge-uncertified", "concrete.ready-mixed", shop.firm(326))
