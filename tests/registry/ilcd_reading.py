"""Reading one small file in a test: the only declaration, its GWP cells and the keys of its remarks."""

from typing import Any

from registry.declarations.dataset import Value
from registry.declarations.formats.files import read_file
from registry.declarations.formats.reading import Reading, Weight
from registry.declarations.values import gwp
from registry.kit.messages import LANGUAGES, say
from tests.registry import ilcd_files as files


def read(data: Any) -> Reading:
    content = (
        data if isinstance(data, bytes) else data.encode() if isinstance(data, str) else files.json(data)
    )
    (reading,) = read_file(content, "any name")
    for remark in reading.remarks:
        for lang in LANGUAGES:
            assert "{" not in say(remark.key, lang, remark.facts)
    return reading


def cells(reading: Reading) -> dict[tuple[str, str | None], Value]:
    row = gwp(reading.dataset)
    assert row is not None
    return {(one.module, one.scenario): one for one in row.values}


def keys(reading: Reading, weight: Weight = Weight.DOUBT) -> set[str]:
    return {remark.key for remark in reading.remarks if remark.weight is weight}
