"""The lines of a report in words: the bill's own text, the product, the outcome and every reason."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from catalogue.checks.inputs import LineInput, Standing
from catalogue.checks.quantities import BILL
from catalogue.checks.report import FindingOut, LineOut, Report
from catalogue.compliance.verdicts import Outcome
from frontend.pages.check_paging import Wanted
from frontend.pages.check_words import PackWords, badge, plain, unique
from frontend.pages.words import Words
from frontend.views import formats
from frontend.views.formats import has_han
from frontend.views.parts import Badge, Link, Tone
from frontend.views.report import LineRef, LineRow, Proof
from registry.units.parse import parse_unit
from registry.units.spoken import fact_name
from registry.units.table import Dimension, table

PER_PAGE = 28  # the page then keeps to its bytes, in English too
# Of everything that must hold, what a reader asks first: is the proof good on that day?
DECIDING = ("certificate-in-force.", "report-accepted.", "report-indicators.")
STEP = re.compile(r"(.+?)((?: [×÷] [\d.]+)*) → (.+?)(?: \(([a-z-]+), (.+)\))?")


@dataclass(frozen=True, slots=True)
class Lines:
    """A report's lines with their places, so that a reckoning can point at them.

    `match` is where another product is chosen for a line; empty where nothing can be chosen.
    """

    report: Report
    terms: PackWords
    base: str
    printed: bool
    match: str = ""

    def refer(self, ids: Sequence[str], *, named: bool = False) -> tuple[LineRef, ...]:
        """Links to lines, on whichever page they stand, with the quantity that entered the sum."""
        wanted = set(ids)
        return tuple(
            LineRef(
                href=self.href(place),
                text=self.short(given, out, named=named),
                outcome=self.outcome(given, out),
            )
            for place, (given, out) in enumerate(self.pairs())
            if given.line_id in wanted
        )

    def pairs(self) -> Iterator[tuple[LineInput, LineOut]]:
        return zip(self.report.input.lines, self.report.lines, strict=True)

    def href(self, place: int) -> str:
        page = place // PER_PAGE + 1
        turned = "" if self.printed or page == 1 else f"{self.base}?page={page}"
        return f"{turned}#line-{place + 1}"

    def mend(self, place: int) -> Link:
        """The way to another product for a line."""
        text = self.terms.words.say("check.fix.mend", row=self.place(self.report.input.lines[place]))
        return Link(text, f"{Wanted(line=place).href(self.match)}#l-{place}")

    def place(self, given: LineInput) -> str:
        """The row, with its sheet where the lines come from several."""
        words, sheets = self.terms.words, {line.sheet for line in self.report.input.lines}
        if len(sheets) > 1:
            return words.say("check.row", sheet=given.sheet, row=given.row)
        return words.say("check.row-only", row=given.row)

    def short(self, given: LineInput, out: LineOut, *, named: bool) -> str:
        """The row with its quantity; among lines of one kind its name says nothing new."""
        shown = counted(out, self.terms) or stated(given, self.terms)
        return " ".join(filter(None, (self.place(given), given.name if named else "", shown)))

    def outcome(self, given: LineInput, out: LineOut) -> Badge:
        """A line that enters no ratio says so, whatever its evidence is worth."""
        words = self.terms.words
        if given.standing is Standing.NOT_A_MATERIAL or out.outcome is None:
            return Badge(words.say("check.outcome.not-a-material"), Tone.QUIET)
        if not out.counted:
            return Badge(words.say("check.outcome.not-counted"), Tone.QUIET)
        if self.terms.pack.kinds is None:
            return Badge(words.say("check.outcome.list-not-loaded"), Tone.WARN)
        return badge(out.outcome, words)

    def not_counted(self) -> tuple[LineRef, ...]:
        """Lines outside every ratio: services, and materials the pack does not count."""
        ids = [given.line_id for given, out in self.pairs() if _outside(given, out)]
        return self.refer(ids, named=True)

    def rows(self, first: int, last: int) -> tuple[LineRow, ...]:
        wanted = list(enumerate(self.pairs()))[first:last]
        return tuple(self._row(place, given, out) for place, (given, out) in wanted)

    def _row(self, place: int, given: LineInput, out: LineOut) -> LineRow:
        words, said = self.terms.words, self.reasons(given, out)
        return LineRow(
            id=f"line-{place + 1}",
            name=given.name or "—",
            spec=given.spec,
            spoken="zh-CN" if has_han(given.name + given.spec) else "",
            meta=" · ".join(filter(None, self._meta(given, out))),
            product=_product(out, self.terms),
            maker=_maker(out),
            outcome=self.outcome(given, out),
            text=words.joined(*said),
            proofs=tuple(self._proof(found, said) for found in out.findings),
            mend=self.mend(place) if self.match and _fails(out) else None,
        )

    def _meta(self, given: LineInput, out: LineOut) -> Iterator[str]:
        """Where the line stands, how much of it counts as what, for which building and day."""
        terms, words = self.terms, self.terms.words
        entered, own = counted(out, terms), stated(given, terms)
        yield self.place(given)
        yield own
        if entered and entered != own:
            yield words.say("check.counted", quantity=entered)
        yield from (words.say("check.path", step=step_in_words(step, words)) for step in out.path)
        yield given.building
        yield words.say("check.delivery", day=out.day if given.delivery else words.say("check.day-of-report"))
        yield self.kind(given, out)

    def kind(self, given: LineInput, out: LineOut) -> str:
        """What the line counts as, or why that is not known."""
        if given.ratio_kind is not None or not out.counted or out.outcome is None:
            return self.terms.kind(given.ratio_kind)
        open_key = "check.kind-open" if given.ratio_kind_open else "check.kind-unknown"
        key = "check.kind-not-loaded" if self.terms.pack.kinds is None else open_key
        return self.terms.words.say(key)

    def reasons(self, given: LineInput, out: LineOut) -> tuple[str, ...]:
        """What decided: of a pass the sentence on its validity, else everything that stands against it."""
        if given.standing is Standing.NOT_A_MATERIAL:
            return (self.terms.words.say("check.not-a-material"),)
        said = [*out.reasons]
        if not out.counted:
            return unique(self.terms.verdict(verdict) for verdict in said)
        for found in out.findings:
            if out.outcome is not Outcome.PASS:
                said += [verdict for verdict in found.verdicts if verdict.outcome is not Outcome.PASS]
            elif found.evidence == out.evidence:
                said += [verdict for verdict in found.verdicts if verdict.reason.startswith(DECIDING)]
        return unique(self.terms.verdict(verdict) for verdict in said)

    def every_reason(self, given: LineInput, out: LineOut) -> tuple[str, ...]:
        """What decided, then all the rest that was found of every proof."""
        rest = (verdict for found in out.findings for verdict in found.verdicts)
        return unique([*self.reasons(given, out), *(self.terms.verdict(verdict) for verdict in rest)])

    def _proof(self, found: FindingOut, said: Sequence[str]) -> Proof:
        """What was found of a proof, but for the sentences that the line says already."""
        words = self.terms.words
        every = unique(self.terms.verdict(verdict) for verdict in found.verdicts)
        return Proof(
            title=words.say(f"check.proof.{found.kind}", number=found.number or found.evidence),
            href=f"/v/{found.evidence}",
            outcome=badge(found.outcome, words, "proof-outcome"),
            text=words.joined(*(sentence for sentence in every if sentence not in said)),
        )


def _fails(out: LineOut) -> bool:
    return out.counted and out.outcome not in (None, Outcome.PASS)


def _outside(given: LineInput, out: LineOut) -> bool:
    return given.standing is Standing.NOT_A_MATERIAL or not out.counted


def stated(given: LineInput, terms: PackWords) -> str:
    """The quantity as the bill states it."""
    if given.quantity is None:
        return "—"
    unit = own_unit(given, terms.words)
    return formats.quantity(plain(given.quantity), unit) if unit else formats.number(plain(given.quantity))


def own_unit(given: LineInput, words: Words) -> str:
    """The unit; the bill's own word where it counts pieces (樘, 个) or where nobody knows it."""
    unit = table().by_code.get(given.unit or "")
    if unit is None:
        return given.unit_text
    read = parse_unit(given.unit_text)
    counts = unit.dimension is Dimension.PIECE and read is not None and read.multiplier == 1
    return given.unit_text if counts and read and read.unit == unit else words.unit(unit.code)


