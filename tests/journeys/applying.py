"""A maker and a reviewer at the live site by machine: what a task needs before it starts."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import httpx

from seeds.demo.applications import REASON, REMARK, RETURNED

API = "/api/v1/applications"
PATH = "product.density_kg_m3"


@contextmanager
def signed_in(site: str, role: str) -> Iterator[httpx.Client]:
    """A browser's cookie, and the header with which a browser says where a request comes from."""
    with httpx.Client(base_url=site, headers={"Origin": site}, timeout=60) as client:
        answer = client.post("/zh/account/sign-in/demonstration", data={"role": role, "next": "/zh/account"})
        assert answer.status_code == 303, answer.text
        yield client


def _done(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code in (200, 201), answer.text
    found: dict[str, Any] = answer.json()
    return found


def started(client: httpx.Client, subject: str, **given: str) -> dict[str, Any]:
    return _done(client.post(API, json={"subject": subject, **given}))


def typed_in(client: httpx.Client, draft: dict[str, Any], typed: Mapping[str, str]) -> dict[str, Any]:
    """The draft with these texts of one part."""
    part = next(iter(typed)).partition(".")[0]
    sent = {"revision": draft["revision"], "typed": dict(typed)}
    return _done(client.put(f"{API}/{draft['number']}/parts/{part}", json=sent))


def drafted(client: httpx.Client, subject: str, typed: Mapping[str, str], **given: str) -> dict[str, Any]:
    return typed_in(client, started(client, subject, **given), typed)


def sent_back(site: str) -> dict[str, Any]:
    """An application of the demonstration maker that came back for one field."""
    name = f"{RETURNED['product.name_zh']} {uuid4().hex[:6]}"
    with signed_in(site, "manufacturer") as maker:
        draft = drafted(maker, "new_product", {**RETURNED, "product.name_zh": name})
        handed_in = step(maker, draft, "submit")
    with signed_in(site, "registry_officer") as reviewer:
        taken = step(reviewer, handed_in, "take")
        remarked = step(reviewer, taken, "remarks", path=PATH, text=REMARK)
        return step(reviewer, remarked, "return", paths=[PATH], reason=REASON)


def step(client: httpx.Client, before: dict[str, Any], step: str, **given: Any) -> dict[str, Any]:
    sent = {"revision": before["revision"], **given}
    return _done(client.post(f"{API}/{before['number']}/{step}", json=sent))
