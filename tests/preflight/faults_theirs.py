"""Faults people make in carbon declarations, by someone who has not seen the pre-flight checks."""

from collections.abc import Mapping
from types import MappingProxyType

from tests.preflight import (
    theirs_carbon,
    theirs_footprint,
    theirs_numbers,
    theirs_papers,
    theirs_product,
    theirs_results,
)
from tests.preflight.theirs_tools import Fault

FAMILIES = (
    theirs_numbers.FAULTS,
    theirs_results.FAULTS,
    theirs_product.FAULTS,
    theirs_carbon.FAULTS,
    theirs_papers.FAULTS,
    theirs_footprint.FAULTS,
)
FAULTS: Mapping[str, Fault] = MappingProxyType(
    {name: fault for family in FAMILIES for name, fault in family.items()}
)
