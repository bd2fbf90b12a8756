"""Queries meant to hurt, beside an ordinary one of the same run: parsed, searched, marked, suggested for.

python -m benchmarks.hostile_queries                      10,000 invented documents
python -m benchmarks.hostile_queries --documents 100000
"""

import argparse
import statistics
import tempfile
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks._search_corpus import documents
from benchmarks._search_reading import timed
from search.documents.fields import Field
from search.engine.embedded import EmbeddedEngine
from search.engine.writer import EmbeddedWriter
from search.query.parse import parse
from search.text.highlight import highlight
from search.text.words import understand

BAR_MS = 200.0
REPEATS = 5
NAMES = ("耐火石膏板 6Low-E+12A+6", "Gypsum board 6Low-E+12A+6 " * 4, "示例企业 00001（虚构）") * 7
Parameters = Mapping[str, list[str]]
USUAL: Parameters = {"q": ["耐火 石膏板"], "status": ["valid"]}
_OPERATORS = "+-&|!(){}[]^\"~*?:\\/<>=%_#@$;,.'`"
_CJK = "石膏板岩棉水泥玻璃混凝土保温防火砂浆涂料"


def hostile() -> Mapping[str, Parameters]:
    """By name; those of ten thousand characters are cut by the parser, which is part of the question."""
    long = {
        "10 kB of one Chinese character": "板" * 3_400,
        "10 kB of Chinese words": _CJK * 300,
        "10 kB of one letter": "a" * 10_000,
        "10 kB of short words": "a b " * 2_500,
        "10 kB of syllables": "shi gao ban " * 800,
        "10 kB of numbers": "1.2.3.4 " * 1_250,
        "10 kB of joined letters": "a-b-c-" * 1_700,
        "10 kB of combining marks": "e\u0301\u0323" * 2_000,
        "10 kB that grow under NFKC": "\ufdfa" * 3_400,
        "10 kB of emoji": "👷\u200d♀️" * 700,
    }
    short = {
        "every operator character": _OPERATORS,
        "every operator between words": " ".join(f"石膏板{sign}board" for sign in _OPERATORS),
        "unbalanced quotes": '"石膏板 ""( "board',
        "control characters": "".join(map(chr, range(32))) + "石膏板",
        "right to left": "\u202eمرحبا عربي שלום 石膏板\u202c",
        "lone surrogates": "\ud83c石膏\udfff板",
        "ten letters": "a b c d e f g h i j",
        "ten initials": "s h g b z j l m n p",
        "ten words of two letters": "sh gb ya sn bl hn bw fh sj tl",
        "ten long words with slips": "gypsom bord phosphogypsm cermaic insulting portlend "
        "membrene interiar coatimg minerol",
        "one character of everything": "板",
        "nothing that is found": "龘" * 200,
        "a number of 400 digits": "9" * 400,
        "sentence of 400 characters": "适用于民用建筑外墙保温系统的低碳环保岩棉板和耐火石膏板" * 15,
    }
    filled = {
        "200 unknown parameters": {f"name{n}": ["x" * 300] for n in range(200)},
        "200 values of a filter": {**USUAL, "province": [f"{n:06d}" for n in range(200)]},
        "200 values of every filter": {name: [str(n) for n in range(200)] for name in map(str, Field)},
        "50 known values of four filters": {
            "kind": [kind.kind for kind in documents(50)],
            "maker_id": [str(n) for n in range(200)],
            "standard": [document.standards[0] for document in documents(50)],
            "status": ["valid", "none", "suspended", "expired"],
        },
        "very long numbers": {
            "q": ["板"],
            "gwp_max": ["9" * 4_000],
            "per_page": ["9" * 4_000],
            "page": ["1e9"],
        },
        "the deepest page": {"q": ["板"], "per_page": ["100"], "page": ["100"]},
        "the deepest page by name": {"sort": ["name"], "per_page": ["100"], "page": ["100"]},
    }
    return {**{name: {"q": [text]} for name, text in (long | short).items()}, **filled}


def answered(engine: EmbeddedEngine, asked: Parameters) -> None:
    """What an answer costs apart from the register: the search, and the marks of a page."""
    request = parse(asked).request
    engine.snapshot().answers.clear()  # an answer remembered from the turn before would say nothing
    engine.search(request)
    meant = understand(request.text)
    for name in NAMES[: request.limit]:
        highlight(name, meant)


def suggested(engine: EmbeddedEngine, asked: Parameters) -> None:
    engine.suggest(asked.get("q", [""])[0][:200], 8)


def report(engine: EmbeddedEngine, count: int) -> Table:
    usual = statistics.median(timed(lambda: answered(engine, USUAL))[0] for _ in range(20))
    table = Table(title=f"{count:,} documents; an ordinary query {usual:.1f} ms; bar {BAR_MS:.0f} ms")
    table.add_column("query", no_wrap=True)
    for column in ("answer ms", "× usual", "work ms", "suggest ms", ""):
        table.add_column(column, justify="right")
    slowest = 0.0
    for name, asked in hostile().items():
        answers = [timed(lambda a=asked: answered(engine, a)) for _ in range(REPEATS)]  # type: ignore[misc]
        typed = [timed(lambda a=asked: suggested(engine, a)) for _ in range(REPEATS)]  # type: ignore[misc]
        whole, typing = (statistics.median(one for one, _ in times) for times in (answers, typed))
        work = min(work for _, work in answers)
        slowest = max(slowest, whole, typing)
        told = "" if max(whole, typing) <= BAR_MS else "over"
        table.add_row(name, f"{whole:.1f}", f"{whole / usual:.1f}", f"{work:.1f}", f"{typing:.1f}", told)
    table.caption = f"slowest {slowest:.0f} ms: {'met' if slowest <= BAR_MS else 'NOT met'}"
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--keep", type=Path, help="Folder to build the index in once and find it again")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (given.keep or Path(temporary)) / f"hostile-{given.documents}"
        writer = EmbeddedWriter(folder)
        if writer.needs_rebuild():
            writer.rebuild(documents(given.documents), given.documents)
        Console().print(report(EmbeddedEngine(folder), given.documents))


if __name__ == "__main__":
    main()
