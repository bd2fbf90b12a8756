"""The kind of material a file is checked as: chosen from the catalogue's kinds in groups, or proposed."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from frontend.pages.words import Words
from frontend.views.declaration import MaterialView
from frontend.views.parts import Badge, Field, Option, OptionGroup, Tone
from registry.categories.facts import MaterialKindFact
from registry.categories.service import ancestors, kinds
from registry.changes.feed import head
from registry.changes.reading import Point
from registry.declarations.documents.material import NONE, Material

KIND = "kind"
Tree = Mapping[str, MaterialKindFact]


@dataclass(frozen=True, slots=True)
class Choosing:
    """The tree, what was asked for, and the page that asks; `place` is the document of the file."""

    tree: Tree
    asked: str
    here: str
    place: int


def known_kinds(session: Session, today: date) -> Tree:
    return kinds(session, Point(today, head(session).seq))


def kind_field(tree: Tree, asked: str, words: Words, error: str = "") -> Field:
    """A select of every kind that materials are filed under, by the widest group it stands in."""
    return Field(
        name=KIND,
        label=words.say("label.kind"),
        hint=words.say("declaration.kind-hint"),
        error=error,
        kind="select",
        options=(
            Option("", words.say("declaration.kind-by-document"), not asked),
            Option(NONE, words.say("declaration.kind-none"), asked == NONE),
        ),
        groups=tuple(_groups(tree, asked, words)),
    )


def _groups(tree: Tree, asked: str, words: Words) -> Iterator[OptionGroup]:
    found: defaultdict[str, list[Option]] = defaultdict(list)
    for name, fact in tree.items():
        if fact.declared_unit is not None:
            widest = ancestors(name, dict(tree))[-1]
            found[words.name(tree[widest])].append(Option(name, words.name(fact), name == asked))
    for label in sorted(found):
        yield OptionGroup(label, tuple(sorted(found[label], key=lambda one: one.label)))


def material_view(choosing: Choosing, found: Material | None, words: Words) -> MaterialView:
    """As what the document was checked and who said so, with a form to check it as something else."""
    if found is not None:
        text = words.say(f"declaration.kind-{found.by}", kind=words.name(found.fact))
    else:
        missing = "left-out" if choosing.asked == NONE else "not-known"
        text = words.say(f"declaration.kind-{missing}")
    proposed = found is not None and found.is_proposed
    return MaterialView(
        text=text,
        mark=Badge(words.say("declaration.kind-proposed"), Tone.WARN) if proposed else None,
        kind=kind_field(choosing.tree, choosing.asked, words),
        action=choosing.here,
        place=str(choosing.place),
    )
