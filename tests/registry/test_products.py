"""Products: attributes must fit their kind's specification; decimals have one spelling."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from registry.access.actors import ANONYMOUS, OPERATOR
from registry.kit.errors import Invalid, NotAllowed
from registry.kit.types import plain
from registry.products import service
from tests import factories

NO_PLAIN_NUMBERS = ("", "many", "350.0", "3.5E2", "-0", "NaN", "Infinity", "3_5", "３５０", "1E+999999999")


def publish(**attributes: str) -> None:
    fact = factories.product(attributes=attributes)
    service.publish(fact, kind=factories.kind(), effective_on=factories.START, actor=OPERATOR)


def test_attributes_that_fit_are_accepted() -> None:
    publish(strength="42.5", fineness="350.5", early_strength="true", remark="任意文字 *")
    publish()


@pytest.mark.parametrize(
    ("attributes", "key"),
    [
        ({"colour": "grey"}, "attribute-unknown"),
        ({"strength": "42.50"}, "attribute-value-unknown"),
        ({"early_strength": "yes"}, "attribute-value-unknown"),
        ({"early_strength": "True"}, "attribute-value-unknown"),
        *(({"fineness": text}, "attribute-not-a-number") for text in NO_PLAIN_NUMBERS),
    ],
)
def test_an_attribute_that_does_not_fit_is_refused(attributes: dict[str, str], key: str) -> None:
    with pytest.raises(Invalid) as refused:
        publish(**attributes)
    assert refused.value.key == key


@given(st.decimals(-(10**12), 10**12, places=4))
def test_every_plain_decimal_is_accepted(value: Decimal) -> None:
    publish(fineness=plain(value))


def test_a_product_is_judged_by_its_own_kind() -> None:
    with pytest.raises(Invalid) as refused:
        service.publish(
            factories.product(), kind=factories.kind("glass"), effective_on=factories.START, actor=OPERATOR
        )
    assert refused.value.key == "product-kind-differs"


def test_the_public_publishes_no_product() -> None:
    with pytest.raises(NotAllowed):
        service.publish(
            factories.product(), kind=factories.kind(), effective_on=factories.START, actor=ANONYMOUS
        )


@pytest.mark.parametrize(("field", "value"), [("gtin", "1" * 15), ("kind", "k" * 65), ("kind", "a\x00")])
def test_text_that_no_column_can_hold_is_refused(field: str, value: str) -> None:
    fields: dict[str, Any] = {field: value}
    with pytest.raises(ValidationError):
        factories.product(**fields)
