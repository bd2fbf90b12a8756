"""openEPD out and back: nothing is lost, their models take it, and others read it right."""

import json
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from openepd.model.declaration import BaseDeclaration
from openepd.model.light.epd import Epd
from openepd.model.light.generic_estimate import GenericEstimate
from openepd.model.light.industry_epd import IndustryEpd

from registry.declarations.dataset import Dataset
from registry.declarations.formats import openepd
from tests import declaration_strategies as drawn
from tests.declaration_sameness import differing
from tests.oracles import openepd_oracle

MODELS: dict[str, type[BaseDeclaration]] = {
    "openEPD": Epd,
    "openIndustryEpd": IndustryEpd,
    "openGenericEstimate": GenericEstimate,
}
ANY = drawn.datasets() | drawn.footprint_reports()
SLOW = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def document(dataset: Dataset) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(openepd.write(dataset).content, parse_float=Decimal)
    return found


@SLOW
@given(ANY)
def test_what_we_write_comes_back_whole(dataset: Dataset) -> None:
    (reading,) = openepd.read(openepd.write(dataset).content)
    assert differing(dataset, reading.dataset) == []


@SLOW
@given(ANY)
def test_their_models_take_what_we_write(dataset: Dataset) -> None:
    written = document(dataset)
    assert openepd_oracle.faults(written) == []
    model = MODELS[written["doctype"]].model_validate_json(openepd.write(dataset).content)
    assert model.doctype == written["doctype"]


@SLOW
@given(ANY)
def test_without_our_entry_only_what_the_report_lists_is_missing(dataset: Dataset) -> None:
    written = openepd.write(dataset)
    plain = json.loads(written.content, parse_float=Decimal)
    plain.pop("ext", None)
    (reading,) = openepd.read(json.dumps(plain, default=float).encode())
    listed = {one.place.split("/")[0] for one in written.remarks if one.key == "openepd.only-ours"}
    assert set(differing(dataset, reading.dataset)) <= listed


@SLOW
@given(drawn.datasets())
def test_every_number_stands_once_and_where_it_belongs(dataset: Dataset) -> None:
    ours = Counter(
        (value.module, value.scenario, value.amount)
        for row in dataset.indicators
        for value in row.values
        if value.amount is not None
    )
    theirs = openepd_oracle.figures(document(dataset))
    assert not theirs - ours


@pytest.mark.parametrize(
    "digits", ["5.75046217471126", "0.30000000000000004", "-1E-12", "123456789012345678901234"]
)
def test_a_number_keeps_all_its_digits(digits: str) -> None:
    results = f'{{"EF 3.1":{{"gwp":{{"A1":{{"mean":{digits},"unit":"kgCO2e"}}}}}}}}'
    text = f'{{"doctype":"openEPD","impacts":{results}}}'
    (reading,) = openepd.read(text.encode())
    assert reading.dataset.indicators[0].values[0].amount == Decimal(digits)
    again = json.loads(openepd.write(reading.dataset).content, parse_float=Decimal, parse_int=Decimal)
    assert again["impacts"]["EF 3.1"]["gwp"]["A1"]["mean"] == Decimal(digits)
