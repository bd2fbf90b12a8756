"""The class of compared products on one line, each product by its letter; nothing where none compares."""

from dataclasses import replace

from catalogue.comparison.compare import Comparison
from catalogue.comparison.percentiles import Distribution
from frontend.pages import limit_view
from frontend.pages.cards import cuts_of
from frontend.pages.reference import Reference
from frontend.pages.results import class_caption
from frontend.pages.words import Words, rounded
from frontend.views import marks
from frontend.views.compare import CompareItem, CompareView
from frontend.views.parts import Link

LETTERS = "ABCD"


def basis_of(found: Comparison) -> str:
    """The basis that every value shares; empty where the comparison is refused."""
    cell = found.columns[0].cell
    return "" if found.refusals or cell is None else cell.basis.key


def with_chart(
    view: CompareView, found: Comparison, place: Distribution, *, known: Reference, words: Words
) -> CompareView:
    """The view with the line of its class, letters beside the names, and the way to a limit."""
    if not place.n:
        return view
    values = [column.cell.value for column in found.columns if column.cell is not None]
    named = [(letter, rounded(value)) for letter, value in zip(LETTERS, values, strict=False)]
    at = found.columns[0].dossier.at
    chart = marks.lettered(
        [rounded(value) for value in place.values],
        class_caption(place, known, words, on=at.on),
        named,
        cuts=cuts_of(place),
    )
    kind = found.columns[0].dossier.product.fact.kind
    link = Link(words.say("limit.set"), limit_view.address(kind, words, place.basis))
    return replace(view, items=tuple(map(_lettered, view.items, LETTERS)), chart=chart, threshold=link)


def _lettered(item: CompareItem, letter: str) -> CompareItem:
    return replace(item, letter=letter)
