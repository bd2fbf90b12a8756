"""Modules as people ask for them are read as the single modules they mean, and D never with others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.declarations.figures.modules import asked_modules
from registry.kit.errors import Invalid
from tests.oracles import gwp_oracle

STAGES = st.sampled_from([*gwp_oracle.EVERY, "A", "B", "C", "A1-A3", "A1-A5", "A4-A5", "B-C", "A-C", "B2-C1"])


@pytest.mark.parametrize(
    ("text", "modules"),
    [
        ("A1-A3", ("A1-A3",)),
        ("A1,A2,A3", ("A1-A3",)),
        ("a1–a5", ("A1-A3", "A4", "A5")),
        ("A4, A5", ("A4", "A5")),
        ("A5,A4,A4", ("A4", "A5")),
        ("A", ("A1-A3", "A4", "A5")),
        ("C", ("C1", "C2", "C3", "C4")),
        ("A1", ("A1",)),
        ("A1,A2", ("A1", "A2")),
        ("A2-A4", ("A2", "A3", "A4")),
        ("D", ("D",)),
        ("B6，C4", ("B6", "C4")),
    ],
)
def test_modules_are_read_as_single_ones_lists_ranges_and_stages(text: str, modules: tuple[str, ...]) -> None:
    assert asked_modules(text) == modules


@pytest.mark.parametrize("text", ["", "A6", "A3-A1", "E", "A1A2A3", "total", "A1-", "A1--A3", "C-A", "D1"])
def test_what_names_no_modules_is_refused(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        asked_modules(text)
    assert refusal.value.key == "gwp.modules-unreadable"


@pytest.mark.parametrize("text", ["A-D", "A1-A3,D", "C,D", "A1-D", "C4-D"])
def test_d_is_never_summed_with_another_module(text: str) -> None:
    with pytest.raises(Invalid) as refusal:
        asked_modules(text)
    assert refusal.value.key == "gwp.benefits-apart"


@given(st.lists(STAGES, min_size=1, max_size=4))
def test_a_question_means_what_walking_along_all_modules_gives(parts: list[str]) -> None:
    wanted = gwp_oracle.meant(",".join(parts))
    if "D" in wanted and len(wanted) > 1:
        with pytest.raises(Invalid):
            asked_modules(",".join(parts))
        return
    found = asked_modules(",".join(parts))
    flat = [one for module in found for one in (("A1", "A2", "A3") if module == "A1-A3" else (module,))]
    assert flat == [module for module in gwp_oracle.EVERY if module in wanted]