def counted(out: LineOut, terms: PackWords) -> str:
    """The quantity that entered the ratio; empty where none did."""
    return terms.quantity(out.quantity, out.unit) if out.quantity is not None else ""


def step_in_words(step: str, words: Words) -> str:
    """A conversion as the report stores it, with its units and its property in the reader's language."""
    found = STEP.fullmatch(step)
    if found is None:
        return step
    symbols = {unit.symbol_en: unit.symbol(words.lang) for unit in table().by_code.values()}
    first, factor, last = symbols.get(found[1], found[1]), found[2], symbols.get(found[3], found[3])
    if found[4] is None:
        return f"{first}{factor} → {last}"
    key = "check.step-fact-bill" if found[5] == BILL else "check.step-fact"
    why = words.say(key, fact=fact_name(found[4], words.lang), source=found[5])
    return f"{first}{factor} → {last}{why}"


def _maker(out: LineOut) -> str:
    """Maker and plant; a plant that carries its maker's name says both."""
    if out.plant and out.maker and out.plant.startswith(out.maker):
        return out.plant
    return " · ".join(filter(None, (out.maker, out.plant)))


def _product(out: LineOut, terms: PackWords) -> Link | None:
    if out.product_code is None or out.product_name is None:
        return None
    return Link(out.product_name, f"/{terms.words.lang}/products/{out.product_code}")
