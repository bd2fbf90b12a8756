"""What ties units together, in the reader's words: its unit, and where two of them contradict."""

from collections.abc import Mapping

from registry.kit.messages import say
from registry.units.convert import TIES, FactKind
from registry.units.table import Dimension, base

_COUNTED = frozenset({Dimension.PIECE, Dimension.SET})


def fact_symbol(kind: FactKind, lang: str) -> str:
    """The unit a figure of this kind is stated in; what is counted has the language's own word."""
    tie = TIES[kind]
    if tie.source not in _COUNTED:
        return tie.symbol
    return f"{base(tie.target).symbol(lang)}/{base(tie.source).symbol(lang)}"


def doubt_said(facts: Mapping[str, str], lang: str) -> str:
    """Two stated ways that contradict, each with its figure, and which one was taken."""
    return say("ties.contradicted", lang, facts)
