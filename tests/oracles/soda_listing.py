"""Which data sets a soda4LCA query finds, told slowly from the data sets themselves."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from registry.declarations.dataset import Dataset

Asked = Mapping[str, str | Sequence[str]]


def found(datasets: Sequence[Dataset], asked: Asked) -> list[str]:
    """UUIDs in the order asked for; ties by UUID."""
    kept = [one for one in datasets if all(_meets(one, name, value) for name, value in asked.items())]
    kept.sort(key=lambda one: str(one.uuid))
    by = asked.get("sortBy")
    if by in KEYS:
        assert isinstance(by, str)
        stated = [one for one in kept if KEYS[by](one) not in (None, "")]
        stated.sort(key=KEYS[by], reverse=asked.get("sortOrder") == "false")
        kept = stated + [one for one in kept if KEYS[by](one) in (None, "")]
    return [str(one.uuid) for one in kept]


KEYS: Mapping[str, Callable[[Dataset], Any]] = {
    "referenceYear": lambda one: one.reference_year,
    "validUntil": lambda one: one.valid_to.last_day().year if one.valid_to else None,
}


def _meets(one: Dataset, name: str, value: str | Sequence[str]) -> bool:  # noqa: C901, PLR0911 - one line each
    names = " ".join(one.names.values()).casefold()
    until = one.valid_to.last_day().year if one.valid_to else None
    texts = [value] if isinstance(value, str) else list(value)
    text = texts[0] if texts else ""
    if name == "name":
        return all(term.casefold() in names for term in text.split())
    if name == "location":
        return (one.location or "").casefold() in [each.casefold() for each in texts]
    if name == "validUntil":
        return until is not None and (until == int(text[1:]) if text.startswith("=") else until >= int(text))
    if name == "referenceYear":
        return one.reference_year == int(text)
    if name == "classes":
        return (
            text.casefold()
            in "\n".join(level.name for c in one.classifications for level in c.levels).casefold()
        )
    if name == "subType":
        return f"{one.subtype}_dataset" in [each.casefold() for each in texts]
    if name == "registrationNumber":
        return text.casefold() in (one.number or "").casefold()
    if name == "owner":
        return one.owner is not None and text.casefold() in " ".join(one.owner.names.values()).casefold()
    if name == "compliance":
        return bool({str(each.uuid) for each in one.compliance} & set(texts))
    if name == "lang":
        return text in one.names
    return True
