"""The description of the interface: groups in words, readable names, refusals as problems."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from registry.kit.problems import DESCRIPTIONS, MEDIA_TYPE

PATH = "/api/v1/openapi.json"
ABOUT = """\
Public data need no key and no account; a key goes into the `Authorization` header (`Bearer gm_…`), and
one that is not valid is refused with 401 whatever is asked. Every read takes two points in time: `on`, the
civil day in Asia/Shanghai that the law looks at, and `as_of`, the feed position (or instant) that was
known. Quantities are decimal text; null is "not stated", which is not 0. Lists come in pages at the point
that the first page fixes. Answers about facts carry an `ETag`: send it in `If-None-Match` and an unchanged
answer is 304. Refusals are problems (RFC 9457) with a stable `code`. While the header `X-Data-Notice` says
demonstration, every fact is invented and no answer is valid evidence (演示数据·无效凭证).
"""
TAGS = {
    "products": "Products, and one product with everything that speaks for it",
    "evidence": "Certificates with their scope rows, test reports, self-declarations, carbon declarations",
    "supply": "Where products are made, how far they are delivered, how much, how soon; no proof of anything",
    "batches": "Batches as their makers state them, and finding a thing by any identifier it carries",
    "node": "Our declarations as other software asks for them: soda4LCA and openEPD, unchanged",
    "cross-checks": "Look-ups of certificates on official platforms, and which are due",
    "parties": "Organisations and their plants",
    "firms": "Honours, energy records and disclosures of organisations and plants; no proof of a product",
    "reference": "Material kinds, certification categories, regions, standards",
    "rules": "Rule packs, and the cited policy facts and figures",
    "feed": "Every record in commit order, as JSON and as Atom",
    "dump": "The whole catalogue in files",
    "search": "Finding products",
    "comparison": "Products side by side, or the reasons against it",
    "archive": "Searches kept as evidence: sealed documents behind addresses that nobody can guess",
    "checks": "A bill of materials, from its file to the report under a rule",
    "applications": "申报: what organisations type, pin and hand in; private until it is published",
    "bulk": "批量申报: many products from one file, checked row by row and handed in as one application",
    "notices": "通知: what an organisation is told, as a list, a private Atom feed and signed webhooks",
    "review": "The queue and every step of the two reviewers",
    "supervision": "Complaints and their findings, surveillance rounds drawn by lot, 采信",
    "operation": "Whether the site works",
}


def operation_name(route: APIRoute) -> str:
    """The handler's name: stable, readable and, as a test holds, used once."""
    return route.name


def install(app: FastAPI) -> None:
    """Describe the interface once, on first demand."""

    def described() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _describe(app)
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]  # the documented way to change the description


def _describe(app: FastAPI) -> dict[str, Any]:
    schema = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        description=ABOUT,
        routes=app.routes,
        tags=[{"name": name, "description": text} for name, text in TAGS.items()],
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    schema["components"]["securitySchemes"] = {
        "key": {"type": "http", "scheme": "bearer", "description": "An API key of an organisation"}
    }
    schema["security"] = [{}, {"key": []}]
    for operations in schema["paths"].values():
        for operation in operations.values():
            operation["responses"]["401"] = {"description": DESCRIPTIONS[401]}
            for status, answer in operation["responses"].items():
                if status.isdigit() and int(status) >= 400:
                    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
                    answer["content"] = {MEDIA_TYPE: problem}
    for unused in ("HTTPValidationError", "ValidationError"):
        schema["components"]["schemas"].pop(unused, None)
    return schema
