"""From typed texts and the register to records or findings: pure, total, and all findings at once."""

from collections.abc import Callable, Iterator, Mapping

from pydantic import ValidationError

from registry.applications import carbon, firms, rules
from registry.applications.builder import Builder
from registry.applications.building import records
from registry.applications.fields import Part
from registry.applications.findings import Finding, error, errors_of
from registry.applications.given import Given, Outcome
from registry.applications.reference import Reference
from registry.applications.values import Values, read_all

_RULES: Mapping[Part, Callable[[Given, Values, Reference], Iterator[Finding]]] = {
    Part.COMPANY: rules.company,
    Part.PRODUCT: rules.product,
    Part.CERTIFICATE: rules.certificate,
    Part.REPORT: rules.report,
    Part.SELF_DECLARATION: rules.self_declaration,
    Part.HONOUR: firms.check_honour,
    Part.ENERGY: firms.check_energy,
    Part.DISCLOSURE: firms.check_disclosure,
    Part.CARBON: lambda _given, values, reference: carbon.check(
        values, reference, kind=_kind(values, reference)
    ),
}
# Findings that say a field is blank.
_BLANK = frozenset({"application.check.missing", "application.check.no-module-declared"})


def check(given: Given, reference: Reference) -> Outcome:
    """Everything that is wrong or doubtful, in the order of the form; records only where nothing is wrong."""
    parts = given.parts()
    values, findings = read_all(given.typed, parts, reference)
    findings += rules.whole(given, values, reference)
    for part in parts:
        if part in _RULES:
            findings += _RULES[part](given, values, reference)
    if errors_of(findings):
        return Outcome(_in_order(findings))
    try:
        made = tuple(records(Builder(given, values, reference)))
    except ValidationError as unfit:
        # The records' own rules stand behind ours; what only they see is told without its field.
        return Outcome(_in_order([*findings, error(parts[-1], "parts-disagree", fault=_words(unfit))]))
    return Outcome(_in_order(findings), made)


def _kind(values: Values, reference: Reference) -> str | None:
    """The material kind: as typed, else the known product's."""
    code = values.get("about.product", str)
    return values.get("product.kind", str) or (reference.products[code].kind if code else None)


def _in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    """By part, errors before warnings, and each only once; what was typed wrongly is not called blank too."""
    places = {str(part): place for place, part in enumerate(Part)}
    misread = {one.path for one in errors_of(findings) if one.key not in _BLANK}
    kept = [one for one in findings if one.key not in _BLANK or one.path not in misread]
    unique = {(one.path, one.key): one for one in kept}
    return tuple(
        sorted(
            unique.values(),
            key=lambda one: (places.get(one.path.partition(".")[0], 0), one.severity, _numbers(one.path)),
        )
    )


def _numbers(path: str) -> tuple[tuple[int, str], ...]:
    """Row 10 comes after row 9."""
    return tuple((int(piece), "") if piece.isdecimal() else (-1, piece) for piece in path.split("."))


def _words(unfit: ValidationError) -> str:
    return "; ".join(one["msg"] for one in unfit.errors())[:200]
