"""A search request as tantivy queries: what must match, and what orders the matches."""

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from search.documents.fields import Field, Text
from search.documents.product import Status
from search.engine import schema as definition
from search.engine.leaves import PROXIMITY, Leaves
from search.engine.ports import SearchRequest
from search.text import analyze
from search.text.words import QueryText

if TYPE_CHECKING:
    import tantivy

# Equal matches: a valid certificate first, then no certificate at all, then one that is not in force.
# 2026-11: each further step costs 0.2-0.5 ms per 8,000 matches, so there are no more.
STANDING = {Status.VALID: 16.0, Status.NONE: 8.0}
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
    """Holds the schema; every method is a pure translation."""

    def __init__(self, schema: "tantivy.Schema") -> None:
        import tantivy  # noqa: PLC0415  a native module: loaded by the process that searches

        self._schema = schema
        self._leaves = Leaves(schema)
        self._parser = tantivy.Index(schema)  # in memory and empty: it only reads query strings
        self._query = tantivy.Query
        self._types = tantivy.FieldType
        self._must, self._should = tantivy.Occur.Must, tantivy.Occur.Should

    def words(self, query: QueryText, required: int) -> "tantivy.Query":
        """At least `required` of the words, each in any of its spellings; everything without words."""
        clauses = list(self._clauses(query))
        if not clauses:
            return self._query.const_score_query(self._query.all_query(), 0.0)
        if required >= len(clauses):
            return self._query.boolean_query([(self._must, clause) for clause in clauses])
        return self._query.boolean_query(
            [(self._should, clause) for clause in clauses],
            minimum_number_should_match=required,
        )

    def filtered(self, base: "tantivy.Query", request: SearchRequest) -> "tantivy.Query":
        """The base within all filters and ranges."""
        limits = [*self._filters(request), *self._spans(request), *self._days(request)]
        musts = [base, *(self._query.const_score_query(limit, 0.0) for limit in limits)]
        return self._query.boolean_query([(self._must, query) for query in musts])

    def ranked(self, matching: "tantivy.Query", query: QueryText) -> "tantivy.Query":
        """The same matches, ordered: proximity, position, whole name, standing, short names."""
        orders = [*self._proximity(query), *self._position(query), *self._standing()]
        return self._query.boolean_query([(self._must, matching), *((self._should, item) for item in orders)])

    def within(self, field: str, lower: float | None, upper: float | None) -> "tantivy.Query":
        kind = self._types.Float if field in definition.FLOATS else self._types.Integer
        return self._query.range_query(self._schema, field, kind, lower, upper)

    def part(self, query: "tantivy.Query", field: str, lower: int, upper: int) -> "tantivy.Query":
        """The query within whole numbers of one field."""
        return self._query.boolean_query(
            [(self._must, query), (self._must, self.within(field, lower, upper))]
        )

    def by_id(self, document_id: str) -> "tantivy.Query":
        return self._query.term_query(self._schema, "id", document_id)

    def _clauses(self, query: QueryText) -> Iterator["tantivy.Query"]:
        share = 1 / max(1, len(query.words))
        together: dict[int, list[tantivy.Query]] = {index: [] for index in range(len(query.words))}
        for window in query.windows:
            found = list(self._leaves.of_joined(window.joined, share)) if window.joined else []
            for synonym in window.synonyms:
                found += self._leaves.of_synonym(synonym, share)
            for index in range(window.first, window.last + 1):
                together[index] += found
        for index, word in enumerate(query.words):
            alternatives = [*self._leaves.of_word(word, share), *together[index]]
            yield self._query.disjunction_max_query(alternatives)

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
                yield self.within(field, lower, upper)
                continue
            # Each side alone: one range between a whole and a broken number panics in tantivy 0.27.
            for sign, limit in ((">=", lower), ("<=", upper)):
                if limit is not None:
                    yield self._parser.parse_query(f"{field}:{sign}{Decimal(repr(limit)):f}", [])

    def _days(self, request: SearchRequest) -> Iterator["tantivy.Query"]:
        ranges = request.ranges
        if ranges.valid_to_min is not None:
            yield self.within("valid_to", ranges.valid_to_min.toordinal(), None)
        if ranges.valid_on is not None:
            yield self.within("valid_from", None, ranges.valid_on.toordinal())
            yield self.within("valid_to", ranges.valid_on.toordinal(), None)
        if ranges.star_min is not None:
            yield self.within("star_value", ranges.star_min, None)

    def _proximity(self, query: QueryText) -> Iterator["tantivy.Query"]:
        if len(query.words) < 2:
            return
        yield self._in_any(PHRASE_FIELDS, analyze.phrase_tokens(query.text), PROXIMITY)
        for slop in NEAR:
            yield self._in_any(NEAR_FIELDS, query.word_tokens, PROXIMITY, slop=slop)

    def _position(self, query: QueryText) -> Iterator["tantivy.Query"]:
        if not query.words:
            return
        whole_query = (definition.START, *analyze.phrase_tokens(query.text))
        first_word = (definition.START, *query.words[0].tokens)
        if first_word == whole_query:
            yield self._in_any(_NAMES, whole_query, BEGINS_WITH_QUERY + BEGINS_WITH_WORD)
        else:
            yield self._in_any(_NAMES, whole_query, BEGINS_WITH_QUERY)
            yield self._in_any(_NAMES, first_word, BEGINS_WITH_WORD)
        whole = self._query.term_query(self._schema, definition.EXACT, analyze.key(query.text))
        yield self._query.const_score_query(whole, WHOLE_NAME)
        kind = self._query.term_query(self._schema, definition.KIND_WORD, analyze.key(query.text))
        yield self._query.const_score_query(kind, WHOLE_KIND)
        first = self._query.term_query(self._schema, Text.NAME.value, query.words[0].tokens[0])
        yield self._query.boost_query(first, SHORT_NAMES)

    def _standing(self) -> Iterator["tantivy.Query"]:
        for status, score in STANDING.items():
            name = definition.facet_field(Field.STATUS)
            term = self._query.term_query(self._schema, name, status.value)
            yield self._query.const_score_query(term, score)

    def _in_any(
        self, fields: tuple[Text, ...], tokens: tuple[str, ...], score: float, *, slop: int = 0
    ) -> "tantivy.Query":
        found = [self._leaves.sequence(field, tokens, slop) for field in fields]
        return self._query.const_score_query(self._query.disjunction_max_query(found), score)
