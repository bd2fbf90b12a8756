"""What ties units together, in the reader's words: its name, its unit, and where two of them contradict."""

from collections.abc import Mapping

from registry.kit.messages import catalogue, say
from registry.units.convert import TIES, FactKind
from registry.units.table import Dimension, base

DISAGREE = "units.facts-disagree"
_COUNTED = frozenset({Dimension.PIECE, Dimension.SET})
_ARROW = " → "


def fact_name(kind: str, lang: str) -> str:
    """`area-mass` in words; a name that is none of ours stays as it is written."""
    return catalogue(lang).get(f"ties.{kind}", kind)


def fact_symbol(kind: FactKind, lang: str) -> str:
    """The unit a figure of this kind is stated in; what is counted has the language's own word."""
    tie = TIES[kind]
    if tie.source not in _COUNTED:
        return tie.symbol
    return f"{base(tie.target).symbol(lang)}/{base(tie.source).symbol(lang)}"


def facts_said(key: str, facts: Mapping[str, str], lang: str) -> dict[str, str]:
    """The facts of a refused or doubtful conversion, ready for its sentence."""
    said = dict(facts)
    if key == DISAGREE:
        for place in ("first", "second"):
            said[place] = _ARROW.join(fact_name(one, lang) for one in facts[place].split(_ARROW))
    return said


def doubt_said(facts: Mapping[str, str], lang: str) -> str:
    """Two stated ways that contradict, each with its figure, and which one was taken."""
    return say("ties.contradicted", lang, facts_said(DISAGREE, facts, lang))
