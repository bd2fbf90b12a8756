"""Every refusal the site can answer with, and its status: the index of the error pages."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from registry.kit.messages import catalogue

_BY_STATUS = {
    400: (
        "error", "digital-link-unreadable", "digital-link-compressed", "digital-link-qualifiers",
        "digital-link-value", "digital-link-encoding", "gtin.check-digit", "gtin.length", "gtin.not-figures",
        "openepd-filter-refused", "openepd-too-few", "openepd-unlike", "openepd-unlike-rules",
        "openepd-unlike-kinds", "openepd-unlike-units",
    ),
    401: ("sign-in-needed", "key-refused"),
    403: (
        "not-allowed", "cross-site-write", "confirm-first", "https-needed", "identity-unknown",
        "account-shared", "second-factor-needed",
        "provider-refused", "application-of-another", "application-own-organisation",
        "application-product-of-another", "application-same-person", "application-wrong-level",
        "complaint-of-another", "complaint-of-the-office", "complaint-own-organisation",
        "complaint-same-person",
    ),
    404: (
        "not-found", "code-not-found", "code-not-yet-known", "rule-pack-not-found", "certificate-not-found",
        "check-not-found", "check-line-not-found", "check-sheet-not-found", "report-not-found",
        "form-not-found", "unit-not-found", "archive-not-found", "threshold.no-basis", "account-not-found",
        "application-not-found", "spread-kind-unknown", "background-not-found",
        "bulk-not-found", "bulk-kind-unknown",
        "application-remark-not-found", "evidence-damaged", "evidence-not-found",
        "application-not-found", "application-remark-not-found", "evidence-damaged", "evidence-not-found",
        "digital-link-unknown", "digital-link-no-such-type", "declaration-without-document",
        "declaration-check-not-found", "declaration-format-unknown",
        "complaint-not-found", "complaint-subject-unknown",
        "node-data-set-unknown", "node-format-unknown", "node-no-document", "node-stock-unknown",
        "openepd-unknown",
    ),
    405: ("method-not-allowed",),
    409: (
        "conflict", "check-changed-meanwhile",
        "bulk-changed-meanwhile", "bulk-handed-in", "bulk-too-many-lists", "bulk-not-checked",
        "bulk-rows-differ",
        "check-not-ready", "check-judging-gone",
        "certificate-act-out-of-order",
        "certificate-act-refused", "certificate-correction-refused", "certificate-outside-approval",
        "demonstration-refused",
        "fact-changed-meanwhile",
        "already-recorded", "feed-hole", "feed-missing", "feed-record-altered", "rebuild-target-not-empty",
        "dump-damaged", "dump-folder-exists", "login-taken", "identity-taken",
        "application-changed-meanwhile", "application-field-closed", "application-not-yours",
        "application-record-changed",
        "application-nothing-to-remove", "application-step-refused", "application-taken",
        "webhooks-enough", "webhook-stopped", "form-sent",
        "declaration-of-products", "declaration-twice-in-file",
        "declaration-version-differs", "declaration-version-older", "declaration-withdrawn",
        "declaration-version-taken-back", "declaration-later-version-stands",
        "declaration-on-record",
        "batch-key-used", "batch-number-taken", "batch-lot-taken", "batch-gtin-taken",
        "batch-gtin-of-others", "batch-identifier-taken", "batch-withdrawn",
        "complaint-changed-meanwhile", "complaint-nothing-to-forward", "complaint-reply-time-runs",
        "complaint-step-refused", "recognition-notice-runs", "recognition-objected",
        "recognition-step-refused", "recognition-evidence-not-in-force", "recognition-product-removed",
        "round-draw-wrong", "round-outcomes-missing", "round-seed-too-early", "round-step-refused",
    ),
    410: ("gone", "dump-file-gone", "invitation-over", "ceremony-over"),
    413: ("too-large", "check.upload-too-large", "application-text-too-long"),
    422: (
        "not-understood", "as-of-unreadable", "as-of-ahead", "compare.how-many", "invalid",
        "check-choice-unreadable", "check-answer-unknown", "check-day-unreadable", "check-file-missing",
        "check-kind-unknown", "check-no-list", "check-plant-unknown", "check-ratio-kind-unknown",
        "check-quantity-not-positive", "column-role-twice", "line.unit-unknown", "product-kind-differs",
        "attribute-unknown", "attribute-value-unknown", "attribute-not-a-number",
        "cursor-unreadable", "cursor-of-another-list", "cursor-carries-its-point",
        "supply-product-differs", "supply-not-made-there", "cross-check-ahead", "cross-check-unfit",
        "threshold.no-kind", "limits-attribute-unreadable",
        "archive-too-many",
        "certificate-act-without-reason", "certificate-appeal-over-before", "certificate-issued-ahead",
        "certificate-renewal-too-early", "certificate-unfit",
        "transcription-without-source", "password-refused", "password-length", "password-common",
        "declaration-unreadable", "declaration-incomplete", "declaration-file-missing",
        "declaration-too-heavy",
        "declaration-too-slow", "declaration-too-many", "declaration-not-of-a-product",
        "declaration-kind-unknown",
        "declaration-plant-not-of-product", "declaration-product-of-another", "declaration-product-unknown",
        "login-unreadable", "account-name-missing", "role-unknown", "key-scope-unknown", "key-unfit",
        "passkey-refused", "passkeys-enough", "second-factor-refused",
        "application-field-unknown", "application-has-errors",
        "application-look-disagrees", "application-look-due-before", "application-looks-needed",
        "application-part-unknown", "application-product-needed", "application-reason-needed",
        "application-list-needs-file", "bulk-columns-missing", "bulk-file-missing", "bulk-no-headings",
        "bulk-no-rows", "bulk-nothing-sound", "bulk-too-many-rows",
        "application-receiver-needed", "application-remark-empty", "application-return-names-nothing",
        "application-too-many-files", "webhook-address-refused", "webhook-kinds-missing",
        "application-receiver-unfit",
        "application-too-many-files",
        "batch-has-faults", "batch-product-removed", "batch-plant-not-of-product", "batch-key-missing",
        "batch-withdrawn-without-reason",
        "complaint-appeal-over-before", "complaint-due-needed", "complaint-measures-without-ground",
        "complaint-unfit", "complaint-words-needed", "complaint-words-too-long", "recognition-evidence-unfit",
        "recognition-notice-over-before", "recognition-unfit", "round-not-drawn", "round-outcome-day",
        "round-outcome-unfit", "round-scope-ahead", "round-seed-known", "round-size", "round-too-wide",
        "round-unfit",
        "harvest-address-refused", "harvest-led-elsewhere", "harvest-other-document", "harvest-stock-needed",
        "harvest-no-stocks",
        "persons-nobody-named", "persons-reason-missing",
    ),
    429: ("too-many-problems", "too-many-complaints", "archive-too-often", "too-many-tries"),
    500: ("fault",),
    503: ("unavailable", "search-unavailable", "dump-in-making", "provider-unavailable",
          "harvest-node-away", "harvest-redirects", "harvest-answer-too-large", "harvest-not-json",
          "harvest-not-a-listing", "harvest-endless-listing"),
}  # fmt: skip
# Sentences of refused files and figures: each says itself what to do.
CARRY_REMEDY = ("bom.read.", "declaration-", "evidence.", "gwp.", "units.")


def remedy(code: str, status: int) -> str:
    """The key of what to do: of the code itself, else of its status, else the general one."""
    known = catalogue("zh")
    return next(key for key in (f"{code}.remedy", f"error.remedy.{status}", "error.remedy") if key in known)


@cache
def codes() -> Mapping[str, int]:
    """Status by code; every refused file or figure has its own sentence and so its own page."""
    found = {code: status for status, named in _BY_STATUS.items() for code in named}
    own = sorted(key for key in catalogue("zh") if key.startswith(CARRY_REMEDY))
    return MappingProxyType(found | dict.fromkeys(own, 422))
