"""The words of our material kinds as the classifier needs them."""

from collections.abc import Mapping

from catalogue.bom.classify import KindTerms, Lexicon
from registry.categories.facts import MaterialKindFact

# Specifications that only one kind has; they serve lines whose name says nothing.
_PATTERNS: Mapping[str, tuple[str, ...]] = {
    "concrete.ready-mixed": (r"(?<![A-Z0-9])C(?:1[05]|[2-8][05])(?![0-9])",),
    "cement": (r"P\s*[·.]?\s*(?:O|II|I|S|C|F|P|LC)\s*\d\d\.\d",),
    "glass.low-e": (r"low-?e",),
    "waterproofing.membrane": (r"\b(?:SBS|APP|TPO|PVC-P|EPDM)\b",),
}


def lexicon(kinds: Mapping[str, MaterialKindFact]) -> Lexicon:
    """Every kind that has no children: groups are no materials."""
    parents = {kind.parent for kind in kinds.values()}
    return Lexicon(
        [
            KindTerms(
                code=kind.kind,
                name_zh=kind.name_zh,
                name_en=kind.name_en,
                synonyms=kind.synonyms,
                attribute_patterns=_PATTERNS.get(kind.kind, ()),
            )
            for kind in sorted(kinds.values(), key=lambda one: one.kind)
            if kind.kind not in parents or kind.declared_unit
        ]
    )
