"""Faults of the table of results: what is missing, marked, labelled, summed, copied or told by scenario."""

import csv
from collections.abc import Iterator, Mapping
from decimal import Decimal
from importlib import resources
from typing import Final
from uuid import UUID

from registry.declarations.dataset import Indicator, Mark, Scenario, Subtype, Value
from registry.declarations.indicators import indicators
from tests.preflight_faults.making import (
    BRICK,
    CONCRETE,
    PARTED,
    SLAB,
    SPLIT,
    STAGED,
    Case,
    amount,
    cells,
    dropped,
    epd,
    know,
    marked,
    only,
    put,
    row,
    rows,
    scaled,
    valued,
    without,
)

_FILES: Final = resources.files("registry.declarations.preflight")
_BY_RULES: Final = {"EN 15804+A2": CONCRETE, "EN 15804+A1": BRICK, "ISO 21930": SLAB, "EN 15804": CONCRETE}
STEEL: Final = epd("steel.member")


def table(name: str) -> Iterator[dict[str, str]]:
    return csv.DictReader((_FILES / f"{name}.csv").read_text("utf-8").splitlines())


def short(rules: str, code: str) -> str:
    return f"{rules.rsplit('+', maxsplit=1)[-1].replace(' ', '-')}-{code}".casefold()


def rules_of(text: str) -> str:
    """The first set a row of labels is for."""
    if text.startswith("EN 15804+"):
        return text[: len("EN 15804+A1")]
    return "EN 15804+A1" if text.startswith("EN 15804") else text if text == "ISO 21930" else "EN 15804+A2"


MISSING: Final[Mapping[str, Case]] = {
    f"missing-{short(line['rules'], code)}": without(_BY_RULES[line["rules"]], code)
    for line in table("required")
    for code in line["codes"].split()
}
LABELS: Final[Mapping[str, Case]] = {
    line["id"]: row(_BY_RULES[rules_of(line["rules"])], line["codes"].split()[0], unit="furlong")
    for line in table("labels")
    if line["id"] not in {"label-climate", "label-antimony"}
} | {
    "label-climate": row(CONCRETE, "GWP-total", unit="furlong"),
    "label-antimony": row(CONCRETE, "ADPE", unit="furlong"),
    "label-climate-scale": row(CONCRETE, "GWP-total", unit="g CO2 eq"),
    "label-kwh": row(CONCRETE, "PERE", unit="kWh"),
    "label-energy-scale": row(CONCRETE, "PERE", unit="GJ"),
    "label-litres": row(CONCRETE, "FW", unit="l"),
    "label-mass-scale": row(CONCRETE, "SM", unit="g"),
}

_ONLY_CLIMATE = tuple(r for r in CONCRETE.dataset.indicators if (r.code or "").startswith("GWP"))
_EVERY = " ".join(r.code or "" for r in CONCRETE.dataset.indicators)
MODULES: Final[Mapping[str, Case]] = {
    "only-climate": put(CONCRETE, indicators=_ONLY_CLIMATE),
    "table-empty": put(CONCRETE, indicators=()),
    "gate-missing": dropped(CONCRETE, _EVERY, "A1-A3"),
    "gate-partial": dropped(SPLIT, _EVERY, "A3"),
    "end-of-life-missing": know(dropped(STEEL, _EVERY, "C1 C2 C3 C4 D"), kind="steel.member"),
    "end-of-life-undecided": know(dropped(CONCRETE, _EVERY, "C1 C2 C3 C4 D"), kind=None),
    "end-of-life-only-d": dropped(CONCRETE, _EVERY, "C1 C2 C3 C4"),
    **{f"module-{m.casefold()}-missing": dropped(CONCRETE, _EVERY, m) for m in ("C1", "C2", "C3", "C4", "D")},
    "modules-uneven": dropped(CONCRETE, "AP", "C4"),
    "modules-uneven-inventory": dropped(CONCRETE, "FW", "C4"),
    "modules-beyond-climate": cells(CONCRETE, "AP", {"B2": "0.0001"}),
    "mark-declared-unevenly": marked(CONCRETE, "AP", "C4", mark=Mark.MND),
}


def again(case: Case, code: str) -> Case:
    """A row a second time."""
    return put(case, indicators=(*case.dataset.indicators, *only(case, code)))


def twice(one: Indicator) -> Indicator:
    return one.model_copy(update={"values": (*one.values, one.values[-1])})


