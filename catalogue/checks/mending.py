"""Cells of a line that keep it from being counted, as long as nothing typed has mended them."""

from catalogue.bom.fields import LineProblem
from catalogue.checks.inputs import CellProblem, Standing
from catalogue.checks.state import LineState


def unmended(line: LineState) -> tuple[LineProblem, ...]:
    """Problems that keep the line out and that nothing typed so far has mended."""
    return tuple(problem for problem in line.line.problems if problem.blocks and not _mended(problem, line))


def cell_problems(line: LineState) -> tuple[CellProblem, ...]:
    """The same as a report keeps them."""
    return tuple(CellProblem(key=one.key, facts=dict(one.facts)) for one in unmended(line))


def about(problem: LineProblem | CellProblem) -> str:
    """What the problem is about: quantity, unit, units, day or name."""
    return problem.key.removeprefix("bom.line.").partition("-")[0]


def _mended(problem: LineProblem, line: LineState) -> bool:
    edit = line.edit
    return {
        "quantity": edit.quantity is not None,
        "unit": edit.unit is not None,
        "units": edit.quantity is not None or edit.unit is not None,
        "day": edit.delivery is not None,
        "name": edit.name is not None or line.standing is not Standing.OPEN,
    }.get(about(problem), line.standing is not Standing.OPEN)
