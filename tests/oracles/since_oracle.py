"""What became of a list, row by row against row by row: the slow judge of the comparison with today."""

from collections.abc import Sequence

from catalogue.searches.rows import ListedRow


def sorted_out(then: Sequence[ListedRow], now: Sequence[ListedRow]) -> dict[str, list[str]]:
    """Registry numbers by what happened to them."""
    found: dict[str, list[str]] = {"new": [], "gone": [], "other_state": [], "restated": [], "same": []}
    for old in then:
        twins = [new for new in now if new.number == old.number]
        if not twins:
            found["gone"].append(old.number)
        elif twins[0].state.code != old.state.code:
            found["other_state"].append(old.number)
        elif twins[0].model_dump() != old.model_dump():
            found["restated"].append(old.number)
        else:
            found["same"].append(old.number)
    found["new"] = [new.number for new in now if all(old.number != new.number for old in then)]
    return found
