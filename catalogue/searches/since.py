"""What has become of a kept list: the same search on another day, compared row by row."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.searches.rows import ListedRow


@dataclass(frozen=True, slots=True)
class Since:
    """Rows by their registry numbers; `restated` holds what differs in anything but its state."""

    new: tuple[ListedRow, ...]
    gone: tuple[ListedRow, ...]
    other_state: tuple[tuple[ListedRow, ListedRow], ...]
    restated: tuple[tuple[ListedRow, ListedRow], ...]

    @property
    def is_same(self) -> bool:
        return not (self.new or self.gone or self.other_state or self.restated)


def since(then: Sequence[ListedRow], now: Sequence[ListedRow]) -> Since:
    """In the order of the lists; the order itself is not compared, since equals may change places."""
    before, after = {row.number: row for row in then}, {row.number: row for row in now}
    both = [(row, after[row.number]) for row in then if row.number in after]
    differing = [(old, new) for old, new in both if old != new]
    return Since(
        new=tuple(row for row in now if row.number not in before),
        gone=tuple(row for row in then if row.number not in after),
        other_state=tuple(pair for pair in differing if pair[0].state.code != pair[1].state.code),
        restated=tuple(pair for pair in differing if pair[0].state.code == pair[1].state.code),
    )
