"""A carbon declaration as its document states it: what every format is read into and written from.

Amounts stay per the declared unit as declared (1000 kg is 1000 kg). What a document does not state is None
or absent, never 0 and never a default; organisations are named, persons are not.
"""

from enum import StrEnum
from typing import Literal
from uuid import UUID

from pydantic import Field, model_validator

from registry.declarations.comparable import Generation
from registry.declarations.facts import MODULES, DocumentKind, PartialDay, Verification
from registry.kit.types import Exact, Fact

# Language (lower-case, without region: zh, en, de) → text; "" where the document names no language.
Words = dict[str, str]


class Subtype(StrEnum):
    """Kinds of data by ILCD+EPD 1.2; `representative` stands for several makers without an average."""

    SPECIFIC = "specific"
    AVERAGE = "average"
    REPRESENTATIVE = "representative"
    GENERIC = "generic"
    TEMPLATE = "template"


class Scope(StrEnum):
    """What a specific value was worked out for, where the document says so."""

    PRODUCT = "product"
    PLANT = "plant"
    BATCH = "batch"


class Mark(StrEnum):
    """Why a cell of a results table holds no number."""

    MND = "MND"  # module not declared
    MNR = "MNR"  # module not relevant
    ND = "ND"  # indicator not declared
    INA = "INA"  # indicator not assessed


class Reference(Fact):
    """A source the document points to: rules, background data, an earlier version, the document itself."""

    names: Words = Field(default_factory=dict)
    uuid: UUID | None = None
    version: str | None = None
    uri: str | None = None


class Party(Fact):
    """An organisation; `ids` by scheme (`uscc`, `web_domain`, `lei` …)."""

    names: Words = Field(default_factory=dict)
    uuid: UUID | None = None
    ids: dict[str, str] = Field(default_factory=dict)


class Plant(Fact):
    """A place of production; `ids` by scheme (`olc` plus code, `openepd`, `gln` …)."""

    name: str
    location: str | None = None
    address: str | None = None
    ids: dict[str, str] = Field(default_factory=dict)


class Level(Fact):
    id: str | None = None
    name: str


class Classification(Fact):
    """A path in one classification system, widest class first."""

    system: str
    levels: tuple[Level, ...]


class Identifier(Fact):
    """A number of the product or the document in somebody's scheme (`gtin`, `gmn`, `openepd` …)."""

    scheme: str
    value: str


class DeclaredUnit(Fact):
    """`amount` of `unit` (a code of the table of units); None with `stated` kept where it is not known."""

    amount: Exact
    unit: str | None
    stated: str
    functional: bool = False
    words: Words = Field(default_factory=dict)  # the functional unit in the document's own sentence


WHOLE_MASS = "mass-per-declared-unit"  # the kind of a mass that is of the whole declared amount


class Property(Fact):
    """A stated figure that ties units together; `kind` is a `FactKind` or a name.

    Per one reference unit, but for `WHOLE_MASS`.
    """

    kind: str
    value: Exact
    unit: str


class Scenario(Fact):
    name: str
    group: str | None = None
    default: bool = False
    words: Words = Field(default_factory=dict)


class Value(Fact):
    """One cell: a module under a scenario. Exactly one of `amount` and `mark` is there."""

    module: str
    scenario: str | None = None
    amount: Exact | None = None
    mark: Mark | None = None
    rsd: Exact | None = None  # relative standard deviation, 0.1 = 10 %
    distribution: str | None = None
    samples: int | None = None

    @model_validator(mode="after")
    def _is_a_number_or_a_mark(self) -> "Value":
        if (self.amount is None) == (self.mark is None):
            raise ValueError("a cell holds either a number or a mark")
        if self.module not in MODULES:
            raise ValueError(f"unknown module: {self.module}")
        return self


class Indicator(Fact):
    """One row of a results table; `code` is ours (`GWP-total`), None where the indicator is not known."""

    code: str | None
    names: Words = Field(default_factory=dict)
    uuid: UUID | None = None
    unit: str  # as the document writes it
    matched_by: Literal["uuid", "name", "key", "none"]
    values: tuple[Value, ...]


class Stage(Fact):
    """A stage of an ISO 14067 or GB/T 24067 footprint in its own words: never mapped to EN 15804 modules."""

    words: Words
    amount: Exact


class Footprint(Fact):
    """A total with its own split; kg CO₂e per declared unit."""

    total: Exact
    boundary: str | None = None
    stages: tuple[Stage, ...] = ()


class Component(Fact):
    """A part of the product by mass, in percent: one figure or a range."""

    name: str
    percent: Exact | None = None
    lowest: Exact | None = None
    highest: Exact | None = None
    cas: str | None = None
    packaging: bool = False


class Licence(Fact):
    """Terms of re-use as the source states them, per document."""

    type: str | None = None
    words: Words = Field(default_factory=dict)
    copyright: bool | None = None
    access: Words = Field(default_factory=dict)


class Dataset(Fact):
    """Everything a declaration's document states that a reader could carry."""

    uuid: UUID | None = None
    version: str | None = None
    identifiers: tuple[Identifier, ...] = ()
    document: DocumentKind
    number: str | None = None
    names: Words
    descriptions: Words = Field(default_factory=dict)
    classifications: tuple[Classification, ...] = ()

    declared: DeclaredUnit
    properties: tuple[Property, ...] = ()
    biogenic_carbon_kg: Exact | None = None  # carbon in the product, per declared unit
    biogenic_carbon_packaging_kg: Exact | None = None
    service_life_years: Exact | None = None
    components: tuple[Component, ...] = ()

    generation: Generation
    generation_by: Literal["uuid", "text", "indicators", "stated", "none"]
    compliance: tuple[Reference, ...] = ()
    method: Reference | None = None  # the characterisation set by name, as openEPD states it
    pcr: Reference | None = None
    background: tuple[Reference, ...] = ()

    subtype: Subtype | None = None
    scope: Scope | None = None
    verification: Verification | None = None
    verifiers: tuple[Party, ...] = ()
    owner: Party | None = None
    operator: Party | None = None
    publisher: Party | None = None
    manufacturers: tuple[Party, ...] = ()
    plants: tuple[Plant, ...] = ()
    location: str | None = None

    reference_year: int | None = Field(None, ge=1900, le=2200)
    published: PartialDay | None = None
    embargo: PartialDay | None = None
    valid_from: PartialDay | None = None
    valid_to: PartialDay | None = None
    replaces: Reference | None = None
    original: Reference | None = None
    licence: Licence | None = None

    scenarios: tuple[Scenario, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    footprint: Footprint | None = None
