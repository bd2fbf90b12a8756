"""As many invented documents as wanted, with more makers than one list holds; the same every time."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from registry.certificates.facts import Scheme
from registry.declarations.facts import Verification
from search.documents.product import DataKind, Evidence, GwpUnit, ProductDocument, Status

_KINDS = {"cement": "binder", "concrete": "concrete-products", "mineral-wool": "insulation", "glass": ""}
_REGIONS = ("510100", "110000", "370100", "440300", "420100")
_RULES = ("EN 15804+A1", "EN 15804+A2", "GB/T 24067", "ISO 21930")
_FIRST_DAY = date(2026, 1, 1)


def documents(count: int, *, makers: int, seed: int = 20_261_122) -> Iterator[ProductDocument]:
    rng = random.Random(seed)
    for order in range(count):
        yield _document(rng, order, rng.randrange(makers) if rng.random() < 0.8 else rng.randrange(20))


def _document(rng: random.Random, order: int, maker: int) -> ProductDocument:
    kind = rng.choice(tuple(_KINDS))
    regions = rng.sample(_REGIONS, rng.randint(0, 2))
    figure = Decimal(rng.randint(1, 4000)) / 1000 if rng.random() < 0.8 else None
    first = _FIRST_DAY + timedelta(days=rng.randint(-400, 400))
    is_dated = rng.random() < 0.8
    return ProductDocument(
        id=f"product-{order}",
        number=f"N{order:07d}",
        version=order + 1,
        name_zh=f"示范产品 {order}",
        kind=kind,
        kind_path=(kind, _KINDS[kind]) if _KINDS[kind] else (kind,),
        group=_KINDS[kind] or kind,
        maker=f"示例企业 {maker:05d}（虚构）",
        maker_id=f"maker-{maker}",
        plants=tuple(f"plant-{maker}-{place}" for place in range(rng.randint(0, 2))),
        standards=tuple(sorted(rng.sample(("GB 175", "GB/T 9775", "T/CECS 10034"), rng.randint(0, 2)))),
        province=f"{regions[0][:2]}0000" if regions else "",
        regions=tuple(dict.fromkeys(code for one in regions for code in (f"{one[:2]}0000", one))),
        evidence=tuple(rng.sample(tuple(Evidence), rng.randint(0, 3))),
        schemes=tuple(rng.sample(tuple(Scheme), rng.randint(0, 2))),
        status=rng.choice(tuple(Status)),
        star=rng.choice((None, 1, 2, 3)),
        body=rng.choice(("示例机构甲（虚构）", "示例机构乙（虚构）")),
        data_kind=rng.choice(tuple(DataKind)),
        verification=rng.choice((None, *Verification)),
        performance=rng.choice(("", "C30", "42.5R", "A")),
        attributes=_attributes(rng),
        quantities=_quantities(rng),
        category=(rng.choice(("gbm-01", "gbm-15")),),
        gwp=figure,
        gwp_basis=None if figure is None else f"{kind}|basis",
        gwp_standard=rng.choice(_RULES),
        gwp_per=_figures(rng, figure),
        waste_content=Decimal(rng.randint(0, 1000)) / 10 if rng.random() < 0.4 else None,
        valid_from=first if is_dated else None,
        valid_to=first + timedelta(days=rng.randint(1, 1200)) if is_dated else None,
    )


def _attributes(rng: random.Random) -> dict[str, str]:
    closed = {
        "strength_class": ("C30", "C40", "42.5 R"),
        "low_e": ("true", "false"),
        "size": ('"6+12A+6"', "9*2"),
    }
    return {name: rng.choice(values) for name, values in closed.items() if rng.random() < 0.5}


def _quantities(rng: random.Random) -> dict[str, Decimal]:
    found = {}
    if rng.random() < 0.7:
        found["thickness"] = Decimal(rng.randint(1, 300))
    if rng.random() < 0.5:
        found["conductivity"] = Decimal(rng.randint(20, 900)) / 10_000
    if rng.random() < 0.2:
        found["light_transmission"] = Decimal(rng.randint(-50, 50)) / 4
    return found


def _figures(rng: random.Random, figure: Decimal | None) -> dict[GwpUnit, Decimal]:
    if figure is None:
        return {}
    found = {GwpUnit.KG: figure, GwpUnit.T: figure * 1000}
    if rng.random() < 0.6:
        found[GwpUnit.M3] = figure * rng.choice((60, 700, 2400))
    if rng.random() < 0.3:
        found[GwpUnit.M2] = figure * rng.randint(5, 25)
    return found
