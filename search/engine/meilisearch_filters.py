"""A search request as Meilisearch filters: what must match. Nothing is ordered here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations

from search.engine import meilisearch_chains as chains
from search.engine import meilisearch_records as definition
from search.engine import schema
from search.engine.leaves import CODE_BEGINS, SHORT_PINYIN
from search.engine.meilisearch_values import coded
from search.engine.ports import Ranges, SearchRequest
from search.text import analyze, pinyin
from search.text.words import QueryText, Script, Word

PRODUCTS = f'{definition.ENTRY} = "{definition.PRODUCT}"'
Spellings = Mapping[str, Mapping[str, tuple[str, ...]]]  # typed word → attribute → what stands in the index
Options = tuple[str, ...]  # conditions of which one is enough
# All of these options must be met. Meilisearch takes them as nested lists, so no condition stands in a long
# text: it reads one text in the square of its length.
Filter = Sequence[Options]


def at_least(required: int, words: Sequence[Options]) -> Filter:
    """So many of the words: of any few more than may lack, one must be there."""
    choices = combinations(words, len(words) - required + 1)
    return [tuple(dict.fromkeys(chain.from_iterable(few))) for few in choices]


def words(query: QueryText, spellings: Spellings) -> tuple[Options, ...]:
    """For every word what says that it stands there, in any of its spellings."""
    return tuple(_alternatives(query, spellings, definition.ALL))


def literal(query: QueryText, attribute: str) -> str:
    """All words without a slip, within one attribute or by their sound."""
    return _joined("AND", (_joined("OR", options) for options in _alternatives(query, {}, attribute)))


def _alternatives(query: QueryText, spellings: Spellings, attribute: str) -> Iterator[Options]:
    together: dict[int, list[str]] = {index: [] for index in range(len(query.words))}
    for window in query.windows:
        found = list(_joined_words(window.joined, attribute)) if window.joined else []
        found += [_stands(attribute, chains.needle(synonym)) for synonym in window.synonyms]
        for index in range(window.first, window.last + 1):
            together[index] += found
    for index, word in enumerate(query.words):
        options = [*_word(word, attribute), *together[index]]
        for name, known in spellings.get(word.text, {}).items() if word.typos else ():
            options += [_one_of(name, known)] if known else []
        yield tuple(dict.fromkeys(options))


def limits(request: SearchRequest) -> Filter:
    """All filters and ranges."""
    return [(one,) for one in (PRODUCTS, *_filters(request), *_ranges(request.ranges))]


def _word(word: Word, attribute: str) -> Iterator[str]:
    if word.script is not Script.SOUND:
        yield from _spelled(word, attribute)
    if word.script in (Script.LETTERS, Script.SOUND):
        yield _sounds(word)


def _spelled(word: Word, attribute: str) -> Iterator[str]:
    is_short = word.script is Script.CODE and len(word.text) < CODE_BEGINS
    among = definition.UNCODED if is_short and attribute == definition.ALL else attribute
    yield _stands(attribute, chains.needle(word.text))
    if word.is_prefix and word.script is not Script.CJK:
        yield _stands(among, word.text)
    if word.parts:
        yield _stands(among, chains.needle_of(word.parts))


def _joined_words(word: Word, attribute: str) -> Iterator[str]:
    yield _stands(attribute, word.text if word.is_prefix else chains.needle_of([word.text]))
    yield _sounds(word)


def _sounds(word: Word) -> str:
    anchored = pinyin.ANCHOR if len(word.text) <= SHORT_PINYIN else ""
    return _begins(definition.SOUND, anchored + word.text)


def _stands(attribute: str, asked: str) -> str:
    return _joined("AND", (_begins(attribute, piece) for piece in chains.pieces(asked)))


def _begins(attribute: str, text: str) -> str:
    return f'{attribute} STARTS WITH "{text}"'


def _one_of(attribute: str, values: Iterable[str]) -> str:
    quoted = ", ".join(f'"{value}"' for value in values)
    return f"{attribute} IN [{quoted}]"


def _filters(request: SearchRequest) -> Iterator[str]:
    named = {schema.facet_field(field): values for field, values in request.filters.items()}
    named |= {schema.attribute_field(name): values for name, values in request.attributes.items()}
    for name, values in named.items():
        if values:
            yield _one_of(name, (coded(analyze.encodable(value)) for value in values))


def _ranges(ranges: Ranges) -> Iterator[str]:
    for name, span in ranges.spans().items():
        for sign, limit in ((">=", span.lower), ("<=", span.upper)):
            if limit is not None:
                yield f"{schema.number_field(name)} {sign} {float(limit)!r}"
    if ranges.valid_to_min is not None:
        yield f"valid_to >= {ranges.valid_to_min.toordinal()}"
    if ranges.valid_on is not None:
        yield f"valid_from <= {ranges.valid_on.toordinal()}"
        yield f"valid_to >= {ranges.valid_on.toordinal()}"
    if ranges.star_min is not None:
        yield f"star_value >= {ranges.star_min}"


def _joined(word: str, parts: Iterable[str]) -> str:
    found = list(dict.fromkeys(parts))
    return found[0] if len(found) == 1 else f"({f' {word} '.join(found)})"
