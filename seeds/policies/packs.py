"""The rule packs that ship with the product, read from their YAML files."""

from importlib import resources

from registry.policies.pack import Pack
from seeds.reference.loading import parse_yaml

PACK_IDS = ("gbt50378-2019", "gbt50378-2019-rev2024", "sichuan-2024", "chengdu-2024", "procurement-2025")


def parse_pack(text: str) -> Pack:
    """A pack from YAML text; an unquoted decimal is a float there and is refused by the format."""
    return Pack.model_validate(parse_yaml(text))


def read_pack(pack_id: str) -> Pack:
    if pack_id not in PACK_IDS:
        raise ValueError(f"no pack {pack_id} ships with the product")
    source = resources.files("seeds.policies") / "packs" / f"{pack_id}.yaml"
    return parse_pack(source.read_text("utf-8"))


def read_packs() -> tuple[Pack, ...]:
    """Every shipped pack, national before regional."""
    return tuple(read_pack(pack_id) for pack_id in PACK_IDS)
