"""Pages of the rule packs: what the file says, and an example that an independent answer agrees with."""

import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from fastapi.testclient import TestClient

from tests.frontend.reading import Element, Page
from tests.oracles import ratio_oracle as oracle

PACKS = {
    path.stem: yaml.safe_load(path.read_text("utf-8")) for path in Path("seeds/policies/packs").glob("*.yaml")
}
SCORED = sorted(name for name, pack in PACKS.items() if pack["kinds"])
UNITS = {"m³": "m3", "m²": "m2", "t": "t", "m": "m", "kg": "kg", "piece": "piece", "set": "set"}
PROOFS = {"Valid proof": "pass", "No proof": "fail", "Proof incomplete": "undecided"}


def page(site: TestClient, pack: str, lang: str = "en") -> Page:
    answer = site.get(f"/{lang}/rules/{pack}")
    assert answer.status_code == 200
    return Page(answer.text)


def section(shown: Page, name: str) -> Element:
    return shown.one("section", **{"aria-labelledby": name})


def rows(part: Element) -> list[list[str]]:
    """The rows of a section's tables, headings left out."""
    found = [[one.text for one in row.below("th", "td")] for row in part.below("tr")]
    heads = [
        [one.text for one in row.below("th")] for head in part.below("thead") for row in head.below("tr")
    ]
    return [row for row in found if row not in heads]


def code(text: str) -> str:
    """The kind's own number in the rule, which stands in brackets behind its words."""
    return str(re.findall(r"[（(]([A-Z]\d+[a-z])[）)]", text)[0])


def bill(shown: Page) -> list[dict[str, Any]]:
    """The example's lines as a reader sees them."""
    table = next(one for one in shown.all("table") if "bill" in one.attributes.get("class", ""))
    found = []
    for row in table.below("tbody")[0].below("tr"):
        number, kind, quantity, proof = (one.text for one in row.below("th", "td"))
        amount, unit = re.fullmatch(r"([\d,.]+)\s(\S+)", quantity).groups()  # type: ignore[union-attr]
        small = row.below("small")
        found.append(
            {
                "id": number,
                "kind": code(kind),
                "sub": small[0].text if small else None,
                "qty": amount.replace(",", ""),
                "unit": UNITS[unit],
                "out": PROOFS[proof],
            }
        )
    return found


def slow(
    pack: dict[str, Any], lines: list[dict[str, Any]], choices: dict[str, str], *, hopeful: bool
) -> Fraction:
    method = oracle.s_percent if pack["method"] == "points_by_item" else oracle.q_percent
    return method(pack, lines, choices, hopeful=hopeful)


def defaults(pack: dict[str, Any]) -> dict[str, str]:
    return {point["point"]: point["default"] for point in pack["open_points"]}


def printed(value: Fraction) -> str:
    """Two places, cut: a share never reads as one it has not reached."""
    cut = value * 100 // 1
    text = f"{cut // 100}.{int(cut % 100):02d}".rstrip("0").rstrip(".")
    return f"{text}%"


@pytest.mark.parametrize("name", SCORED)
def test_the_example_comes_to_what_an_independent_answer_says(checks: TestClient, name: str) -> None:
    shown, pack = page(checks, name), PACKS[name]
    lines, choices = bill(shown), defaults(pack)
    low, high = (slow(pack, lines, choices, hopeful=hopeful) for hopeful in (False, True))
    verdict = section(shown, "example").below("div")[0].text
    assert low < high, "the example shows an open line"
    assert printed(low) in verdict
    assert printed(high) in verdict
    assert f"{oracle.earned(pack, low)} point" in verdict


@pytest.mark.parametrize("name", SCORED)
def test_every_answer_to_an_open_point_stands_with_its_own_result(checks: TestClient, name: str) -> None:
    shown, pack = page(checks, name), PACKS[name]
    lines, found = bill(shown), rows(section(shown, "open"))
    asked = [(point["point"], option) for point in pack["open_points"] for option in point["options"]]
    assert len(found) == len(asked)
    for (point, option), row in zip(asked, found, strict=True):
        assert ("Default" in row[1]) is (option == defaults(pack)[point])
        if option == "undecided":  # the oracle knows no undecided kind; the bounds must only be no narrower
            continue
        choices = defaults(pack) | {point: option}
        low, high = (slow(pack, lines, choices, hopeful=hopeful) for hopeful in (False, True))
        assert row[2].startswith(f"{printed(low)}–{printed(high)}")
    results = {row[2] for row in found}
    assert len(results) > 1, "some reading changes the example"


@pytest.mark.parametrize("name", PACKS)
def test_the_page_holds_what_the_file_says(checks: TestClient, name: str) -> None:
    shown, pack = page(checks, name, "zh"), PACKS[name]
    assert shown.title == pack["title_zh"]
    kinds = {code(row[0]): row for row in rows(section(shown, "kinds"))}
    assert set(kinds) == {kind["id"] for kind in pack["kinds"] or ()}
    assert all(kinds[kind["id"]][2] == kind["clause"] for kind in pack["kinds"] or ())
    stated = [one["percent"] for one in (*pack.get("thresholds", ()), *pack.get("gates", ()))]
    bars = rows(section(shown, "bars")) if stated else []
    assert [row[0] for row in bars] == [f"≥ {one}%" for one in stated]
    assert [row[0] for row in rows(section(shown, "sources"))] == [one["document"] for one in pack["sources"]]
    assert all(remark["zh"] in shown.words for remark in pack["remarks"])
    assert ("检测报告" in shown.facts["可作证明"][0]) is ("test_report" in pack["evidence"]["accepted"])


def test_a_pack_without_its_list_decides_nothing_and_invents_no_bill(checks: TestClient) -> None:
    shown = page(checks, "procurement-2025")
    assert "Cannot decide" in section(shown, "example").below("div")[0].text
    assert [one for one in shown.all("table") if "bill" in one.attributes.get("class", "")] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_index_leads_to_every_pack(checks: TestClient, lang: str) -> None:
    links = Page(checks.get(f"/{lang}/rules").text).links
    wanted = {f"/{lang}/rules/{name}" for name in PACKS}
    assert wanted <= set(links)


def test_an_unknown_pack_is_not_found(checks: TestClient) -> None:
    assert checks.get("/zh/rules/nowhere-2030").status_code == 404
