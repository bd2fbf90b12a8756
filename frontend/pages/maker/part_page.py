"""The page of one part: what may be typed, what is closed, what is wrong, and its files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from fastapi import Response
from sqlmodel import Session

from frontend.pages.maker import papers, progress, words
from frontend.pages.maker.boxes import Form
from frontend.pages.maker.desk import Maker, Opened, mark
from frontend.pages.maker.offers import offers
from frontend.pages.maker.reuse import earlier
from frontend.views.maker import Box, PartView, Rows
from frontend.views.parts import Fact, Field, FieldError, Notice, Tone
from registry.applications.fields import Part
from registry.applications.parts import ASKED
from registry.applications.typed import asked_fields, is_begun

PASTE = "paste"


@dataclass(frozen=True, slots=True)
class Said:
    """What this request adds: faults to show, what was just done, empty rows, and what was not kept."""

    faults: bool = False
    note: str = ""
    more: int = 0
    typed: Mapping[str, str] | None = None
    file: str = ""
    paste: str = ""
    paste_error: str = ""


def page(session: Session, maker: Maker, opened: Opened, part: Part, *, said: Said) -> Response:
    application, typed = opened.application, opened.application.typed
    found = offers(session, maker, opened)
    form = Form(opened, found, part, said.faults or opened.is_returned, said.typed or typed)
    plain, grouped = form.boxes()
    rows, files = form.rows(said.more), papers.papers(maker, form, said.file)
    paste = _paste(form, said) if part is Part.CARBON and grouped else None
    shown = (*plain, *grouped, *(box for row in (rows.rows if rows else ()) for box in row.boxes))
    order = ASKED[application.subject].parts
    view = PartView(
        number=application.number,
        title=words.part(part, maker.words),
        place=maker.words.say("maker.place", place=order.index(part) + 1, count=len(order)),
        action=maker.path(application.number, str(part)),
        seen=mark(typed, part),
        back=maker.path(application.number),
        errors=tuple(_errors(form, shown, rows, files.field.error if files.field else "", said)),
        notices=tuple(_notices(form, said)),
        boxes=plain,
        group=maker.words.say(f"maker.group.{part}") if grouped else "",
        grouped=grouped,
        rows=rows,
        closed=tuple(_closed(form)),
        papers=files,
        suggestions=form.suggestions(),
        paste=paste,
        reuse=maker.words.say("maker.reuse") if earlier(session, maker, opened, part) else "",
    )
    return maker.page("part", view, status=422 if said.file or said.paste_error else 200)


def _errors(
    form: Form, shown: tuple[Box, ...], rows: Rows | None, file: str, said: Said
) -> Iterator[FieldError]:
    """In the order of the page; a fault of a field that is not on it stands at the end."""
    if said.paste_error:
        yield FieldError(PASTE, said.paste_error)
    told = {str(form.part)} if file else set()
    for box in shown:
        if box.error:
            told.add(box.name)
            yield FieldError(
                box.name, form.offers.words.say("maker.error-of", label=form.named(box.name), error=box.error)
            )
    if rows and rows.error:
        told.add(rows.name)
        yield FieldError(
            rows.name, form.offers.words.say("maker.error-of", label=rows.legend, error=rows.error)
        )
    if file:
        yield FieldError(papers.FILE, file)
    if form.faults:
        for one in progress.faults(form.opened, form.part):
            if one.path not in told:
                label = words.part(form.part, form.offers.words)
                label = label if one.path in set(Part) else form.named(one.path)
                error = form.offers.words.say(one.key, **form.facts(one.facts))
                yield FieldError("part", form.offers.words.say("maker.error-of", label=label, error=error))


def _notices(form: Form, said: Said) -> Iterator[Notice]:
    speak, opened = form.offers.words.say, form.opened
    if opened.is_returned:
        text = opened.reason(form.part) or opened.returned_for()
        yield Notice(Tone.WARN, speak("maker.returned-only"), text)
    if said.note:
        yield Notice(Tone.QUIET, speak(f"maker.note.{said.note}"), speak(f"maker.note.{said.note}-text"))
    optional = form.part not in ASKED[opened.application.subject].must
    if optional and not is_begun(form.typed, form.part):
        yield Notice(Tone.QUIET, speak("maker.optional"), speak("maker.optional-text"))


def _closed(form: Form) -> Iterator[Fact]:
    """What is filled in and did not come back."""
    fields = dict((*form.fields(), *asked_fields(form.typed, form.part)))
    for path, asked in fields.items():
        if form.typed.get(path, "").strip() and not form.opened.application.is_open(path):
            value, read = words.shown(form, path, asked)
            yield Fact(form.label(path), value, read)


def _paste(form: Form, said: Said) -> Field:
    speak = form.offers.words.say
    hint = speak("maker.paste-hint")
    label = speak("maker.paste")
    return Field(PASTE, label, said.paste, hint=hint, error=said.paste_error, kind="textarea")
