"""What the account's pages of supervision share: who acts, lists as tables, refusals beside their field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from fastapi import Response

from frontend.pages.account.body.side import Clerk
from frontend.pages.words import Words
from frontend.templating import respond
from frontend.views.parts import Field, FieldError, Link, Notice, Option, Tone
from frontend.views.supervision import SheetView
from registry.kit.errors import Conflict, DomainError
from registry.supervision.http import Desk
from registry.supervision.store import By

LONGEST_REVISION = 9
OURS = frozenset({"complaint", "round", "recognition", "code"})


@dataclass(frozen=True, slots=True)
class Again:
    """A sent form as it came, with what was wrong; `place` names the field a refusal belongs to."""

    values: Mapping[str, str] = field(default_factory=dict)
    errors: tuple[FieldError, ...] = ()
    notices: tuple[Notice, ...] = ()
    status: int = 200


NOTHING = Again()


def by(clerk: Clerk, revision: int = 0) -> By:
    return By(clerk.actor, clerk.now, revision)


def desk(clerk: Clerk) -> Desk:
    return Desk.of(clerk.visit.site.settings)


def revision(text: str) -> int:
    """The revision a form was made from; one that is no number fits no complaint."""
    stated = text[:LONGEST_REVISION]
    return int(stated) if stated.isascii() and stated.isdecimal() else -1


def refused(clerk: Clerk, values: Mapping[str, str], error: DomainError, place: str) -> Again:
    """A refusal beside the field it is about; what changed meanwhile is told on top of the page.

    What the permission table refuses is of no form and goes to the page of refusals.
    """
    if error.key.partition("-")[0] not in OURS:
        raise error
    said = clerk.visit.words.say(error.key, **_worded(clerk.visit.words, error))
    if isinstance(error, Conflict) or not place:
        return Again(values, notices=(Notice(Tone.BAD, said),), status=error.status)
    return Again(values, (FieldError(place, said),), status=error.status)


def _worded(words: Words, error: DomainError) -> dict[str, object]:
    """Coded facts of a refusal in words, where the sentence names states and steps."""
    kind = error.key.partition("-")[0]
    facts = dict(error.facts)
    for name, group in (("state", "state"), ("wanted", "state"), ("act", "act")):
        if name in facts:
            facts[name] = words.say(f"{kind}.{group}.{facts[name]}")
    return facts


def page(clerk: Clerk, view: SheetView, status: int = 200) -> Response:
    visit = clerk.visit
    return respond(visit.request, visit.lang, "supervision/sheet.html", status=status, view=view)


def home(clerk: Clerk) -> Link:
    return Link(clerk.visit.words.say("supervision.account"), clerk.visit.path())


@dataclass(frozen=True, slots=True)
class Inputs:
    """Fields of one form: labels, hints and faults by their names, values as typed."""

    words: Words
    group: str
    again: Again

    def one(
        self,
        name: str,
        *,
        kind: str = "text",
        required: bool = True,
        options: Sequence[tuple[str, str]] = (),
        usual: str = "",
    ) -> Field:
        value = self.again.values.get(name, usual)
        said = {one.field_id: one.text for one in self.again.errors}
        return Field(
            name=name,
            label=self.words.say(f"{self.group}.field.{name}"),
            value=value,
            hint=self.words.say(f"{self.group}.hint.{name}"),
            error=said.get(name, ""),
            kind=kind,
            options=tuple(Option(key, label, key == value) for key, label in options),
            required=required,
        )
