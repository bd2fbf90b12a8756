"""Every kind of fault gets into a clean declaration, changes it, and leaves one that can be kept."""

import random

import pytest

from registry.declarations.dataset import Dataset
from tests.preflight.faults_theirs import FAMILIES, FAULTS
from tests.preflight.theirs_examples import examples
from tests.preflight.theirs_tools import energy_sum_broken, gate_sum_broken, gwp_sum_broken, unheard_of

CLEAN = examples()


def spoiled(name: str, seed: int) -> list[tuple[Dataset, Dataset]]:
    """The clean declarations this fault can be put into, each beside what came of it."""
    pairs = ((clean, FAULTS[name](clean, random.Random(seed))) for clean in CLEAN)
    return [(clean, after) for clean, after in pairs if after is not None]


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_gets_in_and_changes_something(name: str) -> None:
    found = [pair for seed in range(3) for pair in spoiled(name, seed)]
    assert found
    assert all(clean != after for clean, after in found)


@pytest.mark.parametrize("name", FAULTS)
def test_what_a_fault_leaves_is_a_dataset(name: str) -> None:
    for _, after in spoiled(name, 7):
        assert Dataset.model_validate(after.model_dump()) == after


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_depends_on_nothing_but_the_dataset_and_the_random(name: str) -> None:
    assert spoiled(name, 11) == spoiled(name, 11)
    assert examples() == CLEAN


def test_no_two_families_share_a_name() -> None:
    assert len(FAULTS) == sum(len(family) for family in FAMILIES)


@pytest.mark.parametrize("clean", CLEAN, ids=lambda one: next(iter(one.names.values())))
def test_a_clean_example_shows_no_evidence_of_a_fault(clean: Dataset) -> None:
    rules = (gwp_sum_broken, gate_sum_broken, energy_sum_broken, unheard_of)
    assert [rule.__name__ for rule in rules if rule(clean)] == []
