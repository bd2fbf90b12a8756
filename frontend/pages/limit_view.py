"""The page of a limit in words: box, line, makers within, and what to do where nothing compares."""

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from urllib.parse import quote, urlencode

from catalogue.comparison.percentiles import distribution
from catalogue.naming import basis_label
from catalogue.thresholds.limits import FEWEST_MAKERS, Market, Measured, measure
from catalogue.thresholds.wording import material
from frontend.pages import limit_words
from frontend.pages.cards import cuts_of
from frontend.pages.limit_asked import LimitAsked
from frontend.pages.reference import Reference
from frontend.pages.results import class_caption
from frontend.pages.standpoint import Moment
from frontend.pages.words import Words, rounded
from frontend.views import marks
from frontend.views.marks import Marked
from frontend.views.parts import Empty, Link, Notice, Option, Tone
from frontend.views.thresholds import (
    Clause,
    LimitBox,
    NoMarketView,
    Slider,
    ThresholdView,
)
from registry.changes.reading import Point
from registry.kit.types import plain

MOST_MAKERS = 40  # listed at once; the address for paper lists every one
STEPS = 2  # powers of ten below the span of a class: a slider of 100 to 1000 steps


def address(kind: str, words: Words, basis: str = "") -> str:
    """Where a limit is set for a kind, on one basis where it is known."""
    query = f"?{urlencode({'basis': basis})}" if basis else ""
    return f"/{words.lang}/thresholds/{quote(kind)}{query}"


def market_of(markets: Mapping[str, Market], basis: str) -> Market | None:
    """The market of a basis, or the largest where there is no such; None where the kind has none."""
    return markets.get(basis) or next(iter(markets.values()), None)


def none(kind: str, known: Reference, words: Words) -> NoMarketView:
    name = known.kind(kind, words)
    steps = (
        Link(words.say("limit.see-products", kind=name), f"/{words.lang}/products?kind={quote(kind)}"),
        Link(words.say("limit.other-kinds"), f"/{words.lang}/thresholds"),
    )
    empty = Empty(words.say("limit.none"), words.say("limit.none-text", kind=name), steps)
    return NoMarketView(words.say("limit.title", material=name), _crumbs(kind, known, words), empty)


def _crumbs(kind: str, known: Reference, words: Words) -> tuple[Link, ...]:
    path = f"/{words.lang}/products"
    return (
        Link(words.say("step.search"), path),
        Link(known.kind(kind, words), f"{path}?kind={quote(kind)}"),
        Link(words.say("limit.other-kinds"), f"/{words.lang}/thresholds"),
    )


