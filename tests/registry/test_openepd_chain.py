"""openEPD → ours → ILCD+EPD 1.3 → ours → openEPD: whatever is lost on the way was listed by a report."""

import json
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from registry.declarations.dataset import Dataset
from registry.declarations.formats import openepd
from registry.declarations.formats.files import read_file
from registry.declarations.formats.ilcd import write_zip
from registry.declarations.formats.reading import Weight
from tests import declaration_strategies as drawn
from tests.declaration_sameness import differing
from tests.oracles import leaf_oracle, openepd_oracle

PATIENT = [HealthCheck.too_slow, HealthCheck.data_too_large]


def within(path: str, place: str) -> bool:
    return path == place or path.startswith((f"{place}.", f"{place}["))


def document(dataset: Dataset, *, alone: bool) -> bytes:
    """What we write; alone: without our entry, as another program would have written it."""
    content = openepd.write(dataset).content
    if not alone:
        return content
    plain: dict[str, Any] = json.loads(content)
    plain.pop("ext", None)
    return json.dumps(plain).encode()


def chain(drawn_one: Dataset, *, alone: bool) -> None:
    first = document(drawn_one, alone=alone)
    (began,) = openepd.read(first)
    assert [one.place for one in began.remarks if one.weight is Weight.NOT_CARRIED] == []
    through = write_zip(began.dataset)
    (passed,) = read_file(through.content, through.file_name)
    (ended,) = openepd.read(openepd.write(passed.dataset).content)
    assert differing(passed.dataset, ended.dataset) == []

    listed = {remark.place for remark in through.remarks}
    before, after = began.dataset.model_dump(mode="json"), passed.dataset.model_dump(mode="json")
    lost = [
        path for path in leaf_oracle.differing(before, after) if not any(within(path, one) for one in listed)
    ]
    assert lost == []
    assert not figures(first) - figures(openepd.write(ended.dataset).content) or any(
        one.startswith("indicators") for one in listed
    )


def figures(content: bytes) -> Counter[tuple[str, str | None, Decimal]]:
    return openepd_oracle.figures(json.loads(content, parse_float=Decimal, parse_int=Decimal))


@settings(max_examples=12, deadline=None, suppress_health_check=PATIENT, phases=[Phase.generate])
@given(drawn.datasets())
def test_nothing_is_lost_on_the_way_that_no_report_lists(dataset: Dataset) -> None:
    chain(dataset, alone=False)
    chain(dataset, alone=True)


@pytest.mark.full
@settings(max_examples=1000, deadline=None, suppress_health_check=PATIENT, phases=[Phase.generate])
@given(drawn.datasets())
def test_nothing_is_lost_in_a_thousand_documents(dataset: Dataset) -> None:
    chain(dataset, alone=False)
    chain(dataset, alone=True)
