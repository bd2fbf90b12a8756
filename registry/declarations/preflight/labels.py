"""Checks of the units rows are printed in: the expected one, or a known other one that names the slip."""

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from importlib import resources

from registry.declarations.preflight.model import ALWAYS, Check, Family, Fault, Severity, When, at
from registry.declarations.preflight.view import View

checks = Family()
_STRIPPED = re.compile(r"[\s_^{}().,-]")
_SUPERSCRIPTS = str.maketrans("₀₁₂₃₄₅₆₇₈₉⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻−", "01234567890123456789+--")
_EQUIVALENT = re.compile(r"(?:äquivalente?|äquiv|äqv|äq|equivalents?|equiv|eqv|eqiv)")
CLIMATE_SCALES = ("gco2", "tco2", "mgco2", "lbco2", "tonco2", "克", "吨")
KILOWATT_HOURS = frozenset({"kwh", "千瓦时", "度", "mwh"})
OTHER_ENERGY = frozenset({"gj", "kj", "j", "kcal", "btu", "wh"})
PHOSPHATE = "po4"
SOURCE = "expected unit of the indicator (indicators.csv); spellings seen in real files (high)"


@lru_cache(maxsize=512)
def folded(label: str) -> str:
    """One spelling for kg CO_(2)-Äq., kg CO2 eqv. and kg CO₂ eq; what is left unlike is another unit."""
    text = _STRIPPED.sub("", label.translate(_SUPERSCRIPTS).casefold().replace("²", "2").replace("³", "3"))
    return _EQUIVALENT.sub("eq", text)


def scale(label: str) -> str | None:
    """The kind of slip a folded label shows, where it is a known one; each has a mending of its own."""
    if label.startswith(CLIMATE_SCALES):
        return "climate-scale"
    if label in KILOWATT_HOURS:
        return "kwh"
    if label in OTHER_ENERGY:
        return "energy-scale"
    if label in {"l", "liter", "litre", "dm3", "升"}:
        return "litres"
    return "mass-scale" if label in {"g", "t", "mg", "lb"} else None


def _wrong(codes: tuple[str, ...], accepted: frozenset[str]) -> Callable[[View], Iterator[tuple[str, str]]]:
    def find(view: View) -> Iterator[tuple[str, str]]:
        for code in codes:
            row = view.rows.get(code)
            if row is not None and folded(row.unit) not in accepted:
                yield code, row.unit

    return find


def _mislabelled(
    codes: tuple[str, ...], accepted: frozenset[str], expected: str
) -> Callable[[View], Iterator[Fault]]:
    wrong = _wrong(codes, accepted)

    def find(view: View) -> Iterator[Fault]:
        for code, unit in wrong(view):
            if scale(folded(unit)) is None:
                yield at(f"indicators.{code}.unit", code=code, unit=unit or "-", expected=expected)

    return find


ROWS = tuple(csv.DictReader((resources.files(__package__) / "labels.csv").read_text("utf-8").splitlines()))


def _accepted(row: Mapping[str, str]) -> frozenset[str]:
    return frozenset(map(folded, row["accepted"].split("|")))


def _by(rules: str) -> When:
    names = rules.replace("ISO 21930", "ISO-21930").replace("EN 15804", "EN-15804").split()
    wanted = tuple(name.replace("-", " ", 1) for name in names)
    return ALWAYS if rules == "any" else When(rules, lambda view: view.dataset.generation.startswith(wanted))


def _labels() -> Iterator[Check]:
    for row in ROWS:
        codes, accepted = tuple(row["codes"].split()), _accepted(row)
        find = _mislabelled(codes, accepted, row["expected"])
        severity = Severity.NOTE if row["id"] == "label-soil" else Severity.WARNING
        words = (
            row["id"]
            if row["id"] in {"label-fresh-water", "label-acid-a2", "label-acid-sulphur"}
            else "label"
        )
        yield Check(row["id"], severity, find, _by(row["rules"]), SOURCE, words)


checks.checks.extend(_labels())


def _scaled(kind: str) -> Callable[[View], Iterator[Fault]]:
    """Rows whose label is a known other unit of the same quantity."""
    known = [(_by(row["rules"]), _wrong(tuple(row["codes"].split()), _accepted(row)), row["expected"])
             for row in ROWS]  # fmt: skip

    def find(view: View) -> Iterator[Fault]:
        for when, wrong, expected in known:
            if when.holds(view):
                for code, unit in wrong(view):
                    if scale(folded(unit)) == kind:
                        yield at(f"indicators.{code}.unit", code=code, unit=unit, expected=expected)

    return find


for _kind in ("climate-scale", "kwh", "energy-scale", "litres", "mass-scale"):
    checks.check(f"label-{_kind}", Severity.WARNING, source=SOURCE)(_scaled(_kind))
