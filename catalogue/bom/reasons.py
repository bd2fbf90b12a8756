"""A coded reason: a message key and the facts its sentence names."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was recognised, matched or held back."""

    key: str
    facts: Mapping[str, str] = field(default_factory=dict)
