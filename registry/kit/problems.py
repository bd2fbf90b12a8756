"""Refusals as RFC 9457 problems: a stable code, one sentence in the reader's language, and its facts."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, JsonValue

from registry.kit.errors import DomainError, Faulty
from registry.kit.messages import as_text, catalogue, say

MEDIA_TYPE = "application/problem+json"
MOST_INPUT = 200


class Problem(BaseModel):
    """The body of every refusal (RFC 9457)."""

    type: str = Field(description="Page of this code", examples=["/zh/help/errors#code-not-found"])
    title: str = Field(description="One sentence in the reader's language", examples=["没有找到登记号 X。"])
    status: int = Field(description="The HTTP status again", examples=[404])
    code: str = Field(description="Stable; programs decide by it", examples=["code-not-found"])
    facts: dict[str, JsonValue] = Field(description="What the sentence names", examples=[{"code": "X"}])
    errors: list[dict[str, JsonValue]] = Field(description="What was wrong where, if several things were")


DESCRIPTIONS = {
    400: "Bad request",
    401: "Who asks is not known: no valid key, or none at all",
    403: "Not allowed to who asks",
    404: "Not found",
    409: "Changed meanwhile, or not open in this state",
    410: "No longer kept",
    413: "Too large",
    422: "Not understood",
    429: "Too often; ask again after `Retry-After` seconds where it is given",
    503: "Not now; ask again after `Retry-After` seconds",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The refusals of a route, for its description."""
    return {
        status: {"model": Problem, "content": {MEDIA_TYPE: {}}, "description": DESCRIPTIONS[status]}
        for status in statuses
    }


PROBLEMS = problems(400, 404, 422)


def wanted_language(request: Request) -> Literal["zh", "en"]:
    """English where the query or the header asks for it first; Chinese otherwise."""
    asked = request.query_params.get("lang") or request.headers.get("accept-language", "")
    return "en" if asked.strip().lower().startswith("en") else "zh"


def problem(
    request: Request,
    code: str,
    status: int,
    *,
    facts: Mapping[str, object] | None = None,
    errors: Sequence[dict[str, JsonValue]] = (),
) -> JSONResponse:
    known = {name: as_text(value) for name, value in (facts or {}).items()}
    body = Problem(
        type=f"/zh/help/errors#{code}",
        title=say(code, wanted_language(request), facts),
        status=status,
        code=code,
        facts=dict(known),
        errors=list(errors),
    )
    return JSONResponse(body.model_dump(mode="json"), status_code=status, media_type=MEDIA_TYPE)


def refusal(request: Request, error: DomainError) -> JSONResponse:
    errors = _pinned(error, wanted_language(request)) if isinstance(error, Faulty) else []
    answer = problem(request, error.key, error.status, facts=error.facts, errors=errors)
    answer.headers.update(headers_of(error))
    return answer


def headers_of(error: DomainError) -> dict[str, str]:
    """When to ask again, and how to say who one is (RFC 9110, 10.2.3 and 11.6.1)."""
    found = {} if error.retry_after is None else {"Retry-After": str(error.retry_after)}
    return found | ({"WWW-Authenticate": "Bearer"} if error.status == 401 else {})


def _pinned(error: Faulty, lang: str) -> list[dict[str, JsonValue]]:
    return [
        {"where": [fault.where], "kind": fault.key, "message": say(fault.key, lang, fault.facts)}
        for fault in error.faults
    ]


def validation_errors(request: Request, error: RequestValidationError) -> list[dict[str, JsonValue]]:
    """What was wrong where, in the language of the title; values are not echoed: they may be long or NaN."""
    lang = wanted_language(request)
    return [
        {
            "where": [str(part) for part in one["loc"]],
            "kind": str(one["type"]),
            "message": _fault(str(one["type"]), lang, one.get("ctx", {}))[:MOST_INPUT],
        }
        for one in error.errors()
    ]


def _fault(kind: str, lang: str, facts: Mapping[str, object]) -> str:
    """A sentence for each kind of fault that parameters meet; any other is only said to be unreadable."""
    key = f"input.{kind.replace('_', '-')}"
    known = {name: str(value).replace(" or ", ", ") for name, value in facts.items()}
    return say(key, lang, known) if key in catalogue(lang) else say("input.unreadable", lang)
