"""The task list of one application: what is done, what is left, what to have at hand, how long it takes."""

from collections.abc import Iterator

from fastapi import APIRouter, Depends, Response

from frontend.pages.check_desk import writable
from frontend.pages.maker import progress, words
from frontend.pages.maker.desk import Maker, MakerDep, Opened, open_one
from frontend.pages.maker.progress import Status
from frontend.views import formats
from frontend.views.maker import Task, TasksView
from frontend.views.parts import Link, Notice, Tone
from registry.access.http import May
from registry.access.permissions import Act, Target, allows
from registry.applications import clock, lists
from registry.applications.fields import Part
from registry.applications.parts import ASKED, Subject
from registry.applications.rules import WITH_PAPERS
from registry.applications.states import WITH_REGISTRY, State
from registry.kit.clock import civil_day
from registry.kit.db import read_session

router = APIRouter(prefix="/{lang}/account/maker", dependencies=[Depends(May(Act.READ_APPLICATION))])
_PLAIN = (Status.DONE, Status.CHANGED, Status.CLOSED, Status.OPTIONAL)


@router.get("/{number}")
def read_tasks(maker: MakerDep, number: str) -> Response:
    with read_session(maker.call.engine) as session:
        opened = open_one(session, maker, number)
        kept = lists.of_application(session, opened.application.id)
    if kept is not None:
        return maker.go("bulk", str(kept.id))
    application, speak = opened.application, maker.words.say
    done, count = progress.counted(opened)
    edited = application.state in progress.EDITED
    view = TasksView(
        number=application.number,
        name=words.name(application, words.product_names(opened.known, maker.words), maker.words),
        subject=words.subject(application.subject, maker.words),
        state=words.state(application.state, maker.words),
        saved=formats.instant(progress.saved_at(opened.events), maker.words.lang),
        clock=_clock(maker, opened),
        progress=speak("maker.progress", done=done, count=count) if edited else "",
        notices=tuple(_notices(maker, opened)),
        tasks=tuple(_tasks(maker, opened)) if edited else (),
        papers=tuple(_papers(maker, opened)) if application.state is State.DRAFT else (),
        go_on=_go_on(maker, opened) if edited else None,
        links=tuple(_links(maker, opened)),
    )
    return maker.page("tasks", view)


def _tasks(maker: Maker, opened: Opened) -> Iterator[Task]:
    speak, number = maker.words.say, opened.application.number
    for part, status in progress.parts(opened):
        key = {Status.DONE: "view", Status.CHANGED: "view", Status.RETURNED: "correct"}.get(status, "go-on")
        key = "fill" if status in (Status.OPTIONAL, Status.NOT_STARTED) else key
        linked = part is not Part.ABOUT and status is not Status.CLOSED
        yield Task(
            label=words.part(part, maker.words),
            status=speak(f"maker.status.{status}"),
            done=status in _PLAIN,
            note=_note(maker, opened, part),
            link=Link(speak(f"maker.{key}"), maker.path(number, str(part))) if linked else None,
        )
    left = [words.part(part, maker.words) for part in progress.to_do(opened)]
    yield Task(
        label=speak("maker.check"),
        status=speak("maker.status.ready" if not left else "maker.status.waits", parts=tuple(left)),
        done=False,
        note="",
        link=Link(speak("maker.check-link"), maker.path(number, "check")),
    )


def _note(maker: Maker, opened: Opened, part: Part) -> str:
    """The product a certificate or declaration is for; else why the part came back."""
    if part is Part.ABOUT:
        product = opened.known.products.get(opened.application.typed.get("about.product", "").strip())
        return maker.words.name(product) if product else ""
    if not progress.is_returned(opened, part):
        return ""
    paths = [path for path in opened.application.open_paths if path.partition(".")[0] == part]
    said = dict.fromkeys(filter(None, (opened.reason(path) for path in paths)))
    return maker.words.joined(*said) or opened.returned_for()


def _notices(maker: Maker, opened: Opened) -> Iterator[Notice]:
    speak, application = maker.words.say, opened.application
    if opened.is_returned:
        yield Notice(Tone.WARN, speak("maker.returned"), opened.returned_for())
    if application.state in progress.EDITED:
        for one in progress.elsewhere(opened):
            link = Link(speak(f"maker.subject.{Subject.ORGANISATION}"), maker.path())
            yield Notice(Tone.BAD, writable(speak(one.key, **one.facts)), links=(link,))
    if application.published:
        codes = (Link(one.code, f"/v/{one.code}") for one in application.published)
        yield Notice(Tone.GOOD, speak("maker.published"), links=tuple(codes))


def _clock(maker: Maker, opened: Opened) -> str:
    """Working days with the registry; before it is handed in, how long that usually takes."""
    speak, limit = maker.words.say, maker.call.desk.days
    running = clock.spans((one.act, civil_day(one.at)) for one in opened.events)
    if opened.application.state in WITH_REGISTRY:
        days, due = clock.elapsed(running, maker.call.today), clock.due_on(running, limit)
        return speak("maker.clock-runs", days=days, due=due)
    if opened.application.state in progress.EDITED:
        used = clock.elapsed(running, maker.call.today)
        key = "maker.clock-paused" if used else "maker.clock-before"
        return speak(key, limit=limit, days=used)
    return ""


def _papers(maker: Maker, opened: Opened) -> Iterator[str]:
    for part in ASKED[opened.application.subject].parts:
        if part in WITH_PAPERS:
            yield maker.words.say(f"maker.papers.{part}")


def _go_on(maker: Maker, opened: Opened) -> Link:
    step = progress.go_on(opened)
    label = maker.words.say("maker.check") if step == "check" else words.part(Part(step), maker.words)
    key = "maker.correct-part" if opened.is_returned and step != "check" else "maker.go-on-with"
    return Link(maker.words.say(key, part=label), maker.path(opened.application.number, step))


def _links(maker: Maker, opened: Opened) -> Iterator[Link]:
    application, speak = opened.application, maker.words.say
    if progress.submitted(opened.events) is not None:
        yield Link(speak("maker.receipt"), maker.path(application.number, "receipt"))
        yield Link(speak("maker.answers"), maker.path(application.number, "check"))
    yield Link(speak("maker.history"), maker.path(application.number, "history"))
    own: Target = application.target()
    if allows(maker.call.actor, Act.WITHDRAW_APPLICATION, own):
        yield Link(speak("maker.withdraw"), maker.path(application.number, "withdraw"))
    yield Link(speak("maker.to-list"), maker.path())
