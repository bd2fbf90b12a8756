"""Why somebody may not decide a case: told exactly where no decision and no taking is open to them."""

from registry.applications.states import WITH_REGISTRY, Step, obstacle, open_steps
from tests.registry.test_application_states import PEOPLE, explored, person

OPEN = {Step.TAKE, Step.APPROVE, Step.PUBLISH}


def test_an_obstacle_stands_exactly_where_nothing_is_open() -> None:
    cases = {edge.after for edge in explored()}
    told = set[str]()
    for case in cases:
        for name in PEOPLE:
            found = obstacle(case, person(name))
            if case.state not in WITH_REGISTRY:
                assert found is None
                continue
            assert (found is None) == bool(open_steps(case, person(name)) & OPEN), (case, name)
            told |= {found.key} if found else set()
    assert told == {"application-taken", "application-same-person", "application-own-organisation"}
