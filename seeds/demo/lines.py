"""What the invented makers make: product lines with plausible attributes and carbon ranges."""

from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Annotated, Self

from pydantic import Field, model_validator

from registry.kit.types import Fact, plain
from seeds.reference.loading import Figure, Slug, Words, read_yaml, require_unique

HERE = Path(__file__).parent

Range = Annotated[tuple[Figure, Figure], Field(description="Low and high, both possible")]


class Waste(Fact):
    """Solid-waste content by mass in per cent, and what it is."""

    low: Figure
    high: Figure
    materials: tuple[Words, ...]


class Stated(Fact):
    """What a line states for all its variants, or a variant for itself."""

    attributes: dict[str, str] = Field(default_factory=dict)
    draws: dict[str, Range] = Field(default_factory=dict)
    choices: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    gwp: Range | None = None
    density: Range | None = None
    mass_m2: Range | None = None
    mass_piece: Range | None = None
    thickness: Figure | None = None
    waste: Waste | None = None


class Variant(Stated):
    """One specification of a line; `en` only where `spec` holds Chinese."""

    spec: Words
    en: Words | None = None

    @model_validator(mode="after")
    def _chinese_words_have_english_ones(self) -> Self:
        if self.en is None and any("\u4e00" <= c <= "\u9fff" for c in self.spec):
            raise ValueError(f"{self.spec}: no English name")
        return self


class Line(Stated):
    """A material kind, how many products of it there are and which specifications they come in."""

    kind: Slug
    group: Slug
    count: int = Field(ge=4)
    model: str
    variants: tuple[Variant, ...] = Field(min_length=1)


class Group(Fact):
    """A trade: how many firms are in it."""

    group: Slug
    firms: int = Field(gt=0)
    radius: int | None = None


class Spec(Fact):
    """One drawn specification: everything a product states about itself except who makes it."""

    spec: str
    spec_en: str
    attributes: dict[str, str]
    gwp: Decimal
    density: Decimal | None
    mass_m2: Decimal | None
    mass_piece: Decimal | None
    thickness: Decimal | None


@cache
def lines() -> tuple[Line, ...]:
    rows = read_yaml(HERE / "lines.yaml", Line)
    require_unique(rows, lambda row: row.kind)
    return rows


def groups() -> tuple[Group, ...]:
    rows = read_yaml(HERE / "groups.yaml", Group)
    require_unique(rows, lambda row: row.group)
    return rows


def drawn(rng: Random, line: Line, variant: Variant) -> Spec:
    """A specification of a variant, its open figures drawn between their bounds."""
    gwp = variant.gwp or line.gwp
    if gwp is None:
        raise ValueError(f"{line.kind} {variant.spec}: no carbon range")
    attributes = {**line.attributes, **variant.attributes}
    attributes |= {
        name: plain(between(rng, *bounds)) for name, bounds in (line.draws | variant.draws).items()
    }
    attributes |= {name: rng.choice(values) for name, values in (line.choices | variant.choices).items()}
    return Spec(
        spec=variant.spec,
        spec_en=variant.en or variant.spec,
        attributes=attributes,
        gwp=between(rng, *gwp, finer=1),
        density=_maybe(rng, variant.density or line.density),
        mass_m2=_maybe(rng, variant.mass_m2 or line.mass_m2),
        mass_piece=_maybe(rng, variant.mass_piece or line.mass_piece),
        thickness=variant.thickness or line.thickness,
    )


def between(rng: Random, low: Decimal, high: Decimal, *, finer: int = 0) -> Decimal:
    """A figure between two bounds, with the places of the finer bound (and `finer` more); no float."""
    places = max(_places(low), _places(high)) + finer
    scale = Decimal(10) ** places
    return Decimal(rng.randint(int(low * scale), int(high * scale))) / scale


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _maybe(rng: Random, bounds: tuple[Decimal, Decimal] | None) -> Decimal | None:
    """Most makers state a conversion figure, some do not: None is "not stated"."""
    if bounds is None:
        return None
    figure = between(rng, *bounds)
    return figure if rng.random() < 0.85 else None
