"""Two to four products side by side; what may not be compared is refused with its reason."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response
from sqlmodel import Session

from catalogue.comparison.base import Bases
from catalogue.comparison.compare import FEWEST, MOST, Column, Comparison
from catalogue.comparison.compare import compare as compared
from catalogue.comparison.likeness import Refusal, Refused
from catalogue.comparison.percentiles import distribution
from catalogue.naming import basis_label
from frontend.frame import LangPath
from frontend.pages import cards, compare_attributes, compare_chart, stages
from frontend.pages.reference import Reference, reference
from frontend.pages.standpoint import Moment, bases_at, stand
from frontend.pages.words import Words, best_tag, figure, rounded
from frontend.site import SiteDep
from frontend.templating import respond
from frontend.views import charts, formats
from frontend.views.charts import Caption
from frontend.views.compare import CompareCell, CompareItem, CompareRow, CompareView
from frontend.views.parts import Empty, Link, Notice, Tone
from registry.access.http import May
from registry.access.permissions import Act
from registry.changes.reading import Point, find_code
from registry.dossiers.dossier import Dossier
from registry.dossiers.load import load
from registry.kit.clock import TodayDep
from registry.kit.db import read_session
from registry.kit.ids import parse_code

router = APIRouter(dependencies=[Depends(May(Act.READ))])

DIFFERENCES = "differences"
MOST_IDS = 20  # looked at in one address


@dataclass(frozen=True, slots=True)
class Wanted:
    """Registry numbers as asked, and whether only rows that differ are shown."""

    codes: tuple[str, ...]
    only: bool


def _wanted(request: Request) -> Wanted:
    query = request.query_params
    return Wanted(tuple(query.getlist("id")[:MOST_IDS]), query.get("show") == DIFFERENCES)


WantedDep = Annotated[Wanted, Depends(_wanted)]


@router.get("/{lang}/compare")
def compare(request: Request, lang: LangPath, site: SiteDep, today: TodayDep, wanted: WantedDep) -> Response:
    words = Words(lang)
    with read_session(site.engine) as session:
        at = stand(session, Moment(today))
        known = reference(session, at)
        dossiers = _dossiers(session, wanted.codes, at, known)
        bases = bases_at(site, session, at, today)
        if not FEWEST <= len(dossiers) <= MOST:
            view = _not_enough(dossiers, words)
        else:
            view = _View(compared(dossiers), known, words).whole(session, bases, only=wanted.only)
    return respond(request, lang, "compare.html", view=view)


def _dossiers(session: Session, ids: Sequence[str], at: Point, known: Reference) -> list[Dossier]:
    """Products by their numbers, each once, in the order asked; what is no product is left out."""
    codes = dict.fromkeys(code for code in map(parse_code, ids) if code)
    records = [record for record in (find_code(session, code) for code in codes) if record]
    keys = [record.key for record in records if record.kind == "product"]
    found = load(session, keys, at, kinds=known.kinds)
    return [found[key] for key in keys if key in found]


def _items(dossiers: Sequence[Dossier], words: Words) -> tuple[CompareItem, ...]:
    codes = [one.product.fact.code for one in dossiers]
    return tuple(
        CompareItem(
            name=words.name(one.product.fact),
            href=f"/{words.lang}/products/{one.product.fact.code}",
            firm=words.name(one.maker),
            remove_href=_address(words, [code for code in codes if code != one.product.fact.code]),
        )
        for one in dossiers
    )


def _address(words: Words, codes: Sequence[str], show: str = "") -> str:
    query = urlencode([*(("id", code) for code in codes), *([("show", show)] if show else [])])
    return f"/{words.lang}/compare" + (f"?{query}" if query else "")


def _not_enough(dossiers: Sequence[Dossier], words: Words) -> CompareView:
    key = "compare.too-many" if len(dossiers) > MOST else "compare.one-more" if dossiers else "compare.none"
    kinds = {one.product.fact.kind for one in dossiers}
    path = f"/{words.lang}/products"
    same = [Link(words.say("compare.same-kind"), f"{path}?kind={kinds.pop()}")] if len(kinds) == 1 else []
    steps = (*same, Link(words.say("step.search"), path))
    names = words.listed(words.name(one.product.fact) for one in dossiers)
    text = words.joined(
        words.say("compare.how"), words.say("compare.chosen", names=names) if dossiers else ""
    )
    return CompareView((), (), empty=Empty(words.say(key), text, steps))


class _View:
    """One comparison being put into words."""

    def __init__(self, found: Comparison, known: Reference, words: Words) -> None:
        self.found, self.known, self.words = found, known, words
        self.dossiers = [column.dossier for column in found.columns]

    def whole(self, session: Session, bases: Bases, *, only: bool) -> CompareView:
        codes = [one.product.fact.code for one in self.dossiers]
        rows = [
            self._figures(),
            self._bars(),
            self._places(session, bases),
            *(
                self._named(label, texts)
                for label, texts in compare_attributes.rows(self.dossiers, self.words)
            ),
            *self._facts(),
        ]
        shown = [row for row in rows if row.differs or not only]
        basis = compare_chart.basis_of(self.found)
        view = CompareView(
            items=_items(self.dossiers, self.words),
            rows=tuple(shown),
            only_differences=only,
            toggle_href=_address(self.words, codes, "" if only else DIFFERENCES),
            downloads=(Link("JSON", f"/api/v1/compare?{urlencode([('id', code) for code in codes])}"),),
            refusal=self._refusal(),
            crumbs=self._crumbs(),
            basis=self._basis(basis) if basis else "",
        )
        if not basis:
            return view
        place = bases.of_kind(session, self.dossiers[0].product.fact.kind, self.dossiers[0].at)
        class_of = place.get(basis) or distribution(basis, ())
        return compare_chart.with_chart(view, self.found, class_of, known=self.known, words=self.words)

    def _crumbs(self) -> tuple[Link, ...]:
        """Back to the search, and to the one kind that is compared."""
        path = f"/{self.words.lang}/products"
        kinds = {one.product.fact.kind for one in self.dossiers}
        same = [Link(self.known.kind(kind, self.words), f"{path}?kind={kind}") for kind in kinds]
        return (Link(self.words.say("step.search"), path), *(same if len(same) == 1 else ()))

    def _basis(self, key: str) -> str:
        return self.words.say("compare.basis", basis=basis_label(key, self.known, self.words))

    def _refusal(self) -> Notice | None:
        """Every reason with the values that differ, in the order of the products, and what to do."""
        if not self.found.refusals:
            return None
        reasons = [
            self.words.joined(
                self.words.say(one.key, values=self._values(one)), self.words.say(one.key.remedy)
            )
            for one in self.found.refusals
        ]
        return Notice(Tone.WARN, self.words.say("compare.refused"), self.words.joined(*reasons))

    def _values(self, one: Refused) -> str:
        """What differs, each value once."""
        if one.key is Refusal.MISSING:
            missing = [it.product.fact for it in self.dossiers if it.product.fact.code in one.values]
            return self.words.listed(f"{self.words.name(it)} {it.code}" for it in missing)
        if one.key is Refusal.PERFORMANCE:
            return self._once(self._grade(dossier) for dossier in self.dossiers)
        named: dict[Refusal, Callable[[str], str]] = {
            Refusal.KIND: lambda value: self.known.kind(value, self.words),
            Refusal.UNIT: self.words.unit,
            Refusal.INDICATOR: self.words.indicator,
            Refusal.DATA: lambda value: self.words.say(f"data.{value}"),
        }
        return self._once(map(named.get(one.key, str), one.values))

    def _once(self, values: Iterable[str]) -> str:
        return self.words.listed(dict.fromkeys(values))

    def _grade(self, one: Dossier) -> str:
        return self.words.graded(one.kind, one.product.fact.performance or "—")

    def _figures(self) -> CompareRow:
        units = {column.cell.basis.unit for column in self.found.columns if column.cell}
        note = self.words.per(units.pop()) if len(units) == 1 else ""
        cells = tuple(self._figure(column, unit_known=bool(note)) for column in self.found.columns)
        return CompareRow(self.words.say("label.a1-a3"), cells, differs=True, note=note)

    def _figure(self, column: Column, *, unit_known: bool) -> CompareCell:
        if column.cell is None:
            return CompareCell(self.words.say("not-declared"))
        text = figure(column.cell.value)
        if not unit_known:
            text = f"{text} {self.words.per(column.cell.basis.unit)}"
        if column.above_lowest is None:
            return CompareCell(text)
        if column.lowest:
            return CompareCell(text, self.words.say("compare.lowest"), best=True)
        percent = column.above_lowest_percent
        above = formats.signed(rounded(column.above_lowest))
        share = f" ({formats.signed(percent, 1)}%)" if percent is not None else ""
        return CompareCell(text, self.words.say("compare.above", above=above + share))

    def _bars(self) -> CompareRow:
        """One scale for all, so that lengths may be read against each other; none where nothing compares."""
        per = [stages.unit(one, self.words) for one in self.dossiers]
        parts = [
            [
                (module.replace("-", "–"), rounded(value))
                for module, value in stages.values(one)
                if value is not None
            ]
            for one in self.dossiers
        ]
        units = {unit for unit, part in zip(per, parts, strict=True) if part}
        scale = charts.scale_of(*parts) if len(units) == 1 and not self.found.refusals else None
        cells = []
        for place, part in enumerate(parts):
            caption = Caption(f"stages-{place}", self.words.say("chart.stages"), per[place])
            text = " · ".join(f"{module} {formats.number(value)}" for module, value in part)
            if scale is None:
                text = f"{text} {per[place]}"
            cells.append(
                CompareCell(text, chart=charts.stacked(part, caption, scale) if scale else None)
                if part
                else CompareCell(self.words.say("not-declared"))
            )
        note = self.words.say("compare.one-scale" if scale else "compare.no-scale")
        return CompareRow(self.words.say("compare.stages"), tuple(cells), note=note)

    def _places(self, session: Session, bases: Bases) -> CompareRow:
        cells = []
        for one in self.dossiers:
            place = bases.place(session, one)
            cells.append(
                CompareCell(cards.position(one, place.distribution if place else None, self.words) or "—")
            )
        return self._row("compare.position", [cell.text for cell in cells])

    def _facts(self) -> list[CompareRow]:
        words = self.words
        texts: list[tuple[str, Callable[[Dossier], str]]] = [
            ("label.evidence", lambda one: best_tag(one, words).word),
            ("facet.status", lambda one: cards.state_badge(one, words).word),
            (
                "label.valid-to",
                lambda one: words.day(one.best_certificate.fact.valid_to) if one.best_certificate else "—",
            ),
            ("label.kind", lambda one: self.known.kind(one.product.fact.kind, words)),
            ("facet.performance", self._grade),
            ("label.region", self._region),
            (
                "label.data-kind",
                lambda one: words.say(
                    f"data.{one.declaration.fact.data_kind if one.declaration else 'none'}"
                ),
            ),
            (
                "label.verification",
                lambda one: (
                    words.say(f"proof.{one.declaration.fact.verification}") if one.declaration else "—"
                ),
            ),
            ("label.standard", lambda one: one.declaration.fact.standard if one.declaration else "—"),
            ("label.waste", self._waste),
        ]
        return [self._row(key, [text(one) for one in self.dossiers]) for key, text in texts]

    def _region(self, one: Dossier) -> str:
        plants = [one.plants[key] for key in one.product.fact.plant_ids if key in one.plants]
        regions = dict.fromkeys(plant.region for plant in plants) or {one.maker.region: None}
        return self.words.listed(self.known.place(region, self.words) for region in regions)

    def _waste(self, one: Dossier) -> str:
        waste = one.product.fact.solid_waste
        return f"{figure(waste.percent)}%" if waste else self.words.say("not-stated")

    def _row(self, key: str, texts: Sequence[str]) -> CompareRow:
        return self._named(self.words.say(key), texts)

    def _named(self, label: str, texts: Sequence[str]) -> CompareRow:
        return CompareRow(label, tuple(map(CompareCell, texts)), differs=len(set(texts)) > 1)
