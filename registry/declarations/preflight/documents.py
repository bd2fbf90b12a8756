"""Checks that keep 碳足迹报告, EPD and 碳足迹标识认证 apart, each by its own rules and words."""

from collections.abc import Iterator

from registry.declarations.comparable import Generation
from registry.declarations.preflight.conditions import EPD, FOOTPRINT_RULES, LABEL, MODULAR, REPORT
from registry.declarations.preflight.model import Family, Fault, Severity, When, at
from registry.declarations.preflight.view import View

checks = Family("practice: 碳足迹报告, EPD and 碳足迹标识认证 are three things (high)")
FOOTPRINTS = frozenset({Generation.GBT24067, Generation.ISO14067})
EN = frozenset({Generation.EN15804_A1, Generation.EN15804_A2, Generation.ISO21930})
NEUTRAL = (
    "碳中和",
    "零碳",
    "净零",
    "carbon neutral",
    "carbon-neutral",
    "climate neutral",
    "net zero",
    "klimaneutral",
)
EPD_WORDS = ("环境产品声明", "epd", "environmental product declaration")
REPORT_WORDS = ("碳足迹报告", "footprint report", "核查报告")
LABEL_WORDS = ("标识认证", "认证证书", "footprint label", "certified footprint")
# 2025 pilot: lithium batteries, PV, steel, aluminium, textiles, electronics, tyres, cement, phosphates, wood.
LABEL_KINDS = (
    "cement",
    "pv.module",
    "steel.member",
    "keel.light-steel",
    "formwork.aluminium",
    "timber",
    "wood",
)
FOOTPRINT_DOCUMENTS = When(
    "footprint reports and labels", lambda view: REPORT.holds(view) or LABEL.holds(view)
)


def _named(view: View, words: tuple[str, ...]) -> str | None:
    number = (view.dataset.number or "").casefold()
    return next((word for word in words if word in view.names or (len(word) > 3 and word in number)), None)


checks.ask(
    "epd-by-footprint-rules",
    Severity.WARNING,
    lambda view: view.dataset.generation in FOOTPRINTS,
    place="document",
    when=EPD,
)
checks.ask(
    "footprint-by-epd-rules",
    Severity.WARNING,
    lambda view: view.dataset.generation in EN,
    place="document",
    when=FOOTPRINT_DOCUMENTS,
)


@checks.check("report-called-epd", Severity.WARNING, when=FOOTPRINT_DOCUMENTS)
def report_called_epd(view: View) -> Iterator[Fault]:
    word = _named(view, EPD_WORDS)
    if word:
        yield at("names", word=word)


@checks.check("report-called-certified", Severity.WARNING, when=REPORT)
def report_called_certified(view: View) -> Iterator[Fault]:
    word = _named(view, LABEL_WORDS)
    if word:
        yield at("names", word=word)


@checks.check("epd-called-report", Severity.WARNING, when=EPD)
def epd_called_report(view: View) -> Iterator[Fault]:
    word = _named(view, REPORT_WORDS)
    if word:
        yield at("names", word=word)


@checks.check("label-called-report", Severity.WARNING, when=LABEL)
def label_called_report(view: View) -> Iterator[Fault]:
    word = _named(view, REPORT_WORDS)
    if word:
        yield at("names", word=word)


@checks.check(
    "label-outside-pilot", Severity.NOTE, when=LABEL, source="footprint-label pilot list, 2025-01 (high)"
)
def label_outside_pilot(view: View) -> Iterator[Fault]:
    kind = view.context.kind
    if kind and not kind.startswith(LABEL_KINDS):
        yield at("document", kind=kind)


@checks.check(
    "claim-of-neutrality", Severity.WARNING, source="GB/T 24067-2024: offsets and claims are outside (high)"
)
def claim_of_neutrality(view: View) -> Iterator[Fault]:
    word = next((one for one in NEUTRAL if one in view.words), None)
    if word:
        yield at("names", word=word)


@checks.check(
    "other-impacts-in-footprint",
    Severity.NOTE,
    when=FOOTPRINT_RULES,
    source="GB/T 24067: only climate change (high)",
)
def other_impacts_in_footprint(view: View) -> Iterator[Fault]:
    others = sorted(code for code in view.rows if not code.startswith(("GWP", "CFP")))
    if others:
        yield at("indicators", codes=others)


@checks.check(
    "modules-in-footprint",
    Severity.WARNING,
    when=FOOTPRINT_RULES,
    source="GB/T 24067 has stages, not modules (high)",
)
def modules_in_footprint(view: View) -> Iterator[Fault]:
    modules = sorted(view.modules("CFP") | view.modules("GWP-total") | view.modules("GWP"))
    if len(modules) > 1:
        yield at("indicators", modules=modules)


@checks.check("footprint-in-epd", Severity.WARNING, when=MODULAR)
def footprint_in_epd(view: View) -> Iterator[Fault]:
    """An EPD tells by module; a footprint total beside it is a second answer to the same question."""
    footprint, gate = view.dataset.footprint, view.gate(view.climate)
    if footprint is not None and gate is not None:
        yield at("footprint", total=footprint.total, gate=gate)
