"""Every check in one catalogue, and the run of a declaration through it."""

from registry.declarations.dataset import Dataset
from registry.declarations.preflight import (
    biogenic,
    cements,
    completeness,
    composition,
    copies,
    dates,
    documents,
    figures,
    footprints,
    identifiers,
    labels,
    magnitudes,
    marks,
    names,
    other_materials,
    parties,
    quantities,
    rules,
    scenarios,
    signs,
    sums,
)
from registry.declarations.preflight.model import Check, Finding, Severity
from registry.declarations.preflight.view import Context, look

FAMILIES = (
    names, identifiers, documents, rules, other_materials, dates, parties, quantities, composition,
    completeness, marks, labels, sums, signs, magnitudes, biogenic, cements, copies, scenarios, figures,
    footprints,
)  # fmt: skip
CHECKS: tuple[Check, ...] = tuple(check for family in FAMILIES for check in family.checks.checks)
_ORDER = {severity: number for number, severity in enumerate(Severity)}

if len({check.id for check in CHECKS}) != len(CHECKS):
    raise ValueError("two checks have the same id")


def preflight(dataset: Dataset, context: Context) -> tuple[Finding, ...]:
    """What there is to say of a declaration before it is saved; errors first, then as catalogued."""
    view = look(dataset, context)
    found = []
    for check in CHECKS:
        if check.when.holds(view):
            faults = tuple(check.find(view))
            if faults:
                found.append(Finding(check, tuple(fault.place for fault in faults), faults[0].facts))
    return tuple(sorted(found, key=lambda one: _ORDER[one.check.severity]))
