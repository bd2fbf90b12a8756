"""The carbon of a report's lines: sums kept apart, then each line with where its figure comes from."""

from dataclasses import dataclass

from frontend.views.parts import Badge, Fact, Link, Pager


@dataclass(frozen=True, slots=True)
class CarbonLine:
    """`source` says in words what stands behind `value`; without a value it says why."""

    name: str
    spec: str
    spoken: str
    meta: str
    badge: Badge
    value: str
    source: str
    link: Link | None
    path: str


@dataclass(frozen=True, slots=True)
class CarbonView:
    """`apart` says that nothing here is added to anything else, `by_rules` and `stand_in_note` why."""

    number: str
    apart: str
    by_rules: str
    stand_in_note: str
    declared: tuple[Fact, ...]
    stand_ins: tuple[Fact, ...]
    without: str
    lines: tuple[CarbonLine, ...]
    count: str
    pager: Pager
    json_href: str
    back: str
