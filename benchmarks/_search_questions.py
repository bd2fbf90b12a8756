"""What the benchmark of search asks, by kind of question, with the bar of each at a million products."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from search.documents.fields import PUBLIC_FACETS, Field
from search.engine.ports import DEEPEST, Ranges, SearchRequest, Sort

FACETS = (*PUBLIC_FACETS, Field.SCHEME, Field.VERIFICATION)  # what the page counts
FILTERS = {
    Field.PROVINCE: ("510000", "110000", "370000"),
    Field.STATUS: ("valid", "none"),
    Field.STAR: ("2", "3"),
}
WORDS = (
    *("石膏板", "磷石膏", "岩棉", "水泥", "板", "膏板", "陶瓷砖", "低熟料水泥", "防水卷材", "玻璃", "混凝土"),
    *("砌块", "再生", "涂料", "保温", "phosphogypsum", "cement", "xps", "42.5", "T/CECS 10034"),
)
_TWO = (
    *("耐火 石膏板", "四川 岩棉", "C30 混凝土", "low-e 玻璃", "再生 砌块", "水泥 42.5", "北京 涂料"),
    *("gypsum board", "保温 A级", "防潮 板", "粉煤灰 砖", "低碳 水泥"),
)
_TYPED = (
    "sh",
    "shi",
    "shigao",
    "shigaoban",
    "sgb",
    "石膏",
    "shuini",
    "T/CECS 100",
    "DEMO-20",
    "gyps",
    "cem",
    "岩",
)
_SLIPS = ("phosphogypsm", "shigoaban", "cermaic tile", "insulting glass", "gypsum bord", "cemnt", "concrte")
_SLOW, _DISJUNCTIVE, _DEEP = 50.0, 80.0, 120.0  # milliseconds, the bars of the issue


@dataclass(frozen=True, slots=True)
class Question:
    """Requests of one kind; suggestions ask with their text only. `first` is asked of a fresh index."""

    bar_ms: float
    requests: Sequence[SearchRequest]
    suggests: bool = False
    first: bool = False


def questions() -> Mapping[str, Question]:
    words = [SearchRequest(text=text) for text in WORDS]
    faceted = [replace(one, facets=FACETS) for one in words]
    deep = [replace(words[n], offset=DEEPEST - 20) for n in range(0, len(words), 4)]
    by_figure = [
        SearchRequest(text=text, ranges=Ranges(gwp_max=Decimal(most)), sort=Sort.GWP)
        for text in ("板", "水泥", "石膏板")
        for most in (50, 200, 500)
    ]
    landing = SearchRequest(facets=FACETS)
    return {
        "one word": Question(_SLOW, words),
        "two words": Question(_SLOW, [SearchRequest(text=text) for text in _TWO]),
        "while typing": Question(_SLOW, [SearchRequest(text=text) for text in _TYPED]),
        "one letter typed": Question(
            _DEEP, [SearchRequest(text=text) for text in ("s", "g", "b", "x", "石")]
        ),
        "typing slips": Question(_SLOW, [SearchRequest(text=text) for text in _SLIPS]),
        "word + 8 facets": Question(_SLOW, faceted),
        "word + 3 filters + 8 facets": Question(
            _DISJUNCTIVE, [replace(one, filters=FILTERS) for one in faceted]
        ),
        "the same, own filter counted": Question(
            _SLOW, [replace(one, filters=FILTERS, disjunctive=False) for one in faceted]
        ),
        "word + all makers": Question(_DISJUNCTIVE, [replace(one, facets=(Field.MAKER,)) for one in words]),
        "landing page + 8 facets": Question(_SLOW, [landing]),
        "landing page, first": Question(_SLOW, [landing], first=True),
        "figure limited and sorted": Question(_SLOW, by_figure),
        "page 500": Question(_DEEP, deep),
        "suggestions": Question(
            _SLOW, [SearchRequest(text=text) for text in (*_TYPED[1:], *WORDS[:5])], suggests=True
        ),
    }
