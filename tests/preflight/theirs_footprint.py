"""Faults of footprints under ISO 14067 and GB/T 24067: total, stages, boundary."""

import random
from collections.abc import Callable, Mapping
from decimal import Decimal

from registry.declarations.dataset import Dataset, Footprint, Stage
from tests.preflight import theirs_material as materials
from tests.preflight import theirs_tools as tools
from tests.preflight.theirs_tools import Fault

THOUSAND = Decimal(1000)
_WAYS = ("运输", "分销", "配送", "transport", "distribution", "delivery")
_LATER = ("使用", "废弃", "处置", "回收", "use", "end of life", "end-of-life", "disposal")


def broken(footprint: Footprint) -> bool:
    stages = [one.amount for one in footprint.stages]
    return bool(stages) and tools.apart(footprint.total, stages)


def _called(stage: Stage, words: tuple[str, ...]) -> bool:
    return any(word in text.casefold() for text in stage.words.values() for word in words)


def _words(chinese: str, english: str) -> dict[str, str]:
    return {"zh": chinese, "en": english}


def _change(make: Callable[[Footprint, random.Random], Footprint | None], *, sums: bool = False) -> Fault:
    """The footprint made anew; with `sums`, only where its total and stages now disagree."""

    def fault(dataset: Dataset, rng: random.Random) -> Dataset | None:
        old = dataset.footprint
        new = make(old, rng) if old is not None else None
        if old is None or new is None or (sums and (broken(old) or not broken(new))):
            return None
        return dataset.model_copy(update={"footprint": new})

    return fault


def _total(factor: Decimal) -> Callable[[Footprint, random.Random], Footprint]:
    return lambda old, _: old.model_copy(update={"total": old.total * factor})


def stage_forgotten(old: Footprint, rng: random.Random) -> Footprint | None:
    if len(old.stages) < 2:
        return None
    forgotten = max(old.stages[1:], key=lambda one: one.amount)
    return old.model_copy(update={"total": old.total - forgotten.amount})


def stage_slips(old: Footprint, rng: random.Random) -> Footprint | None:
    """The decimal point of one stage is one place off."""
    if not old.stages:
        return None
    at = rng.randrange(len(old.stages))
    stages = list(old.stages)
    stages[at] = stages[at].model_copy(update={"amount": stages[at].amount * 10})
    return old.model_copy(update={"stages": tuple(stages)})


def subtotal_as_stage(old: Footprint, rng: random.Random) -> Footprint | None:
    """From cradle to gate, distribution, from cradle to grave: running sums in a list of stages."""
    if len(old.stages) < 2:
        return None
    so_far = sum((one.amount for one in old.stages[:2]), Decimal(0))
    subtotal = Stage(words=_words("从摇篮到大门小计", "subtotal, cradle to gate"), amount=so_far)
    return old.model_copy(update={"stages": (*old.stages[:2], subtotal, *old.stages[2:])})


def stage_twice(old: Footprint, rng: random.Random) -> Footprint | None:
    if len(old.stages) < 2 or (chosen := max(old.stages, key=lambda one: one.amount)).amount <= 0:
        return None
    again = {"stages": (*old.stages, chosen), "total": old.total + chosen.amount}
    return old.model_copy(update=again)


def offsets(old: Footprint, rng: random.Random) -> Footprint | None:
    """GB/T 24067-2024 and ISO 14067 leave offsets outside the footprint."""
    if old.total <= 0:
        return None
    bought = tools.short(-old.total * rng.randint(20, 90) / 100)
    stage = Stage(words=_words("碳抵消", "carbon offsets"), amount=bought)
    return old.model_copy(update={"stages": (*old.stages, stage), "total": old.total + bought})


def all_offset(old: Footprint, rng: random.Random) -> Footprint | None:
    """ "Carbon neutral": the total is 0 although the stages are not."""
    return old.model_copy(update={"total": Decimal(0)}) if old.total > 0 else None


def gate_with_later(old: Footprint, rng: random.Random) -> Footprint | None:
    """The boundary ends at the gate, the stages go on."""
    change: dict[str, object] = {"boundary": "cradle to gate 从摇篮到大门"}
    if not any(_called(one, _LATER) for one in old.stages):
        if not old.stages or old.total <= 0:
            return None
        more = tools.short(old.total / 20)
        disposal = Stage(words=_words("废弃处置", "disposal"), amount=more)
        change |= {"stages": (*old.stages, disposal), "total": old.total + more}
    return old.model_copy(update=change)


def grave_without_end(old: Footprint, rng: random.Random) -> Footprint | None:
    """The boundary goes to the grave, the stages stop before it."""
    kept = tuple(one for one in old.stages if not _called(one, _LATER))
    if not kept:
        return None
    total = sum((one.amount for one in kept), Decimal(0))
    change = {"boundary": "cradle to grave 从摇篮到坟墓", "stages": kept, "total": total}
    return old.model_copy(update=change) if not broken(old) else None


def no_boundary(old: Footprint, rng: random.Random) -> Footprint | None:
    return old.model_copy(update={"boundary": None}) if old.boundary else None


def way_negative(old: Footprint, rng: random.Random) -> Footprint | None:
    """A transport takes carbon out of the air; the total follows."""
    chosen = next((one for one in old.stages if _called(one, _WAYS) and one.amount > 0), None)
    if chosen is None:
        return None
    turned = chosen.model_copy(update={"amount": -chosen.amount})
    stages = tuple(turned if one is chosen else one for one in old.stages)
    return old.model_copy(update={"stages": stages, "total": old.total - 2 * chosen.amount})


def shares(old: Footprint, rng: random.Random) -> Footprint | None:
    """Percent of the total stand where the stages' carbon belongs."""
    if old.total <= 0 or len(old.stages) < 2:
        return None
    stages = [one.model_copy(update={"amount": round(100 * one.amount / old.total, 2)}) for one in old.stages]
    return old.model_copy(update={"stages": tuple(stages)})


def everything(factor: Decimal) -> Fault:
    """Total and stages both in another unit than kg."""

    def fault(dataset: Dataset, rng: random.Random) -> Dataset | None:
        old = dataset.footprint
        if old is None:
            return None
        stages = [one.model_copy(update={"amount": one.amount * factor}) for one in old.stages]
        new = old.model_copy(update={"total": old.total * factor, "stages": tuple(stages)})
        after = tools.scaled(dataset.model_copy(update={"footprint": new}), tools.WHOLE, factor)
        return tools.newly(materials.implausible, dataset, after)

    return fault


FAULTS: Mapping[str, Fault] = {
    "a footprint's total is in tonnes, its stages in kg": _change(_total(1 / THOUSAND), sums=True),
    "a footprint's total is in grams, its stages in kg": _change(_total(THOUSAND), sums=True),
    "a footprint's total forgets a stage": _change(stage_forgotten, sums=True),
    "a stage's decimal point is one place off": _change(stage_slips, sums=True),
    "a subtotal stands among the stages": _change(subtotal_as_stage, sums=True),
    "the stages are percent of the total": _change(shares, sums=True),
    "a stage is counted twice": _change(stage_twice),
    "offsets are taken off the footprint": _change(offsets),
    "the total is 0 because all is offset": _change(all_offset, sums=True),
    "a boundary at the gate counts a later stage": _change(gate_with_later),
    "a boundary at the grave has no end of life": _change(grave_without_end),
    "a footprint has no boundary": _change(no_boundary),
    "a footprint's transport is negative": _change(way_negative),
    "a whole footprint is in tonnes under the label kg": everything(1 / THOUSAND),
    "a whole footprint is in grams under the label kg": everything(THOUSAND),
}
