"""Single matches of one word in one field, each with its place in the lexicographic score."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from search.documents.fields import SOUNDS, Text
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
SHORT_PINYIN = 2  # two letters of initials fit most documents, so they must begin the name


class Leaves:
    """Builds the alternatives of a word; every one is a constant score."""

    def __init__(self, schema: "tantivy.Schema") -> None:
        import tantivy  # noqa: PLC0415  a native module: loaded by the process that searches

        self._schema = schema
        self._query = tantivy.Query

    def of_word(self, word: Word, share: float) -> Iterator["tantivy.Query"]:
        """`share` is one over the number of words, so that scores of all queries have one scale."""
        if word.script is Script.SOUND:
            yield from self._pinyin(word, share)
            return
        for field in SPELLED:
            yield self._scored(self.sequence(field, word.tokens), field, share=share, exactness=3)
            too_short = field is Text.CODE and word.script is Script.CODE and len(word.text) < CODE_BEGINS
            if word.parts and not too_short:
                yield self._scored(self.sequence(field, word.parts), field, share=share, exactness=2)
            if word.is_prefix and word.script is not Script.CJK and not too_short:
                yield self._scored(self._prefix(field, word.text), field, share=share, exactness=1)
        yield from self._typos(word, share)
        yield from self._pinyin(word, share)

    def of_joined(self, word: Word, share: float) -> Iterator["tantivy.Query"]:
        for field in SPELLED:
            yield self._second(self._term(field, word.text), field, share=share, exactness=3)
            if word.is_prefix:
                yield self._second(self._prefix(field, word.text), field, share=share, exactness=1)
        yield from self._pinyin(word, share)

    def of_synonym(self, text: str, share: float) -> Iterator["tantivy.Query"]:
        tokens = analyze.phrase_tokens(text)
        for field in SPELLED:
            yield self._second(self.sequence(field, tokens), field, share=share, exactness=3)

    def sequence(self, field: Text, tokens: tuple[str, ...], slop: int = 0) -> "tantivy.Query":
        """The tokens side by side. A one-word phrase would panic in tantivy, so it is a term."""
        if len(tokens) > 1:
            return self._query.phrase_query(self._schema, field.value, list(tokens), slop)
        token = tokens[0]
        if len(token) == 1 and analyze.is_cjk(token):
            return self._prefix(field, token)  # every pair that begins with it, and the last of a run
        return self._term(field, token)

    def _term(self, field: Text, token: str) -> "tantivy.Query":
        return self._query.term_query(self._schema, field.value, token)

    def _prefix(self, field: Text, token: str) -> "tantivy.Query":
        # distance 0 with prefix has no expansion limit; phrase_prefix_query stops at 50 terms
        return self._query.fuzzy_term_query(self._schema, field.value, token, 0, prefix=True)

    def _typos(self, word: Word, share: float) -> Iterator["tantivy.Query"]:
        for typos in range(1, word.typos + 1):
            for field in CORRECTED:
                near = self._query.fuzzy_term_query(
                    self._schema,
                    field.value,
                    word.text,
                    typos,
                    prefix=word.is_prefix,
                )
                yield self._scored(near, field, share=share, typos=typos)

    def _pinyin(self, word: Word, share: float) -> Iterator["tantivy.Query"]:
        if word.script not in (Script.LETTERS, Script.SOUND):
            return
        token = (pinyin.ANCHOR if len(word.text) <= SHORT_PINYIN else "") + word.text
        for field in SOUNDS:
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
        return self._query.const_score_query(query, score * share)

    def _second(
        self, query: "tantivy.Query", field: Text, *, share: float, exactness: int
    ) -> "tantivy.Query":
        rank = RANK[field] - SECOND_CHOICE
        score = MOST_TYPOS * TYPO + rank * ATTRIBUTE + exactness * EXACTNESS
        return self._query.const_score_query(query, score * share)
