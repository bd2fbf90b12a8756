"""The description of the interface: every operation named, grouped, worded, and honest about refusals."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from frontend import openapi
from registry.kit.problems import MEDIA_TYPE

PROBLEM = {"schema": {"$ref": "#/components/schemas/Problem"}}


@pytest.fixture(scope="module")
def schema(site: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = site.get(openapi.PATH).json()
    return found


def operations(schema: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield f"{method} {path}", operation


def test_every_operation_has_a_name_of_its_own(schema: dict[str, Any]) -> None:
    names = Counter(operation["operationId"] for _, operation in operations(schema))
    assert len(names) > 40, "the scan sees the operations"
    assert [name for name, count in names.items() if count > 1] == []
    assert {"list_products", "read_product", "read_changes_atom", "read_manifest"} <= names.keys()


def test_every_operation_stands_in_one_described_group(schema: dict[str, Any]) -> None:
    groups = {tag["name"]: tag["description"] for tag in schema["tags"]}
    used = set()
    for name, operation in operations(schema):
        assert len(operation["tags"]) == 1, name
        used.add(operation["tags"][0])
    assert used == groups.keys()


def test_every_operation_and_every_parameter_of_the_lists_is_worded(schema: dict[str, Any]) -> None:
    silent = []
    for name, operation in operations(schema):
        silent += [] if operation.get("summary") and operation.get("description") else [name]
        silent += [
            f"{name} {parameter['name']}"
            for parameter in operation.get("parameters", ())
            if operation["operationId"].startswith("list_") and not parameter.get("description")
        ]
    assert silent == []


def test_every_refusal_is_a_problem(schema: dict[str, Any]) -> None:
    for name, operation in operations(schema):
        for status, answer in operation["responses"].items():
            if int(status) >= 400 and status != "416":
                assert answer["content"] == {MEDIA_TYPE: PROBLEM}, (name, status)
    assert schema["components"]["schemas"]["Problem"]["description"]


def test_every_list_is_a_page_and_may_be_asked_for_conditionally(schema: dict[str, Any]) -> None:
    shared = {"on", "as_of", "changed_since", "limit", "cursor", "lang"}
    lists = [one for one in operations(schema) if one[1]["operationId"].startswith("list_")]
    assert len(lists) == 30
    for name, operation in lists:
        assert shared <= {parameter["name"] for parameter in operation["parameters"]}, name
        assert {"200", "304", "404", "422"} <= operation["responses"].keys(), name
        assert {"ETag", "Last-Modified", "Link", "X-Limit-Most"} <= operation["responses"]["200"][
            "headers"
        ].keys(), name


def test_every_answer_about_facts_says_what_it_is(schema: dict[str, Any]) -> None:
    shapes = schema["components"]["schemas"]
    silent = []
    for name, operation in operations(schema):
        answer = operation["responses"].get("200", {}).get("content", {}).get("application/json", {})
        shape = answer.get("schema", {}).get("$ref", "").rpartition("/")[2]
        if shape and operation["tags"][0] not in ("operation", "search", "checks"):
            silent += [] if shapes[shape].get("description") else [f"{name}: {shape}"]
    assert silent == []
