"""The ratio kind of a material kind under a pack: settled, open to the user, or not counted."""

from dataclasses import dataclass
from typing import TypedDict

from registry.policies.pack import Pack


@dataclass(frozen=True, slots=True)
class RatioClass:
    """`kind` None and not `is_open`: the rule does not count this material."""

    options: tuple[str, ...]
    kind: str | None
    is_open: bool
    note: str | None


def ratio_class(pack: Pack, material: str | None, chosen: str | None = None) -> RatioClass:
    """What the pack makes of a material; a doubtful mapping stays open until the user chooses."""
    mapping = pack.mapping_for(material) if material else None
    if mapping is None or not mapping.kinds:
        return RatioClass((), None, is_open=False, note=mapping.note if mapping else None)
    if chosen in mapping.kinds:
        return RatioClass(mapping.kinds, chosen, is_open=False, note=mapping.note)
    if mapping.confirm or len(mapping.kinds) > 1:
        return RatioClass(mapping.kinds, None, is_open=True, note=mapping.note)
    return RatioClass(mapping.kinds, mapping.kinds[0], is_open=False, note=mapping.note)


class Place(TypedDict):
    """The fields of a line's state that say what it counts as."""

    ratio_kinds: tuple[str, ...]
    ratio_kind: str | None
    ratio_kind_open: bool
    ratio_kind_note: str | None


def place_of(pack: Pack, material: str | None, chosen: str | None = None) -> Place:
    found = ratio_class(pack, material, chosen)
    return Place(
        ratio_kinds=found.options,
        ratio_kind=found.kind,
        ratio_kind_open=found.is_open,
        ratio_kind_note=found.note,
    )
