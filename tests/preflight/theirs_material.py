"""The kind of material a name tells, what is usual for it, and papers that belong to another kind."""

import random
from decimal import Decimal

from registry.declarations.dataset import Dataset
from tests.preflight import theirs_tools as tools

_WORDS = {
    "cement": ("cement", "水泥", "zement", "cem i"),
    "concrete": ("concrete", "混凝土", "beton"),
    "mortar": ("mortar", "砂浆", "mörtel"),
    "brick": ("brick", "砖", "ziegel"),
    "plasterboard": ("plasterboard", "gypsum", "石膏", "gips"),
    "glass": ("glass", "玻璃", "glas"),
    "steel": ("steel", "钢", "stahl", "rebar"),
    "aluminium": ("alumin", "铝"),
    "timber": ("timber", "wood", "木", "holz"),
    "insulation": ("insulat", "wool", "foam", "棉", "保温", "dämm", "wolle"),
}
# kg CO₂e per kg, cradle to gate: what an importer of many declarations lets through without a question.
_USUAL = {
    "cement": ("0.10", "1.20"),
    "concrete": ("0.02", "0.60"),
    "mortar": ("0.05", "0.80"),
    "brick": ("0.04", "0.80"),
    "plasterboard": ("0.10", "2.00"),
    "steel": ("0.5", "6"),
    "aluminium": ("4", "25"),
    "glass": ("0.5", "5"),
}
_RULES = {
    "cement": "EN 16908 Cement and building lime – product category rules",
    "glass": "EN 17074 Glass in building – product category rules for flat glass products",
    "timber": "EN 16485 Round and sawn timber – product category rules",
    "insulation": "EN 16783 Thermal insulation products – product category rules",
}
_TEXTS = {
    "cement": ("Portland cement CEM I 52.5 R, in bulk.", "散装硅酸盐水泥 P·I 52.5R。"),
    "glass": ("Clear float glass of 6 mm for windows and façades.", "用于门窗和幕墙的 6 mm 浮法玻璃。"),
    "timber": ("Planed spruce timber for roof trusses.", "用于屋架的刨光云杉木材。"),
    "insulation": ("Stone wool slabs for flat roofs.", "用于平屋面的岩棉板。"),
}
# Kinds whose rules or raw materials may rightly appear in each other's papers.
_KIN = ({"cement", "concrete", "mortar", "brick"}, {"glass", "insulation"}, {"timber", "insulation"})


def material(dataset: Dataset) -> str | None:
    """The one kind the names tell; None where they tell none or several."""
    named = tools.text(dataset)
    found = [kind for kind, words in _WORDS.items() if any(word in named for word in words)]
    return found[0] if len(found) == 1 else None


def implausible(dataset: Dataset) -> bool:
    """Unheard of in any building material, or twice beyond what is usual for this kind."""
    total, weight = tools.carbon(dataset), tools.mass(dataset)
    usual = _USUAL.get(material(dataset) or "")
    if total and total > 0 and weight and usual:
        least, most = Decimal(usual[0]) / 2, Decimal(usual[1]) * 2
        return not least <= total / weight <= most or tools.unheard_of(dataset)
    return tools.unheard_of(dataset)


def _stranger(kind: str, rng: random.Random) -> str:
    near = set().union({kind}, *(kin for kin in _KIN if kind in kin))
    return rng.choice(sorted(set(_RULES) - near))


def rules_of_another(dataset: Dataset, rng: random.Random) -> str | None:
    kind = material(dataset)
    return _RULES[_stranger(kind, rng)] if kind else None


def text_of_another(dataset: Dataset, rng: random.Random) -> dict[str, str] | None:
    kind = material(dataset)
    if kind is None:
        return None
    english, chinese = _TEXTS[_stranger(kind, rng)]
    return {"zh": chinese} if "zh" in dataset.names else {"en": english}
