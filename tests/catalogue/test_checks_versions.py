"""A stored report is judged by the version it names, or not at all."""

from types import MappingProxyType

import pytest
from sqlmodel import Session

from catalogue.checks import judge, report, service
from catalogue.checks.facts import Facts
from catalogue.checks.inputs import CheckInput
from catalogue.checks.report import Report
from catalogue.compliance.rules import VERSIONS
from registry.access.actors import LOADER
from registry.changes import feed
from registry.kit.errors import Conflict
from registry.policies.pack import Pack
from registry.policies.service import publish_pack
from tests import factories
from tests.catalogue.check_cases import SICHUAN, given, line

# What each judging version was made from; a line is added when a rule changes, and none is ever edited.
MADE_FROM = {
    1: {
        "scheme-accepted": 1,
        "scope-row": 1,
        "certificate-in-force": 1,
        "body-in-scope": 1,
        "standard-current": 1,
        "renewal-gap": 1,
        "report-accepted": 1,
        "report-covers": 1,
        "report-indicators": 1,
        "report-age": 1,
        "self-declaration": 1,
        "catalogue-listing": 1,
    }
}


def stored(session: Session) -> str:
    factories.record(session, factories.world())
    factories.record(session, [publish_pack(SICHUAN, effective_on=SICHUAN.valid_from, actor=LOADER)])
    asked = given(line()).model_copy(update={"as_of": feed.head(session).seq})
    return report.dump(judge.judge(session, asked))


def test_a_rule_that_changes_raises_the_judging_version() -> None:
    assert MADE_FROM[judge.VERSION] == dict(VERSIONS)
    assert judge.JUDGINGS.keys() == MADE_FROM.keys()


def test_a_report_names_the_versions_that_made_it(session: Session) -> None:
    found = report.load(stored(session))
    assert (found.judging_version, found.rules) == (judge.VERSION, dict(VERSIONS))
    assert found.units[0].method_version == SICHUAN.method_version


def test_a_report_replays_by_its_own_judging_after_a_new_one(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = stored(session)
    called: list[str] = []

    def later(asked: CheckInput, pack: Pack, facts: Facts) -> Report:
        called.append(asked.number)
        return judge.compute(asked, pack, facts).model_copy(update={"lines": ()})

    monkeypatch.setattr(judge, "JUDGINGS", MappingProxyType({**judge.JUDGINGS, 2: later}))
    assert service.replay(session, text)
    assert called == []
    assert report.dump(judge.judge(session, report.load(text).input, version=2)) != text
    assert called


def test_without_its_judging_a_report_is_not_claimed_to_differ(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = stored(session)
    monkeypatch.setattr(judge, "JUDGINGS", {})
    with pytest.raises(Conflict) as refused:
        service.replay(session, text)
    assert refused.value.key == "check-judging-gone"
