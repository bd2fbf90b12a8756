"""Whether the words of a line fall within a product's models: C30 in C15–C60, DN50 in DN20～DN110."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from catalogue.bom.confidence import ModelFit

_RANGE = re.compile(
    r"([A-Z·.Φ]*)([0-9]+(?:\.[0-9]+)?)(?:MM)?[~\-至到]([A-Z·.Φ]*)([0-9]+(?:\.[0-9]+)?)(?:MM)?"
)
_GRADE = re.compile(r"([A-Z·.Φ]+)([0-9]+(?:\.[0-9]+)?)")
_RANK = {ModelFit.EXACT: 3, ModelFit.IN_RANGE: 2, ModelFit.UNKNOWN: 1, ModelFit.OUTSIDE: 0}
# A maker's own number: letters, a hyphen and figures (SJ-307-01); grades and sizes have no such hyphen.
_OWN_NUMBER = re.compile(r"(?<![A-Z0-9])[A-Z]+-[0-9]")


def names_a_model(words: str) -> bool:
    """The words hold what looks like a maker's own number, so they are not silent about the model."""
    return _OWN_NUMBER.search(_plain(words)) is not None


def is_range(model: str) -> bool:
    return _RANGE.fullmatch(_plain(model)) is not None


def model_fit(
    models: Sequence[str], words: str, attributes: Mapping[str, str]
) -> tuple[str | None, ModelFit]:
    """The best fitting model and how it fits; outside only where every model says so."""
    fits = [(_one(model, words, attributes), model) for model in models]
    if not fits:
        return None, ModelFit.UNKNOWN
    fit, model = max(fits, key=lambda item: (_RANK[item[0]], len(item[1])))
    return (model if fit in {ModelFit.EXACT, ModelFit.IN_RANGE} else None), fit


def _one(model: str, words: str, attributes: Mapping[str, str]) -> ModelFit:
    plain, text = _plain(model), _plain(words)
    whole = _RANGE.fullmatch(plain)
    if whole is not None:
        return _in_range(whole, _stated(text, attributes, whole[1]))
    if plain and _stands_in(plain, text):
        return ModelFit.EXACT
    grade = _GRADE.fullmatch(plain)
    if grade is None:
        return ModelFit.UNKNOWN
    figures = _stated(text, attributes, grade[1])
    return ModelFit.OUTSIDE if figures else ModelFit.UNKNOWN


def _in_range(ends: re.Match[str], figures: Sequence[Decimal]) -> ModelFit:
    """Every figure of the line's with the range's letters must lie inside, ends included."""
    if ends[3] not in {"", ends[1]} or not figures or not ends[1]:
        return ModelFit.UNKNOWN
    low, high = Decimal(ends[2]), Decimal(ends[4])
    return ModelFit.IN_RANGE if all(low <= figure <= high for figure in figures) else ModelFit.OUTSIDE


def _stated(text: str, attributes: Mapping[str, str], letters: str) -> list[Decimal]:
    """The figures a line gives behind the letters of a grade, from its words or its read attributes."""
    pattern = rf"(?<![A-Z0-9.]){re.escape(letters)}([0-9]+(?:\.[0-9]+)?)(?![0-9.]*[×X*])"
    found = [Decimal(figure) for figure in re.findall(pattern, text)]
    for value in attributes.values():
        match = _GRADE.fullmatch(_plain(value))
        if match is not None and match[1] == letters:
            found.append(Decimal(match[2]))
    return sorted(set(found))


def _stands_in(model: str, text: str) -> bool:
    """The model's signs in the text, not as a part of longer letters or figures."""
    return _whole(model).search(text) is not None


@lru_cache(maxsize=4096)
def _whole(model: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Z0-9.]){re.escape(model)}(?![A-Z0-9]|\.[0-9])")


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).upper()
    folded = re.sub(r"[‐‑‒–—－]", "-", folded)
    return re.sub(r"\s*([-~+×/])\s*", r"\1", re.sub(r"\s+", " ", folded)).strip()
