"""Declarations drawn at random, every field of `Dataset` among them; for whatever reads, writes or checks."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Literal
from uuid import UUID

from hypothesis import strategies as st

from registry.declarations.comparable import Generation
from registry.declarations.dataset import (
    Dataset,
    Footprint,
    Identifier,
    Indicator,
    Licence,
    Mark,
    Scenario,
    Scope,
    Stage,
    Subtype,
    Value,
    Words,
)
from registry.declarations.facts import MODULES, DocumentKind, Verification
from registry.declarations.indicators import Row, indicators
from tests.declaration_parts import (
    above_zero,
    amounts,
    classifications,
    components,
    declared_units,
    digits,
    partial_days,
    parties,
    plants,
    properties,
    references,
    texts,
    versions,
    words,
    years,
)

UNKNOWN = UUID("00000000-0000-4000-8000-000000000001")  # of an indicator that is in nobody's list
CORE = (Generation.EN15804_A1, Generation.EN15804_A2, Generation.ISO21930)


@cache
def cells() -> st.SearchStrategy[list[Value]]:
    """Cells of one row: numbers and marks mixed; scenarios go by number until their names are drawn."""
    spread = {
        "rsd": st.none() | amounts(0, 2, 3),
        "distribution": st.none() | st.sampled_from(["log-normal", "normal"]),
        "samples": st.none() | st.integers(1, 500),
    }
    place: dict[str, Any] = {"module": st.sampled_from(MODULES), "scenario": st.sampled_from([None, *"0123"])}
    number = st.builds(Value, **place, amount=amounts(), **spread)
    marked = st.builds(Value, **place, mark=st.sampled_from(Mark))
    return st.lists(number | number | marked, min_size=1, max_size=8)


def under(scenarios: Sequence[str], drawn: Sequence[Value]) -> tuple[Value, ...]:
    """Each module under each scenario at most once, numbers of scenarios replaced by their names."""
    found: dict[tuple[str, str | None], Value] = {}
    for one in drawn:
        number = None if one.scenario is None else int(one.scenario)
        name = None if number is None or number >= len(scenarios) else scenarios[number]
        found.setdefault((one.module, name), one.model_copy(update={"scenario": name}))
    return tuple(found.values())


def rows_of(generation: Generation) -> tuple[Row, ...]:
    """The known indicators of a set of rules, inventory included."""
    return tuple(row for row in indicators().rows if row.generation in (generation, None))


@cache
def rows(generation: Generation) -> st.SearchStrategy[list[tuple[Row | None, Words, list[Value]]]]:
    """Some known rows, each once, with names of their own at times, and at times one that nobody knows."""
    one = st.tuples(st.none() | st.sampled_from(rows_of(generation)), st.just({}) | words(1), cells())
    return st.lists(one, max_size=6, unique_by=lambda row: row[0])


def indicator(row: Row | None, names: Words, values: tuple[Value, ...]) -> Indicator:
    """A row of a results table as a document with these words states it."""
    if row is None:
        return Indicator(
            code=None, names={"zh": "示例指标"}, uuid=UNKNOWN, unit="kg", matched_by="none", values=values
        )
    found = names or {"en": row.name_en, "zh": row.name_zh}
    by: Literal["uuid", "key"] = "uuid" if row.uuid else "key"
    return Indicator(code=row.code, names=found, uuid=row.uuid, unit=row.unit, matched_by=by, values=values)


@cache
def footprints() -> st.SearchStrategy[Footprint]:
    stage = st.builds(Stage, words=words(1), amount=amounts())
    return st.builds(
        Footprint,
        total=amounts(),
        boundary=st.none() | texts(),
        stages=st.lists(stage, max_size=4).map(tuple),
    )


def _some(
    one: st.SearchStrategy[Any], most: int = 2, by: Callable[[Any], Any] = repr
) -> st.SearchStrategy[Any]:
    return st.lists(one, max_size=most, unique_by=by).map(tuple)


@cache
def scenario_lists() -> st.SearchStrategy[tuple[Scenario, ...]]:
    one = st.builds(
        Scenario, name=texts(12), group=st.none() | texts(8), default=st.booleans(), words=words()
    )
    return _some(one, 3, lambda scenario: scenario.name)


@st.composite
def datasets(draw: st.DrawFn, generations: Sequence[Generation] = CORE) -> Dataset:
    """An EPD with any of the fields the model has; no footprint, which only other documents state."""
    generation = draw(st.sampled_from(generations))
    scenarios = draw(scenario_lists())
    names = [one.name for one in scenarios]
    found = tuple(indicator(row, own, under(names, drawn)) for row, own, drawn in draw(rows(generation)))
    rest = {"generation": generation, "scenarios": scenarios, "indicators": found}
    return draw(filled()).model_copy(update=rest)


@st.composite
def footprint_reports(draw: st.DrawFn) -> Dataset:
    """A 碳足迹报告 or a 碳足迹标识认证: a total with stages of its own, never modules."""
    rest = {
        "generation": draw(st.sampled_from([Generation.GBT24067, Generation.ISO14067])),
        "document": draw(st.sampled_from([DocumentKind.FOOTPRINT_REPORT, DocumentKind.FOOTPRINT_LABEL])),
        "footprint": draw(footprints()),
    }
    return draw(filled()).model_copy(update=rest)


@cache
def filled() -> st.SearchStrategy[Dataset]:
    """Every field but the results, stated or not."""
    identifier = st.builds(
        Identifier,
        scheme=st.sampled_from(["gtin", "gmn", "openepd"]),
        value=digits(8, 13),
    )
    licence = st.builds(
        Licence,
        type=st.none() | st.just("Free of charge for all users and uses"),
        words=words(),
        copyright=st.none() | st.booleans(),
        access=words(),
    ).filter(lambda one: one != Licence())  # terms that say nothing are none
    optional: dict[str, st.SearchStrategy[Any]] = {
        "uuid": st.uuids(),
        "version": versions(),
        "number": texts(),
        "biogenic_carbon_kg": above_zero(),
        "biogenic_carbon_packaging_kg": above_zero(),
        "service_life_years": amounts(1, 200, 1),
        "method": references(),
        "pcr": references(),
        "subtype": st.sampled_from(Subtype),
        "scope": st.sampled_from(Scope),
        "verification": st.sampled_from(Verification),
        "owner": parties(),
        "operator": parties(),
        "publisher": parties(),
        "location": st.sampled_from(["CN", "CN-SC", "RER", "GLO"]),
        "reference_year": years,
        "published": partial_days(),
        "embargo": partial_days(),
        "valid_from": partial_days(),
        "valid_to": partial_days(),
        "replaces": references(),
        "original": references(),
        "licence": licence,
    }
    return st.builds(
        Dataset,
        identifiers=_some(identifier),
        document=st.just(DocumentKind.EPD),
        names=words(1, 60),
        descriptions=words(0, 200),
        classifications=_some(classifications()),
        declared=declared_units(),
        properties=_some(properties(), 3, lambda one: one.kind),
        components=_some(components(), 3),
        generation=st.just(Generation.OTHER),
        generation_by=st.sampled_from(["uuid", "text", "indicators", "stated", "none"]),
        compliance=_some(references()),
        background=_some(references()),
        verifiers=_some(parties()),
        manufacturers=_some(parties()),
        plants=_some(plants()),
        **{name: st.none() | one for name, one in optional.items()},
    )
