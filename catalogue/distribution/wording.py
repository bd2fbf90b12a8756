"""How a spread came about, in sentences that let somebody else count again."""

from collections.abc import Iterator

from catalogue.comparison.percentiles import FEWEST
from catalogue.distribution.spread import RULE, VERSION, Apart, Choice, Spread, Spreads
from registry.changes.reading import Point
from registry.kit.messages import say
from registry.kit.types import plain


def recipe(choice: Choice, at: Point, lang: str) -> Iterator[str]:
    """Base, question, percentiles and rule."""
    verified = [say(f"proof.{one}", lang) for one in sorted(choice.verified)]
    yield say("spread.recipe.base", lang, {"verified": verified})
    modules = [module.replace("-", "–") for module in choice.asked.modules]
    yield say("spread.recipe.asked", lang, {"modules": modules, "per": choice.asked.per.symbol(lang)})
    yield say("spread.recipe.once", lang)
    yield say("spread.recipe.percentiles", lang, {"least": FEWEST})
    yield say("spread.recipe.point", lang, {"on": at.on, "as_of": at.as_of})
    yield say("spread.recipe.rule", lang, {"rule": RULE, "version": VERSION})


def apart(found: Spreads, lang: str) -> list[str]:
    """What stands apart, by reason; a reason that nothing has is left out."""
    return [
        say(f"spread.apart.{reason}", lang, {"count": found.apart[reason]})
        for reason in Apart
        if found.apart[reason]
    ]


def base(spread: Spread, lang: str) -> str:
    """What a percentile rests on, in one line: how many, of which years."""
    years = spread.years
    if years is None:
        return say("spread.base.no-year", lang, {"n": spread.n})
    named = str(years[0]) if years[0] == years[1] else f"{years[0]}–{years[1]}"
    return say("spread.base", lang, {"n": spread.n, "years": named})


def warnings(spread: Spread, lang: str) -> list[str]:
    """What a reader of the figures must know of them."""
    found = []
    if spread.cuts.p50 is None:
        found.append(say("spread.few", lang, {"n": spread.n, "least": FEWEST}))
    if spread.negative:
        lowest = plain(spread.entries[0].value)
        found.append(say("spread.negative", lang, {"count": spread.negative, "lowest": lowest}))
    doubtful = sum(1 for entry in spread.entries if entry.doubt is not None)
    if doubtful:
        found.append(say("spread.doubtful", lang, {"count": doubtful}))
    uncertain = sum(1 for entry in spread.entries if entry.validity == "uncertain")
    if uncertain:
        found.append(say("spread.uncertain", lang, {"count": uncertain}))
    return found