class Page:
    """One market and one limit being put into words."""

    def __init__(self, base: Market, asked: LimitAsked, at: Point, *, known: Reference, words: Words) -> None:
        self.base, self.asked, self.at, self.known, self.words = base, asked, at, known, words
        self.kind, _, self.basis_unit, *_ = base.basis.split("|")
        self.unit = words.per(self.basis_unit)
        self.told = measure(base, asked.limit)

    def view(self, markets: Mapping[str, Market], moment: Moment) -> ThresholdView:
        asked, words, told = self.asked, self.words, self.told
        action = address(self.kind, words)
        kept = (("basis", self.base.basis), *_looking_back(moment))
        here = f"{action}?{urlencode(kept)}"
        everyone = limit_words.makers(told.within, self.known, words)
        shown = everyone if asked.every else everyone[:MOST_MAKERS]
        here_limited = here + (f"&{urlencode({'max': plain(told.limit)})}" if told.limit is not None else "")
        return ThresholdView(
            title=words.say("limit.title", material=self._material),
            crumbs=_crumbs(self.kind, self.known, words),
            action=action,
            kept=kept,
            bases=self._bases(markets),
            box=self._box(),
            count=limit_words.headline(told, words, unit=self.unit, wrong=asked.wrong is not None),
            whole=self._whole(),
            notices=self._notices(),
            chart=self._chart(),
            offered=limit_words.offered(self.base, told, words, here=here),
            makers=shown,
            more=self._more(len(everyone), f"{here_limited}&show=all") if shown != everyone else None,
            paper_href=f"{here_limited}&show=all",
            clause=self._clause(),
            recipe=limit_words.recipe(self.base, self.at, words, basis=self._basis(self.base.basis)),
            save=self._save(moment),
            json_href=self._json(),
            printed=asked.every,
        )

    @property
    def _material(self) -> str:
        return material(self.base.basis, self.known, self.words)

    def _basis(self, key: str) -> str:
        return basis_label(key, self.known, self.words)

    def _bases(self, markets: Mapping[str, Market]) -> tuple[Option, ...]:
        """Each with its number of products; the largest first."""
        return tuple(
            Option(key, f"{self._basis(key)} · n={len(one.offers)}", key == self.base.basis)
            for key, one in markets.items()
        )

    def _box(self) -> LimitBox:
        wrong = self.asked.wrong
        return LimitBox(
            value=self.asked.text,
            unit=self.unit,
            error=self.words.say(wrong.key, **wrong.facts) if wrong else "",
            # The figures-only keyboard of a phone has no minus sign, which timber needs.
            input_mode="text" if self.base.values[0] < 0 else "decimal",
            slider=slider(self.base, self.told),
        )

    def _whole(self) -> str:
        """What the limit is taken from; said only where there is one."""
        if self.told.limit is None:
            return ""
        return self.words.say("limit.of", counted=limit_words.counted(self.told.whole, self.words))

    def _notices(self) -> tuple[Notice, ...]:
        say, found = self.words.say, []
        if not self.told.reached.competes:
            key = "limit.few" if self.told.whole.competes else "limit.few-at-all"
            found.append(Notice(Tone.WARN, say("limit.few-title"), say(key, makers=FEWEST_MAKERS)))
        if self.asked.refused:
            listed = self.words.listed(say(key) for key in self.asked.refused)
            found.append(Notice(Tone.WARN, say("limit.refused"), say("limit.refused-text", filters=listed)))
        if self.asked.basis not in ("", self.base.basis):
            found.append(Notice(Tone.QUIET, say("limit.other-basis")))
        return tuple(found)

    def _chart(self) -> Marked:
        place = distribution(self.base.basis, self.base.values)
        caption = class_caption(place, self.known, self.words, on=self.at.on)
        limit = self.told.limit
        named = (self.words.say("limit.mark"), limit) if limit is not None else None
        values = [rounded(value) for value in place.values]
        return marks.limited(values, caption, cuts=cuts_of(place), limit=named)

    def _more(self, count: int, href: str) -> Link:
        return Link(self.words.say("limit.every-maker", count=count), href)

    def _clause(self) -> Clause | None:
        limit = self.told.limit
        return limit_words.clause(self.base, limit, self.known, self.words) if limit is not None else None

    def _save(self, moment: Moment) -> tuple[tuple[str, str], ...]:
        """The very point that is shown, so that what is kept is what was seen."""
        if self.told.limit is None:
            return ()
        on = (moment.on or self.at.on).isoformat()
        limit = plain(self.told.limit)
        return (("basis", self.base.basis), ("max", limit), ("on", on), ("as_of", str(self.at.as_of)))

    def _json(self) -> str:
        query = {"kind": self.kind, "basis": self.base.basis, "on": self.at.on.isoformat()}
        limit = {"max": plain(self.told.limit)} if self.told.limit is not None else {}
        return f"/api/v1/thresholds?{urlencode(query | limit | {'as_of': str(self.at.as_of)})}"


def _looking_back(moment: Moment) -> tuple[tuple[str, str], ...]:
    on = (("on", moment.on.isoformat()),) if moment.on else ()
    return (*on, *((("as_of", moment.as_of),) if moment.as_of else ()))


def slider(base: Market, told: Measured) -> Slider | None:
    """From below the lowest value to above the highest in steps of a power of ten; it stands at the limit."""
    low, high = base.values[0], base.values[-1]
    if low == high:
        return None
    step = Decimal(1).scaleb((high - low).adjusted() - STEPS)
    bottom, top = low.quantize(step, ROUND_FLOOR), high.quantize(step, ROUND_CEILING)
    at = top if told.limit is None else min(max(told.limit, bottom), top)
    return Slider(plain(bottom), plain(top), plain(step), plain(at))
