"""Checks of what a document's rules ask for: core indicators, modules, the same modules in every row."""

import csv
from collections.abc import Callable, Iterator
from importlib import resources

from registry.declarations.dataset import Mark, Subtype
from registry.declarations.preflight.conditions import A2_OF_MAKERS, EN, EPD, MODULAR, NO_FOOTPRINT_RULES
from registry.declarations.preflight.model import Check, Family, Fault, Severity, When, at
from registry.declarations.preflight.view import END, PARTS, SUM, View

checks = Family()
# Products that become part of others and hold no biogenic carbon may leave C and D out (EN 15804+A2, 5.2).
BOUND = (
    "cement",
    "admixture",
    "mortar",
    "adhesive",
    "sealant",
    "coating",
    "waterproofing.coating",
    "concrete.ready",
)
IMPACTS = frozenset({
    "GWP-fossil", "GWP-biogenic", "ODP", "AP", "EP", "EP-freshwater", "EP-marine", "EP-terrestrial", "POCP",
    "ADPE", "ADPF", "WDP",
})  # fmt: skip
INVENTORY = frozenset({
    "PERE", "PERM", "PERT", "PENRE", "PENRM", "PENRT", "SM", "RSF", "NRSF", "FW", "HWD", "NHWD", "RWD", "CRU",
    "MFR", "MER", "EEE", "EET",
})  # fmt: skip
LULUC_FLOOR = "EN 15804+A2: GWP-luluc may be left out below 5 % of GWP-total (medium)"


def _lacks(code: str) -> Callable[[View], Iterator[Fault]]:
    """The row is not there at all; a table that is empty, or of another kind, has findings of its own."""

    def find(view: View) -> Iterator[Fault]:
        if code not in view.rows and view.dataset.indicators:
            yield at("indicators", code=code)

    return find


def _asked(rules: str) -> When:
    """A document by these rules that goes beyond climate: an EPD, not a footprint report."""
    by_rules = EN if rules == "EN 15804" else When(rules, lambda view: view.dataset.generation == rules)
    return When(f"EPD by {rules}", lambda view: EPD.holds(view) and by_rules.holds(view))


def _beyond_climate(view: View) -> bool:
    return any(not code.startswith(("GWP", "CFP")) for code in view.rows)


def _of_full_tables(asked: When) -> When:
    """A table that tells of climate alone is one finding, not one for each row it lacks."""
    return When(asked.text, lambda view: asked.holds(view) and _beyond_climate(view))


