"""Which cell of a module stands for it, where a document has several scenarios: one rule for every figure."""

from collections.abc import Collection, Sequence

from registry.declarations.dataset import Scenario, Value


def standing(
    values: Sequence[Value], scenarios: Sequence[Scenario], asked: Collection[str] = ()
) -> tuple[Value, ...]:
    """The numbers that may stand for one module; it is settled where there is exactly one.

    Of a scenario asked for, else without scenario, else of a default one, else of the only one there is. A
    default that is an alternative to what was asked for (of the same group) never stands in for it.
    """
    cells = [one for one in values if one.amount is not None]
    if len(cells) == 1 and cells[0].scenario is None:
        return tuple(cells)  # almost every module: whatever is asked for, it stands without
    groups = {one.group for one in scenarios if one.name in asked}
    defaults = {one.name for one in scenarios if one.default and not (asked and one.group in groups)}
    for wanted in (set(asked), {None}, defaults):
        found = tuple(one for one in cells if one.scenario in wanted)
        if found:
            return found
    return () if asked else tuple(cells)
