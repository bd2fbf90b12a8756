"""How the declared carbon of one kind is spread: like with like, with base and recipe."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Request, Response

from catalogue.distribution import wording
from catalogue.distribution.reading import Kept
from catalogue.distribution.spread import Choice, Entry, Spread, Spreads, cell_key
from catalogue.naming import basis_label
from frontend.frame import LangPath
from frontend.pages import verify
from frontend.pages.reference import Reference, reference
from frontend.pages.standpoint import MomentDep, is_current, stand
from frontend.pages.words import Words, figure, rounded
from frontend.site import SiteDep
from frontend.templating import respond
from frontend.views import charts
from frontend.views.carbon import CarbonCell, CarbonView, ValueLine
from frontend.views.charts import Caption, Cuts, Strip
from frontend.views.parts import Empty, Field, Link, Option
from registry.access.http import May
from registry.access.permissions import Act
from registry.categories.facts import MaterialKindFact
from registry.changes.reading import Point
from registry.declarations.facts import Verification
from registry.declarations.figures.api import unit_named
from registry.declarations.figures.converted import PER
from registry.declarations.figures.gwp import Asked
from registry.declarations.figures.modules import asked_modules
from registry.kit.db import read_session
from registry.kit.errors import NotFound

router = APIRouter(dependencies=[Depends(May(Act.READ))])

MODULES = ("A1-A3", "A4", "A5", "A1-A5", "C", "D")
ALL = "all"
MOST_CELLS = 6  # drawn at once, the largest first; the others are in the file
MOST_LINES = 12


@dataclass(frozen=True, slots=True)
class Wanted:
    """The form as it was sent."""

    modules: str
    per: str
    verified: str
    performance: str


def address(kind: str, words: Words) -> str:
    return f"/{words.lang}/carbon/{quote(kind)}"


@router.get("/{lang}/carbon/{kind}")
def carbon(request: Request, lang: LangPath, kind: str, site: SiteDep, moment: MomentDep) -> Response:
    """Every cell of a kind: picture, table, base and recipe."""
    words, query = Words(lang), request.query_params
    with read_session(site.engine) as session:
        at = stand(session, moment)
        known = reference(session, at)
        fact = known.kinds.get(kind)
        if fact is None:
            raise NotFound
        asked = Wanted(
            modules=query.get("modules") or MODULES[0],
            per=query.get("per") or fact.declared_unit or PER[0],
            verified=query.get("verified") or Verification.THIRD_PARTY,
            performance=query.get("performance") or "",
        )
        choice = _choice(asked)
        # A look back gets its own, so that it cannot push out what stands for today.
        kept = site.spreads if is_current(session, at, moment.today) else Kept()
        found = kept.of_kind(session, kind, choice, at=at)
    view = _Page(fact, asked, choice, known=known, words=words).view(found, at)
    return respond(request, lang, "carbon.html", view=view)


def _choice(asked: Wanted) -> Choice:
    verified = frozenset(Verification) if asked.verified == ALL else frozenset({Verification.THIRD_PARTY})
    return Choice(Asked(asked_modules(asked.modules), unit_named(asked.per)), verified)


class _Page:
    """One kind and one question being put into words."""

    def __init__(
        self, kind: MaterialKindFact, asked: Wanted, choice: Choice, *, known: Reference, words: Words
    ) -> None:
        self.kind, self.asked, self.choice, self.known, self.words = kind, asked, choice, known, words
        self.unit = words.per(choice.asked.per.code)

    def view(self, found: Spreads, at: Point) -> CarbonView:
        words, lang = self.words, self.words.lang
        cells = [one for one in found.cells if self.asked.performance in ("", one.like.performance or "-")]
        name = self.known.kind(self.kind.kind, words)
        return CarbonView(
            title=words.say("carbon.title", kind=name),
            crumbs=self._crumbs(name),
            action=address(self.kind.kind, words),
            fields=self._fields(found),
            unit=self.unit,
            cells=tuple(self._cell(n, one) for n, one in enumerate(cells[:MOST_CELLS])),
            more=self._more(len(cells), MOST_CELLS, "carbon.more-cells"),
            apart=tuple(wording.apart(found, lang)),
            recipe=tuple(wording.recipe(self.choice, at, lang)),
            json_href=self._json(at),
            empty=None if cells else self._empty(name),
        )

    def _crumbs(self, name: str) -> tuple[Link, ...]:
        path = f"/{self.words.lang}/products"
        return (
            Link(self.words.say("step.search"), path),
            Link(name, f"{path}?kind={quote(self.kind.kind)}"),
        )

    def _empty(self, name: str) -> Empty:
        path = f"/{self.words.lang}/products?kind={quote(self.kind.kind)}"
        step = Link(self.words.say("limit.see-products", kind=name), path)
        return Empty(self.words.say("carbon.none"), self.words.say("carbon.none-text"), (step,))

    def _fields(self, found: Spreads) -> tuple[Field, ...]:
        words, asked = self.words, self.asked
        units = dict.fromkeys((self.kind.declared_unit or PER[0], *PER, self.choice.asked.per.code))
        grades = sorted({one.like.performance or "-" for one in found.cells})
        return (
            self._select("modules", [(one, one.replace("-", "–")) for one in MODULES], asked.modules),
            self._select("per", [(code, words.unit(code)) for code in units], self.choice.asked.per.code),
            self._select(
                "verified",
                [(Verification.THIRD_PARTY, words.say("proof.third_party")), (ALL, words.say("carbon.any"))],
                asked.verified,
            ),
            self._select(
                "performance",
                [("", words.say("carbon.any")), *((one, words.graded(self.kind, one)) for one in grades)],
                asked.performance,
            ),
        )

    def _select(self, name: str, options: list[tuple[str, str]], chosen: str) -> Field:
        listed = tuple(Option(value, label, value == chosen) for value, label in options)
        return Field(name, self.words.say(f"carbon.field.{name}"), kind="select", options=listed)

    def _cell(self, place: int, one: Spread) -> CarbonCell:
        title = basis_label(cell_key(one.like).rpartition("|")[0].rpartition("|")[0], self.known, self.words)
        base = wording.base(one, self.words.lang)
        return CarbonCell(
            id=f"cell-{place}",
            title=title,
            base=base,
            strip=self._strip(one, Caption(f"spread-{place}", self._modules, self.unit, base)),
            warnings=tuple(wording.warnings(one, self.words.lang)),
            lines=tuple(self._line(entry) for entry in one.entries[:MOST_LINES]),
            more=self._more(one.n, MOST_LINES, "carbon.more-values"),
        )

    @property
    def _modules(self) -> str:
        return self.words.listed(module.replace("-", "–") for module in self.choice.asked.modules)

    def _strip(self, one: Spread, caption: Caption) -> Strip:
        cuts = one.cuts
        drawn = (
            None
            if cuts.p20 is None or cuts.p50 is None or cuts.p80 is None
            else Cuts(rounded(cuts.p20), rounded(cuts.p50), rounded(cuts.p80))
        )
        return charts.strip([rounded(value) for value in cuts.values], caption, cuts=drawn)

    def _line(self, entry: Entry) -> ValueLine:
        year = "" if entry.reference_year is None else str(entry.reference_year)
        code = Link(entry.declaration, verify.address(entry.declaration))
        return ValueLine(code, figure(entry.value), str(len(entry.products)), year)

    def _more(self, count: int, most: int, key: str) -> str:
        return self.words.say(key, shown=most, count=count) if count > most else ""

    def _json(self, at: Point) -> str:
        verified = [("verified", one.value) for one in sorted(self.choice.verified)]
        asked = [
            ("kind", self.kind.kind),
            ("modules", self.asked.modules),
            ("per", self.choice.asked.per.code),
        ]
        point = [("on", at.on.isoformat()), ("as_of", str(at.as_of))]
        return f"/api/v1/distributions?{urlencode([*asked, *verified, *point])}"
