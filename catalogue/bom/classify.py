"""The material kind a line's words name: candidates with a confidence and the reasons for it.

A Chinese name carries its head at the end: 混凝土砌块 is a block, 水泥砂浆 a mortar, so the words that end
last decide, and words inside longer known words do not count.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from catalogue.bom.attributes import Attributes, extract
from catalogue.bom.reasons import Reason
from catalogue.bom.unlisted import WHOLE_NAMES, WORDS, Unlisted, by_measure
from registry.units.table import Unit

CONFIDENT = Decimal("0.75")
CLEAR = Decimal("0.15")  # the first candidate leads the second by so much, or the line is ambiguous
_MOST = 5
# Words that may follow the head without making another material of it: 商品砼C30泵送, 水泥42.5级.
_HARMLESS = re.compile(
    r"(?:材料|制品|产品|成品|工程|安装|制作|及配件|及附件|等|非?泵送|抗渗|早强|散装|袋装|普通|级|厚|型|号|系列)*"
)
_BRACKETED = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]")
_CJK = re.compile(r"[一-鿿]+")
_LETTER = re.compile(r"[a-z]")


@dataclass(frozen=True, slots=True)
class KindTerms:
    """The words of one material kind, and patterns of specifications that speak for it."""

    code: str
    name_zh: str
    name_en: str
    synonyms: tuple[str, ...] = ()
    attribute_patterns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KindCandidate:
    """A kind the line may be of."""

    code: str
    confidence: Decimal
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Classification:
    """Candidates, the surest first; `unlisted` says why a line is no listed material kind."""

    candidates: tuple[KindCandidate, ...]
    attributes: Attributes
    unlisted: Reason | None = None

    @property
    def kind(self) -> str | None:
        """The one kind that is sure enough and clearly ahead; None asks the user."""
        if not self.candidates or self.unlisted is not None:
            return None
        first, *rest = self.candidates
        ahead = not rest or first.confidence - rest[0].confidence >= CLEAR
        return first.code if first.confidence >= CONFIDENT and ahead else None


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    words: str
    code: str | None
    unlisted: Unlisted | None


class Lexicon:
    """The words of all kinds, made ready once."""

    def __init__(self, kinds: Sequence[KindTerms]) -> None:
        self.kinds = {terms.code: terms for terms in kinds}
        self._words: dict[str, list[tuple[str | None, Unlisted | None]]] = {}
        for terms in kinds:
            for words in {normal(word) for word in (terms.name_zh, terms.name_en, *terms.synonyms)}:
                self._words.setdefault(words, []).append((terms.code, None))
        for unlisted, words in WORDS.items():
            for word in words.split():
                self._words.setdefault(normal(word), []).append((None, unlisted))

    @cached_property
    def patterns(self) -> Mapping[str, tuple[re.Pattern[str], ...]]:
        return {
            code: tuple(re.compile(pattern, re.IGNORECASE) for pattern in terms.attribute_patterns)
            for code, terms in self.kinds.items()
        }

    def spans(self, text: str) -> tuple[_Span, ...]:
        """Known words in a text, those inside longer ones left out; a kind's word beats an unlisted one."""
        found = [
            _Span(start, start + len(words), words, code, unlisted)
            for words, meanings in self._words.items()
            for start in _places(words, text)
            for code, unlisted in meanings
        ]
        outer = [span for span in found if not any(_inside(span, other) for other in found)]
        listed = {(span.start, span.end) for span in outer if span.code is not None}
        kept = (s for s in outer if s.code is not None or (s.start, s.end) not in listed)
        return tuple(sorted(kept, key=lambda span: (span.end, span.start, span.code or "")))


def classify(
    name: str, spec: str, lexicon: Lexicon, *, unit: Unit | None = None, section: str | None = None
) -> Classification:
    """The kinds the words of a line may name; never one on the ground of a unit or a brand."""
    attributes = extract(name, spec)
    measured = by_measure(unit, section)
    words = normal(_BRACKETED.sub(" ", unicodedata.normalize("NFKC", name))) or normal(name)
    spans = lexicon.spans(words)
    head = spans[-1] if spans else None
    unlisted = measured or WHOLE_NAMES.get(words) or (head.unlisted if head else None)
    if unlisted is not None:
        reason = Reason(f"bom.kind.unlisted-{unlisted.value}", {"words": name[:60]})
        return Classification((), attributes, reason)
    scored = _by_words(spans, words, lexicon, whole=f"{name} {spec}")
    if not scored:
        scored = _by_specification(spec, lexicon, f"{name} {spec}")
    ordered = sorted(scored.values(), key=lambda candidate: (-candidate.confidence, candidate.code))
    return Classification(tuple(ordered[:_MOST]), attributes)


