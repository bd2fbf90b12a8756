"""Search latency per class of query, beside a naive substring scan timed in the same run.

python -m benchmarks.search_latency              3,000 invented documents
python -m benchmarks.search_latency --documents 100000
"""

import argparse
import random
import statistics
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from search.documents.fields import PUBLIC_FACETS, Field
from search.documents.product import DataKind, Evidence, ProductDocument, Status
from search.engine.embedded import EmbeddedEngine
from search.engine.ports import Ranges, SearchRequest, Sort
from search.engine.writer import EmbeddedWriter

_NAMESPACE = uuid.UUID("0b9df7c8-52cf-4c93-93f8-7c2a0c9b6c11")
_FAMILIES: tuple[tuple[str, str, str, str], ...] = (
    ("plasterboard", "石膏板", "Gypsum board", "GB/T 9775-2008"),
    ("phosphogypsum", "磷石膏", "Phosphogypsum", "GB/T 23456-2018"),
    ("cement", "硅酸盐水泥", "Portland cement", "GB 175-2023"),
    ("low-e-glass", "Low-E玻璃", "Low-E glass", "T/CECS 10034-2019"),
    ("insulating-glass", "中空玻璃", "Insulating glass", "T/CECS 10034-2019"),
    ("mineral-wool", "岩棉板", "Mineral wool board", "T/CECS 10032-2019"),
    ("concrete", "预拌混凝土", "Ready-mixed concrete", "GB/T 14902-2012"),
    ("aac", "蒸压加气混凝土砌块", "AAC block", "GB/T 11968-2020"),
    ("membrane", "改性沥青防水卷材", "Bitumen membrane", "GB 18242-2008"),
    ("paint", "内墙涂料", "Interior coating", "T/CECS 10039-2019"),
    ("tile", "陶瓷砖", "Ceramic tile", "T/CECS 10036-2019"),
    ("mortar", "预拌砂浆", "Ready-mixed mortar", "T/CECS 10048-2019"),
)
_MODIFIERS = (
    "耐火",
    "防潮",
    "高强",
    "轻质",
    "再生",
    "低碳",
    "保温",
    "隔声",
    "抗渗",
    "环保",
    "装配式",
    "超薄",
)
_GRADES = ("C30", "C40", "42.5", "52.5R", "A级", "B1级", "6Low-E+12A+6", "M10", "B06")
_PLACES = ("四川省", "北京市", "山东省", "广东省", "湖北省", "江苏省", "河北省", "云南省")
_QUERIES: Mapping[str, tuple[str, ...]] = {
    "one Chinese word": ("石膏板", "磷石膏", "岩棉", "水泥", "板", "膏板", "陶瓷砖", "低熟料水泥"),
    "two words": ("耐火 石膏板", "四川 岩棉", "C30 混凝土", "low-e 玻璃", "再生 砌块", "水泥 42.5"),
    "while typing": ("s", "sh", "shigao", "sgb", "石", "T/CECS 100", "DEMO-0", "gyps"),
    "typing slips": ("phosphogypsm", "shigoaban", "cermaic tile", "insulting glass", "gypsum bord"),
    "numbers and codes": ("DEMO-000123", "T/CECS 10034", "CECS10034", "6Low-E+12A+6", "9775-2008"),
}
_FILTERS = {Field.PROVINCE: ("四川省", "北京市"), Field.STATUS: ("valid",), Field.STAR: ("2", "3")}


