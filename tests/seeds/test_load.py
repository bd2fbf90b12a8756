"""Loading: once, completely, and the same each time."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlmodel import col

from registry.access.actors import OPERATOR, Actor, ActorRole
from registry.applications.service import of_organisation
from registry.categories.service import kinds, regions
from registry.certificates.facts import ActKind, CertificateFact, State
from registry.certificates.kind import CERTIFICATE
from registry.certificates.service import BodyAct, act
from registry.changes import feed
from registry.changes.models import ChangeActor, ChangeRow
from registry.changes.reading import Point, every, get
from registry.kit.db import read_session, write_session
from registry.parties.service import ORGANISATION
from registry.policies.service import packs
from registry.products.service import PRODUCT
from seeds.demo import applications, look_ups, supply
from seeds.demo.cases import CASES
from seeds.demo.parties import firm_id
from seeds.load import DemonstrationRefused, LoadReport, load
from seeds.policies.packs import PACK_IDS
from tests.databases import copied
from tests.seeded import NOW, TODAY
from tests.seeds.demo_fixtures import register


@pytest.fixture(scope="module")
def loaded(
    empty_database: Engine, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Engine, LoadReport]]:
    with copied(empty_database, tmp_path_factory.mktemp("loaded")) as engine:
        yield engine, load(engine, now=NOW)


@pytest.fixture
def fresh(empty_database: Engine, tmp_path: Path) -> Iterator[Engine]:
    with copied(empty_database, tmp_path) as engine:
        yield engine


def test_every_invented_record_and_every_act_is_in_the_feed(loaded: tuple[Engine, LoadReport]) -> None:
    _, report = loaded
    made = register()
    assert report.feed == "demonstration"
    assert report.total == report.seq
    stated = supply.build(made.plants, made.products)
    assert report.added["organisation"] == len(made.organisations) + len(stated.dealers)
    assert report.added["plant_site"] == len(stated.sites)
    assert report.added["supply"] == len(stated.supply)
    assert report.added["cross_check"] == len(list(look_ups.build(made.certificates)))
    assert report.added["product"] == len(made.products)
    assert report.added["certificate"] == len(made.certificates) + len(list(made.acts))
    assert report.added["declaration"] == len(made.declarations)


def test_the_reference_tables_stand_on_any_day(loaded: tuple[Engine, LoadReport]) -> None:
    with read_session(loaded[0]) as session:
        early = Point(date(2019, 6, 1), feed.head(session).seq)
        assert kinds(session, early)["concrete.ready-mixed"].declared_unit == "m3"
        assert regions(session, early)["330500"].parent == "330000"
        assert {pack.id for pack in packs(session, Point(TODAY, early.as_of))} == set(PACK_IDS)


def test_the_feed_is_whole_and_written_by_the_loader(loaded: tuple[Engine, LoadReport]) -> None:
    engine, report = loaded
    with read_session(engine) as session:
        assert feed.verify(feed.every(session)) == report.seq
        assert session.scalars(select(col(ChangeActor.actor)).distinct()).all() == ["loader:seeds"]


def test_acts_change_the_state_on_their_own_day(loaded: tuple[Engine, LoadReport]) -> None:
    case = CASES["suspended-restored"]
    states = {
        case.days["delivery_before"]: State.ACTIVE,
        case.days["suspended"]: State.SUSPENDED,
        case.days["delivery_during"]: State.SUSPENDED,
        case.days["restored"] - timedelta(days=1): State.SUSPENDED,
        case.days["restored"]: State.ACTIVE,
        case.days["delivery_after"]: State.ACTIVE,
    }
    for day, state in states.items():
        assert _certificate(loaded[0], "suspended-restored", day).state is state


def test_a_second_load_adds_nothing_even_after_a_body_acted(fresh: Engine) -> None:
    first = load(fresh, now=NOW)
    certificate = CASES["green-product"].records["certificate"].id
    with write_session(fresh) as session:
        later = BodyAct(ActKind.SUSPEND, date(2026, 11, 20), "演示")
        feed.append(session, act(session, certificate, later, actor=OPERATOR), actor="operator", now=NOW)
    second = load(fresh, now=NOW + timedelta(days=1))
    assert second.total == 0
    assert second.seq == first.seq + 1


def test_a_killed_load_leaves_nothing_and_the_next_one_is_as_if_it_were_the_first(
    fresh: Engine, loaded: tuple[Engine, LoadReport]
) -> None:
    def killed(stage: str, done: int, _total: int) -> None:
        if stage == "organisations" and done > 0:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load(fresh, now=NOW, progress=killed)
    with read_session(fresh) as session:
        assert session.scalar(select(func.count()).select_from(ChangeRow)) == 0
    load(fresh, now=NOW)
    assert _hashes(fresh) == _hashes(loaded[0])


def test_progress_runs_to_the_end_of_every_stage(fresh: Engine) -> None:
    last: dict[str, tuple[int, int]] = {}

    def tell(stage: str, done: int, total: int) -> None:
        last[stage] = (done, total)

    load(fresh, now=NOW, progress=tell, demonstration=False)
    assert list(last) == ["reference", "policies"]
    assert all(done == total > 0 for done, total in last.values())


def test_without_the_demonstration_no_invented_record_is_written(fresh: Engine) -> None:
    report = load(fresh, now=NOW, demonstration=False)
    assert report.feed == "production"
    with read_session(fresh) as session:
        at = Point(TODAY, report.seq)
        assert list(every(session, ORGANISATION, at)) == []
        assert list(every(session, PRODUCT, at)) == []


def test_a_production_feed_refuses_the_demonstration_and_stays_as_it_was(fresh: Engine) -> None:
    before = load(fresh, now=NOW, demonstration=False)
    with pytest.raises(DemonstrationRefused):
        load(fresh, now=NOW)
    with read_session(fresh) as session:
        assert feed.head(session).seq == before.seq


def _certificate(engine: Engine, slug: str, day: date) -> CertificateFact:
    with read_session(engine) as session:
        at = Point(day, feed.head(session).seq)
        known = get(session, CERTIFICATE, CASES[slug].records["certificate"].id, at)
        assert known is not None
        return known.fact


def _hashes(engine: Engine) -> list[str]:
    with read_session(engine) as session:
        return [change.hash for change in feed.every(session)]


def test_the_makers_login_finds_a_draft_a_return_a_plant_and_a_list_handed_in(
    loaded: tuple[Engine, LoadReport],
) -> None:
    """Written once: a second writing finds them and adds none."""
    engine, _ = loaded
    with write_session(engine) as session:
        assert applications.write(session, now=NOW) == 0
        maker = Actor(ActorRole.MANUFACTURER, organisation_id=firm_id(applications.MAKER))
        found = of_organisation(session, maker)
    assert sorted(one.state for one in found) == ["draft", "returned", "submitted", "submitted"]
    (listed,) = [one for one in found if one.subject == "product_list"]
    assert listed.typed == {"list.name": applications.LIST_NAME}
    returned = next(one for one in found if one.state == "returned")
    assert returned.open_paths == ("product.density_kg_m3",)