_UNKNOWN = Indicator(code=None, names={"en": "Odour"}, unit="OU", matched_by="none", values=())
_A1_AP = UUID("b4274add-93b7-4905-a5e4-2e878c4e4216")
_FOSSIL = indicators().by_code["GWP-fossil", CONCRETE.dataset.generation]
MARKS: Final[Mapping[str, Case]] = {
    "indicator-twice": again(CONCRETE, "AP"),
    "cell-twice": rows(CONCRETE, "AP", twice),
    "indicator-unknown": put(CONCRETE, indicators=(*CONCRETE.dataset.indicators, _UNKNOWN)),
    "indicator-by-name": row(CONCRETE, "AP", matched_by="name"),
    "indicator-of-other-rules": row(CONCRETE, "SQP", code="EP", uuid=None),
    "indicator-uuid-of-another": row(CONCRETE, "AP", uuid=UUID("b5c629d6-def3-11e6-bf01-fe55135034f3")),
    "indicator-named-as-another": row(CONCRETE, "AP", names={"en": "Depletion of ozone (ODP)"}),
    "indicator-uuid-of-other-rules": row(CONCRETE, "AP", uuid=_A1_AP),
    "ef-mixed": row(CONCRETE, "GWP-fossil", uuid=_FOSSIL.uuid_ef30),
    "mark-core-not-declared": marked(CONCRETE, "AP", "*", mark=Mark.ND),
    "row-empty": row(CONCRETE, "SQP", values=()),
    "mark-not-declared-among-numbers": marked(CONCRETE, "SQP", "C4", mark=Mark.ND),
    "mark-not-assessed-among-numbers": marked(CONCRETE, "SQP", "C4", mark=Mark.INA),
    "mark-gate-not-relevant": marked(PARTED, "GWP-total", "A2", mark=Mark.MNR),
    "mark-end-not-relevant": marked(CONCRETE, _EVERY, "C1", mark=Mark.MNR),
    "mark-on-sum-only": marked(PARTED, "GWP-total", "A1-A3", mark=Mark.MND),
}

BOTH: Final = epd("masonry.fired-brick", "both")
_WHOLE = sum((v.amount or Decimal(0) for v in only(BOTH, "GWP")[0].values if v.module != "A1-A3"), Decimal(0))
_LAND = amount(PARTED, "GWP-luluc", "A1-A3")
_GREENHOUSE = only(row(CONCRETE, "GWP-fossil", code="GWP-GHG", uuid=None), "GWP-GHG")
SUMS: Final[Mapping[str, Case]] = {
    "sum-climate-parts": scaled(CONCRETE, "GWP-total", "1.1", modules="A1-A3"),
    "sum-climate-two-parts": scaled(
        marked(CONCRETE, "GWP-luluc", "*", mark=Mark.ND), "GWP-total", "1.2", modules="A1-A3"
    ),
    "sum-renewable": scaled(CONCRETE, "PERT", "1.5", modules="C4"),
    "sum-nonrenewable": scaled(CONCRETE, "PENRT", "1.15", modules="C4"),
    "sum-gate": scaled(BOTH, "GWP", "1.2", modules="A1-A3"),
    "sum-gate-of-others": scaled(PARTED, "AP", "1.2", modules="A1-A3"),
    "sum-of-everything": cells(BOTH, "GWP", {"A1-A3": str(_WHOLE)}),
    "part-as-sum": cells(CONCRETE, "GWP-total", {"A1": str(amount(CONCRETE, "GWP-total", "A1-A3"))}),
    "sum-greenhouse-gases": scaled(
        put(CONCRETE, indicators=(*CONCRETE.dataset.indicators, *_GREENHOUSE)), "GWP-GHG", "1.3"
    ),
}

COPIES: Final[Mapping[str, Case]] = {
    "modules-all-alike": row(
        CONCRETE,
        "AP",
        values=tuple(Value(module=v.module, amount=Decimal("0.02")) for v in only(CONCRETE, "AP")[0].values),
    ),
    "gate-parts-alike": cells(
        PARTED, "EP-marine", dict.fromkeys(("A1", "A2", "A3"), "0.02") | {"A1-A3": "0.06"}
    ),
    "rows-alike": row(CONCRETE, "RWD", values=only(CONCRETE, "FW")[0].values),
}


def doubled(case: Case, code: str, of: str, *, factor: str) -> Case:
    """A row that is another times a factor."""
    return scaled(row(case, code, values=only(case, of)[0].values), code, factor)


