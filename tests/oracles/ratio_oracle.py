"""A slow second answer for application ratios: plain dicts, loops and fractions over the raw pack data."""

import random
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

Data = dict[str, Any]
Line = Data  # kind, sub, qty (text), unit, out in {"pass", "fail", "undecided"}

MOST_TURNS = 100


def worlds(
    pack: Data, lines: list[Line], *, unknown_may_count: bool, rng: random.Random
) -> Iterator[list[Line]]:
    """Every way the open things of a building may turn out; of more than a hundred, a hundred by lot.

    A line without a quantity is tried with next to nothing and with more than all the rest, in every unit; a
    line with `options` in each kind; an undecided line both ways; a line of unknown material left out, or
    as any kind where `unknown_may_count`.
    """
    readings = [_readings(pack, line, unknown_may_count=unknown_may_count) for line in lines]
    turns: Iterable[Sequence[Line | None]] = product(*readings)
    if prod(map(len, readings)) > MOST_TURNS:
        turns = ([rng.choice(found) for found in readings] for _ in range(MOST_TURNS))
    for chosen in turns:
        yield [line for line in chosen if line is not None]


def at_worst(lines: list[Line]) -> list[Line]:
    """Every line of open kind stands in each kind it may be of."""
    return [{**line, "kind": kind} for line in lines for kind in line.get("options") or [line["kind"]]]


def at_best(lines: list[Line]) -> list[Line]:
    """The same without failed lines, which leave a kind that they may not be of."""
    return at_worst([line for line in lines if not (line.get("options") and line["out"] == "fail")])


def _readings(pack: Data, line: Line, *, unknown_may_count: bool) -> list[Line | None]:
    units = {kind["id"]: [*kind["units"], "bag"][:2] for kind in pack["kinds"]}
    kinds = line.get("options") or [line["kind"]]
    found: list[Line | None] = []
    if not line.get("known", True):
        if not unknown_may_count:
            return [None]
        kinds = [None, *units]
    for kind in kinds:
        free = line["qty"] is None
        for unit in units.get(kind, ["m2"]) if free else [line["unit"]]:
            for quantity in ("0.0000001", "900000000") if free else [line["qty"]]:
                for out in ("pass", "fail") if line["out"] == "undecided" else (line["out"],):
                    sub = line["sub"] or f"new {kind}"
                    found.append({"kind": kind, "sub": sub, "qty": quantity, "unit": unit, "out": out})
    return found


def _tie(value: Fraction, places: int, tie: str) -> Fraction:
    unit = Fraction(1, 10**places)
    below = value // unit * unit
    rest = value - below
    if rest * 2 == unit:
        odd = (below / unit) % 2 == 1
        return below + unit if tie == "half_up" or odd else below
    return below + unit if rest * 2 > unit else below


def _boxes(pack: Data, kind: Data, lines: list[Line]) -> dict[tuple[str, str], list[Line]]:
    units = {line["unit"] for line in lines}
    apart = len(units) > 1 or (kind.get("is_other") and pack["method"] == "kinds_passing")
    boxes: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        boxes.setdefault((line["sub"] if apart else "", line["unit"]), []).append(line)
    return boxes


def _share(kind: Data, lines: list[Line], *, hopeful: bool) -> Fraction:
    answers = {line["out"] for line in lines}
    alike = len(answers) == 1 and answers != {"undecided"}  # all green or none is so in any unit
    if kind["units"] and lines[0]["unit"] not in kind["units"] and not alike:
        return Fraction(1 if hopeful else 0)
    good = whole = Fraction(0)
    for line in lines:
        whole += Fraction(line["qty"])
        if line["out"] == "pass" or (hopeful and line["out"] == "undecided"):
            good += Fraction(line["qty"])
    return good / whole


def _used(pack: Data, lines: list[Line]) -> list[tuple[dict[str, Any], list[Line]]]:
    found = []
    for kind in pack["kinds"]:
        mine = [line for line in lines if line["kind"] == kind["id"]]
        if mine:
            found.append((kind, mine))
    return found


