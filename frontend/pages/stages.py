"""The life-cycle stages of the declaration that speaks for a product, as lines and as one bar."""

from decimal import Decimal

from frontend.pages.words import Words, figure, rounded
from frontend.views import charts
from frontend.views.charts import Caption, Stacked
from frontend.views.product import StageLine
from registry.declarations.comparable import per_unit
from registry.declarations.facts import DeclarationFact, a1_a3
from registry.dossiers.dossier import Dossier
from registry.units.table import table

LINES = ("A1-A3", "A4", "A5", "B1", "B2", "B3", "B4", "B5", "B6", "B7", "C1", "C2", "C3", "C4", "D")
PARTS = ("A1", "A2", "A3")


def values(dossier: Dossier) -> list[tuple[str, Decimal | None]]:
    """Each stage per one declared unit of the kind where that can be had, else as declared; None is not 0."""
    if dossier.declaration is None:
        return [(module, None) for module in LINES]
    stated = dossier.declaration.fact
    wanted = table().by_code.get(_unit(dossier))

    def scaled(value: Decimal | None) -> Decimal | None:
        if value is None or wanted is None:
            return value
        found = per_unit(value, stated, wanted)
        return value if found is None else found

    given = [(module, stated.modules.get(module)) for module in LINES]
    given[0] = ("A1-A3", a1_a3(stated))
    if given[0][1] is None and any(part in stated.modules for part in PARTS):
        given[:1] = [(part, stated.modules.get(part)) for part in PARTS]
    return [(module, scaled(value)) for module, value in given]


def lines(dossier: Dossier, words: Words) -> tuple[StageLine, ...]:
    """Every stage of the standard's list; use stages nobody declares are one line."""
    found = values(dossier)
    if all(value is None for module, value in found if module.startswith("B")):
        found = [one for one in found if not one[0].startswith("B") or one[0] == "B1"]
        found = [("B" if module == "B1" else module, value) for module, value in found]
    source = _source(dossier, words)
    return tuple(
        StageLine(
            stage="B1–B7" if module == "B" else module.replace("-", "–"),
            content=words.say(f"stage.{module}"),
            value="" if value is None else figure(value),
            source="" if value is None else source,
            fill=charts.fill_of(module),
        )
        for module, value in found
    )


def unit(dossier: Dossier, words: Words) -> str:
    return words.per(_unit(dossier)) if dossier.declaration else "kgCO₂e"


def stacked(dossier: Dossier, words: Words) -> Stacked | None:
    """No bar for a single stage: one number needs no picture."""
    shown = [
        (module.replace("-", "–"), rounded(value)) for module, value in values(dossier) if value is not None
    ]
    if len(shown) < 2:
        return None
    return charts.stacked(shown, Caption("stages-bar", words.say("chart.stages"), unit(dossier, words)))


def _unit(dossier: Dossier) -> str:
    """The kind's own unit where the declaration can be stated in it, else the declared one."""
    if dossier.declaration is None:
        return ""
    stated = dossier.declaration.fact
    wanted = dossier.kind.declared_unit or dossier.product.fact.unit
    target = table().by_code.get(wanted)
    if target is not None and _fits(stated, wanted):
        return wanted
    return stated.declared_unit


def _fits(stated: DeclarationFact, wanted: str) -> bool:
    declared, target = table().by_code.get(stated.declared_unit), table().by_code.get(wanted)
    return declared is not None and target is not None and declared.dimension is target.dimension


def _source(dossier: Dossier, words: Words) -> str:
    if dossier.declaration is None:
        return ""
    stated = dossier.declaration.fact
    return f"{words.say(f'document.{stated.document}')} {stated.number} · {stated.standard}"
