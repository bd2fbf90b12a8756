"""Checks of scenarios: declared and used, one default a group, the same in every row."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from registry.declarations.preflight.completeness import IMPACTS
from registry.declarations.preflight.conditions import SCENARIOS
from registry.declarations.preflight.model import Family, Fault, Severity, at
from registry.declarations.preflight.view import View

checks = Family()


def _used(view: View) -> frozenset[str]:
    return frozenset(
        value.scenario for row in view.dataset.indicators for value in row.values if value.scenario
    )


@checks.check("scenario-undeclared", Severity.WARNING, when=SCENARIOS)
def scenario_undeclared(view: View) -> Iterator[Fault]:
    for name in sorted(_used(view) - {one.name for one in view.dataset.scenarios}):
        yield at("scenarios", name=name)


@checks.check("scenario-unused", Severity.NOTE, when=SCENARIOS)
def scenario_unused(view: View) -> Iterator[Fault]:
    used = _used(view)
    for one in view.dataset.scenarios:
        if one.name and one.name not in used:
            yield at("scenarios", name=one.name)


@checks.check("scenario-twice", Severity.ERROR, when=SCENARIOS)
def scenario_twice(view: View) -> Iterator[Fault]:
    for name, times in Counter(one.name for one in view.dataset.scenarios).items():
        if times > 1:
            yield at("scenarios", name=name)


checks.ask(
    "scenario-unnamed",
    Severity.ERROR,
    lambda view: any(not one.name for one in view.dataset.scenarios),
    place="scenarios",
    when=SCENARIOS,
)


@checks.check("scenario-default-missing", Severity.WARNING, when=SCENARIOS)
def scenario_default_missing(view: View) -> Iterator[Fault]:
    """Several of one group, none of them the default: a page cannot choose which to show."""
    for names in _groups(view).values():
        if len(names) > 1 and not any(default for _, default in names):
            yield at("scenarios", names=sorted({name for name, _ in names}))


@checks.check("scenario-default-twice", Severity.ERROR, when=SCENARIOS)
def scenario_default_twice(view: View) -> Iterator[Fault]:
    for names in _groups(view).values():
        defaults = {name for name, default in names if default}
        if len(defaults) > 1:
            yield at("scenarios", names=sorted(defaults))


def _groups(view: View) -> dict[str | None, list[tuple[str, bool]]]:
    found: dict[str | None, list[tuple[str, bool]]] = {}
    for one in view.dataset.scenarios:
        if one.name:
            found.setdefault(one.group, []).append((one.name, one.default))
    return found


@checks.check("scenario-undescribed", Severity.NOTE, when=SCENARIOS)
def scenario_undescribed(view: View) -> Iterator[Fault]:
    for one in view.dataset.scenarios:
        if one.name and not any(one.words.values()):
            yield at("scenarios", name=one.name)


@checks.check("scenario-and-plain", Severity.WARNING, when=SCENARIOS)
def scenario_and_plain(view: View) -> Iterator[Fault]:
    """A module with a value of its own beside those of scenarios: nobody knows which holds."""
    for code, cells in view.numbers.items():
        plain = {module for module, scenario in cells if scenario is None}
        both = sorted({module for module, scenario in cells if scenario is not None} & plain)
        if both:
            yield at(f"indicators.{code}.{both[0]}", code=code, module=both[0])


@checks.check("scenario-uneven", Severity.WARNING, when=SCENARIOS)
def scenario_uneven(view: View) -> Iterator[Fault]:
    """A module told by scenario for climate, and not for all of the same scenarios in another impact."""
    wanted = {cell for cell in view.numbers.get(view.climate or "", {}) if cell[1] is not None}
    for code in sorted(IMPACTS & set(view.numbers)):
        said = {*view.numbers[code], *view.marks[code]}
        modules = {module for module, scenario in said if scenario is not None}
        lacking = sorted(f"{m} ({s})" for m, s in wanted - said if m in modules)
        if lacking:
            yield at(f"indicators.{code}", code=code, lacking=lacking)


@checks.check("scenarios-alike", Severity.NOTE, when=SCENARIOS)
def scenarios_alike(view: View) -> Iterator[Fault]:
    by_name: dict[str, dict[tuple[str, str], object]] = {}
    for code, (module, scenario), value in view.cells():
        if scenario is not None:
            by_name.setdefault(scenario, {})[code, module] = value
    names = sorted(by_name)
    for first, second in pairwise(names):
        if len(by_name[first]) > 2 and by_name[first] == by_name[second]:
            yield at("scenarios", first=first, second=second)
