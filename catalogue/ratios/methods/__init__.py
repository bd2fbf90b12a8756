"""Calculation methods by name and version; an old version stays callable so that a stored check replays."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from catalogue.ratios.methods import kinds_passing, kinds_share, points_by_item
from catalogue.ratios.model import Breakdown, LineShare
from registry.policies.pack import Pack

Method = Callable[[Pack, Sequence[LineShare]], Breakdown]

METHODS: Mapping[tuple[str, int], Method] = MappingProxyType(
    {(module.NAME, module.VERSION): module.compute for module in (points_by_item, kinds_passing, kinds_share)}
)
