"""Every refusal the interface can answer with, and its status: the index of the error pages."""

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType

CODES: Mapping[str, HTTPStatus] = MappingProxyType(
    {
        "not-found": HTTPStatus.NOT_FOUND,
        "code-not-found": HTTPStatus.NOT_FOUND,
        "code-not-yet-known": HTTPStatus.NOT_FOUND,
        "rule-pack-not-found": HTTPStatus.NOT_FOUND,
        "certificate-not-found": HTTPStatus.NOT_FOUND,
        "not-understood": HTTPStatus.UNPROCESSABLE_ENTITY,
        "as-of-unreadable": HTTPStatus.UNPROCESSABLE_ENTITY,
        "compare.how-many": HTTPStatus.UNPROCESSABLE_ENTITY,
        "invalid": HTTPStatus.UNPROCESSABLE_ENTITY,
        "method-not-allowed": HTTPStatus.METHOD_NOT_ALLOWED,
        "not-allowed": HTTPStatus.FORBIDDEN,
        "conflict": HTTPStatus.CONFLICT,
        "gone": HTTPStatus.GONE,
        "too-large": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "search-unavailable": HTTPStatus.SERVICE_UNAVAILABLE,
        "error": HTTPStatus.BAD_REQUEST,
        "fault": HTTPStatus.INTERNAL_SERVER_ERROR,
    }
)
