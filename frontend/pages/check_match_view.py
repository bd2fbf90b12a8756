"""The match page in words: how the whole list stands, the lines of this page, and what comes next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from starlette.datastructures import FormData

from catalogue.checks.state import LineState
from catalogue.checks.store import Kept
from frontend.pages.check_bench import Bench, Found
from frontend.pages.check_desk import text
from frontend.pages.check_needs import (
    WORK,
    Need,
    brought,
    counts,
    lacking,
    need,
    said_lacks,
    seen,
    shape,
    twins,
)
from frontend.pages.check_offers import match_line
from frontend.pages.check_paging import Places, Wanted
from frontend.pages.check_words import PackWords
from frontend.pages.paging import pager
from frontend.views.check import Filter, MatchLine, MatchView, Skipped
from frontend.views.parts import FieldError, Link, Notice, Tone
from registry.dossiers.dossier import Dossier

SHOWN_TEXT = 80
MOST_NAMED = 12  # lines that one notice names


@dataclass(frozen=True, slots=True)
class Scene:
    """One showing of the page; `typed` is a form that was not saved, for the reasons beside it."""

    kept: Kept
    terms: PackWords
    base: str
    wanted: Wanted
    places: Places
    dossiers: Mapping[UUID, Dossier]
    found: Found | None = None
    typed: FormData | None = None
    faults: tuple[FieldError, ...] = ()
    stale: bool = False

    @property
    def here(self) -> str:
        return f"{self.base}/match"

    @property
    def lines(self) -> tuple[LineState, ...]:
        return self.kept.state.lines

    @property
    def brought(self) -> Mapping[int, str]:
        return brought(text(self.typed, "seen")) if self.typed is not None else {}

    def changed(self) -> tuple[int, ...]:
        """Lines of a form that came too late which somebody else has changed since it was opened."""
        if not self.stale or self.typed is None:
            return ()
        return tuple(p for p in self.places.lines if self.brought[p] != seen(self.lines[p]))


def view(scene: Scene) -> MatchView:
    words, state, wanted = scene.terms.words, scene.kept.state, scene.wanted
    stand = counts(state.lines)
    work = sum(stand[one] for one in WORK)
    pages = words.say("check.page-title", page=scene.places.page, pages=scene.places.pages)
    return MatchView(
        action=scene.here,
        revision=str(scene.kept.revision),
        summary=_summary(scene, stand),
        filters=(
            Filter(words.say("check.filter-open", count=work), scene.here, current=not wanted.every),
            Filter(
                words.say("check.filter-all", count=len(state.lines)),
                f"{scene.here}?show=all",
                current=wanted.every,
            ),
        ),
        lines=_lines(scene),
        hidden=tuple(_hidden(scene)),
        pager=pager(
            scene.places.page,
            scene.places.pages,
            lambda number: Wanted(every=wanted.every, page=number).href(scene.here),
        ),
        others=tuple(_others(scene)),
        skipped=tuple(
            Skipped(
                place=words.say("check.row", sheet=row.sheet, row=row.row),
                reason=words.say(f"bom.skip.{row.reason}"),
                text=row.text[:SHOWN_TEXT],
            )
            for row in state.skipped
        ),
        settings=(
            words.say(
                "check.setting-pack",
                title=scene.terms.title,
                edition=scene.terms.pack.edition,
            ),
            words.say("check.setting-day", day=state.settings.report_day),
        ),
        reports=tuple(Link(number, f"{scene.base}/report/{number}") for number in state.reports),
        columns_href=f"{scene.base}/columns",
        delete_href=f"{scene.base}/delete",
        undecided=words.say("check.undecided", count=work) if work else words.say("check.all-decided"),
        errors=scene.faults,
        notices=tuple(_notices(scene)),
        unsaved=scene.typed is not None,
        title_page=pages if scene.places.pages > 1 else "",
    )


def _summary(scene: Scene, stand: Mapping[Need, int]) -> str:
    return scene.terms.words.say(
        "check.summary",
        total=len(scene.lines),
        proven=stand[Need.PROVEN],
        confirmed=stand[Need.CONFIRMED] + stand[Need.NONE],
        open=stand[Need.OPEN],
        none=stand[Need.NOT_FOUND],
        other=stand[Need.NOT_A_MATERIAL],
        repair=stand[Need.REPAIR],
    )


def _lines(scene: Scene) -> tuple[MatchLine, ...]:
    bench = Bench(
        terms=scene.terms,
        twins=twins(scene.lines),
        dossiers=scene.dossiers,
        found=scene.found,
        typed=scene.typed,
        faults={fault.field_id: fault.text for fault in scene.faults},
        brought=scene.brought,
        changed=frozenset(scene.changed()),
    )
    return tuple(match_line(place, scene.lines[place], bench) for place in scene.places.lines)


def _hidden(scene: Scene) -> Iterator[tuple[str, str]]:
    """Where the form is sent from, and how each of its lines stands now."""
    yield "shape", shape(scene.lines)
    if scene.wanted.every:
        yield "show", "all"
    if scene.found is not None:
        yield from (("line", str(scene.found.place)), ("q", scene.found.text))
    if scene.places.page > 1:
        yield "page", str(scene.places.page)
    yield "seen", " ".join(f"{place}:{seen(scene.lines[place])}" for place in scene.places.lines)


def _others(scene: Scene) -> Iterator[Skipped]:
    """Lines put aside as no material, each with the way to open it again."""
    words = scene.terms.words
    for place, line in enumerate(scene.lines):
        if need(line) is Need.NOT_A_MATERIAL:
            why = line.unlisted
            yield Skipped(
                place=words.say("check.row", sheet=line.line.sheet, row=line.line.row),
                reason=scene.terms.reason(why.key, why.facts) if why else "",
                text=f"{line.line.name} {line.line.spec}".strip()[:SHOWN_TEXT],
                href=f"{Wanted(every=scene.wanted.every).at_line(place).href(scene.here)}#l-{place}",
            )


def _notices(scene: Scene) -> Iterator[Notice]:
    words = scene.terms.words
    if scene.stale and scene.typed is None:
        yield Notice(Tone.BAD, words.say("check.changed-title"), words.say("check.reread-text"))
    elif scene.stale:
        links = tuple(
            Link(words.say("check.place", row=line.row, name=line.name or "—"), f"#l-{place}")
            for place in scene.changed()
            for line in (scene.lines[place].line,)
        )
        said = "check.changed-text" if links else "check.changed-elsewhere-text"
        yield Notice(Tone.BAD, words.say("check.changed-title"), words.say(said), links)
    elif scene.wanted.saved:
        yield _saved(scene)


def _saved(scene: Scene) -> Notice:
    """That the page was saved, and which lines with a product still lack something."""
    words, here = scene.terms.words, Wanted(every=scene.wanted.every)
    left = [(place, line, lacks) for place, line in enumerate(scene.lines) if (lacks := lacking(line))]
    if not left:
        return Notice(Tone.GOOD, words.say("check.saved"))
    links = tuple(
        Link(
            words.say(
                "check.still-line",
                row=line.line.row,
                name=line.told.name or "—",
                lacks=said_lacks(lacks, words),
            ),
            f"#l-{place}"
            if place in scene.places.lines
            else f"{here.at_line(place).href(scene.here)}#l-{place}",
        )
        for place, line, lacks in left[:MOST_NAMED]
    )
    return Notice(Tone.WARN, words.say("check.still-title"), "", links)
