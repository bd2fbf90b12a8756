"""From a form that was sent to the texts it keeps, and a pasted row of a worksheet to its modules."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.datastructures import FormData

from frontend.pages.check_desk import writable
from registry.applications.application import Application
from registry.applications.fields import Part
from registry.applications.parts import SECTIONS
from registry.applications.typed import field_at, of_part
from registry.declarations.facts import MODULES

# The stages most EPDs print as one row.
PASTED = ("A1-A3", "A4", "A5", "C1", "C2", "C3", "C4", "D")
# What documents print where a stage is not declared.
_UNDECLARED = frozenset({"", "-", "–", "—", "/", "nd", "mnd", "mnr", "nr", "未声明", "无"})


def texts(form: FormData, application: Application, part: Part) -> dict[str, str]:
    """The part's texts as this form has them; what was not on the page keeps what it had."""
    found = dict(of_part(application.typed, part))
    for path in dict.fromkeys(form.keys()):
        if path.startswith(f"{part}.") and field_at(path) is not None:
            found[path] = _value(form, path)
    return filled(found)


def filled(typed: Mapping[str, str]) -> dict[str, str]:
    """Without the fields that are blank."""
    return {path: text for path, text in typed.items() if text}


def opened_only(found: Mapping[str, str], application: Application, part: Part) -> dict[str, str]:
    """The same with every closed field as it stands."""
    before = of_part(application.typed, part)
    fields = {path: (found if application.is_open(path) else before) for path in {*found, *before}}
    return filled({path: source.get(path, "") for path, source in fields.items()})


def _value(form: FormData, path: str) -> str:
    """One text as typed; several ticks and the lines below them are one item a line."""
    given = [_unix(one) for one in form.getlist(path) if isinstance(one, str)]
    return given[0] if len(given) == 1 else "\n".join(one for one in given if one)


def _unix(text: str) -> str:
    """Browsers send every line break as two characters."""
    return writable(text).replace("\r\n", "\n")


def without_row(found: Mapping[str, str], part: Part, number: str) -> dict[str, str]:
    """The texts without one row of the part's table."""
    table = SECTIONS[part].rows
    prefix = f"{part}.{table.name}.{number}." if table else "\0"
    return {path: text for path, text in found.items() if not path.startswith(prefix)}


@dataclass(frozen=True, slots=True)
class Pasted:
    """Modules read from a pasted row; `count` cells were found where they could not be told apart."""

    modules: Mapping[str, str] = field(default_factory=dict)
    count: int | None = None


def pasted(text: str) -> Pasted:
    """Cells between tabs: eight in the usual order, one for every module, or below a row of their names."""
    rows = [[cell.strip() for cell in line.split("\t")] for line in text.splitlines() if line.strip()]
    if not rows:
        return Pasted()
    names = [cell.upper().replace("–", "-").replace(" ", "") for cell in rows[0]]
    if len(rows) > 1 and set(names) & set(MODULES):
        values = rows[1]
    else:
        values = rows[0]
        names = {len(PASTED): list(PASTED), len(MODULES): list(MODULES)}.get(len(values), [])
    if not names or len(names) != len(values):
        return Pasted(count=len(values))
    stated = zip(names, values, strict=True)
    return Pasted(
        {name: cell for name, cell in stated if name in MODULES and cell.lower() not in _UNDECLARED}
    )
