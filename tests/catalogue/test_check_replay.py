"""A stored report comes out again byte for byte, whatever the register and the methods have become since."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from catalogue.checks import judge, report, service
from catalogue.checks.inputs import CheckInput, LineInput, Standing
from catalogue.ratios import ledger
from catalogue.ratios.methods import METHODS
from catalogue.ratios.model import Breakdown, LineShare
from registry.access.actors import LOADER
from registry.certificates.facts import State
from registry.certificates.kind import CERTIFICATE
from registry.changes import feed
from registry.changes.feed import Draft
from registry.changes.reading import Point, every
from registry.dossiers.load import load
from registry.parties.service import ORGANISATION
from registry.policies import service as policies
from registry.policies.pack import Pack
from registry.products.facts import ProductFact
from registry.products.service import PRODUCT
from registry.standards.service import STANDARD
from tests import databases
from tests.factories import record
from tests.seeded import NOW, Seeded

DAY = date(2026, 6, 30)
PACK = "sichuan-2024"
LINES, CHANGES = 60, 1_000


@pytest.fixture(scope="module")
def register(seeded: Seeded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The demonstration register; every test takes its changes back."""
    with databases.copied(seeded.engine, tmp_path_factory.mktemp("replay")) as engine:
        yield engine


@pytest.fixture
def session(register: Engine) -> Iterator[Session]:
    with Session(register.execution_options(greenmat_writes=True)) as opened:
        yield opened
        opened.rollback()


def bought(session: Session, pack: Pack, at: Point) -> tuple[LineInput, ...]:
    """Lines of registered products that the pack counts, a few of each kind."""
    found: list[LineInput] = []
    taken: dict[str, int] = {}
    for known in every(session, PRODUCT, at):
        product = known.fact
        mapping = pack.mapping_for(product.kind)
        if not mapping or len(mapping.kinds) != 1 or taken.get(product.kind, 0) == 3 or product.removed:
            continue
        taken[product.kind] = taken.get(product.kind, 0) + 1
        found.append(line(product, mapping.kinds[0], len(found)))
    return tuple(found[:LINES])


def line(product: ProductFact, ratio_kind: str, place: int) -> LineInput:
    """A line whose product, plant and model the user has confirmed, delivered on a day of its own."""
    return LineInput(
        line_id=f"清单!{place + 2}",
        row=place + 2,
        sheet="清单",
        name=product.name_zh,
        spec="",
        unit_text=product.unit,
        unit=product.unit,
        quantity=Decimal(10),
        building="",
        delivery=DAY - timedelta(days=place),
        production_day=None,
        supplied_by=None,
        material_kind=product.kind,
        ratio_kind=ratio_kind,
        ratio_kind_open=False,
        standing=Standing.CONFIRMED,
        product_id=product.id,
        plant_id=product.plant_ids[0],
        model=product.models[0] if product.models else None,
        trademark=None,
        match_tier=None,
    )


def given(session: Session) -> CheckInput:
    head = feed.head(session)
    at = Point(DAY, head.seq)
    pack = policies.pack(session, PACK, at)
    return CheckInput(
        number="R-20260630-00000000-1", made_at=NOW, project="示例中学（虚构）", file_name="清单.xlsx",
        file_sha256="0" * 64, pack_id=PACK, pack_edition=pack.edition, choices={}, report_day=DAY,
        as_of=head.seq, feed=head.feed, lines=bought(session, pack, at),
    )  # fmt: skip


def stored(session: Session) -> str:
    return report.dump(judge.judge(session, given(session)))


def changed(session: Session, lines: tuple[LineInput, ...]) -> Iterator[Draft]:
    """Every product, certificate and firm of the report made another, back to a day before its deliveries."""
    at = Point(DAY, feed.head(session).seq)
    since = DAY - timedelta(days=400)
    dossiers = load(session, [line.product_id for line in lines if line.product_id], at)
    for place, dossier in enumerate(dossiers.values()):
        product, maker = dossier.product.fact, dossier.maker
        renamed = {"name_zh": f"改名 {place}（虚构）"}
        yield Draft(PRODUCT, product.id, since, product.model_copy(update=renamed))
        yield Draft(ORGANISATION, maker.id, since, maker.model_copy(update=renamed))
        for known in dossier.certificates:
            ended = known.fact.model_copy(update={"state": State.WITHDRAWN})
            yield Draft(CERTIFICATE, known.fact.id, since, ended)
    for standard in every(session, STANDARD, at):
        gone = standard.fact.model_copy(update={"replaced_on": since})
        yield Draft(STANDARD, standard.fact.id, since, gone)


def test_a_report_replays_after_a_thousand_changes_to_what_it_used(session: Session) -> None:
    text = stored(session)
    lines = report.load(text).input.lines
    judged = report.load(text).lines
    assert len({line.outcome for line in judged}) > 1, "lines that pass and lines that do not"
    drafts = list(changed(session, lines))
    used = {line.product_id for line in lines}
    assert used <= {draft.key for draft in drafts}
    seq = feed.head(session).seq
    while feed.head(session).seq < seq + CHANGES:
        record(session, drafts)
    assert service.replay(session, text)
    now = judge.judge(session, given(session))
    assert {line.product_name for line in now.lines}.isdisjoint({line.product_name for line in judged})
    assert report.dump(now) != text, "the changes count for a report that is made after them"


def test_a_report_replays_by_its_own_method_after_a_new_edition_and_a_new_method_version(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = stored(session)
    first = policies.pack(session, PACK, Point(DAY, feed.head(session).seq))
    name, version = first.method.value, first.method_version
    called: list[int] = []

    def later(pack: Pack, lines: tuple[LineShare, ...]) -> Breakdown:
        called.append(len(lines))
        return METHODS[name, version](pack, lines[:1])

    monkeypatch.setattr(ledger, "METHODS", {**METHODS, (name, version + 1): later})
    update = {"edition": "2026-06", "method_version": version + 1, "thresholds": first.thresholds[:1]}
    newer = first.model_copy(update=update)
    record(session, [policies.publish_pack(newer, effective_on=first.valid_from, actor=LOADER)])
    assert service.replay(session, text)
    assert called == []
    now = judge.judge(session, given(session))
    assert called
    assert {(unit.edition, unit.method_version) for unit in now.units} == {("2026-06", version + 1)}
    kept = report.load(text)
    assert {(unit.edition, unit.method_version) for unit in kept.units} == {(first.edition, version)}


def test_a_report_that_was_altered_does_not_replay(session: Session) -> None:
    text = stored(session)
    assert service.replay(session, text)
    altered = text.replace('"outcome":"fail"', '"outcome":"pass"', 1)
    assert altered != text
    assert not service.replay(session, altered)


def test_the_bytes_do_not_depend_on_the_order_in_which_the_register_was_asked(session: Session) -> None:
    whole = given(session)
    turned = whole.model_copy(update={"lines": tuple(reversed(whole.lines))})
    straight, back = judge.judge(session, whole), judge.judge(session, turned)
    assert straight.units == back.units
    assert {line.line_id: line for line in straight.lines} == {line.line_id: line for line in back.lines}
