"""The lines of a report in words: the bill's own text, the product, the outcome and every reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catalogue.checks.inputs import LineInput, Standing
from catalogue.checks.report import FindingOut, LineOut, Report
from catalogue.compliance.verdicts import Outcome
from frontend.pages.check_words import PackWords, badge, unique
from frontend.views.parts import Badge, Link, Tone
from frontend.views.report import LineRef, LineRow, Proof

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class Lines:
    """A report's lines with their places, so that a reckoning can point at them."""

    report: Report
    terms: PackWords
    base: str
    printed: bool

    def refer(self, ids: Sequence[str]) -> tuple[LineRef, ...]:
        """Links to lines, on whichever page they stand."""
        wanted = set(ids)
        return tuple(
            LineRef(href=self.href(place), text=self.place(given), outcome=self.outcome(given, out))
            for place, (given, out) in enumerate(self.pairs())
            if given.line_id in wanted
        )

    def pairs(self) -> Iterator[tuple[LineInput, LineOut]]:
        return zip(self.report.input.lines, self.report.lines, strict=True)

    def href(self, place: int) -> str:
        page = place // PER_PAGE + 1
        turned = "" if self.printed or page == 1 else f"{self.base}?page={page}"
        return f"{turned}#line-{place + 1}"

    def place(self, given: LineInput) -> str:
        return self.terms.words.say("check.place", row=given.row, name=given.name or "—")

    def outcome(self, given: LineInput, out: LineOut) -> Badge:
        """A line that enters no ratio says so, whatever its evidence is worth."""
        words = self.terms.words
        if given.standing is Standing.NOT_A_MATERIAL or out.outcome is None:
            return Badge(words.say("check.outcome.not-a-material"), Tone.QUIET)
        if not out.counted:
            return Badge(words.say("check.outcome.not-counted"), Tone.QUIET)
        return badge(out.outcome, words)

    def not_counted(self) -> tuple[LineRef, ...]:
        """Lines outside every ratio: services, and materials the pack does not count."""
        ids = [
            given.line_id
            for given, out in self.pairs()
            if not out.counted or given.standing is Standing.NOT_A_MATERIAL
        ]
        return self.refer(ids)

    def rows(self, first: int, last: int) -> tuple[LineRow, ...]:
        wanted = list(enumerate(self.pairs()))[first:last]
        return tuple(self._row(place, given, out) for place, (given, out) in wanted)

    def _row(self, place: int, given: LineInput, out: LineOut) -> LineRow:
        terms, words = self.terms, self.terms.words
        return LineRow(
            id=f"line-{place + 1}",
            place=words.say("check.row", sheet=given.sheet, row=given.row),
            name=given.name or "—",
            spec=given.spec,
            quantity=stated(given, terms),
            counted=terms.quantity(out.quantity, out.unit) if out.quantity is not None else "",
            path=out.path,
            building=given.building,
            day=words.day(out.day) if given.delivery else words.say("check.day-of-report"),
            product=_product(out, terms),
            maker=" · ".join(filter(None, (out.maker, out.plant))),
            kind=terms.kind(given.ratio_kind),
            outcome=self.outcome(given, out),
            reasons=self.reasons(given, out),
            clause=self.report.clause,
            proofs=tuple(self._proof(found) for found in out.findings),
        )

    def reasons(self, given: LineInput, out: LineOut) -> tuple[str, ...]:
        """The sentences that decide: of a pass the proof's own, else what stands against the line."""
        if given.standing is Standing.NOT_A_MATERIAL:
            return (self.terms.words.say("check.not-a-material"),)
        said = [*out.reasons]
        for found in out.findings:
            if out.evidence is not None and found.evidence != out.evidence:
                continue
            passing = out.outcome is Outcome.PASS
            said += [v for v in found.verdicts if passing or v.outcome is not Outcome.PASS]
        return unique(self.terms.verdict(verdict) for verdict in said)

    def _proof(self, found: FindingOut) -> Proof:
        words = self.terms.words
        return Proof(
            title=words.say(f"check.proof.{found.kind}", number=found.number or found.evidence),
            href=f"/v/{found.evidence}",
            outcome=badge(found.outcome, words),
            reasons=unique(self.terms.verdict(verdict) for verdict in found.verdicts),
        )


def stated(given: LineInput, terms: PackWords) -> str:
    """The quantity as the bill states it, in the bill's own unit words where the unit is unknown."""
    if given.quantity is None:
        return "—"
    if given.unit is None:
        return f"{terms.quantity(given.quantity, None)} {given.unit_text}".strip()
    return terms.quantity(given.quantity, given.unit)


def _product(out: LineOut, terms: PackWords) -> Link | None:
    if out.product_code is None or out.product_name is None:
        return None
    return Link(out.product_name, f"/{terms.words.lang}/products/{out.product_code}")
