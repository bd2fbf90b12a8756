"""What was submitted beside its evidence: parts, fields, files, findings, and what differs from before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from frontend.forms import Unreadable, read_decimal
from frontend.pages.account.review.labels import Labels
from frontend.pages.account.review.typed import Typed
from frontend.pages.finding_words import finding_said
from frontend.pages.words import rounded
from frontend.views import formats
from frontend.views.parts import Badge, Tone
from frontend.views.review import CheckLine, DifferenceLine, FileLine, SubmittedPart, SubmittedRow
from registry.applications.application import Application, Pinned, Remark
from registry.applications.comparing import Difference
from registry.applications.fields import Field, Part
from registry.applications.findings import Finding, Severity
from registry.applications.typed import asked_fields, attribute_names
from registry.evidence import files
from registry.kit.types import plain

_MISSING = "application.check.evidence-missing"
TONES = {Severity.ERROR: Tone.BAD, Severity.WARNING: Tone.WARN}


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that is laid side by side; `opens` says whether this officer may open files now."""

    labels: Labels
    findings: Sequence[Finding]
    copied: Sequence[str]
    differences: Sequence[Difference]
    remarks: Sequence[Remark]
    folder: Path
    opens: bool
    typed: Typed

    @property
    def application(self) -> Application:
        return self.labels.application


def parts(material: Material) -> tuple[SubmittedPart, ...]:
    """Every part that was filled in, with its fields in the order of the form."""
    return tuple(_part(material, part) for part in material.application.given().parts())


def _part(material: Material, part: Part) -> SubmittedPart:
    words, typed = material.labels.words, material.application.typed
    before = {one.path: one.before for one in material.differences}
    pinned = [one for one in material.application.pinned if one.path.partition(".")[0] == part]
    missing = any(one.key == _MISSING and one.path.partition(".")[0] == part for one in material.findings)
    return SubmittedPart(
        path=part,
        title=words.say(f"review.part.{part}"),
        files=tuple(_file(material, one) for one in pinned),
        rows=tuple(
            _row(material, path, typed.get(path, ""), asked=asked, before=before)
            for path, asked in _paths(material, part)
        ),
        missing=words.say(_MISSING) if missing else "",
        ticked=part in material.typed.ticked,
    )


def _paths(material: Material, part: Part) -> Iterator[tuple[str, Field | None]]:
    """What was filled in, and what a finding speaks of though it is blank."""
    typed = material.application.typed
    named = {one.path for one in material.findings}
    for path, asked in asked_fields(typed, part):
        if typed.get(path, "").strip() or path in named:
            yield path, asked
    if part is Part.PRODUCT:
        yield from ((f"product.attributes.{name}", None) for name in attribute_names(typed))


def _row(
    material: Material, path: str, text: str, *, asked: Field | None, before: Mapping[str, str]
) -> SubmittedRow:
    labels, words = material.labels, material.labels.words
    open_ones = [one.text for one in material.remarks if one.path == path and one.settled_at is None]
    return SubmittedRow(
        path=path,
        label=labels.of(path),
        value=labels.value(path, text) or words.say("not-stated"),
        note=labels.note(path, asked, text),
        before=words.say("review.was", before=labels.value(path, before[path]) or words.say("not-stated"))
        if path in before
        else "",
        findings=tuple(
            Badge(finding_said(words, one.key, one.facts), TONES[one.severity])
            for one in material.findings
            if one.path == path
        ),
        remarks=tuple(open_ones),
        typed=material.typed.notes.get(path, ""),
        ticked=path in material.typed.ticked,
    )


def _file(material: Material, one: Pinned) -> FileLine:
    words, number = material.labels.words, material.application.number
    stored = files.place(material.folder, one.sha256).is_file()
    if not stored:
        return FileLine(one.name, "", words.say("review.file-lost"), lost=True)
    note = words.say("review.file-note", where=material.labels.of(one.path), sha=one.sha256[:12])
    href = f"/api/v1/applications/{number}/files/{one.file_id}" if material.opens else ""
    return FileLine(one.name, href, note if material.opens else words.say("review.file-closed"))


def checks(material: Material) -> tuple[CheckLine, ...]:
    """Findings first, then what was compared and found in order."""
    words, labels = material.labels.words, material.labels
    found = [
        CheckLine(
            Badge(words.say(f"review.finding.{one.severity}"), TONES[one.severity]),
            labels.of(one.path),
            finding_said(words, one.key, one.facts),
        )
        for one in material.findings
    ]
    found += [
        CheckLine(
            Badge(words.say("review.finding.warning"), Tone.WARN), labels.of(path), words.say("review.copied")
        )
        for path in material.copied
    ]
    good = Badge(words.say("review.finding.good"), Tone.GOOD)
    if not material.findings:
        found.append(CheckLine(good, words.say("review.check-fields"), words.say("review.check-fields-good")))
    if material.application.pinned and not material.copied:
        found.append(CheckLine(good, words.say("review.check-files"), words.say("review.check-files-good")))
    return tuple(found)


def differences(labels: Labels, found: Sequence[Difference]) -> tuple[DifferenceLine, ...]:
    blank = labels.words.say("not-stated")
    return tuple(
        DifferenceLine(
            labels.of(one.path),
            labels.value(one.path, one.before) or blank,
            labels.value(one.path, one.now) or blank,
            moved(one),
        )
        for one in found
    )


def moved(one: Difference) -> str:
    """How far a number moved, in percent; empty where either is no number or it started from 0."""
    try:
        before, now = read_decimal(one.before), read_decimal(one.now)
    except Unreadable:
        return ""
    if before is None or now is None or before == 0:
        return ""
    share = rounded((now - before) / abs(before) * 100)
    return formats.signed(Decimal(plain(share.normalize()))) + "%"
