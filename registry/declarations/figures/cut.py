"""What figures rest on, cut out of a document's payload: its unit, its ties, its rows of greenhouse gases.

A document is about thirty times as long as its record, most of it rows that no list asks for. The cut is
kept beside the content (`DeclarationContentRow.figures`) and holds no reckoning: a better rule needs no
new cut.
"""

import json
from collections.abc import Mapping
from typing import Any

from registry.declarations.dataset import Dataset

FIELDS = frozenset({
    "uuid", "number", "generation", "declared", "properties", "scenarios", "footprint", "indicators",
})  # fmt: skip
_DECLARED = ("amount", "unit", "stated")
_PROPERTY = ("kind", "value", "unit")
_SCENARIO = ("name", "group", "default")
Json = Mapping[str, Any]


def is_kept(indicator: str) -> bool:
    """Whether a row is in the cut: of all greenhouse gases or of some of them."""
    code = indicator.strip().casefold()
    return code.startswith("gwp") or code in ("cfp", "carbon-footprint")


def cut_of(dataset: Dataset) -> str:
    """The cut of a data set, as its row keeps it."""
    return _text(cut(dataset.model_dump(mode="json", include=set(FIELDS))))


def cut(dataset: Json, *, whole: bool = False) -> dict[str, Any]:
    """The cut of a data set as a payload holds it, with `whole` every row; a code's last row counts.

    A row is a text of its own: of thousands of documents read at once, one row each is looked at.
    """
    rows = {row["code"]: row["values"] for row in dataset["indicators"] if row["code"] is not None}
    return {
        "source": dataset["number"] or dataset["uuid"] or "",
        "generation": dataset["generation"],
        "declared": _only(dataset["declared"], _DECLARED),
        "properties": [_only(one, _PROPERTY) for one in dataset["properties"]],
        "scenarios": [_only(one, _SCENARIO) for one in dataset["scenarios"]],
        "footprint": not rows and dataset["footprint"] is not None,
        "codes": list(rows),
        "rows": {
            code: _text([{name: held for name, held in one.items() if held is not None} for one in values])
            for code, values in rows.items()
            if whole or is_kept(code)
        },
    }


def _text(said: Any) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _only(said: Json, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: said[name] for name in names}
