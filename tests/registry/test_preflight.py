"""Every check has a fault that only it finds, sentences in both languages, and leaves clean papers alone."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from docs.generate import preflight_page
from registry.declarations.dataset import Reference, Scenario
from registry.declarations.preflight.catalogue import CHECKS, preflight
from registry.declarations.preflight.copies import print_of
from registry.declarations.preflight.model import Check, Severity
from registry.declarations.preflight.view import Context, look
from registry.kit.messages import LANGUAGES, catalogue, say
from tests import declared
from tests.clean_declarations import FOOTPRINTS, MODULAR, clean
from tests.preflight_faults import papers, sizes, tables
from tests.preflight_faults.making import CONCRETE, Case, carbon, cells, epd, put, scaled

FAULTS = {**papers.FAULTS, **tables.FAULTS, **sizes.FAULTS}
BY_ID = {check.id: check for check in CHECKS}


def found(case: Case) -> list[str]:
    return sorted(one.check.id for one in preflight(*case))


def test_the_catalogue_is_large_and_every_check_has_a_fault() -> None:
    assert len(CHECKS) >= 250
    assert set(FAULTS) == set(BY_ID)
    assert len(papers.FAULTS) + len(tables.FAULTS) + len(sizes.FAULTS) == len(FAULTS), "a fault stands twice"


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_each_check_finds_a_fault_that_no_other_finds(check: Check) -> None:
    assert found(FAULTS[check.id]) == [check.id]


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_finding_speaks_both_languages_and_names_its_place(check: Check) -> None:
    (finding,) = preflight(*FAULTS[check.id])
    assert finding.places
    for lang in LANGUAGES:
        assert "{" not in finding.says(lang) + finding.mend(lang)
        assert finding.says(lang) != finding.mend(lang)


def test_no_sentence_is_without_a_check() -> None:
    ours = {key for key in catalogue("zh") if key.startswith("preflight.")}
    assert ours == {check.says for check in CHECKS} | {check.mend for check in CHECKS}


@pytest.mark.parametrize("kind", [profile.kind for profile in MODULAR])
@pytest.mark.parametrize("style", ["sum", "parts", "both"])
def test_a_clean_epd_of_each_kind_raises_nothing(kind: str, style: str) -> None:
    assert found(epd(kind, style)) == []
    unknown = epd(kind, style)._replace(context=Context(epd(kind).context.day))
    assert found(unknown) == [], "of a kind that nobody named"


@pytest.mark.parametrize("kind", [which[0] for which in FOOTPRINTS])
def test_a_clean_footprint_raises_nothing(kind: str) -> None:
    assert found(carbon(kind, label=False)) == []


def test_findings_stand_with_errors_first() -> None:
    spoilt = put(CONCRETE, uuid=None, version=None, valid_to=None, owner=None)
    severities = [one.check.severity for one in preflight(*spoilt)]
    assert severities == sorted(severities, key=list(Severity).index)
    assert Counter(severities) == {Severity.ERROR: 1, Severity.WARNING: 1, Severity.NOTE: 1}


def test_the_day_is_told_and_never_read_from_the_clock() -> None:
    last = CONCRETE.dataset.valid_to
    assert last is not None
    on_the_last = CONCRETE._replace(context=replace(CONCRETE.context, day=last.day))
    after = CONCRETE._replace(context=replace(CONCRETE.context, day=last.day + timedelta(days=1)))
    assert "expired" not in found(on_the_last)
    assert "expired" in found(after)


def test_a_footprint_is_never_asked_for_modules_nor_an_epd_of_a1_for_its_end() -> None:
    asked = {check.id for check in CHECKS if check.when.holds(look(*carbon("cement", label=True)))}
    assert not any(name.startswith(("missing-", "module-", "end-of-life", "gate-missing")) for name in asked)
    of_a1 = {check.id for check in CHECKS if check.when.holds(look(*epd("masonry.fired-brick")))}
    assert "missing-a2-gwp-fossil" not in of_a1
    assert "end-of-life-missing" not in of_a1


def test_a_print_knows_a_table_per_another_amount_and_no_other_table() -> None:
    first, second = print_of(clean(0)[0]), print_of(clean(11)[0])
    assert first.exact != second.exact
    assert first.shape != second.shape
    doubled = print_of(scaled(Case(*clean(0)), "*", "2").dataset)
    assert (doubled.exact == first.exact, doubled.shape == first.shape) == (False, True)


def test_the_page_lists_every_check_with_what_it_says_and_how_to_mend_it() -> None:
    page = preflight_page()
    assert [check.id for check in CHECKS if f"`{check.id}`" not in page] == []


@pytest.mark.parametrize(
    ("kind", "text", "heard"),
    [
        ("cement", "PCR for concrete elements", "concrete"),
        ("cement", "EN 16908 Cement and building lime, for concrete", None),
        ("concrete.ready-mixed", "PCR 2019:14 Construction products", None),
        ("concrete.ready-mixed", "用于混凝土的钢纤维", None),
        ("insulation.mineral-wool", "Glass wool", None),
        ("glass.low-e", "Dämmstoffe aus Schaumglas", None),
        ("glass.low-e", "Textile flooring", None),
        ("ceramic.tile", "瓷砖", None),
        ("wood.floor", "PCR for concrete", None),
        ("timber.structural", "土木工程用产品", None),
    ],
)
def test_another_material_is_heard_only_where_nothing_speaks_of_the_own(
    kind: str, text: str, heard: str | None
) -> None:
    case = put(CONCRETE, pcr=Reference(names={"zh": text}, version="1"), names={}, descriptions={})
    findings = preflight(case.dataset, replace(case.context, kind=kind))
    words = {one.facts["word"] for one in findings if one.check.id == "pcr-of-other-material"}
    assert words == ({heard} if heard else set())


def test_secondary_material_is_held_against_the_weight_of_the_declared_amount() -> None:
    for used, expected in (("3525", set()), ("3525.1", {"secondary-material-above-weight"})):
        assert set(found(cells(CONCRETE, "SM", {"A1-A3": used}))) == expected


def test_one_figure_of_a_strange_size_is_told_once() -> None:
    """GWP-fossil has a row for every cell and a narrower one for A1-A3."""
    spoilt = scaled(CONCRETE, "GWP-total GWP-fossil", "100000")
    findings = preflight(*spoilt)
    places = [place for one in findings if one.check.says == "preflight.size.says" for place in one.places]
    assert "indicators.GWP-fossil.A1-A3" in places
    assert len(places) == len(set(places))


@pytest.mark.parametrize("group", [None, "废弃"])
def test_scenarios_without_a_default_are_named_whether_or_not_their_group_is(group: str | None) -> None:
    names = tuple(Scenario(name=name, group=group) for name in ("回收", "填埋"))
    findings = preflight(declared.dataset(scenarios=names), Context(day=date(2026, 6, 1)))
    (one,) = (one for one in findings if one.check.id == "scenario-default-missing")
    assert one.says("zh") == "同组的情景 回收、填埋 没有一个是默认的。"


def test_an_unverified_epd_is_never_sent_as_another_kind_of_document() -> None:
    """碳足迹报告 ≠ EPD ≠ 碳足迹标识认证; 核查 is the one word for verifying a footprint."""
    (check,) = (one for one in CHECKS if one.id == "verification-none")
    assert "请由核查机构核查后再提交" in say(check.mend, "zh")
    assert "as a footprint report" not in say(check.mend, "en")
    families = ("preflight.", "proof.", "verification.", "limits.")
    sentences = [text for key, text in catalogue("zh").items() if key.startswith(families)]
    assert not [one for one in sentences if "核验" in one]
