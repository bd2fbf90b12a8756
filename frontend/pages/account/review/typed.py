"""What an officer typed on a case: ticked fields, notes beside them, a reason, look-ups."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from pydantic import ValidationError
from starlette.datastructures import FormData

from frontend.forms import Unreadable, read_day
from frontend.pages.account.review.rows_asked import SAMPLE, Asked
from frontend.pages.check_desk import text
from frontend.pages.words import Words
from frontend.views.parts import FieldError
from registry.applications.fields import Part
from registry.applications.looking import COPIED, LookUp
from registry.crosschecks.facts import Result

_NOTE, _LOOK = "note:", "look-"
_NOTHING: Mapping[str, str] = MappingProxyType({})
LOOK_FIELDS = ("platform", "checked_on", "result", "screenshot_sha256", "recheck_due")


@dataclass(frozen=True, slots=True)
class Typed:
    """A form of the case page as it came; everything is text still."""

    revision: int = -1
    ticked: frozenset[str] = frozenset()
    notes: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    looks: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    reason: str = ""
    to: str = ""

    def fields(self) -> list[str]:
        """What is to be mended: the ticked fields and those with a note."""
        return sorted({*self.ticked, *self.notes})


@dataclass(frozen=True, slots=True)
class Again:
    """The page once more after a refusal: what was typed, what is wrong, and with which status."""

    typed: Typed = Typed()
    errors: Sequence[FieldError] = ()
    status: int = 200
    rows: Asked = SAMPLE


def read(form: FormData) -> Typed:
    revision = text(form, "revision")
    return Typed(
        revision=int(revision) if revision.isascii() and revision.isdecimal() and len(revision) < 9 else -1,
        ticked=frozenset(one for one in form.getlist("path") if isinstance(one, str)),
        notes={
            name.removeprefix(_NOTE): text(form, name).strip()
            for name in form
            if name.startswith(_NOTE) and text(form, name).strip()
        },
        looks={name: text(form, name).strip() for name in form if name.startswith(_LOOK)},
        reason=text(form, "reason").strip(),
        to=text(form, "to").strip(),
    )


def look_name(part: Part, name: str) -> str:
    return f"{_LOOK}{part}-{name}"


def looks(typed: Typed, words: Words) -> tuple[list[LookUp], list[FieldError]]:
    """The look-ups of the form, or what is wrong with each of their fields."""
    found: list[LookUp] = []
    faults: list[FieldError] = []
    for part in COPIED:
        if look_name(part, "platform") in typed.looks:
            look, wrong = _look(part, typed, words)
            faults += wrong
            found += [look] if look else []
    return found, faults


def _look(part: Part, typed: Typed, words: Words) -> tuple[LookUp | None, list[FieldError]]:
    given = {name: typed.looks.get(look_name(part, name), "") for name in LOOK_FIELDS}
    faults: list[FieldError] = []
    days: dict[str, date | None] = {}
    for name in ("checked_on", "recheck_due"):
        try:
            days[name] = read_day(given[name])
        except Unreadable:
            faults.append(FieldError(look_name(part, name), words.say("application.check.not-a-day")))
    needed = [name for name in ("platform", "checked_on", "result") if not given[name]]
    faults += [FieldError(look_name(part, name), words.say("application.check.missing")) for name in needed]
    if given["result"] and given["result"] not in set(Result):
        faults.append(FieldError(look_name(part, "result"), words.say("application.check.not-an-option")))
    if faults:
        return None, faults
    try:
        return LookUp.model_validate(
            {**given, **days, "part": part, "screenshot_sha256": given["screenshot_sha256"].lower() or None}
        ), []
    except ValidationError as wrong:
        return None, [
            FieldError(look_name(part, str(one["loc"][0])), words.say("review.look-unfit"))
            for one in wrong.errors()
        ]
