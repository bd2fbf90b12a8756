"""What there is to say of a document before it is recorded: what must be mended, and what was assumed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from registry.declarations.dataset import Dataset
from registry.declarations.figures.headline import SUM_DISAGREES, headline
from registry.declarations.preflight.catalogue import preflight
from registry.declarations.preflight.model import Severity
from registry.declarations.preflight.view import Context


@dataclass(frozen=True, slots=True)
class Note:
    """One finding: keys of its sentence and of its remedy, the facts of both, and where it was found."""

    severity: Severity
    key: str
    places: tuple[str, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    mend: str | None = None


def examined(dataset: Dataset, context: Context) -> tuple[Note, ...]:
    """Every finding of a document, errors first: what the record lacks, the checks, and what was assumed."""
    order = {severity: place for place, severity in enumerate(Severity)}
    return tuple(sorted(_notes(dataset, context), key=lambda one: order[one.severity]))


def _notes(dataset: Dataset, context: Context) -> Iterator[Note]:
    found, findings = headline(dataset), preflight(dataset, context)
    told = {place for finding in findings for place in finding.places}
    for fault in found.faults:
        if fault.key != SUM_DISAGREES or fault.where not in told:
            yield Note(Severity.ERROR, fault.key, (fault.where,), fault.facts)
    for finding in findings:
        check = finding.check
        yield Note(check.severity, check.says, finding.places, finding.facts, check.mend)
    for remark in found.remarks:
        yield Note(Severity.NOTE, remark.key, (remark.place,), remark.facts)
