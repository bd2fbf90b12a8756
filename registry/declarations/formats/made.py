"""Parts of a dataset whose every field the reader has checked already, made without checking them again.

A results table has 200 to 400 cells; pydantic's own `model_construct` takes three times as long for each.
"""

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from registry.declarations.dataset import Indicator, Mark, Value
from registry.declarations.facts import MODULES
from registry.declarations.formats.reading import Remark, Weight
from registry.kit.types import LARGEST_POWER, is_writable

ZERO = Decimal(0)
LONGEST = 80  # characters of a number; real ones have up to 24
_new = object.__new__
_set_fields = BaseModel.__dict__["__dict__"].__set__
_set_names = BaseModel.__dict__["__pydantic_fields_set__"].__set__
_set_extra = BaseModel.__dict__["__pydantic_extra__"].__set__
_set_private = BaseModel.__dict__["__pydantic_private__"].__set__
_MODULES = frozenset(MODULES)
_NAMES = {model: set(model.model_fields) for model in (Value, Indicator, Remark)}
_VALUE_NAMES = _NAMES[Value]
_USUAL_ZERO = frozenset({"0", "0.0"})
_NOTHING_MORE = {"mark": None, "rsd": None, "distribution": None, "samples": None}


def _made(model: Any, fields: dict[str, Any]) -> Any:
    """`fields` are all the model's fields, each of its type."""
    one = _new(model)
    _set_fields(one, fields)
    _set_names(one, _NAMES[model])
    _set_extra(one, None)
    _set_private(one, None)
    return one


Key = tuple[str, str | None]
Cells = dict[Key, Value]


def cells(listed: list[Any], found: Cells, closely: Callable[[dict[str, Any]], bool]) -> list[Any]:
    """Put down every usual amount; `closely` looks at the others in turn. What is left comes back.

    Usual is `{"module": "A4", "value": "0.478"}`, at times with a scenario, each cell once. One loop without
    calls: it runs some hundred times for every file.
    """
    left = []
    for one in listed:
        if one.__class__ is dict:
            module, raw, scenario = one.get("module"), one.get("value"), one.get("scenario")
            key: Any = module, scenario
            if (
                module.__class__ is str
                and module in _MODULES
                and raw.__class__ is str
                and (len(one) == 2 if scenario is None else len(one) == 3 and _is_plain(scenario))
                and key not in found
            ):
                value = _cell(key, raw)
                if value is not None:
                    found[key] = value
                    continue
            if closely(one):
                continue
        left.append(one)
    return left


def _cell(key: Key, raw: str) -> Value | None:
    if raw in _USUAL_ZERO:
        return _zero(*key)
    if not raw:
        return marked(*key, Mark.MND)
    try:
        amount = Decimal(raw if len(raw) <= LONGEST and "_" not in raw else "?")
    except ArithmeticError:
        return None
    if not amount:
        return _zero(*key)
    if not -LARGEST_POWER <= amount.adjusted() <= LARGEST_POWER or not amount.is_finite():
        return None
    value: Value = _new(Value)
    _set_fields(value, {"module": key[0], "scenario": key[1], "amount": amount, **_NOTHING_MORE})
    _set_names(value, _VALUE_NAMES)
    _set_extra(value, None)
    _set_private(value, None)
    return value


def _is_plain(scenario: object) -> bool:
    return isinstance(scenario, str) and scenario != "" and scenario == scenario.strip()


def number(module: str, scenario: str | None, amount: Decimal) -> Value:
    """A cell with a number that `figure` has read."""
    return Value(module=module, scenario=scenario, amount=amount)


@lru_cache(maxsize=4096)
def _zero(module: str, scenario: str | None) -> Value:
    """Half of all cells are 0; values are frozen, so that one may stand in many tables."""
    return Value(module=module, scenario=scenario, amount=ZERO)


@lru_cache(maxsize=4096)
def marked(module: str, scenario: str | None, mark: Mark) -> Value:
    """A cell without a number."""
    return Value(module=module, scenario=scenario, mark=mark)


def indicator(fields: dict[str, Any]) -> Indicator:
    """A row of cells made here."""
    return _made(Indicator, fields)  # type: ignore[no-any-return]


def remark(weight: Weight, key: str, place: str, *, facts: dict[str, str]) -> Remark:
    """One line of a loss report; its texts are ours."""
    return _made(Remark, {"weight": weight, "key": key, "place": place, "facts": facts})  # type: ignore[no-any-return]


def figure(text: str) -> Decimal | None:
    """A number written in full or with an exponent; None where the text is none or is out of all bounds."""
    if len(text) > LONGEST or "_" in text:
        return None
    try:
        found = Decimal(text)
    except ArithmeticError:
        return None
    return found if is_writable(found) else None
