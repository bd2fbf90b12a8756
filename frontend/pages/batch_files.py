"""The batches of a product as a file for a spreadsheet: everything stated, in parts of bounded length."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response
from sqlmodel import Session

from catalogue.tables import Row
from frontend.frame import LangPath
from frontend.pages import downloads
from frontend.pages.paging import spot
from frontend.pages.standpoint import MomentDep, stand
from frontend.pages.words import Words
from frontend.site import SiteDep
from frontend.views.parts import Link
from registry.access.http import May
from registry.access.permissions import Act
from registry.batches.facts import BatchFact, BatchTest
from registry.batches.listing import counts, of_product
from registry.changes.codes import by_code
from registry.changes.reading import Point, many
from registry.kit.db import read_session
from registry.kit.types import plain
from registry.parties.facts import PlantFact
from registry.parties.service import PLANT
from registry.products.facts import ProductFact
from registry.products.service import PRODUCT

router = APIRouter(dependencies=[Depends(May(Act.READ))])

MOST_ROWS = 2_000  # of one part
COLUMNS = (
    "batch.number", "label.number", "batch.model", "label.plant", "batch.file.plant-code",
    "batch.field.made_from", "batch.field.made_to", "batch.amount", "batch.field.unit", "batch.gtin",
    "batch.industrial", "batch.field.serials", "batch.field.tests", "batch.stated-on", "batch.withdrawn",
    "batch.field.reason",
)  # fmt: skip


@router.get("/{lang}/products/{code}/batches.csv")
def download(request: Request, lang: LangPath, code: str, site: SiteDep, moment: MomentDep) -> Response:
    """Every batch of a product as its maker states it; a long list comes in parts."""
    words = Words(lang)
    with read_session(site.engine) as session:
        at = stand(session, moment)
        product = by_code(session, code, PRODUCT, at).fact
        total = counts(session, [product.id], at)[product.id]
        part = spot(total, request.query_params.get("part", ""), MOST_ROWS)
        found = of_product(session, product.id, at, most=MOST_ROWS, skip=part.skip)
        batches = [one.fact for one in found]
        plants = _plants(session, {one.plant_id for one in batches}, at)
    mark = [(words.say("download.demonstration"),)] if site.demonstration else []
    shown = words.say("download.rows-of", shown=len(batches), total=total)
    head: list[Row] = [
        *mark,
        (words.say("label.product"), words.name(product), product.code),
        (words.say("verdict.batch"), words.say("batch.own-word")),
        (words.say("download.on"), at.on.isoformat()),
        (words.say("download.as-of"), str(at.as_of)),
        (words.say("download.rows"), shown),
        (),
        tuple(words.say(key) for key in COLUMNS),
    ]
    lines = (_line(one, plants.get(one.plant_id), words) for one in batches)
    return downloads.csv_answer([*head, *lines], f"greenmat-batches-{product.code}.csv")


def links(product: ProductFact, count: int, words: Words) -> tuple[Link, ...]:
    """Where the files are: one, or as many as its rows need."""
    address = f"/{words.lang}/products/{product.code}/batches.csv"
    if count <= MOST_ROWS:
        return (Link(words.say("batch.file.whole"), address),) if count else ()
    return tuple(
        Link(
            words.say("batch.file.part", first=start + 1, last=min(start + MOST_ROWS, count)),
            f"{address}?part={start // MOST_ROWS + 1}",
        )
        for start in range(0, count, MOST_ROWS)
    )


def _plants(session: Session, keys: set[UUID], at: Point) -> Mapping[UUID, PlantFact]:
    return {key: known.fact for key, known in many(session, PLANT, keys, at).items()}


def _line(batch: BatchFact, plant: PlantFact | None, words: Words) -> Row:
    """Values are exact; what is not stated stays empty; several of a kind stand in lines, as in the form."""
    return (
        batch.number,
        batch.code,
        batch.model or "",
        words.name(plant) if plant else "",
        plant.code if plant else "",
        batch.made_from.isoformat(),
        batch.made_to.isoformat(),
        plain(batch.amount) if batch.amount is not None else "",
        words.unit(batch.unit) if batch.unit else "",
        batch.gtin or "",
        "\n".join(batch.industrial_ids),
        "\n".join(batch.serials),
        "\n".join("；".join(_parts(one)) for one in batch.tests),
        batch.stated_on.isoformat(),
        words.say("batch.withdrawn") if batch.withdrawn else "",
        batch.withdrawn_reason or "",
    )


def _parts(test: BatchTest) -> Iterator[str]:
    """In the order in which the form takes them."""
    yield test.indicator
    yield plain(test.value)
    yield test.unit
    yield test.method or ""
    yield test.laboratory or ""
    yield test.report_number or ""
    yield test.tested_on.isoformat() if test.tested_on else ""
