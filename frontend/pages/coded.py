"""Codes among the facts of a refusal in words: a reader is told of roles, acts, states and steps by name."""

from collections.abc import Mapping
from types import MappingProxyType

from frontend.i18n import Lang
from registry.kit.messages import catalogue

_APPLICATION = {"act": "review.step", "state": "review.state"}
_CERTIFICATE = {"act": "body.act", "state": "state"}
# By refusal: which of its facts is a code, and below which key the words for it stand.
SORTS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "not-allowed": {"role": "actor", "act": "act"},
        "sign-in-needed": {"act": "act"},
        "application-step-refused": _APPLICATION,
        "application-reason-needed": _APPLICATION,
        "certificate-act-refused": _CERTIFICATE,
        "certificate-act-without-reason": _CERTIFICATE,
        "complaint-step-refused": {"act": "complaint.act", "state": "complaint.state"},
        "round-step-refused": {"state": "round.state", "wanted": "round.state"},
        "recognition-step-refused": {"state": "recognition.state", "wanted": "recognition.state"},
    }
)


def worded(code: str, facts: Mapping[str, object], lang: Lang) -> dict[str, object]:
    """The same facts with every code that has words said in them; any other stays as it is."""
    known, sorts = catalogue(lang), SORTS.get(code, {})
    return {name: known.get(f"{sorts.get(name)}.{value}", value) for name, value in facts.items()}