def copied(case: Case, source: str, target: str) -> Case:
    """One column written over another in every row."""

    def change(one: Indicator) -> Indicator:
        found = next(value.amount for value in one.values if value.module == source)
        values = (v.model_copy(update={"amount": found}) if v.module == target else v for v in one.values)
        return one.model_copy(update={"values": tuple(values)})

    return rows(case, "*", change)


PLACED: Final[Mapping[str, Case]] = {
    "rows-proportional": doubled(CONCRETE, "EP-terrestrial", "EP-marine", factor="11"),
    "modules-copied": copied(CONCRETE, "C2", "C4"),
}


def told(case: Case, *scenarios: Scenario) -> Case:
    return put(case, scenarios=scenarios)


_FIRST, _SECOND = STAGED.dataset.scenarios
SCENARIOS: Final[Mapping[str, Case]] = {
    "scenario-undeclared": told(STAGED, _FIRST),
    "scenario-unused": told(STAGED, _FIRST, _SECOND, Scenario(name="S3", group="D", words={"en": "third"})),
    "scenario-twice": told(STAGED, _FIRST, _SECOND, _SECOND),
    "scenario-unnamed": told(STAGED, _FIRST, _SECOND, Scenario(name="", group="D", words={"en": "third"})),
    "scenario-default-missing": told(STAGED, _FIRST.model_copy(update={"default": False}), _SECOND),
    "scenario-default-twice": told(STAGED, _FIRST, _SECOND.model_copy(update={"default": True})),
    "scenario-undescribed": told(STAGED, _FIRST, _SECOND.model_copy(update={"words": {}})),
    "scenario-and-plain": rows(
        STAGED,
        "SQP",
        lambda one: one.model_copy(update={"values": (*one.values, Value(module="D", amount=Decimal(-1)))}),
    ),
    "scenario-uneven": rows(
        STAGED,
        "AP",
        lambda one: one.model_copy(update={"values": tuple(v for v in one.values if v.scenario != "S2")}),
    ),
}


def one_scenario(one: Indicator) -> Indicator:
    first = next(v.amount for v in one.values if v.scenario == "S1")
    values = (v.model_copy(update={"amount": first}) if v.scenario == "S2" else v for v in one.values)
    return one.model_copy(update={"values": tuple(values)})


FIGURES: Final[Mapping[str, Case]] = {
    "scenarios-alike": rows(STAGED, "*", one_scenario),
    "digits-many": cells(CONCRETE, "SQP", {"C4": "0.1234567890123456789"}),
    "digits-all-one": rows(
        CONCRETE,
        "*",
        lambda one: one.model_copy(
            update={
                "values": tuple(
                    v.model_copy(update={"amount": Decimal(f"{v.amount:.0E}")}) for v in one.values
                )
            }
        ),
    ),
    "digits-one-at-gate": cells(
        cells(CONCRETE, "GWP-total", {"A1-A3": "300"}), "GWP-fossil", {"A1-A3": str(300 - _LAND)}
    ),
    "figure-noise": cells(CONCRETE, "NRSF", {"C4": "0.00000000000000000000000000076"}),
    "rsd-negative": valued(CONCRETE, "AP", "C4", rsd=Decimal("-0.1")),
    "rsd-as-percent": valued(CONCRETE, "AP", "C4", rsd=Decimal(15)),
    "rsd-absurd": valued(CONCRETE, "AP", "C4", rsd=Decimal("1.5")),
    "rsd-without-number": valued(
        marked(CONCRETE, "SQP", "C4", mark=Mark.MND), "SQP", "C4", rsd=Decimal("0.1")
    ),
    "samples-not-positive": valued(CONCRETE, "AP", "C4", samples=0),
    "spread-of-one-sample": valued(CONCRETE, "AP", "C4", samples=1, rsd=Decimal("0.1")),
    "average-of-one": put(valued(CONCRETE, "AP", "C4", samples=1), subtype=Subtype.AVERAGE, scope=None),
    "distribution-unknown": valued(CONCRETE, "AP", "C4", distribution="bell", rsd=Decimal("0.1")),
    "distribution-without-spread": valued(CONCRETE, "AP", "C4", distribution="normal"),
}

FAULTS: Final[Mapping[str, Case]] = {
    **MISSING, **LABELS, **MODULES, **MARKS, **SUMS, **COPIES, **PLACED, **SCENARIOS, **FIGURES
}  # fmt: skip
