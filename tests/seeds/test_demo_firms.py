"""Invented honours, energy and disclosures: enough, of every sort, marked as invented, of known parties."""

from collections import Counter
from datetime import date
from functools import cache

from registry.firms.benchmarks import limits
from registry.firms.judging import Verdict, judge
from registry.kit.ids import parse_code
from registry.parties.facts import Role
from seeds import mapping
from seeds.demo import firms
from seeds.demo.firms import Told
from tests.seeds.demo_fixtures import register


@cache
def told() -> Told:
    made = register()
    return firms.build(made.organisations, made.plants)


def test_ids_and_numbers_are_unique_and_marked_as_demonstration() -> None:
    facts = [*told().honours, *told().energy, *told().disclosures]
    assert len({one.id for one in facts}) == len(facts) > 80
    assert len({one.code for one in facts}) == len(facts)
    assert all(one.code.startswith("YS-") and parse_code(one.code) == one.code for one in facts)


def test_each_is_of_a_known_firm_and_of_its_own_plant() -> None:
    made = register()
    firm_ids = {one.id for one in made.organisations}
    owners = {plant.id: plant.organisation_id for plant in made.plants}
    verifiers = {one.id for one in made.organisations if Role.VERIFIER in one.roles}
    for one in (*told().honours, *told().energy, *told().disclosures):
        assert one.organisation_id in firm_ids
        assert one.plant_id is None or owners[one.plant_id] == one.organisation_id
    assert {one.verifier_id for one in told().disclosures} - {None} <= verifiers


def test_the_words_say_that_they_are_invented() -> None:
    assert all("虚构" in one.authority and "虚构" in one.document for one in told().honours)
    assert all("虚构" in one.source for one in told().energy)
    assert all("虚构" in one.title and ".invalid/" in (one.address or "") for one in told().disclosures)


def test_every_verdict_every_term_and_every_silence_is_shown() -> None:
    table = limits(mapping.benchmark_facts())
    regions = {plant.id: plant.region for plant in register().plants}
    verdicts = Counter(
        judge(one, table, region=regions[one.plant_id]).verdict for one in told().energy if one.plant_id
    )
    assert verdicts.keys() == set(Verdict)
    assert {one.valid_to is None for one in told().honours} == {True, False}
    assert any(one.valid_to and one.valid_to < date(2026, 11, 21) for one in told().honours)
    assert {one.scope2_t is None for one in told().disclosures} == {True, False}
    assert any(one.verifier_id for one in told().disclosures)
