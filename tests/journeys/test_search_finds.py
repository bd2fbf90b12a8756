"""What buyers type finds what they mean, on the seeded register."""

from uuid import UUID

import pytest

from registry.changes.reading import point
from registry.declarations.facts import DocumentKind
from registry.dossiers.dossier import Dossier
from registry.dossiers.load import load
from registry.kit.db import read_session
from search.engine.ports import SearchRequest
from seeds.demo.cases import CASES
from tests.seeded import TODAY, Seeded

# query → material kind (or a kind above it) of the first result
KINDS = [
    ("石膏板", "gypsum"),
    ("纸面石膏板", "gypsum.plasterboard"),
    ("磷石膏", "gypsum.phosphogypsum-board"),
    ("磷石膏板", "gypsum.phosphogypsum-board"),
    ("phosphogypsum", "gypsum.phosphogypsum-board"),
    ("phosphogypsm", "gypsum.phosphogypsum-board"),
    ("plasterboard", "gypsum"),
    ("shigaoban", "gypsum"),
    ("shi gao ban", "gypsum"),
    ("sgb", "gypsum"),
    ("膏板", "gypsum"),
    ("low-e 玻璃", "glass.low-e"),
    ("LowE", "glass"),
    ("Low-E", "glass"),
    ("低辐射玻璃", "glass.low-e"),
    ("中空玻璃", "glass.insulating"),
    ("真空玻璃", "glass.vacuum"),
    ("低熟料水泥", "cement.low-clinker"),
    ("水泥", "cement"),
    ("P·O 42.5", "cement"),
    ("PO42.5", "cement"),
    ("熟料", "cement.clinker"),
    ("C30", "concrete.ready-mixed"),
    ("C30混凝土", "concrete.ready-mixed"),
    ("商品混凝土", "concrete.ready-mixed"),
    ("商品砼 C30", "concrete.ready-mixed"),
    ("商砼", "concrete.ready-mixed"),
    ("ready-mixed concrete", "concrete.ready-mixed"),
    ("hunningtu", "concrete.ready-mixed"),
    ("岩棉", "insulation.mineral-wool"),
    ("岩棉 A级", "insulation.mineral-wool"),
    ("mineral wool", "insulation.mineral-wool"),
    ("SBS卷材", "waterproofing.membrane"),
    ("防水卷材", "waterproofing.membrane"),
    ("防水涂料", "waterproofing.coating"),
    ("加气块", "masonry.aac"),
    ("加气混凝土砌块", "masonry.aac"),
    ("砂浆", "mortar"),
    ("内墙涂料", "coating.wall"),
    ("瓷砖", "ceramic.tile"),
    ("LED", "lighting.led"),
    ("马桶", "sanitary"),
    ("透水砖", "paving.permeable"),
    ("热泵", "heat-pump"),
    ("电缆", "cable.wire"),
    ("商混", "concrete.ready-mixed"),
    ("混泥土", "concrete.ready-mixed"),
    ("混泥土 C30", "concrete.ready-mixed"),
    ("C30P8", "concrete.ready-mixed"),
    ("C35P6", "concrete.ready-mixed"),
    ("三星级 混凝土", "concrete.ready-mixed"),
    ("三星级混凝土", "concrete.ready-mixed"),
    ("脱硫石膏", "gypsum"),
    ("phosphogypsum board", "gypsum.phosphogypsum-board"),
    ("EPDM", "waterproofing.membrane"),
]


def first(seeded: Seeded, query: str) -> Dossier:
    found = seeded.search.search(SearchRequest(text=query, limit=1))
    assert found.hits, f"{query} finds nothing"
    key = UUID(found.hits[0].id)
    with read_session(seeded.engine) as session:
        return load(session, [key], point(session, TODAY))[key]


@pytest.mark.parametrize(("query", "kind"), KINDS)
def test_a_word_finds_its_kind_first(seeded: Seeded, query: str, kind: str) -> None:
    own = first(seeded, query).product.fact.kind
    assert own == kind or own.startswith(f"{kind}."), query


@pytest.mark.parametrize("query", ["T/CECS 10034", "CECS10034", "T/CECS 10034-2019"])
def test_a_standard_finds_energy_saving_glass(seeded: Seeded, query: str) -> None:
    assert first(seeded, query).product.fact.kind.startswith("glass.")


def test_numbers_and_codes_find_their_own_record_first(seeded: Seeded) -> None:
    record = CASES["lowest-zhejiang-c30"].records["product_lowest"]
    with read_session(seeded.engine) as session:
        dossier = load(session, [record.id], point(session, TODAY))[record.id]
    number = dossier.certificates[0].fact.number
    for query in (record.code, record.code.lower(), number, number.replace("-", " ")):
        assert first(seeded, query).product.fact.id == record.id, query
    own = first(seeded, dossier.maker.credit_code)
    assert own.maker.credit_code == dossier.maker.credit_code
    assert first(seeded, dossier.maker.name_zh).maker.id == dossier.maker.id


def every(seeded: Seeded, query: str) -> list[Dossier]:
    found = seeded.search.search(SearchRequest(text=query, limit=500))
    keys = [UUID(hit.id) for hit in found.hits]
    with read_session(seeded.engine) as session:
        loaded = load(session, keys, point(session, TODAY))
    return [loaded[key] for key in keys]


def test_a_star_typed_as_a_word_is_the_star_of_the_certificate(seeded: Seeded) -> None:
    best = [one.best_certificate for one in every(seeded, "三星级 混凝土")]
    assert best
    assert all(known is not None and known.fact.star == 3 for known in best)


def test_epd_finds_declarations_and_not_membranes(seeded: Seeded) -> None:
    declared = [one.declaration for one in every(seeded, "EPD")]
    assert declared
    assert {known.fact.document if known else None for known in declared} == {DocumentKind.EPD}


def test_a_class_is_not_found_inside_a_number(seeded: Seeded) -> None:
    assert all(
        "P8" in " ".join((one.product.fact.name_zh, *one.product.fact.models))
        for one in every(seeded, "C30P8")
    )


def test_a_door_is_not_found_by_its_first_half(seeded: Seeded) -> None:
    assert every(seeded, "防火门") == []