def _required() -> Iterator[Check]:
    text = (resources.files(__package__) / "required.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        rules, asked = row["rules"], _asked(row["rules"])
        when = _of_full_tables(asked)
        for code in row["codes"].split():
            # The climate row is asked for even of a table that holds nothing else.
            first = row["severity"] == "error"
            words = (
                "luluc-missing"
                if code == "GWP-luluc"
                else "climate-missing"
                if first
                else "indicator-missing"
            )
            source = LULUC_FLOOR if code == "GWP-luluc" else f"{rules}: core indicators (high)"
            name = f"missing-{rules.split('+')[-1].replace(' ', '-')}-{code}".casefold()
            severity = Severity(row["severity"])
            yield Check(name, severity, _lacks(code), asked if first else when, source, words)


checks.checks.extend(_required())
checks.ask(
    "only-climate",
    Severity.WARNING,
    lambda view: bool(view.rows) and not _beyond_climate(view),
    place="indicators",
    when=When("EPD by EN 15804 or ISO 21930", lambda view: EPD.holds(view) and MODULAR.holds(view)),
    source="ISO 14025: an EPD tells of several impacts; one alone is a footprint (medium)",
)
checks.ask(
    "table-empty",
    Severity.ERROR,
    lambda view: view.dataset.footprint is None and not any(view.numbers.values()),
    place="indicators",
    when=NO_FOOTPRINT_RULES,
)


@checks.check(
    "gate-missing",
    Severity.ERROR,
    when=MODULAR,
    source="EN 15804, ISO 21930: A1-A3 are always declared (high)",
)
def gate_missing(view: View) -> Iterator[Fault]:
    have = view.modules(view.climate)
    if have and not have & {SUM, *PARTS}:
        yield at("indicators", code=view.climate, modules=sorted(have))


@checks.check(
    "gate-partial", Severity.ERROR, when=MODULAR, source="A1-A3: the sum, or all three parts (high)"
)
def gate_partial(view: View) -> Iterator[Fault]:
    have = view.modules(view.climate)
    if SUM not in have and have & set(PARTS) and not have >= set(PARTS):
        lacking = sorted(set(PARTS) - have)
        yield at("indicators", code=view.climate, lacking=lacking)


def _ended(view: View) -> frozenset[str]:
    return view.answered(view.climate) & {*END, "D"}


def _bound(view: View) -> bool:
    kind = view.context.kind or ""
    return kind.startswith(BOUND) and not view.dataset.biogenic_carbon_kg


def _no_end(view: View) -> bool:
    return view.gate(view.climate) is not None and not _ended(view)


A2_END = "EN 15804+A2, 5.2: C1-C4 and D, with its exceptions (low)"
checks.ask(
    "end-of-life-missing",
    Severity.WARNING,
    lambda view: view.context.kind is not None and _no_end(view) and not _bound(view),
    place="indicators.C",
    when=A2_OF_MAKERS,
    source=A2_END,
)
checks.ask(
    "end-of-life-undecided",
    Severity.NOTE,
    lambda view: view.context.kind is None and _no_end(view),
    place="indicators.C",
    when=A2_OF_MAKERS,
    source=A2_END,
)


def _lacks_module(module: str) -> Callable[[View], Iterator[Fault]]:
    """One module of the end of life left out where others are declared."""

    def find(view: View) -> Iterator[Fault]:
        ended = _ended(view)
        if ended & set(END) and module not in ended:
            yield at(f"indicators.{module}", module=module, have=sorted(ended))

    return find


for _module in (*END, "D"):
    checks.checks.append(
        Check(
            f"module-{_module.casefold()}-missing",
            Severity.WARNING,
            _lacks_module(_module),
            A2_OF_MAKERS,
            A2_END,
            "module-d-missing" if _module == "D" else "module-c-missing",
        )
    )


@checks.check("end-of-life-only-d", Severity.WARNING, when=A2_OF_MAKERS, source=A2_END)
def end_of_life_only_d(view: View) -> Iterator[Fault]:
    if _ended(view) == {"D"}:
        yield at("indicators.C")


def _uneven(view: View, code: str) -> frozenset[str]:
    """Modules the climate row has a number in and another row says nothing at all of."""
    if code not in view.numbers or not view.numbers[code]:
        return frozenset()
    said = view.modules(code) | {module for module, _ in view.marks.get(code, {})}
    if SUM in said or set(PARTS) <= said:
        said |= {SUM, *PARTS}
    return view.modules(view.climate) - said


@checks.check("modules-uneven", Severity.WARNING, when=MODULAR)
def modules_uneven(view: View) -> Iterator[Fault]:
    for code in sorted(IMPACTS & set(view.rows)):
        lacking = _uneven(view, code)
        if lacking:
            yield at(f"indicators.{code}", code=code, climate=view.climate, modules=sorted(lacking))


@checks.check("modules-uneven-inventory", Severity.NOTE, when=MODULAR)
def modules_uneven_inventory(view: View) -> Iterator[Fault]:
    for code in sorted(INVENTORY & set(view.rows)):
        lacking = _uneven(view, code)
        if lacking:
            yield at(f"indicators.{code}", code=code, climate=view.climate, modules=sorted(lacking))


@checks.check("modules-beyond-climate", Severity.WARNING, when=MODULAR)
def modules_beyond_climate(view: View) -> Iterator[Fault]:
    have = view.answered(view.climate)
    if not have:
        return
    if SUM in have or set(PARTS) <= have:
        have |= {SUM, *PARTS}
    for code in sorted((IMPACTS | INVENTORY) & set(view.rows)):
        beyond = view.modules(code) - have
        more = {m for m in beyond if any(view.under(code, m, s) for s in view.scenarios())}
        if more:
            yield at(f"indicators.{code}", code=code, climate=view.climate, modules=sorted(more))


@checks.check("mark-declared-unevenly", Severity.WARNING, when=MODULAR)
def mark_declared_unevenly(view: View) -> Iterator[Fault]:
    """Whether a module is declared is said of the module, not of one impact in it."""
    have = view.numbers.get(view.climate or "", {})
    for code in sorted(IMPACTS & set(view.rows)):
        marked = sorted(
            {m for (m, s), mark in view.marks[code].items() if mark is Mark.MND and (m, s) in have}
        )
        if marked and view.numbers[code]:
            yield at(f"indicators.{code}", code=code, modules=marked)


checks.ask(
    "subtype-missing", Severity.NOTE, lambda view: view.dataset.subtype is None, place="subtype", when=EPD
)
checks.ask(
    "subtype-template", Severity.ERROR, lambda view: view.dataset.subtype is Subtype.TEMPLATE, place="subtype"
)