def q_scores(pack: Data, lines: list[Line], choices: dict[str, str], *, hopeful: bool) -> list[Fraction]:
    """Rounded score of every group, and the full points of the used ones appended last."""
    need = Fraction(pack["share_threshold"])
    scores, full_used = [], Fraction(0)
    for group in pack["groups"]:
        n, green = Fraction(0), Fraction(0)
        for kind, mine in _used(pack, lines):
            if kind["group"] != group["id"]:
                continue
            good: dict[str, bool] = {}
            for (sub, _unit), box in _boxes(pack, kind, mine).items():
                key = sub if kind.get("is_other") else ""
                good[key] = good.get(key, True) and _share(kind, box, hopeful=hopeful) >= need
            if kind.get("is_other") and choices["other_kinds"] == "each_raises_n":
                n += len(good)
                green += sum(good.values())
            else:
                n += 1
                green += Fraction(sum(good.values()), len(good))
        full = Fraction(group["points"])
        full_used += full if n else 0
        scores.append(_tie(full * green / n, 1, pack["rounding"]["tie"]) if n else Fraction(0))
    return [*scores, full_used]


def q_percent(pack: Data, lines: list[Line], choices: dict[str, str], *, hopeful: bool) -> Fraction:
    *scores, full_used = q_scores(pack, lines, choices, hopeful=hopeful)
    if choices["unused_group"] == "spread" and full_used:
        return sum(scores, Fraction(0)) * 100 / full_used
    return sum(scores, Fraction(0))


def s_percent(pack: Data, lines: list[Line], choices: dict[str, str], *, hopeful: bool) -> Fraction:
    points = Fraction(0)
    for kind, mine in _used(pack, lines):
        worst = min(_share(kind, box, hopeful=hopeful) for box in _boxes(pack, kind, mine).values())
        ramp = kind.get("interpolation")
        if ramp:
            start, end = Fraction(ramp["share_from"]), Fraction(ramp["share_to"])
            low, high = Fraction(ramp["points_from"]), Fraction(ramp["points_to"])
            if worst >= start:
                points += low + (high - low) * (worst - start) / (end - start)
        elif worst >= Fraction(pack["share_threshold"]):
            points += Fraction(choices["other_item_points"] if kind.get("is_other") else kind["points"])
    return points


def p_answer(pack: Data, lines: list[Line], choices: dict[str, str]) -> str:
    """pass, fail or undecided of a kinds_share pack whose list is loaded; both denominators must agree."""
    possible: dict[str, set[str]] = {"all": set(), "optional": set()}
    for hopeful in (False, True):
        kept: dict[str, list[bool]] = {"compulsory": [], "optional": []}
        for kind, mine in _used(pack, lines):
            boxes = _boxes(pack, kind, mine).values()
            spoilt = any(line["out"] == "fail" for line in mine)
            full = all(_share(kind, box, hopeful=hopeful) == 1 for box in boxes)
            kept[kind["group"]].append(full and not spoilt)
        everything = {line["kind"] or line["sub"] for line in lines}
        limit = Fraction(pack["kinds_share"]["optional_share"])
        must = all(kept["compulsory"])
        for name, whole in (("all", len(everything)), ("optional", len(kept["optional"]))):
            enough = sum(kept["optional"]) >= limit * whole
            possible[name].add(f"{must}{enough}")
    answers = {name: _third(found) for name, found in possible.items()}
    wanted = {"all_kinds": ["all"], "optional_kinds": ["optional"], "both": ["all", "optional"]}
    chosen = {answers[name] for name in wanted[choices["denominator"]]}
    return chosen.pop() if len(chosen) == 1 else "undecided"


def _third(found: set[str]) -> str:
    # Each requirement only rises from the cautious to the hopeful reading, so the two readings bound it.
    if found == {"TrueTrue"}:
        return "pass"
    return "undecided" if "TrueTrue" in found else "fail"


def earned(pack: Data, percent: Fraction) -> int:
    best = 0
    for row in pack["thresholds"]:
        if percent >= Fraction(row["percent"]):
            best = max(best, row["points"])
    return best
