"""What the match page's form says, as decisions on lines; what cannot be read is named by row."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlmodel import Session
from starlette.datastructures import FormData

from catalogue.bom.models import model_fit
from catalogue.checks.matching import NONE, NOT_A_MATERIAL
from catalogue.checks.service import Decision
from catalogue.checks.state import CheckState, Edit, LineState
from frontend.forms import Unreadable, read_day, read_decimal, tidy
from frontend.pages.check_desk import text
from frontend.pages.check_needs import standing_value
from frontend.pages.words import Words
from frontend.views.parts import FieldError
from registry.changes.reading import find_code
from registry.dossiers.dossier import Dossier
from registry.kit.ids import parse_code
from registry.products.service import PRODUCT
from registry.units.parse import parse_unit

OPEN = "open"
PLAIN_CHOICES = frozenset({"", OPEN, NONE, NOT_A_MATERIAL})
LONGEST_FIGURE = 30
LONGEST_NAME = 120
Dossiers = Mapping[UUID, Dossier]


@dataclass(frozen=True, slots=True)
class Said:
    """Decisions to apply, lines to put back to open, and what could not be read."""

    decisions: tuple[Decision, ...]
    reopen: tuple[str, ...]
    faults: tuple[FieldError, ...]


def chosen(session: Session, typed: FormData, lines: Sequence[LineState]) -> set[UUID]:
    """Every product that the form chooses, by its registry number."""
    printed = {parse_code(text(typed, f"m-{place}")) for place in range(len(lines))}
    found = (find_code(session, code) for code in printed if code)
    return {one.key for one in found if one is not None and one.kind == PRODUCT.name}


def read(typed: FormData, state: CheckState, dossiers: Dossiers, words: Words) -> Said:
    """Only lines that the form changes are decided."""
    decisions: list[Decision] = []
    reopen: list[str] = []
    faults: list[FieldError] = []
    by_code = {dossier.product.fact.code: dossier for dossier in dossiers.values()}
    for place, line in enumerate(state.lines):
        choice = text(typed, f"m-{place}")
        edit = _edit(typed, place, line, words, faults)
        dossier = by_code.get(choice)
        if dossier is None and choice not in PLAIN_CHOICES:
            said = words.say("check.fix-wrong-choice", row=line.line.row)
            faults.append(FieldError(f"l-{place}", said))
            continue
        if choice == OPEN:
            reopen.append(line.line_id)
        decision = _decision(typed, place, line, dossier)
        if edit != line.edit:
            decision = replace(decision, edit=edit)
        if decision not in (Decision(line.line_id), Decision(line.line_id, same_words=True)):
            decisions.append(decision)
    return Said(tuple(decisions), tuple(reopen), tuple(faults))


def _decision(typed: FormData, place: int, line: LineState, dossier: Dossier | None) -> Decision:
    """What changes on a line; a ticked 'same words' repeats even a choice that stood before."""
    same = bool(text(typed, f"s-{place}"))
    choice, kind = text(typed, f"m-{place}").removeprefix(OPEN), text(typed, f"k-{place}")
    ratio_kind = kind if kind and (kind != line.ratio_kind or same) else None
    if dossier is not None:
        return replace(_product(typed, place, line, dossier, same=same), ratio_kind=ratio_kind)
    material = text(typed, f"t-{place}")
    return Decision(
        line.line_id,
        choice=choice if choice and (choice != standing_value(line) or same) else None,
        material_kind=material if material and material != line.material_kind else None,
        ratio_kind=ratio_kind,
        same_words=same,
    )


def _product(typed: FormData, place: int, line: LineState, dossier: Dossier, *, same: bool) -> Decision:
    fact, asked = dossier.product.fact, f"p-{place}-{dossier.product.fact.code}"
    choice, named, model = str(fact.id), text(typed, asked), text(typed, f"o-{place}-{fact.code}")
    plant = next((key for key in fact.plant_ids if str(key) == named), None)
    if model not in fact.models:
        model = _model(line, dossier, choice) or ""
    stands = choice == standing_value(line) and model in {"", line.model}
    if stands and (asked not in typed or plant == line.plant_id) and not same:
        return Decision(line.line_id)
    return Decision(
        line.line_id,
        choice=choice,
        plant_id=plant,
        model=model or None,
        same_words=same,
    )


def _model(line: LineState, dossier: Dossier, choice: str) -> str | None:
    """The model of a product that the search found; a candidate of the line has its own already."""
    if any(one.match.product_id == choice for one in line.candidates):
        return None
    if choice == standing_value(line):
        return None
    return model_fit(dossier.product.fact.models, f"{line.told.name} {line.told.spec}", {})[0]


def _edit(typed: FormData, place: int, line: LineState, words: Words, faults: list[FieldError]) -> Edit:
    """The corrections as typed; a field the page did not offer keeps what it had."""
    changes: dict[str, object] = {}
    readers: tuple[tuple[str, str, Callable[[str], object]], ...] = (
        ("name", "name", _name),
        ("quantity", "number", _quantity),
        ("unit", "unit", _unit),
        ("delivery", "day", read_day),
    )
    for name, fault, reader in readers:
        asked = f"{name}-{place}"
        if asked not in typed:
            continue
        value = tidy(text(typed, asked))
        try:
            changes[name] = reader(value)
        except Unreadable:
            facts = {"row": line.line.row, "value": value[:40], "limit": LONGEST_NAME}
            said = words.say(f"check.fix-wrong-{fault}", **facts)
            faults.append(FieldError(asked, said))
    return line.edit.model_copy(update=changes)


def _name(value: str) -> str | None:
    if len(value) > LONGEST_NAME:
        raise Unreadable(value)
    return value or None


def _quantity(value: str) -> object:
    found = read_decimal(value)
    if (found is not None and found <= 0) or len(value) > LONGEST_FIGURE:
        raise Unreadable(value)
    return found


def _unit(value: str) -> str | None:
    if not value:
        return None
    found = parse_unit(value)
    if found is None or found.multiplier != 1:
        raise Unreadable(value)
    return found.unit.code
