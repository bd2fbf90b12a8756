"""The fields that mend one line: a wrong cell, what the material is, what it counts as."""

from collections.abc import Iterator

from catalogue.checks import service
from catalogue.checks.inputs import Standing
from catalogue.checks.state import LineState
from frontend.pages.check_bench import Bench, Found
from frontend.pages.check_words import plain
from frontend.pages.ordering import by_name
from frontend.views import formats
from frontend.views.parts import Field, Option


def fields(place: int, line: LineState, bench: Bench, *, finding: Found | None) -> Iterator[Field]:
    words, edit = bench.terms.words, line.edit
    wrong = " ".join(problem.key for problem in line.line.problems if problem.blocks)
    given = service.line_input(line)
    offered = (
        ("name", "name-" in wrong or edit.name is not None, edit.name or "", ""),
        ("quantity", given.quantity is None or "quantity" in wrong or edit.quantity is not None,
         "" if edit.quantity is None else formats.number(plain(edit.quantity)), "decimal"),
        ("unit", given.unit is None or "unit" in wrong or edit.unit is not None, edit.unit or "", ""),
        ("delivery", ".day-" in wrong or edit.delivery is not None,
         edit.delivery.isoformat() if edit.delivery else "", ""),
    )  # fmt: skip
    for name, wanted, kept, mode in offered:
        asked = f"{name}-{place}"
        if wanted or asked in bench.faults:
            yield Field(
                name=asked,
                label=words.say(f"check.fix-{name}"),
                value=bench.value(asked, kept),
                error=bench.faults.get(asked, ""),
                input_mode=mode,
                required=True,
            )
    yield from _selects(place, line, bench, finding=finding)


def _selects(place: int, line: LineState, bench: Bench, *, finding: Found | None) -> Iterator[Field]:
    """What the line is and what it counts as: each asked only where it is open."""
    terms, words = bench.terms, bench.terms.words
    unknown = line.material_kind is None and line.standing is not Standing.NOT_A_MATERIAL
    kinds = tuple(kind.kind for kind in terms.known.leaves()) if finding else line.material_kinds
    if finding or (unknown and kinds):
        options = [(kind, terms.material(kind)) for kind in kinds]
        options = list(by_name(options)) if finding else options  # what was recognised stays best first
        yield _select(f"t-{place}", words.say("check.material-label"), options, line.material_kind, bench)
    if asks_kind(line):
        options = [(kind, terms.kind(kind)) for kind in line.ratio_kinds]
        yield _select(f"k-{place}", words.say("check.kind-label"), options, line.ratio_kind, bench)


def _select(name: str, label: str, options: list[tuple[str, str]], kept: str | None, bench: Bench) -> Field:
    value = bench.value(name, kept or "")
    choose = Option("", bench.terms.words.say("check.kind-choose"), not value)
    listed = tuple(Option(code, said, code == value) for code, said in options)
    return Field(name=name, label=label, kind="select", options=(choose, *listed), required=True)


def asks_kind(line: LineState) -> bool:
    return bool(line.ratio_kinds) and (line.ratio_kind_open or line.ratio_kind_note is not None)