def documents(count: int) -> Iterator[ProductDocument]:
    rng = random.Random(20_260_101)
    for order in range(count):
        kind, name, english, standard = rng.choice(_FAMILIES)
        grade, place = rng.choice(_GRADES), rng.choice(_PLACES)
        maker = int(rng.paretovariate(1.2)) % max(30, count // 25)
        yield ProductDocument(
            id=str(uuid.uuid5(_NAMESPACE, str(order))),
            number=f"BM{order:06d}",
            version=order,
            name_zh=f"{rng.choice(_MODIFIERS)}{name} {grade}",
            name_en=f"{english} {grade}",
            kind=kind,
            kind_path=(kind,),
            kind_names=(name, english),
            maker=f"示例企业 {maker:05d}（虚构）",
            maker_id=str(maker),
            models=(f"X-{rng.randint(100, 9999)}",),
            standards=(standard,),
            certificate_numbers=(f"DEMO-{order:06d}",),
            province=place,
            province_name=place,
            evidence=(rng.choice(tuple(Evidence)),),
            status=rng.choice((Status.VALID, Status.VALID, *Status)),
            star=rng.choice((None, 1, 2, 3)),
            data_kind=rng.choice(tuple(DataKind)),
            gwp=Decimal(rng.randint(10, 90_000)) / 100 if rng.random() > 0.12 else None,
            gwp_basis=kind,
            valid_to=date(2026, 1, 1) + timedelta(days=rng.randint(0, 1500)),
            description="".join(rng.choice(_MODIFIERS) + name for _ in range(10)),
        )


def classes() -> Mapping[str, Sequence[SearchRequest]]:
    """The named classes of requests; each is run in turn."""
    words = [SearchRequest(text=text, facets=PUBLIC_FACETS) for text in _QUERIES["one Chinese word"]]
    found = {name: [SearchRequest(text=text) for text in texts] for name, texts in _QUERIES.items()}
    return {
        **found,
        "word + 6 facets": words,
        "word + 3 filters + 6 facets": [replace(request, filters=_FILTERS) for request in words],
        "everything + 6 facets": [SearchRequest(facets=PUBLIC_FACETS)],
        "range + sorted by carbon": [
            SearchRequest(ranges=Ranges(gwp_max=Decimal(limit)), sort=Sort.GWP) for limit in (50, 200, 500)
        ],
    }


def timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def scan(texts: Sequence[str], words: Sequence[str]) -> int:
    """The baseline: every word a substring of the joined text of a document."""
    return sum(all(word in text for word in words) for text in texts)


def percentile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def report(engine: EmbeddedEngine, texts: Sequence[str], repeats: int) -> Table:
    baseline = statistics.median(
        timed(lambda text=text: scan(texts, text.lower().split()))  # type: ignore[misc]
        for text in (*_QUERIES["one Chinese word"], *_QUERIES["two words"])
    )
    table = Table(title=f"{len(texts):,} documents; naive Python substring scan: p50 {baseline:.2f} ms")
    for column in ("class", "p50 ms", "p95 ms", "p99 ms", "p50 / scan"):
        table.add_column(column, justify="left" if column == "class" else "right")
    for name, requests in track(classes().items(), description="searching", console=Console(stderr=True)):
        for request in requests:
            engine.search(request)
        times = [
            timed(lambda asked=request: engine.search(asked))  # type: ignore[misc]
            for _ in range(repeats)
            for request in requests
        ]
        p50, p95, p99 = (percentile(times, share) for share in (0.5, 0.95, 0.99))
        table.add_row(name, f"{p50:.2f}", f"{p95:.2f}", f"{p99:.2f}", f"{p50 / baseline:.2f}")
    return table


def update(writer: EmbeddedWriter, engine: EmbeddedEngine, document: ProductDocument) -> None:
    """Written, committed and seen by a reader."""
    writer.apply([document], [], document.version)
    if engine.search(SearchRequest(text=document.number)).total != 1:
        raise RuntimeError("the change is not visible")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=3000)
    parser.add_argument("--repeats", type=int, default=30)
    asked = parser.parse_args()
    made = list(documents(asked.documents))
    texts = [f"{item.name_zh} {item.name_en} {item.kind_names} {item.description}".lower() for item in made]
    console = Console()
    with tempfile.TemporaryDirectory() as place:
        writer = EmbeddedWriter(Path(place))
        shown = track(made, description="indexing", console=Console(stderr=True))
        built = timed(lambda: writer.rebuild(shown, 1)) / 1000
        size = sum(file.stat().st_size for file in Path(place).rglob("*") if file.is_file()) / 1e6
        engine = EmbeddedEngine(Path(place))
        console.print(
            f"indexed in {built:.1f} s ({len(made) / built:,.0f} documents/s), {size:.1f} MB on disk"
        )
        console.print(report(engine, texts, asked.repeats))
        changed = [
            replace(made[0], version=asked.documents + turn, number=f"NEW{turn:03d}") for turn in range(20)
        ]
        visible = [timed(lambda item=item: update(writer, engine, item)) for item in changed]  # type: ignore[misc]
        console.print(f"one changed document, commit to visible: p50 {statistics.median(visible):.1f} ms")
        console.print(f"ids and versions of all: {timed(engine.ids_and_versions):.0f} ms")
        writer.close()


if __name__ == "__main__":
    main()
