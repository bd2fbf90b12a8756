"""A second answer for what is cut out of a document's texts: every pattern goes through all of them."""

import re
from collections.abc import Sequence
from typing import Any

from registry.declarations.dataset import Dataset
from registry.declarations.formats import contacts
from registry.declarations.formats.apart import CUT

_ADDRESSES = (contacts.MAIL, contacts.MAIL_ANY)
_MAY_BE_LEFT_OUT = ("names", "words", "ids", "descriptions", "access")
_NO_PROSE = (
    "number", "version", "identifiers", "ids", "uri", "cas", "id", "unit", "stated", "location", "scenario",
    "indicators", "name",
)  # fmt: skip
_NO_NAMES = ("names", "owner", "operator", "publisher", "manufacturers", "plants", "indicators")


def cut(dataset: Dataset, names: Sequence[str]) -> Dataset:
    """The dataset without addresses, numbers and these names of persons."""
    return Dataset.model_validate(_cleaned(dataset.model_dump(), (), names))


def _cleaned(value: Any, path: tuple[str, ...], names: Sequence[str]) -> Any:
    if isinstance(value, (list, tuple)):
        return [_cleaned(one, path, names) for one in value]
    if isinstance(value, dict):
        inner = {key: _cleaned(one, (*path, key), names) for key, one in value.items()}
        if path and path[-1] in _MAY_BE_LEFT_OUT:
            return {key: one for key, one in inner.items() if one != CUT}
        return inner
    return _text(value, path, names) if isinstance(value, str) else value


def _text(text: str, path: tuple[str, ...], names: Sequence[str]) -> str:
    for pattern in _ADDRESSES:
        text = pattern.sub(CUT, text)
    if not any(key in _NO_PROSE for key in path):
        text = contacts.ANNOUNCED.sub(lambda match: match[1] + CUT, text)
        text = contacts.PHONE.sub(CUT, text)
    if path[0] not in _NO_NAMES:
        for name in names:
            text = re.sub(re.escape(name), CUT, text)
    return text
