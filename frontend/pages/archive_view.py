"""A kept search in the words it was kept with, in either language; nothing here reads the register."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlencode

from catalogue.archive.sealed import Said
from catalogue.archive.store import Archived
from catalogue.searches import files
from catalogue.searches.kept import KeptSearch, Via
from catalogue.searches.rows import Certified, Declared, ListedRow
from catalogue.searches.since import Since
from catalogue.tables import Form
from frontend.forms import legible
from frontend.pages.paging import PER_PAGE, Cut, cut, pager
from frontend.pages.words import Words, figure, tone
from frontend.views.archive import Change, KeptRow, KeptView, TodayView
from frontend.views.parts import Badge, Fact, Link, Notice, Tone
from registry.dossiers.dossier import Standing
from registry.kit.clock import civil_day

MOST_NAMED = 20  # of one kind of change; the files of both days have them all


def view(archived: Archived, kept: KeptSearch, words: Words, *, path: str, page: str | None) -> KeptView:
    """One page of the list, or the whole of it for paper; `path` is the address of the kept search."""
    rows = kept.rows
    part = Cut(rows, 1, 1) if page is None else cut(rows, page)
    before = 0 if page is None else (part.page - 1) * PER_PAGE
    sealed, lang = archived.sealed, words.lang
    return KeptView(
        number=archived.number,
        head=tuple(_head(archived, kept, words)),
        filters=tuple(_filters(kept, words)),
        notices=tuple(notice.in_language(lang) for notice in kept.notices),
        count=words.say("archive.count", count=len(rows), first=before + 1, last=before + len(part.items))
        if rows
        else words.say("archive.nothing"),
        rows=tuple(_row(row, n, archived, words) for n, row in enumerate(part.items, before + 1)),
        pager=pager(part.page, part.pages, lambda n: f"{path}?page={n}" if n > 1 else path),
        digest=archived.sha256,
        files=tuple(Link(name.upper(), f"{path}.{name}") for name in (*Form, "json")),
        print_href=f"{path}?print=1",
        again_href=_again(kept, words),
        today_href=f"{path}?today=1#today",
        feed_href=f"{path}.atom",
        kept_until=words.day(civil_day(archived.kept_until)),
        meant=kept.valid_means.in_language(lang),
        printed=page is None,
        stamp=sealed.notice.in_language(lang) if sealed.notice else "",
        broken=None if archived.is_whole else _broken(words),
    )


def _head(archived: Archived, kept: KeptSearch, words: Words) -> Iterator[Fact]:
    sealed, lang = archived.sealed, words.lang
    yield Fact(words.say("archive.number"), archived.number)
    yield Fact(words.say("kept.time"), files.instant(archived))
    day = words.say("archive.point", day=date.fromisoformat(sealed.on), position=str(sealed.as_of))
    yield Fact(words.say("archive.data"), day)
    yield Fact(words.say("kept.total"), words.say("archive.total", count=kept.total))
    yield Fact(words.say("kept.order"), kept.order.said.in_language(lang))


def _filters(kept: KeptSearch, words: Words) -> Iterator[Fact]:
    """The words typed, then each filter under its name; that nothing was typed is said too."""
    typed = legible(kept.words.strip()) or words.say("archive.no-words")
    yield Fact(words.say("download.words"), typed)
    labels: dict[str, list[str]] = {}
    for one in kept.filters:
        said = labels.setdefault(one.label.in_language(words.lang), [])
        said.append(one.said.in_language(words.lang))
    for label, values in labels.items():
        yield Fact(label, words.listed(values))


def _row(row: ListedRow, place: int, archived: Archived, words: Words) -> KeptRow:
    lang, figured = words.lang, row.declared.figure if row.declared else None
    grade = (row.performance.said,) if row.performance else ()
    about = (row.number, *_in(lang, row.kind.said, *grade), words.listed(row.models))
    return KeptRow(
        place=place,
        name=row.name.in_language(lang),
        href=_then(row, archived, words),
        about=_joined(*about),
        maker=row.maker.in_language(lang),
        maker_about=_joined(row.maker_code, row.region.said.in_language(lang)),
        state=Badge(row.state.said.in_language(lang), tone(Standing(row.state.code))),
        certificate=_certificate(row.certificate, words) if row.certificate else "",
        value=figure(figured.value) if figured else "",
        unit=f"kgCO₂e/{figured.unit.said.in_language(lang)}" if figured else "",
        declared=_declared(row.declared, words) if row.declared else "",
    )


def _then(row: ListedRow, archived: Archived, words: Words) -> str:
    """The product as it was known when the list was read."""
    at = urlencode({"on": archived.sealed.on, "as_of": archived.sealed.as_of})
    return f"/{words.lang}/products/{row.number}?{at}"


def _certificate(held: Certified, words: Words) -> str:
    star = words.say(f"star.{held.star}") if held.star else ""
    until = words.say("archive.until", day=words.day_of(held.valid_to.day, held.valid_to.precision))
    return _joined(held.number, held.body.in_language(words.lang), star, until)


def _declared(declared: Declared, words: Words) -> str:
    basis = [declared.figure.basis.said] if declared.figure else []
    until = words.day_of(declared.valid_to.day, declared.valid_to.precision)
    said = _in(words.lang, *basis, declared.data_kind.said, declared.verification.said)
    return _joined(*said, words.say("archive.until", day=until))


def _in(lang: str, *said: Said) -> list[str]:
    return [one.in_language(lang) for one in said]


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


def _again(kept: KeptSearch, words: Words) -> str:
    path = f"/{words.lang}/products" if kept.via is Via.PAGE else "/api/v1/search"
    return f"{path}?{kept.query}" if kept.query else path


def _broken(words: Words) -> Notice:
    return Notice(Tone.BAD, words.say("archive.broken"), words.say("archive.broken-text"))


def today(found: Since, words: Words, *, total: int) -> TodayView:
    """What is new, gone, of another state or otherwise restated, the first of each by name."""
    pairs = (
        ("new", found.new),
        ("gone", found.gone),
        ("other-state", tuple(new for _, new in found.other_state)),
        ("restated", tuple(new for _, new in found.restated)),
    )
    said = words.say("archive.today-same" if found.is_same else "archive.today-differs", count=total)
    return TodayView(said, tuple(_change(key, rows, words) for key, rows in pairs if rows))


def _change(key: str, rows: tuple[ListedRow, ...], words: Words) -> Change:
    named = tuple(
        Link(_named(row, key, words), f"/{words.lang}/products/{row.number}") for row in rows[:MOST_NAMED]
    )
    return Change(words.say(f"archive.today-{key}", count=len(rows)), named, len(rows) - len(named))


def _named(row: ListedRow, key: str, words: Words) -> str:
    name = _joined(row.number, row.name.in_language(words.lang))
    if key != "other-state":
        return name
    return words.say("archive.now", name=name, state=row.state.said.in_language(words.lang))
