"""The interface: the whole way by machine, refusals pinned to fields, and nothing for those it is not for."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from registry.access.actors import ANONYMOUS, Actor, ActorRole
from registry.access.http import current_actor
from registry.access.permissions import Act, Target, allows
from registry.applications.http import Desk
from registry.applications.parts import Subject
from registry.kit.clock import asked_now
from registry.kit.db import write_session
from registry.kit.problems import MEDIA_TYPE
from tests import applicants, evidence_files
from tests.applicants import BODY_OFFICER, COLLEAGUE, FIRST, INSIDER, MAKER, NOW, OTHER_MAKER, SECOND
from tests.interface import interface

ROOT = "/api/v1/applications"
As = Callable[[Actor], TestClient]


@pytest.fixture
def ask(engine: Engine, tmp_path: Path) -> Iterator[As]:
    """A client that speaks as whoever is named."""
    with write_session(engine) as session:
        applicants.registered(session)
    with interface(engine, tmp_path) as client:
        app: Any = client.app
        app.dependency_overrides[asked_now] = lambda: NOW
        app.state.applications = Desk(tmp_path / "evidence", 10, 1)

        def speak(actor: Actor) -> TestClient:
            app.dependency_overrides[current_actor] = lambda: actor
            return client

        yield speak


def started(client: TestClient, subject: str = "new_product", **given: str) -> dict[str, Any]:
    answer = client.post(ROOT, json={"subject": subject, **given})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def saved(client: TestClient, draft: dict[str, Any], typed: dict[str, str]) -> dict[str, Any]:
    for part in dict.fromkeys(path.partition(".")[0] for path in typed):
        texts = {path: text for path, text in typed.items() if path.partition(".")[0] == part}
        answer = client.put(
            f"{ROOT}/{draft['number']}/parts/{part}", json={"revision": draft["revision"], "typed": texts}
        )
        assert answer.status_code == 200, answer.text
        draft = answer.json()
    return draft


def pinned(client: TestClient, draft: dict[str, Any], path: str, data: bytes, name: str) -> Any:
    return client.post(
        f"{ROOT}/{draft['number']}/files",
        data={"path": path, "revision": str(draft["revision"])},
        files={"file": (name, data)},
    )


def act(client: TestClient, case: dict[str, Any], step: str, **given: Any) -> dict[str, Any]:
    answer = client.post(f"{ROOT}/{case['number']}/{step}", json={"revision": case["revision"], **given})
    assert answer.status_code in (200, 201), answer.text
    found: dict[str, Any] = answer.json()
    return found


def handed_in(ask: As) -> dict[str, Any]:
    maker = ask(MAKER)
    draft = saved(maker, started(maker), {**applicants.PRODUCT_TYPED, **applicants.CERTIFICATE_TYPED})
    answer = pinned(maker, draft, "certificate", evidence_files.pdf(), "证书.pdf")
    assert answer.status_code == 201, answer.text
    return act(maker, answer.json(), "submit")


LOOK = {
    "part": "certificate", "platform": "演示平台（虚构）", "checked_on": "2026-06-01", "result": "agrees",
}  # fmt: skip


def test_the_whole_way_by_machine(ask: As) -> None:
    case = handed_in(ask)
    queue = ask(FIRST).get(f"{ROOT}/queue").json()
    assert [line["number"] for line in queue["items"]] == [case["number"]]
    taken = act(ask(FIRST), case, "take")
    returned = act(
        ask(FIRST),
        act(ask(FIRST), taken, "remarks", path="product.models", text="请按证书填写"),
        "return", paths=["product.models"], reason="型号与证书不一致",
    )  # fmt: skip
    assert (returned["state"], returned["open_paths"]) == ("returned", ["product.models"])
    mended = saved(ask(COLLEAGUE), returned, {**applicants.PRODUCT_TYPED, "product.models": "P·O 42.5"})
    again = act(ask(MAKER), mended, "submit")
    changed = ask(FIRST).get(f"{ROOT}/{case['number']}/differences").json()["with_last_round"]
    assert changed == [{"path": "product.models", "before": "P·O 42.5\nP·O 52.5", "now": "P·O 42.5"}]
    once = act(ask(FIRST), act(ask(FIRST), again, "take"), "approve", looks=[LOOK])
    done = act(ask(SECOND), act(ask(SECOND), once, "take"), "publish", looks=[LOOK])
    codes = {one["part"]: one["code"] for one in done["published"]}
    public = ask(ANONYMOUS).get(f"/api/v1/certificates/{codes['certificate']}")
    assert public.status_code == 200
    assert public.json()["certificate"]["number"] == applicants.CERTIFICATE_TYPED["certificate.number"]
    looks = ask(ANONYMOUS).get(f"/api/v1/certificates/{codes['certificate']}/cross-checks").json()["items"]
    assert [look["looker"] for look in looks] == [None, "second_person"]
    acts = [one["act"] for one in ask(MAKER).get(f"{ROOT}/{case['number']}/events").json()["items"]]
    assert acts[0] == "start"
    assert acts[-1] == "publish"


def test_a_refused_submission_pins_every_error_to_its_field(ask: As) -> None:
    maker = ask(MAKER)
    draft = saved(maker, started(maker), {"product.unit": "堆", "carbon.modules.A4": "约五"})
    answer = maker.post(
        f"{ROOT}/{draft['number']}/submit",
        json={"revision": draft["revision"]}, headers={"Accept-Language": "en"},
    )  # fmt: skip
    assert (answer.status_code, answer.headers["content-type"]) == (422, MEDIA_TYPE)
    body = answer.json()
    assert body["code"] == "application-has-errors"
    told = {error["where"][0]: error["message"] for error in body["errors"]}
    assert told["product.unit"] == "This unit is not known."
    assert told["carbon.modules.A4"] == "Type the exact number in digits: is it 5?"
    assert told["product.name_zh"] == "Fill this in."
    findings = maker.get(f"{ROOT}/{draft['number']}/findings").json()
    assert not findings["fit"]
    assert {one["path"] for one in findings["findings"] if one["severity"] == "error"} == set(told)


def test_nobody_else_learns_that_an_application_exists(ask: As) -> None:
    case = handed_in(ask)
    file = case["files"][0]["id"]
    for address in ("", "/findings", "/events", "/differences", f"/files/{file}"):
        path = f"{ROOT}/{case['number']}{address}"
        assert ask(MAKER).get(path).status_code == 200, address
        assert ask(OTHER_MAKER).get(path).status_code == 404, address
        assert ask(ANONYMOUS).get(path).status_code == 401, address
    assert ask(OTHER_MAKER).get(ROOT).json() == {"items": []}
    assert [one["number"] for one in ask(COLLEAGUE).get(ROOT).json()["items"]] == [case["number"]]


def test_a_file_is_given_to_its_organisation_its_reviewer_and_its_body_alone(ask: As) -> None:
    case = handed_in(ask)
    path = f"{ROOT}/{case['number']}/files/{case['files'][0]['id']}"
    assert ask(FIRST).get(path).status_code == 404, "not yet taken"
    act(ask(FIRST), case, "take")
    for actor in (MAKER, COLLEAGUE, FIRST, BODY_OFFICER):
        answer = ask(actor).get(path)
        assert answer.status_code == 200, actor
        assert answer.content == evidence_files.pdf()
        assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
        assert answer.headers["content-disposition"].startswith("attachment;")
        assert answer.headers["cache-control"] == "private, no-store"
    stranger = applicants.person(ActorRole.CERTIFICATION_BODY, 21, 901)
    for actor in (SECOND, OTHER_MAKER, stranger):
        assert ask(actor).get(path).status_code == 404, actor


def test_a_file_that_is_unfit_or_pinned_nowhere_is_refused(ask: As) -> None:
    maker = ask(MAKER)
    draft = started(maker)
    hostile, _ = evidence_files.HOSTILE["javascript in an object stream"]
    answer = pinned(maker, draft, "certificate", hostile, "a.pdf")
    assert (answer.status_code, answer.json()["code"]) == (422, "evidence.acts")
    answer = pinned(maker, draft, "company", evidence_files.png(), "a.png")
    assert (answer.status_code, answer.json()["code"]) == (422, "application-field-unknown")
    answer = maker.post(f"{ROOT}/{draft['number']}/files", data={"path": "product"})
    assert answer.status_code in (413, 422)
    kept = pinned(maker, draft, "product.name_zh", evidence_files.png(), "a.png").json()
    gone = maker.delete(
        f"{ROOT}/{draft['number']}/files/{kept['files'][0]['id']}",
        params={"path": "product.name_zh", "revision": kept["revision"]},
    )
    assert gone.json()["files"] == []


@pytest.mark.parametrize("step", ["take", "approve", "publish"])
def test_makers_and_insiders_review_nothing(ask: As, step: str) -> None:
    case = handed_in(ask)
    for actor in (MAKER, INSIDER):
        answer = ask(actor).post(f"{ROOT}/{case['number']}/{step}", json={"revision": case["revision"]})
        assert answer.status_code == 403, actor
    assert ask(MAKER).get(f"{ROOT}/{case['number']}").json()["revision"] == case["revision"]


def test_an_old_revision_changes_nothing(ask: As) -> None:
    maker = ask(MAKER)
    draft = started(maker)
    saved(maker, draft, {"product.unit": "t"})
    answer = maker.put(f"{ROOT}/{draft['number']}/parts/product", json={"revision": 0, "typed": {}})
    assert (answer.status_code, answer.json()["code"]) == (409, "application-changed-meanwhile")


def test_every_form_is_described_with_its_fields(ask: As) -> None:
    for subject in Subject:
        for lang in ("zh", "en"):
            form = ask(ANONYMOUS).get(f"{ROOT}/forms/{subject}", params={"lang": lang}).json()
            assert bool(form["must"]) is (subject is not Subject.PRODUCT_LIST), "a list comes as a file"
            assert all(field["label"] for field in form["fields"])
            assert len({field["path"] for field in form["fields"]}) == len(form["fields"])


def test_roles_start_what_the_table_allows_them(ask: As) -> None:
    """An organisation may always be verified; products are their makers' and agents' to apply for."""
    for role in ActorRole:
        _starts(ask, role)


def _starts(ask: As, role: ActorRole) -> None:
    signed_in = role not in {ActorRole.ANONYMOUS, ActorRole.LOADER, ActorRole.OPERATOR}
    actor = applicants.person(role, 50, 1) if signed_in else Actor(role)
    target = Target(organisation_id=actor.organisation_id)
    may_apply = allows(actor, Act.APPLY, target)
    verify = ask(actor).post(ROOT, json={"subject": "organisation"})
    assert (verify.status_code == 201) == may_apply
    product = ask(actor).post(ROOT, json={"subject": "new_product"})
    assert (product.status_code == 201) == (role in (ActorRole.MANUFACTURER, ActorRole.AGENT))
