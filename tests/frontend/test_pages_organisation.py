"""Pages of organisations and plants: products, certificates with their state, scopes, a look back."""

import pytest
from fastapi.testclient import TestClient

from seeds.demo.cases import CASES
from tests.factories import body, key, organisation, plant
from tests.frontend.reading import Element, Page
from tests.frontend.register import CANCELLED, LAST, STRONG, SUSPENDED, TWO_PLANTS, WITHDRAWN, case

MAKER, PLANT, BODY = organisation(), plant(), body()
STATES = {SUSPENDED: "已暂停", WITHDRAWN: "已撤销", CANCELLED: "已注销", 1: "有效"}


def page(site: TestClient, path: str, lang: str = "zh") -> Page:
    answer = site.get(f"/{lang}/{path}")
    assert answer.status_code == 200
    return Page(answer.text)


def table(shown: Page, name: str) -> list[Element]:
    part = shown.one("section", **{"aria-labelledby": name})
    return part.below("tbody")[0].below("tr")


def certified() -> list[int]:
    return [n for n in range(1, LAST + 1) if case(n).certificate]


@pytest.mark.parametrize(("lang", "role"), [("zh", "制造商"), ("en", "Manufacturer")])
def test_an_organisation_is_named_with_its_roles_and_code(site: TestClient, lang: str, role: str) -> None:
    shown = page(site, f"organisations/{MAKER.code}", lang)
    assert shown.title == (MAKER.name_zh if lang == "zh" else MAKER.name_en)
    assert any(role in value for values in shown.facts.values() for value in values)
    assert MAKER.credit_code in shown.words


def test_every_product_of_a_maker_leads_to_its_page_and_to_the_search(site: TestClient) -> None:
    shown = page(site, f"organisations/{MAKER.code}")
    made = {f"/zh/products/{case(n).product.code}" for n in range(1, LAST + 1)}
    assert {href for href in shown.links if href.startswith("/zh/products/")} == made
    search = next(href for href in shown.links if "maker_id=" in href)
    assert Page(site.get(f"{search}&status=all").text).total == LAST


def test_certificates_stand_with_the_state_of_the_day(site: TestClient) -> None:
    found = {
        row.below("th")[0].text: row.text for row in table(page(site, f"organisations/{MAKER.code}"), "held")
    }
    for n, state in STATES.items():
        cert = case(n).certificate
        assert cert is not None
        assert found[cert.number].endswith(state)


def test_a_body_lists_what_it_issued_and_its_approved_scope(site: TestClient) -> None:
    shown = page(site, f"organisations/{BODY.code}")
    issued = {case(n).certificate.number for n in certified()}  # type: ignore[union-attr]
    numbers = {row.below("th")[0].text for row in table(shown, "held")}
    assert issued <= numbers
    scopes = [row.text for row in table(shown, "scopes")]
    assert len(scopes) == len(BODY.approved_scopes) > 0
    assert all("批准有效" in one for one in scopes)


def test_a_plant_names_its_owner_its_products_and_the_certificates_that_name_it(site: TestClient) -> None:
    shown = page(site, f"plants/{PLANT.code}")
    assert f"/zh/organisations/{MAKER.code}" in shown.links
    here = {n for n in range(1, LAST + 1) if key("plant") in case(n).product.plant_ids}
    assert TWO_PLANTS in here
    assert STRONG not in here
    named = {
        product
        for n in certified()
        for row in case(n).certificate.rows  # type: ignore[union-attr]
        if row.plant_id == PLANT.id
        for product in row.product_ids
    }
    wanted = {case(n).product.code for n in range(1, LAST + 1) if n in here or case(n).product.id in named}
    assert {href.rsplit("/", 1)[1] for href in shown.links if href.startswith("/zh/products/")} == wanted


def test_a_look_back_says_so_and_leads_to_the_present(site: TestClient) -> None:
    path = f"organisations/{MAKER.code}"
    back = page(site, f"{path}?on=2026-04-01")
    assert "2026年4月1日" in back.words
    assert f"/zh/{path}" in back.links
    cert = case(SUSPENDED).certificate
    assert cert is not None
    states = {row.below("th")[0].text: row.text for row in table(back, "held")}
    assert states[cert.number].endswith("有效")  # suspended only from May on


def test_an_organisation_before_its_first_day_is_not_yet_known(site: TestClient) -> None:
    assert site.get(f"/zh/organisations/{MAKER.code}?on=1999-01-01").status_code == 404


@pytest.mark.parametrize("path", ["organisations/YS-O00000-00000-0", "plants/x", "organisations/{product}"])
def test_another_number_is_not_found(site: TestClient, path: str) -> None:
    assert site.get(f"/zh/{path}".format(product=case(1).product.code)).status_code == 404


def test_a_number_typed_loosely_moves_to_its_printed_form(site: TestClient) -> None:
    moved = site.get(f"/en/organisations/{MAKER.code.lower().replace('-', '')}")
    assert (moved.status_code, moved.headers["location"]) == (301, f"/en/organisations/{MAKER.code}")


@pytest.mark.parametrize(
    "path", [f"organisations/{MAKER.code}", f"plants/{PLANT.code}", f"organisations/{BODY.code}"]
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_link_leads_to_a_page(site: TestClient, path: str, lang: str) -> None:
    links = {href for href in page(site, path, lang).links if href.startswith("/")}
    assert {href: site.get(href).status_code for href in links} == dict.fromkeys(links, 200)


def test_products_and_answers_lead_to_the_maker_the_plant_and_the_body(site: TestClient) -> None:
    product = page(site, f"products/{case(1).product.code}").links
    assert {
        f"/zh/organisations/{MAKER.code}",
        f"/zh/plants/{PLANT.code}",
        f"/zh/organisations/{BODY.code}",
    } <= set(product)
    cert = case(1).certificate
    assert cert is not None
    answer = Page(site.get(f"/v/{cert.code}").text).links
    assert {f"/zh/organisations/{MAKER.code}", f"/zh/organisations/{BODY.code}"} <= set(answer)


def test_a_body_outside_its_scope_shows_the_narrow_scope(checks: TestClient) -> None:
    """The demonstration body that may certify two categories alone."""
    narrow = CASES["outside-scope"].records["certificate"].code
    answer = Page(checks.get(f"/v/{narrow}").text)
    links = [href for href in answer.links if "/organisations/" in href]
    shown = [Page(checks.get(href).text) for href in links]
    bodies = [one for one in shown if one.all("h2", id="scopes")]
    assert len(bodies) == 1
    filed = next(href for href in bodies[0].links if "/data/approved-scopes?" in href)
    assert Page(checks.get(filed).text).one("h2", id="rows").text == "2 行"
