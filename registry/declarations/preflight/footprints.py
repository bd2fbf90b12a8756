"""Checks of footprints by GB/T 24067 and ISO 14067: a total, its boundary, stages in their own words."""

import re
from collections import Counter
from collections.abc import Iterator

from registry.declarations.preflight.conditions import FOOTPRINT, FOOTPRINT_RULES
from registry.declarations.preflight.model import Family, Fault, Severity, at
from registry.declarations.preflight.signs import holds_carbon
from registry.declarations.preflight.view import View

checks = Family("GB/T 24067-2024, ISO 14067 (medium)")
_GATE = re.compile(r"gate|大门|出厂|摇篮到门|部分碳足迹|partial", re.IGNORECASE)
_GRAVE = re.compile(r"grave|坟墓|全生命周期|full life|生命终止|end.of.life|废弃", re.IGNORECASE)
_LATE = re.compile(r"使用|废弃|处置|回收|拆除|end.of.life|use (?:stage|phase)|disposal|demolition",
                   re.IGNORECASE)  # fmt: skip
_END = re.compile(
    r"废弃|处置|回收|拆除|生命末期|生命终止|end.of.life|disposal|demolition|grave", re.IGNORECASE
)
_OFFSET = re.compile(r"抵消|碳汇购买|碳信用|绿证|offset|carbon credit|neutralis", re.IGNORECASE)
_REMOVAL = re.compile(r"清除|固碳|碳储|吸收|回收|remov|stor|uptake|seques|recycl|credit", re.IGNORECASE)
_MODULE = re.compile(r"^(?:[ABC][1-7](?:\s*[-–~至]\s*[ABC]?[1-7])?|D)$", re.IGNORECASE)

checks.ask(
    "footprint-missing",
    Severity.ERROR,
    lambda view: view.whole() is None,
    place="footprint",
    when=FOOTPRINT_RULES,
)


def _stages(view: View) -> Iterator[str]:
    for stage in view.dataset.footprint.stages if view.dataset.footprint else ():
        yield " ".join(stage.words.values())


def _boundary(view: View) -> str:
    return (view.dataset.footprint.boundary or "") if view.dataset.footprint else ""


checks.ask(
    "footprint-boundary-missing",
    Severity.WARNING,
    lambda view: not _boundary(view),
    place="footprint.boundary",
    when=FOOTPRINT,
)


@checks.check("footprint-boundary-unclear", Severity.NOTE, when=FOOTPRINT)
def footprint_boundary_unclear(view: View) -> Iterator[Fault]:
    text = _boundary(view)
    if text and not _GATE.search(text) and not _GRAVE.search(text):
        yield at("footprint.boundary", boundary=text)


@checks.check("footprint-gate-with-later-stages", Severity.WARNING, when=FOOTPRINT)
def footprint_gate_with_later_stages(view: View) -> Iterator[Fault]:
    text = _boundary(view)
    if _GATE.search(text) and not _GRAVE.search(text):
        for stage in _stages(view):
            if _LATE.search(stage):
                yield at("footprint.stages", boundary=text, stage=stage)


@checks.check("footprint-grave-without-end", Severity.WARNING, when=FOOTPRINT)
def footprint_grave_without_end(view: View) -> Iterator[Fault]:
    text, stages = _boundary(view), list(_stages(view))
    if _GRAVE.search(text) and not _GATE.search(text) and stages and not any(map(_END.search, stages)):
        yield at("footprint.stages", boundary=text)


checks.ask(
    "footprint-stages-missing",
    Severity.NOTE,
    lambda view: view.dataset.footprint is not None and not view.dataset.footprint.stages,
    place="footprint.stages",
    when=FOOTPRINT,
)


@checks.check("footprint-one-stage", Severity.NOTE, when=FOOTPRINT)
def footprint_one_stage(view: View) -> Iterator[Fault]:
    footprint = view.dataset.footprint
    if footprint and len(footprint.stages) == 1:
        yield at("footprint.stages", stage=next(_stages(view)))


@checks.check("footprint-zero", Severity.ERROR, when=FOOTPRINT)
def footprint_zero(view: View) -> Iterator[Fault]:
    if view.dataset.footprint and view.dataset.footprint.total == 0:
        yield at("footprint.total")


@checks.check("footprint-negative", Severity.WARNING, when=FOOTPRINT)
def footprint_negative(view: View) -> Iterator[Fault]:
    footprint = view.dataset.footprint
    if footprint and footprint.total < 0 and not holds_carbon(view):
        yield at("footprint.total", total=footprint.total)


@checks.check("stage-negative", Severity.WARNING, when=FOOTPRINT)
def stage_negative(view: View) -> Iterator[Fault]:
    for stage in view.dataset.footprint.stages if view.dataset.footprint else ():
        words = " ".join(stage.words.values())
        if stage.amount < 0 and not _REMOVAL.search(words) and not holds_carbon(view):
            yield at("footprint.stages", stage=words, value=stage.amount)


@checks.check(
    "stage-of-offsets", Severity.ERROR, when=FOOTPRINT, source="GB/T 24067-2024: offsets are outside (high)"
)
def stage_of_offsets(view: View) -> Iterator[Fault]:
    for stage in _stages(view):
        if _OFFSET.search(stage):
            yield at("footprint.stages", stage=stage)


@checks.check("stage-unnamed", Severity.WARNING, when=FOOTPRINT)
def stage_unnamed(view: View) -> Iterator[Fault]:
    for number, stage in enumerate(_stages(view), 1):
        if not stage.strip("-–— "):
            yield at("footprint.stages", number=number)


@checks.check("stage-twice", Severity.WARNING, when=FOOTPRINT)
def stage_twice(view: View) -> Iterator[Fault]:
    for stage, times in Counter(_stages(view)).items():
        if times > 1 and stage.strip("-–— "):
            yield at("footprint.stages", stage=stage, times=times)


@checks.check("stage-named-as-module", Severity.NOTE, when=FOOTPRINT)
def stage_named_as_module(view: View) -> Iterator[Fault]:
    for stage in _stages(view):
        if _MODULE.match(stage.strip()):
            yield at("footprint.stages", stage=stage)


@checks.check("stages-alike", Severity.WARNING, when=FOOTPRINT)
def stages_alike(view: View) -> Iterator[Fault]:
    stages = view.dataset.footprint.stages if view.dataset.footprint else ()
    if len(stages) > 2 and stages[0].amount and len({stage.amount for stage in stages}) == 1:
        yield at("footprint.stages", value=stages[0].amount, stages=len(stages))


@checks.check("footprint-told-twice", Severity.ERROR, when=FOOTPRINT)
def footprint_told_twice(view: View) -> Iterator[Fault]:
    """The total beside a row of the table that says something else."""
    footprint, row = view.dataset.footprint, view.gate("CFP")
    if footprint and row is not None and abs(row - footprint.total) * 100 > abs(footprint.total):
        yield at("footprint.total", total=footprint.total, row=row)