def normal(text: str) -> str:
    """Plain forms, lower case, no spaces; a point between letters dropped (P.O and P·O are PO)."""
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).casefold())
    return re.sub(r"(?<=[a-z])[.·•‧](?=[a-z])", "", folded)


def _by_words(
    spans: Sequence[_Span], words: str, lexicon: Lexicon, *, whole: str
) -> dict[str, KindCandidate]:
    """Candidates from the name: its head first, words before the head only as second thoughts."""
    found: dict[str, KindCandidate] = {}
    last = max((span.end for span in spans), default=0)
    trailing = "".join(_CJK.findall(words[last:]))
    for span in spans:
        if span.code is None:
            continue
        is_head = span.end == last
        cover = Decimal(len(span.words)) / Decimal(max(1, len(words)))
        confidence = (Decimal("0.78") if is_head else Decimal("0.40")) + cover / 10
        reasons = [
            Reason("bom.kind.head-words" if is_head else "bom.kind.words-within", {"words": span.words})
        ]
        if span.words == words:
            confidence, reasons = Decimal("0.95"), [Reason("bom.kind.exact-name", {"words": span.words})]
        if is_head and not _HARMLESS.fullmatch(trailing):
            confidence -= Decimal("0.30")
            reasons.append(Reason("bom.kind.trailing-words", {"words": trailing}))
        _keep(found, span.code, confidence, reasons=(*reasons, *_pattern_reasons(span.code, lexicon, whole)))
    return found


def _by_specification(spec: str, lexicon: Lexicon, whole: str) -> dict[str, KindCandidate]:
    """A name that says nothing: words in the specification, or a specification only one kind has."""
    found: dict[str, KindCandidate] = {}
    for span in lexicon.spans(normal(spec)):
        if span.code is not None:
            reason = Reason("bom.kind.words-in-spec", {"words": span.words})
            _keep(
                found,
                span.code,
                Decimal("0.50"),
                reasons=(reason, *_pattern_reasons(span.code, lexicon, whole)),
            )
    for code in lexicon.kinds:
        if code not in found and (reasons := _pattern_reasons(code, lexicon, whole)):
            _keep(found, code, Decimal("0.35"), reasons=reasons)
    return found


def _pattern_reasons(code: str, lexicon: Lexicon, whole: str) -> tuple[Reason, ...]:
    text = unicodedata.normalize("NFKC", whole)
    matches = (pattern.search(text) for pattern in lexicon.patterns[code])
    return tuple(Reason("bom.kind.specification", {"words": match[0]}) for match in matches if match)


def _keep(
    found: dict[str, KindCandidate], code: str, confidence: Decimal, *, reasons: tuple[Reason, ...]
) -> None:
    """The surest reading of a kind; each specification that fits adds a little."""
    fits = sum(1 for reason in reasons if reason.key == "bom.kind.specification")
    sure = min(confidence + Decimal("0.05") * fits, Decimal("0.98")).quantize(Decimal("0.01"))
    held = found.get(code)
    if held is None or sure > held.confidence:
        found[code] = KindCandidate(code, sure, reasons)


def _places(words: str, text: str) -> Iterator[int]:
    """Where words stand in a text; Latin ends must not touch other letters (PE管 is not in HDPE管)."""
    start = text.find(words) if words else -1
    while start >= 0:
        end = start + len(words)
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        clipped = (_LETTER.match(words[0]) and _LETTER.match(before)) or (
            _LETTER.match(words[-1]) and _LETTER.match(after)
        )
        if not clipped:
            yield start
        start = text.find(words, start + 1)


def _inside(span: _Span, other: _Span) -> bool:
    longer = other.end - other.start > span.end - span.start
    return longer and other.start <= span.start and span.end <= other.end
