"""The layouts of forms, one file for each rule that has any; a form belongs to the rule it cites."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict

from catalogue.forms.model import Show
from registry.policies.pack import Pack


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ColumnLayout(Part):
    key: str
    title: str
    width: int
    show: Show = Show.TEXT
    by_hand: bool = False


class FootLayout(Part):
    """A line below the table; the key `by_hand` leaves it to be filled in."""

    key: str
    label: str


class TableLayout(Part):
    tab: str
    title: str
    columns: tuple[ColumnLayout, ...]
    foot: tuple[FootLayout, ...]
    notes: tuple[str, ...]


class FormLayout(Part):
    """`official` forms have the layout of the cited place; the others only list what it asks for."""

    id: str
    title: str
    place: str
    official: bool = False
    head: tuple[str, ...] = ()
    tables: tuple[TableLayout, ...]


class Layouts(Part):
    """The forms of one rule, with the sentences printed on them."""

    document: str
    words: Mapping[str, str]
    forms: tuple[FormLayout, ...]

    def say(self, key: str, **facts: object) -> str:
        return self.words[key].format_map(facts)

    def source(self, form: FormLayout) -> str:
        cited = self.say("source", document=self.document, place=form.place)
        return cited if form.official else f"{cited}；{self.words['own_layout']}"


@cache
def _every() -> tuple[Layouts, ...]:
    files = sorted(resources.files(__package__).iterdir(), key=lambda file: file.name)
    return tuple(
        Layouts.model_validate(tomllib.loads(file.read_text("utf-8")))
        for file in files
        if file.name.endswith(".toml")
    )


def layouts_of(pack: Pack) -> Layouts | None:
    """The forms of the rule a pack puts into figures: its first source, not those it borrows from."""
    return next((found for found in _every() if found.document == pack.sources[0].document), None)
