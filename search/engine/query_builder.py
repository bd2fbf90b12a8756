"""A search request as tantivy queries: what must match, and what orders the matches."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from search.documents.fields import Field, Text
from search.documents.product import Status
from search.engine import parts as shared
from search.engine import schema as definition
from search.engine.attempts import Rung
from search.engine.leaves import PROXIMITY, Asked, Leaves
from search.engine.parts import Parts
from search.engine.ports import SearchRequest
from search.engine.tokens import LONGEST_BEGINNING, START, beginning
from search.text import analyze
from search.text.words import QueryText

if TYPE_CHECKING:
    import tantivy

# Equal matches: a valid certificate first, then no certificate at all, then one that is not in force.
# 2026-11: each further step costs 0.2-0.5 ms per 8,000 matches, so there are no more.
STANDING = {Status.VALID: 16.0, Status.NONE: 8.0}
STANDINGS = (STANDING[Status.VALID], STANDING[Status.NONE], 0.0)  # by `schema.standing`
WHOLE_NAME = 128.0
WHOLE_KIND = 2.0**16  # below a typing slip, above where in a record the words stand
BEGINS_WITH_QUERY = 64.0
BEGINS_WITH_WORD = 32.0
SHORT_NAMES = 1 / 16  # BM25 of the first word, below every other step
NEAR = (4, 12)  # places further apart than words standing side by side
NEAR_FIELDS = (Text.NAME, Text.NAME_EN, Text.CODE)  # not tag: a category's name would satisfy every product
PHRASE_FIELDS = (
    *NEAR_FIELDS,
    Text.VALUE,
    Text.MAKER,
)  # a value's words belong together, its neighbours' do not
_NAMES = (Text.NAME, Text.NAME_EN)


class QueryBuilder:
    """Holds the schema and a view of the parts; every method is a pure translation."""

    def __init__(self, schema: "tantivy.Schema", parts: Parts) -> None:
        import tantivy  # noqa: PLC0415  a native module: loaded by the process that searches

        self._schema, self._parts = schema, parts
        self._leaves, self._names = Leaves(schema, tuple(Text)), Leaves(schema, (Text.NAME,))
        self._both_names = Leaves(schema, _NAMES)
        self._of_parts = Leaves(parts.schema, shared.TEXTS)
        self._parser = tantivy.Index(schema)  # in memory and empty: it only reads query strings
        self._query = tantivy.Query
        self._must, self._should = tantivy.Occur.Must, tantivy.Occur.Should

    def words(self, rung: Rung, asked: Asked = Asked.ORDERED) -> "tantivy.Query":
        """As many of the words as the rung requires, in any of their spellings; everything without words."""
        clauses = list(self._clauses(rung.query, asked))
        if not clauses:
            return self._query.const_score_query(self._query.all_query(), 0.0)
        if rung.required >= len(clauses):
            return self._query.boolean_query([(self._must, clause) for clause in clauses])
        return self._query.boolean_query(
            [(self._should, clause) for clause in clauses],
            minimum_number_should_match=rung.required,
        )

    def tiers(self, rung: Rung) -> Iterator["tantivy.Query"]:
        """Parts of the literal matches, the narrowest first: what is inside stands before all that is not.

        2026-11: of 300,000 products with 水泥 only those whose kind it is need an order. A kind weighs more
        than the attribute, the attribute more than all below it. Several words that name no kind have no
        tiers: all of them side by side was asked first for a while, and took as long as asking everything.
        """
        query = rung.query
        kind, orders = self._kind(query), [*self._position(query), *self._standing()]
        if len(query.words) == 1:
            yield self._ranked(self._both(self._named(query), kind) if kind else self._named(query), orders)
            if not kind:
                yield self._ranked(self._meant(query), orders)
        if query.words and kind:
            literal = self._both(self.words(rung, Asked.LITERAL), kind)
            yield self._ranked(literal, [*self._proximity(query), *orders])

    def _named(self, query: QueryText) -> "tantivy.Query":
        """What has the one word in its name."""
        return self._query.disjunction_max_query(
            list(self._names.of_word(query.words[0], 1.0, Asked.LITERAL))
        )

    def _meant(self, query: QueryText) -> "tantivy.Query":
        """What has the one word in a name of either language, or one that means the same in its name.

        All other matches have a lower attribute: even a synonym in the English name stands behind any of
        these by more than where the words stand, exactness and standing together can make up for.
        """
        same = (synonym for window in query.windows for synonym in window.synonyms)
        synonyms = (leaf for synonym in same for leaf in self._names.of_synonym(synonym, 1.0))
        return self._query.disjunction_max_query(
            [*self._both_names.of_word(query.words[0], 1.0, Asked.LITERAL), *synonyms]
        )

    def is_narrowed(self, query: QueryText) -> bool:
        """Whether a page is likely to be filled by a tier, so that nothing else tells the total."""
        return len(query.words) == 1 or self._kind(query) is not None

    def everything(self, rung: Rung) -> "tantivy.Query":
        """All matches with their scores."""
        query = rung.query
        kind, orders = self._kind(query), [*self._proximity(query), *self._position(query), *self._standing()]
        return self._ranked(self.words(rung), [*orders, kind] if kind else orders)

    def filtered(self, base: "tantivy.Query", request: SearchRequest) -> "tantivy.Query":
        """The base within all filters and ranges."""
        limits = [*self._filters(request), *self._spans(request), *self._days(request)]
        musts = [base, *(self._query.const_score_query(limit, 0.0) for limit in limits)]
        return self._query.boolean_query([(self._must, query) for query in musts])

    def _ranked(self, matching: "tantivy.Query", orders: Sequence["tantivy.Query"]) -> "tantivy.Query":
        """The same matches with what the orders add to their scores."""
        return self._query.boolean_query([(self._must, matching), *((self._should, one) for one in orders)])

    def part(self, query: "tantivy.Query", field: str, lower: int, upper: int) -> "tantivy.Query":
        """The query within whole numbers of one field; scores stay as they are."""
        limit = self._query.const_score_query(within(self._schema, field, lower, upper), 0.0)
        return self._both(query, limit)

    def _both(self, one: "tantivy.Query", other: "tantivy.Query") -> "tantivy.Query":
        return self._query.boolean_query([(self._must, one), (self._must, other)])

    def _clauses(self, query: QueryText, asked: Asked) -> Iterator["tantivy.Query"]:
        own = self._alternatives(self._leaves, query, asked)
        of_parts = self._alternatives(self._of_parts, query, asked)
        for alternatives, others in zip(own, of_parts, strict=True):
            found = self._parts.matching(self._query.disjunction_max_query(others))
            named = [
                self._query.const_score_query(self._of_parts_named(names), score)
                for score, names in found.items()
            ]
            yield self._query.disjunction_max_query([*alternatives, *named])

    def _alternatives(
        self, leaves: Leaves, query: QueryText, asked: Asked
    ) -> Iterator[list["tantivy.Query"]]:
        """Of each word its spellings, its neighbours' with it and those that mean the same."""
        share = 1 / max(1, len(query.words))
        together: dict[int, list[tantivy.Query]] = {index: [] for index in range(len(query.words))}
        for window in query.windows:
            found = list(leaves.of_joined(window.joined, share, asked)) if window.joined else []
            for synonym in window.synonyms:
                found += leaves.of_synonym(synonym, share)
            for index in range(window.first, window.last + 1):
                together[index] += found
        for index, word in enumerate(query.words):
            yield [*leaves.of_word(word, share, asked), *together[index]]

    def _of_parts_named(self, names: Sequence[str]) -> "tantivy.Query":
        return self._query.term_set_query(self._schema, shared.PART, list(names))

    def _kind(self, query: QueryText) -> "tantivy.Query | None":
        """What is of a kind that the whole query names; None where it names none."""
        named = self._query.term_query(self._parts.schema, shared.KIND_WORD, analyze.key(query.text))
        names = [name for found in self._parts.matching(named).values() for name in found]
        return self._query.const_score_query(self._of_parts_named(names), WHOLE_KIND) if names else None

    def numbered(self, number: str) -> "tantivy.Query":
        return self._query.term_query(self._schema, definition.NUMBER, number)

    def _filters(self, request: SearchRequest) -> Iterator["tantivy.Query"]:
        named = {definition.facet_field(field): values for field, values in request.filters.items()}
        named |= {definition.attribute_field(name): values for name, values in request.attributes.items()}
        for name, values in named.items():
            if values:
                yield self._query.term_set_query(self._schema, name, list(values))

    def _spans(self, request: SearchRequest) -> Iterator["tantivy.Query"]:
        for name, span in request.ranges.spans().items():
            field = definition.number_field(name)
            lower = None if span.lower is None else float(span.lower)
            upper = None if span.upper is None else float(span.upper)
            if field in definition.FLOATS:
                yield within(self._schema, field, lower, upper)
                continue
            # Each side alone: one range between a whole and a broken number panics in tantivy 0.27.
            for sign, limit in ((">=", lower), ("<=", upper)):
                if limit is not None:
                    yield self._parser.parse_query(f"{field}:{sign}{Decimal(repr(limit)):f}", [])

    def _days(self, request: SearchRequest) -> Iterator["tantivy.Query"]:
        ranges = request.ranges
        if ranges.valid_to_min is not None:
            yield within(self._schema, "valid_to", ranges.valid_to_min.toordinal(), None)
        if ranges.valid_on is not None:
            yield within(self._schema, "valid_from", None, ranges.valid_on.toordinal())
            yield within(self._schema, "valid_to", ranges.valid_on.toordinal(), None)
        if ranges.star_min is not None:
            yield within(self._schema, "star_value", ranges.star_min, None)

    def _proximity(self, query: QueryText) -> Iterator["tantivy.Query"]:
        if len(query.words) < 2:
            return
        yield self._in_any(PHRASE_FIELDS, analyze.phrase_tokens(query.text), PROXIMITY)
        for slop in NEAR:
            yield self._in_any(NEAR_FIELDS, query.word_tokens, PROXIMITY, slop=slop)

    def _position(self, query: QueryText) -> Iterator["tantivy.Query"]:
        if not query.words:
            return
        whole_query, first_word = analyze.phrase_tokens(query.text), query.words[0].tokens
        if first_word == whole_query:
            yield self._begins(whole_query, BEGINS_WITH_QUERY + BEGINS_WITH_WORD)
        else:
            yield self._begins(whole_query, BEGINS_WITH_QUERY)
            yield self._begins(first_word, BEGINS_WITH_WORD)
        whole = self._query.term_query(self._schema, definition.EXACT, analyze.key(query.text))
        yield self._query.const_score_query(whole, WHOLE_NAME)
        first = self._query.term_query(self._schema, Text.NAME.value, query.words[0].tokens[0])
        yield self._query.boost_query(first, SHORT_NAMES)

    def _standing(self) -> Iterator["tantivy.Query"]:
        for status, score in STANDING.items():
            name = definition.facet_field(Field.STATUS)
            term = self._query.term_query(self._schema, name, status.value)
            yield self._query.const_score_query(term, score)

    def _begins(self, tokens: tuple[str, ...], score: float) -> "tantivy.Query":
        if len(tokens) > LONGEST_BEGINNING:
            return self._in_any(_NAMES, (START, *tokens), score)
        term = self._query.term_query(self._schema, definition.BEGIN, beginning(tokens))
        return self._query.const_score_query(term, score)

    def _in_any(
        self, fields: tuple[Text, ...], tokens: tuple[str, ...], score: float, *, slop: int = 0
    ) -> "tantivy.Query":
        found = [self._leaves.sequence(field, tokens, slop) for field in fields]
        return self._query.const_score_query(self._query.disjunction_max_query(found), score)


def by_id(schema: "tantivy.Schema", document_id: str) -> "tantivy.Query":
    import tantivy  # noqa: PLC0415  a native module: loaded by the process that searches

    return tantivy.Query.term_query(schema, definition.ID, definition.kept_id(document_id))


def within(schema: "tantivy.Schema", field: str, lower: float | None, upper: float | None) -> "tantivy.Query":
    import tantivy  # noqa: PLC0415  a native module: loaded by the process that searches

    kind = tantivy.FieldType.Float if field in definition.FLOATS else tantivy.FieldType.Integer
    return tantivy.Query.range_query(schema, field, kind, lower, upper)
