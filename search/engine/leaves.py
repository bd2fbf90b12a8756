"""Single matches of one word in one field, each with its place in the lexicographic score."""

from collections.abc import Collection, Iterator
from enum import Enum, auto
from typing import TYPE_CHECKING

from search.documents.fields import SOUNDS, Text
from search.engine import whole
from search.engine.schema import CODE_HEAD
from search.engine.tokens import is_head
from search.text import analyze, pinyin
from search.text.words import Script, Word

if TYPE_CHECKING:
    import tantivy

# One float32 carries the whole order, most significant first: typos, proximity, attribute, position,
# exactness, standing (24 bits; the design measured it lexicographic up to 8-10 words).
TYPO = 2.0**18
PROXIMITY = 2.0**13
ATTRIBUTE = 2.0**9
EXACTNESS = 2.0**5
MOST_TYPOS = 2
SECOND_CHOICE = 1.5  # attributes that joined words and synonyms stand behind literal matches
RANK = {field: float(len(Text) - order) for order, field in enumerate(Text)}
SPELLED = tuple(field for field in Text if field not in SOUNDS)
CORRECTED = tuple(field for field in Text if field is not Text.CODE)
CODE_BEGINS = 4  # a class such as P6 must not find every registry number with P6 in it
_SIXTEENTHS = 16  # the whole score stays below 2^20, so a float32 holds them
SHORT_PINYIN = 2  # two letters of initials fit most documents, so they must begin the name


class Asked(Enum):
    """What the matches are wanted for."""

    ORDERED = auto()  # every spelling with its score
    LITERAL = auto()  # the same without slips of typing
    COUNTED = auto()  # whether they match at all: no spelling that another one covers, and no scores


class Leaves:
    """Builds the alternatives of a word in some of the attributes; every one is a constant score."""

    def __init__(self, schema: "tantivy.Schema", texts: Collection[Text]) -> None:
        import tantivy  # noqa: PLC0415  a native module: loaded by the process that searches

        self._schema = schema
        self._query = tantivy.Query
        self._spelled = tuple(field for field in SPELLED if field in texts)
        self._sounds = tuple(field for field in SOUNDS if field in texts)
        self._corrected = tuple(field for field in CORRECTED if field in texts)

    def of_word(self, word: Word, share: float, asked: Asked = Asked.ORDERED) -> Iterator["tantivy.Query"]:
        """`share` is one over the number of words, so that scores of all queries have one scale."""
        if word.script is Script.SOUND:
            yield from self._pinyin(word, share, asked)
            return
        for field in self._spelled:
            if not (asked is Asked.COUNTED and word.typos and field in CORRECTED):
                yield from self._literal(field, word, share, asked)
        if asked is not Asked.LITERAL:
            yield from self._typos(word, share, asked)
        if not (asked is Asked.COUNTED and word.typos and word.is_prefix):
            yield from self._pinyin(word, share, asked)

    def of_joined(self, word: Word, share: float, asked: Asked = Asked.ORDERED) -> Iterator["tantivy.Query"]:
        for field in self._spelled:
            if not (asked is Asked.COUNTED and word.is_prefix):
                yield self._second(self._term(field, word.text), field, share=share, exactness=3)
            if word.is_prefix:
                yield self._second(self._prefix(field, word.text), field, share=share, exactness=1)
        yield from self._pinyin(word, share, asked)

    def of_synonym(self, text: str, share: float) -> Iterator["tantivy.Query"]:
        tokens = analyze.phrase_tokens(text)
        for field in self._spelled:
            yield self._second(self.sequence(field, tokens), field, share=share, exactness=3)

    def sequence(self, field: Text, tokens: tuple[str, ...], slop: int = 0) -> "tantivy.Query":
        """The tokens side by side. A one-word phrase would panic in tantivy, so it is a term."""
        if not slop and field in whole.FIELDS and (word := whole.word(tokens)):
            return self._term(field, word)
        if len(tokens) > 1:
            return self._query.phrase_query(self._schema, field.value, list(tokens), slop)
        token = tokens[0]
        if len(token) == 1 and analyze.is_cjk(token):
            return self._prefix(field, token)  # every pair that begins with it, and the last of a run
        return self._term(field, token)

    def _literal(self, field: Text, word: Word, share: float, asked: Asked) -> Iterator["tantivy.Query"]:
        too_short = field is Text.CODE and word.script is Script.CODE and len(word.text) < CODE_BEGINS
        is_open = word.is_prefix and word.script is not Script.CJK and not too_short
        if not (is_open and asked is Asked.COUNTED):
            yield self._scored(self.sequence(field, word.tokens), field, share=share, exactness=3)
        if word.parts and not too_short:
            yield self._scored(self.sequence(field, word.parts), field, share=share, exactness=2)
        if is_open:
            yield self._scored(self._prefix(field, word.text), field, share=share, exactness=1)

    def _term(self, field: Text, token: str) -> "tantivy.Query":
        return self._query.term_query(self._schema, field.value, token)

    def _prefix(self, field: Text, token: str) -> "tantivy.Query":
        if field is Text.CODE and is_head(token):
            return self._query.term_query(self._schema, CODE_HEAD, token)
        # distance 0 with prefix has no expansion limit; phrase_prefix_query stops at 50 terms
        return self._query.fuzzy_term_query(self._schema, field.value, token, 0, prefix=True)

    def _typos(self, word: Word, share: float, asked: Asked) -> Iterator["tantivy.Query"]:
        fewest = word.typos if asked is Asked.COUNTED else 1
        for typos in range(max(1, fewest), word.typos + 1):
            for field in self._corrected:
                near = self._query.fuzzy_term_query(
                    self._schema,
                    field.value,
                    word.text,
                    typos,
                    prefix=word.is_prefix,
                )
                yield self._scored(near, field, share=share, typos=typos)

    def _pinyin(self, word: Word, share: float, asked: Asked) -> Iterator["tantivy.Query"]:
        if word.script not in (Script.LETTERS, Script.SOUND):
            return
        token = (pinyin.ANCHOR if len(word.text) <= SHORT_PINYIN else "") + word.text
        for field in self._sounds:
            if asked is not Asked.COUNTED:
                yield self._scored(self._term(field, token), field, share=share, exactness=3)
            yield self._scored(self._prefix(field, token), field, share=share, exactness=1)

    def _scored(
        self,
        query: "tantivy.Query",
        field: Text,
        *,
        share: float,
        typos: int = 0,
        exactness: int = 0,
    ) -> "tantivy.Query":
        score = (MOST_TYPOS - typos) * TYPO + RANK[field] * ATTRIBUTE + exactness * EXACTNESS
        return self._query.const_score_query(query, shared(score, share))

    def _second(
        self, query: "tantivy.Query", field: Text, *, share: float, exactness: int
    ) -> "tantivy.Query":
        rank = RANK[field] - SECOND_CHOICE
        score = MOST_TYPOS * TYPO + rank * ATTRIBUTE + exactness * EXACTNESS
        return self._query.const_score_query(query, shared(score, share))


def shared(score: float, share: float) -> float:
    """A word's part of the whole score, in sixteenths: their sums are exact in whatever order."""
    return round(score * share * _SIXTEENTHS) / _SIXTEENTHS
