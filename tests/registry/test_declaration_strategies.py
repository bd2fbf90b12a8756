"""What the drawn declarations cover: a field nobody draws would be a field nobody tests."""

from hypothesis import given, settings

from registry.declarations.dataset import Dataset
from tests import declaration_strategies as drawn


def test_every_field_of_a_dataset_is_drawn() -> None:
    seen: set[str] = set()

    @settings(max_examples=60)
    @given(drawn.datasets() | drawn.footprint_reports())
    def look(found: Dataset) -> None:
        seen.update(name for name in Dataset.model_fields if getattr(found, name) not in (None, (), {}))

    look()
    assert set(Dataset.model_fields) - seen == set()


@settings(max_examples=20)
@given(drawn.datasets())
def test_a_dataset_survives_its_own_json(found: Dataset) -> None:
    assert Dataset.model_validate_json(found.model_dump_json()) == found
